#include "wideband/data/circle_points.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/core/file.hpp"

namespace wideband {
namespace {

constexpr double period = 2 * std::numbers::pi;
constexpr std::string_view blanks = " \t\r\f\v";

// Where in the text a value stands, for messages.
struct Place {
  const std::string& name;
  Index line;
};

[[noreturn]] void refuse(const Place& place, std::size_t column, const std::string& found) {
  throw std::invalid_argument(
      fmt::format("[angles] {}, line {}, column {}: expected one real number per line, found {}",
                  place.name, place.line, column + 1, found));
}

std::string quoted(std::string_view word) {
  return fmt::format("\"{}\"", printable(word));
}

double parsed_number(std::string_view word, std::size_t column, const Place& place) {
  const std::size_t sign = word.front() == '+' && word.size() > 1 && word[1] != '-' ? 1 : 0;
  double value = 0;
  const char* const end = word.data() + word.size();
  const auto [stop, error] = std::from_chars(word.data() + sign, end, value);
  if (error == std::errc::result_out_of_range) refuse(place, column, quoted(word));
  if (error != std::errc{} || stop != end) refuse(place, column, quoted(word));
  if (!std::isfinite(value)) refuse(place, column, quoted(word));
  return value;
}

// Adds the angle of one line, if there is one.
void parse_line(std::string_view line, const Place& place, std::vector<double>& angles) {
  const std::size_t first = line.find_first_not_of(blanks);
  if (first == std::string_view::npos || line[first] == '#') return;
  const std::size_t end = std::min(line.find_first_of(blanks, first), line.size());
  const double value = parsed_number(line.substr(first, end - first), first, place);
  const std::size_t second = line.find_first_not_of(blanks, end);
  if (second != std::string_view::npos) {
    const std::size_t second_end = std::min(line.find_first_of(blanks, second), line.size());
    refuse(place, second, "a second column, " + quoted(line.substr(second, second_end - second)));
  }
  angles.push_back(wrapped_angle(value));
}

Vector sorted(std::vector<double> angles) {
  std::sort(angles.begin(), angles.end());
  return Eigen::Map<const Vector>(angles.data(), static_cast<Index>(angles.size()));
}

}  // namespace

Vector grid_angles(Index n) {
  require(n >= 1, fmt::format("[grid_angles] expected n >= 1, got {}", n));
  Vector g(n);
  for (Index i = 0; i < n; ++i) g(i) = period * static_cast<double>(i) / static_cast<double>(n);
  return g;
}

Vector random_angles(Index n, const Key& key) {
  require(n >= 1, fmt::format("[random_angles] expected n >= 1, got {}", n));
  Vector g = period * uniforms(key, n);
  std::sort(g.begin(), g.end());
  return g;
}

double wrapped_angle(double g) {
  const double remainder = std::fmod(g, period);
  const double wrapped = remainder < 0 ? remainder + period : remainder;
  return wrapped < period ? wrapped : 0;
}

Vector parsed_angles(std::string_view text, const std::string& name) {
  std::vector<double> angles;
  Index line = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    parse_line(text.substr(0, end), Place{name, ++line}, angles);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  require(!angles.empty(),
          fmt::format("[angles] {}, line {}: expected one real number per line, found none", name,
                      line));
  return sorted(std::move(angles));
}

Vector angles_from_file(const std::filesystem::path& path) {
  return parsed_angles(read_file(path), path.string());
}

}  // namespace wideband

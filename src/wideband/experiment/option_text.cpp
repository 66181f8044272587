#include "wideband/experiment/option_text.hpp"

#include <charconv>
#include <cmath>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "wideband/core/error.hpp"

namespace wideband {
namespace {

constexpr double most_bytes = 9223372036854775808.0;  // 2^63

[[noreturn]] void refuse(const std::string& option, const std::string& text,
                         const std::string& expected) {
  throw std::invalid_argument(
      fmt::format("[option] {} is \"{}\", expected {}", option, printable(text), expected));
}

bool parse(std::string_view text, double& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

std::string range(const char* what, double minimum, double maximum) {
  const std::string low = std::isfinite(minimum) ? fmt::format(" >= {}", minimum) : "";
  if (std::isinf(maximum)) return what + low;
  return fmt::format("{}{}{} <= {}", what, low, low.empty() ? "" : " and", maximum);
}

}  // namespace

double number_option(const std::string& option, const std::string& text, double minimum,
                     double maximum) {
  double value = 0;
  const bool read = parse(text, value) && !std::isnan(value);
  const bool spelled = !std::isinf(value) || text == "inf";
  if (read && spelled && value >= minimum && value <= maximum) return value;
  refuse(option, text, range("a number", minimum, maximum));
}

Index integer_option(const std::string& option, const std::string& text, Index minimum,
                     Index maximum) {
  Index value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool read = error == std::errc() && end == text.data() + text.size();
  if (read && value >= minimum && value <= maximum) return value;
  refuse(option, text, fmt::format("an integer from {} to {}", minimum, maximum));
}

std::size_t bytes_option(const std::string& option, const std::string& text) {
  static const std::vector<std::pair<std::string, double>> suffixes = {
      {"KiB", 1024.0}, {"MiB", 1048576.0}, {"GiB", 1073741824.0}, {"", 1.0}};
  for (const auto& [suffix, unit] : suffixes) {
    if (!text.ends_with(suffix)) continue;
    std::string_view digits(text.data(), text.size() - suffix.size());
    while (!digits.empty() && digits.back() == ' ') digits.remove_suffix(1);
    double value = 0;
    const bool read = parse(digits, value);
    if (!read || !(value >= 0) || !(value * unit < most_bytes)) break;
    return static_cast<std::size_t>(value * unit);
  }
  refuse(option, text, "bytes: a number >= 0, plain or with KiB, MiB or GiB behind it");
}

std::vector<std::string> list_option(const std::string& option, const std::string& text) {
  std::vector<std::string> words;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const std::size_t first = text.find_first_not_of(' ', begin);
    if (first >= end) refuse(option, text, "words or numbers separated by commas");
    const std::size_t last = text.find_last_not_of(' ', end - 1);
    words.push_back(text.substr(first, last - first + 1));
    begin = end + 1;
  }
  return words;
}

std::size_t choice_option(const std::string& option, const std::string& text,
                          const std::vector<std::string>& choices) {
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (choices[i] == text) return i;
  }
  const std::string nearest = nearest_name(text, choices);
  refuse(option, text,
         fmt::format("one of {}{}", fmt::join(choices, ", "),
                     nearest.empty() ? "" : fmt::format("; did you mean \"{}\"?", nearest)));
}

}  // namespace wideband

#include "wideband/data/csv.hpp"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <deque>
#include <iterator>
#include <vector>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/data/input_stream.hpp"

namespace wideband {
namespace {

constexpr std::size_t chunk_numbers = 1 << 17;

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

// A field as a number. `is_number` is false where it is none; nan and inf are numbers here.
struct Parsed {
  bool is_number;
  double value;
};

Parsed parsed(std::string_view field) {
  if (field.size() > 1 && field[0] == '+' && field[1] != '-') field.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
  if (error == std::errc::invalid_argument || end != field.data() + field.size()) return {false, 0};
  // Out of range is infinity or a number below the smallest; strtod tells which.
  if (error == std::errc::result_out_of_range)
    value = std::strtod(std::string(field).c_str(), nullptr);
  return {true, value};
}

class Reader {
 public:
  explicit Reader(const std::string& name) : name_(name) {}

  Matrix read(std::istream& stream) {
    std::string text;
    while (std::getline(stream, text)) {
      ++line_;
      std::string_view line = text;
      if (line_ == 1 && line.starts_with("\xef\xbb\xbf")) line.remove_prefix(3);
      if (trimmed(line).empty() || line.starts_with('#')) continue;
      read_line(line);
    }
    if (stream.bad()) throw UnavailableError(fmt::format("[file] cannot read {}", name_));
    if (rows_ == 0) throw std::invalid_argument(fmt::format("[csv] {}: it has no rows", name_));
    return matrix();
  }

 private:
  [[noreturn]] void fail(std::size_t field, const std::string& message) const {
    throw std::invalid_argument(
        fmt::format("[csv] {}:{}: field {} {}", name_, line_, field + 1, message));
  }

  void read_line(std::string_view line) {
    const bool first = columns_ == 0;
    if (first) choose_separator(line);
    split(line);
    if (first) {
      columns_ = fields_.size();
      if (is_header()) return;
    }
    if (fields_.size() != columns_) {
      throw std::invalid_argument(
          fmt::format("[csv] {}:{}: {} fields, expected {} as in the first "
                      "row",
                      name_, line_, fields_.size(), columns_));
    }
    for (std::size_t i = 0; i < columns_; ++i) push(number(i));
    ++rows_;
  }

  void choose_separator(std::string_view line) {
    for (const char candidate : {',', ';', '\t'}) {
      if (line.find(candidate) == std::string_view::npos) continue;
      separator_ = candidate;
      return;
    }
  }

  // A field that begins with a quotation mark ends with one; separators in between belong to it.
  void split(std::string_view line) {
    fields_.clear();
    while (true) {
      const std::size_t start = line.find_first_not_of(' ');
      const bool quoted = start != std::string_view::npos && line[start] == '"';
      const std::size_t closing = quoted ? line.find('"', start + 1) : std::string_view::npos;
      const std::size_t end =
          line.find(separator_, closing == std::string_view::npos ? 0 : closing);
      fields_.push_back(trimmed(line.substr(0, end)));
      if (end == std::string_view::npos) return;
      line.remove_prefix(end + 1);
    }
  }

  bool is_header() const {
    bool names = false;
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      if (fields_[i].empty()) fail(i, "is empty");
      names = names || !parsed(fields_[i]).is_number;
    }
    return names;
  }

  double number(std::size_t i) const {
    const std::string_view field = fields_[i];
    if (field.empty()) fail(i, "is empty");
    const Parsed result = parsed(field);
    if (!result.is_number) fail(i, fmt::format("is \"{}\", expected a number", printable(field)));
    if (!std::isfinite(result.value)) {
      fail(i, fmt::format("is {}, expected a finite number", printable(field)));
    }
    return result.value;
  }

  void push(double value) {
    if (chunks_.empty() || chunks_.back().size() == chunk_numbers) {
      chunks_.emplace_back().reserve(chunk_numbers);
    }
    chunks_.back().push_back(value);
  }

  Matrix matrix() {
    Matrix result(rows_, static_cast<Index>(columns_));
    double* out = result.data();
    for (; !chunks_.empty(); chunks_.pop_front()) {
      out = std::copy(chunks_.front().begin(), chunks_.front().end(), out);
    }
    return result;
  }

  const std::string& name_;
  std::size_t line_ = 0;
  char separator_ = ',';
  std::size_t columns_ = 0;
  Index rows_ = 0;
  std::vector<std::string_view> fields_;
  std::deque<std::vector<double>> chunks_;
};

}  // namespace

Matrix read_csv(std::istream& stream, const std::string& name) {
  return Reader(name).read(stream);
}

Matrix read_csv(const std::filesystem::path& path) {
  const auto stream = input_stream(path);
  return read_csv(*stream, path.string());
}

void write_csv(const MatrixView& values, const std::function<void(std::string_view)>& write) {
  fmt::memory_buffer text;
  for (Index i = 0; i < values.rows(); ++i) {
    for (Index j = 0; j < values.cols(); ++j) {
      fmt::format_to(std::back_inserter(text), "{}{:.17g}", j > 0 ? "," : "", values(i, j));
    }
    text.push_back('\n');
    if (text.size() < (1 << 16) && i + 1 < values.rows()) continue;
    write({text.data(), text.size()});
    text.clear();
  }
}

}  // namespace wideband

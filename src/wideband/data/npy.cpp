#include "wideband/data/npy.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/data/input_stream.hpp"

namespace wideband {
namespace {

static_assert(std::endian::native == std::endian::little);

constexpr std::string_view magic = "\x93NUMPY";
constexpr std::size_t longest_header = 1 << 20;
constexpr Index block_bytes = 1 << 20;

[[noreturn]] void fail(const std::string& name, const std::string& message) {
  throw std::invalid_argument(fmt::format("[npy] {}: {}", name, message));
}

struct Header {
  std::string descr;
  bool fortran_order = false;
  std::vector<Index> shape;
};

// The Python dictionary in front of the numbers: strings, truths and tuples of integers.
class HeaderReader {
 public:
  HeaderReader(std::string_view text, const std::string& name) : text_(text), name_(name) {}

  Header read() {
    Header header;
    std::array<bool, 3> seen = {};
    expect('{');
    while (!take('}')) {
      const std::string key = quoted();
      expect(':');
      const std::size_t which = key == "descr" ? 0U : key == "fortran_order" ? 1U : 2U;
      if ((which == 2 && key != "shape") || seen[which]) malformed();
      seen[which] = true;
      if (which == 0) header.descr = type();
      if (which == 1) header.fortran_order = truth();
      if (which == 2) header.shape = tuple();
      if (!take(',') && !next_is('}')) malformed();
    }
    skip();
    if (at_ != text_.size() || !seen[0] || !seen[1] || !seen[2]) malformed();
    return header;
  }

 private:
  [[noreturn]] void malformed() const { fail(name_, "its header is malformed"); }

  void skip() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
  }
  bool next_is(char c) {
    skip();
    return at_ < text_.size() && text_[at_] == c;
  }
  bool take(char c) {
    if (!next_is(c)) return false;
    ++at_;
    return true;
  }
  void expect(char c) {
    if (!take(c)) malformed();
  }

  std::string quoted() {
    skip();
    const char quote = at_ < text_.size() ? text_[at_] : '\0';
    if (quote != '\'' && quote != '"') malformed();
    const std::size_t end = text_.find(quote, at_ + 1);
    if (end == std::string_view::npos) malformed();
    const std::string word(text_.substr(at_ + 1, end - at_ - 1));
    at_ = end + 1;
    return word;
  }

  std::string type() {
    if (next_is('[')) fail(name_, "it holds records of several fields; a matrix is wanted");
    return quoted();
  }

  bool truth() {
    skip();
    for (const bool value : {true, false}) {
      const std::string_view word = value ? "True" : "False";
      if (text_.substr(at_, word.size()) != word) continue;
      at_ += word.size();
      return value;
    }
    malformed();
  }

  std::vector<Index> tuple() {
    std::vector<Index> list;
    expect('(');
    while (!take(')')) {
      skip();
      Index extent = 0;
      const char* begin = text_.data() + at_;
      const auto [end, error] = std::from_chars(begin, text_.data() + text_.size(), extent);
      if (error != std::errc() || extent < 0) malformed();
      at_ += static_cast<std::size_t>(end - begin);
      take('L');  // as Python 2 wrote long integers
      list.push_back(extent);
      if (!take(',') && !next_is(')')) malformed();
    }
    return list;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  const std::string& name_;
};

template <class T>
double widened(const char* bytes) {
  T value;
  std::memcpy(&value, bytes, sizeof value);
  return static_cast<double>(value);
}

double truth_value(const char* bytes) {
  return *bytes != 0 ? 1 : 0;
}

struct ElementType {
  const char* descr;
  Index size;
  double (*value)(const char*);
};

constexpr std::array<ElementType, 7> element_types = {{{"<f8", 8, widened<double>},
                                                       {"<f4", 4, widened<float>},
                                                       {"<i4", 4, widened<std::int32_t>},
                                                       {"<i8", 8, widened<std::int64_t>},
                                                       {"|u1", 1, widened<std::uint8_t>},
                                                       {"|i1", 1, widened<std::int8_t>},
                                                       {"|b1", 1, truth_value}}};

const ElementType& element_type(const std::string& descr, const std::string& name) {
  for (const ElementType& type : element_types) {
    if (descr == type.descr) return type;
  }
  const char kind = descr.size() > 1 ? descr[1] : ' ';
  const char* what = descr.starts_with(">") ? "big-endian numbers"
                     : kind == 'c'          ? "complex numbers"
                     : kind == 'O'          ? "Python objects"
                                            : "a type that is not read";
  fail(name, fmt::format("it holds {} (\"{}\"), expected one of <f8 <f4 <i4 <i8 |u1 |i1 |b1", what,
                         printable(descr)));
}

std::string exactly(std::istream& stream, std::size_t count, const std::string& name) {
  std::string bytes(count, '\0');
  stream.read(bytes.data(), static_cast<std::streamsize>(count));
  if (static_cast<std::size_t>(stream.gcount()) != count) {
    fail(name, "it is truncated: the header is not complete");
  }
  return bytes;
}

Header read_header(std::istream& stream, const std::string& name) {
  const std::string start = exactly(stream, magic.size() + 2, name);
  if (start.substr(0, magic.size()) != magic) fail(name, "it is no .npy file");
  const int version = static_cast<unsigned char>(start[magic.size()]);
  if (version < 1 || version > 3) fail(name, fmt::format("version {} is not known", version));
  const std::string length = exactly(stream, version == 1 ? 2 : 4, name);
  std::size_t count = 0;
  for (std::size_t i = 0; i < length.size(); ++i) {
    count |= static_cast<std::size_t>(static_cast<unsigned char>(length[i])) << (8 * i);
  }
  if (count > longest_header) fail(name, fmt::format("its header of {} bytes is malformed", count));
  return HeaderReader(exactly(stream, count, name), name).read();
}

// Rows and columns; refuses what is no matrix.
std::pair<Index, Index> matrix_shape(const Header& header, const std::string& name) {
  const std::vector<Index>& shape = header.shape;
  if (shape.empty() || shape.size() > 2) {
    fail(name, fmt::format("it is {}-d, expected a matrix (2-d) or a column (1-d)", shape.size()));
  }
  const Index columns = shape.size() == 2 ? shape[1] : 1;
  if (shape[0] == 0 || columns == 0) {
    fail(name, fmt::format("it has {} rows and {} columns", shape[0], columns));
  }
  return {shape[0], columns};
}

Index bytes_left(std::istream& stream) {
  const auto here = stream.tellg();
  stream.seekg(0, std::ios::end);
  const auto end = stream.tellg();
  stream.seekg(here);
  return static_cast<Index>(end - here);
}

// Before anything is allocated: the file holds what the header promises.
void check_length(Index rows, Index columns, const ElementType& type, Index held,
                  const std::string& name) {
  const bool fits = rows <= held / type.size / columns;
  const bool exact = fits && rows * columns * type.size == held;
  if (exact) return;
  fail(name,
       fmt::format("{}: the header promises {} x {} numbers of {} bytes, it holds {} bytes",
                   fits ? "it is too long" : "it is truncated", rows, columns, type.size, held));
}

void read_numbers(std::istream& stream, const ElementType& type, bool by_column, Matrix& values,
                  const std::string& name) {
  std::string block;
  const Index inner = by_column ? values.rows() : values.cols();
  const Index per_block = block_bytes / type.size;
  Index i = 0;  // along the order of the file
  Index outer = 0;
  for (Index left = values.size(); left > 0;) {
    const Index count = std::min(left, per_block);
    block = exactly(stream, static_cast<std::size_t>(count * type.size), name);
    for (Index k = 0; k < count; ++k) {
      const Index row = by_column ? i : outer;
      const Index column = by_column ? outer : i;
      const double value = type.value(block.data() + k * type.size);
      if (!std::isfinite(value)) {
        fail(name,
             fmt::format("row {}, column {} is {}, expected a finite number", row, column, value));
      }
      values(row, column) = value;
      if (++i < inner) continue;
      i = 0;
      ++outer;
    }
    left -= count;
  }
}

}  // namespace

StoredMatrix read_npy(std::istream& stream, const std::string& name) {
  const Header header = read_header(stream, name);
  const ElementType& type = element_type(header.descr, name);
  const auto [rows, columns] = matrix_shape(header, name);
  check_length(rows, columns, type, bytes_left(stream), name);
  StoredMatrix result{Matrix(rows, columns), type.value == widened<float>};
  read_numbers(stream, type, header.fortran_order, result.values, name);
  return result;
}

StoredMatrix read_npy(const std::filesystem::path& path) {
  const auto stream = input_stream(path);
  return read_npy(*stream, path.string());
}

std::string npy_header(std::span<const Index> shape, bool single_precision) {
  std::string extents;
  for (const Index extent : shape) extents += fmt::format("{}, ", extent);
  if (shape.size() > 1) extents.resize(extents.size() - 2);  // "(3,)" but "(3, 4)"
  if (shape.size() == 1) extents.pop_back();
  std::string text = fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': ({}), }}",
                                 single_precision ? "<f4" : "<f8", extents);
  const std::size_t front = magic.size() + 4;
  const std::size_t total = (front + text.size() + 1 + 63) / 64 * 64;
  text.append(total - front - text.size() - 1, ' ');
  text += '\n';
  std::string header(magic);
  header +=
      {'\x01', '\x00', static_cast<char>(text.size() % 256), static_cast<char>(text.size() / 256)};
  return header + text;
}

std::string npy_bytes(const Matrix& values) {
  const std::array<Index, 2> shape = {values.rows(), values.cols()};
  std::string bytes = npy_header(shape, false);
  bytes.append(reinterpret_cast<const char*>(values.data()),
               static_cast<std::size_t>(values.size()) * sizeof(double));
  return bytes;
}

}  // namespace wideband

#include "wideband/data/npy.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <sstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/messages.hpp"
#include "support/temporary_folder.hpp"
#include "wideband/core/error.hpp"
#include "wideband/core/file.hpp"

namespace wideband::npy_test {
namespace {

using ::testing::HasSubstr;

// A file as NumPy writes it, put together by hand.
std::string file_of(const std::string& dictionary, const std::string& numbers, int version = 1) {
  std::string head = dictionary;
  const std::size_t front = version == 1 ? 10 : 12;
  while ((front + head.size() + 1) % 64 != 0) head += ' ';
  head += '\n';
  std::string bytes = "\x93NUMPY";
  bytes += {static_cast<char>(version), '\0', static_cast<char>(head.size() % 256),
            static_cast<char>(head.size() / 256)};
  if (version > 1) bytes += std::string(2, '\0');
  return bytes + head + numbers;
}

std::string dictionary(const std::string& descr, const std::string& shape,
                       const std::string& order = "False") {
  return fmt::format("{{'descr': '{}', 'fortran_order': {}, 'shape': {}, }}", descr, order, shape);
}

template <class T>
std::string bytes_of(std::initializer_list<T> numbers) {
  std::string bytes;
  for (const T number : numbers) {
    char raw[sizeof(T)];
    std::memcpy(raw, &number, sizeof(T));
    bytes.append(raw, sizeof(T));
  }
  return bytes;
}

StoredMatrix matrix(const std::string& bytes) {
  std::istringstream stream(bytes);
  return read_npy(stream, "t.npy");
}

std::string refused(const std::string& bytes) {
  return test::message_of<std::invalid_argument>([&] { matrix(bytes); });
}

const Matrix expected{{1, 2, 3}, {4, 5, 6}};

TEST(Npy, ReadsEveryTypeWidened) {
  const auto read = [](const std::string& descr, const std::string& numbers) {
    return matrix(file_of(dictionary(descr, "(2, 3)"), numbers));
  };
  EXPECT_EQ(read("<f8", bytes_of<double>({1, 2, 3, 4, 5, 6})).values, expected);
  EXPECT_EQ(read("<f4", bytes_of<float>({1, 2, 3, 4, 5, 6})).values, expected);
  EXPECT_EQ(read("<i4", bytes_of<std::int32_t>({1, 2, 3, 4, 5, 6})).values, expected);
  EXPECT_EQ(read("<i8", bytes_of<std::int64_t>({1, 2, 3, 4, 5, 6})).values, expected);
  EXPECT_EQ(read("|u1", bytes_of<std::uint8_t>({1, 2, 3, 4, 5, 6})).values, expected);
  EXPECT_EQ(read("|u1", bytes_of<std::uint8_t>({1, 2, 3, 4, 5, 255})).values(1, 2), 255);
  EXPECT_EQ(read("|i1", bytes_of<std::int8_t>({1, 2, 3, 4, 5, -6})).values(1, 2), -6);
  EXPECT_EQ(read("|b1", bytes_of<std::uint8_t>({1, 0, 1, 0, 0, 2})).values,
            (Matrix{{1, 0, 1}, {0, 0, 1}}));
  EXPECT_TRUE(read("<f4", bytes_of<float>({1, 2, 3, 4, 5, 6})).single_precision);
  EXPECT_FALSE(read("<f8", bytes_of<double>({1, 2, 3, 4, 5, 6})).single_precision);
}

TEST(Npy, ReadsBothOrdersVersionsAndColumns) {
  const std::string numbers = bytes_of<double>({1, 2, 3, 4, 5, 6});
  for (const int version : {1, 2, 3}) {
    EXPECT_EQ(matrix(file_of(dictionary("<f8", "(2, 3)"), numbers, version)).values, expected);
  }
  const std::string columns = bytes_of<double>({1, 4, 2, 5, 3, 6});
  EXPECT_EQ(matrix(file_of(dictionary("<f8", "(2, 3)", "True"), columns)).values, expected);
  const Matrix column = matrix(file_of(dictionary("<f8", "(6,)"), numbers)).values;
  EXPECT_EQ(column, (Matrix{{1}, {2}, {3}, {4}, {5}, {6}}));
  EXPECT_EQ(
      matrix(file_of("{\"shape\":(2L,3L),\"fortran_order\":False,\"descr\":\"<f8\"}", numbers))
          .values,
      expected)
      << "any order, either quotes, Python 2";
}

TEST(Npy, RefusesTypesNamingThem) {
  const auto refused_type = [](const std::string& descr) {
    return refused(file_of(dictionary(descr, "(1, 1)"), std::string(16, '\0')));
  };
  EXPECT_THAT(refused_type(">f8"), HasSubstr("t.npy: it holds big-endian numbers (\">f8\")"));
  EXPECT_THAT(refused_type("<c16"), HasSubstr("complex numbers"));
  EXPECT_THAT(refused_type("|O"), HasSubstr("Python objects"));
  EXPECT_THAT(refused_type("<f2"), HasSubstr("expected one of <f8 <f4 <i4 <i8 |u1 |i1 |b1"));
  EXPECT_THAT(
      refused(file_of("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }", "")),
      HasSubstr("records of several fields"));
}

TEST(Npy, RefusesShapesThatAreNoMatrix) {
  const auto refused_shape = [](const std::string& shape) {
    return refused(file_of(dictionary("<f8", shape), std::string(8, '\0')));
  };
  EXPECT_THAT(refused_shape("(1, 1, 1)"), HasSubstr("it is 3-d"));
  EXPECT_THAT(refused_shape("()"), HasSubstr("it is 0-d"));
  EXPECT_THAT(refused_shape("(0, 3)"), HasSubstr("it has 0 rows and 3 columns"));
  EXPECT_THAT(refused_shape("(3, 0)"), HasSubstr("it has 3 rows and 0 columns"));
  EXPECT_THAT(refused_shape("(0,)"), HasSubstr("0 rows"));
}

TEST(Npy, RefusesTruncatedAndOverlongFilesBeforeItAllocates) {
  const std::string whole = file_of(dictionary("<f8", "(2, 3)"), std::string(48, '\0'));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_NE(refused(whole.substr(0, size)), "") << size;
  }
  EXPECT_THAT(
      refused(whole.substr(0, whole.size() - 1)),
      HasSubstr("it is truncated: the header promises 2 x 3 numbers of 8 bytes, it holds 47"));
  EXPECT_THAT(refused(whole + "x"), HasSubstr("it is too long"));
  EXPECT_THAT(refused(file_of(dictionary("<f8", "(4611686018427387904, 4611686018427387904)"), "")),
              HasSubstr("truncated"));
  EXPECT_THAT(refused(file_of(dictionary("<f8", "(99999999999999999999, 1)"), "")),
              HasSubstr("malformed"));
}

TEST(Npy, RefusesMalformedHeaders) {
  EXPECT_THAT(refused("PK\x03\x04 a zip file"), HasSubstr("it is no .npy file"));
  EXPECT_THAT(refused(""), HasSubstr("truncated"));
  EXPECT_THAT(refused(file_of(dictionary("<f8", "(1, 1)"), std::string(8, '\0'), 4)),
              HasSubstr("version 4 is not known"));
  for (const char* text :
       {"", "{", "{}", "{'descr': '<f8', 'fortran_order': False}", "{'descr': '<f8'",
        "{'descr': '<f8', 'fortran_order': Maybe, 'shape': (1,), }",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (-1,), }",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (1 2), }",
        "{'descr': '<f8', 'fortran_order': False, 'shape': 1, }",
        "{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (1,), }",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'more': 1}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), } 1"}) {
    EXPECT_THAT(refused(file_of(text, std::string(8, '\0'))), HasSubstr("its header is malformed"))
        << text;
  }
}

TEST(Npy, RefusesWhatIsNotFiniteNamingRowAndColumn) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(refused(file_of(dictionary("<f8", "(2, 3)"), bytes_of<double>({1, 2, 3, 4, nan, 6}))),
              HasSubstr("row 1, column 1 is nan, expected a finite number"));
  EXPECT_THAT(refused(file_of(dictionary("<f4", "(2, 3)", "True"),
                              bytes_of<float>({1, 2, 3, -INFINITY, 5, 6}))),
              HasSubstr("row 1, column 1 is -inf"));
}

TEST(Npy, WritesWhatNumpyReads) {
  // numpy.lib.format: magic, version 1.0, the length of the padded header, total a multiple of 64.
  const std::array<Index, 3> shape = {2, 3, 4};
  const std::string header = npy_header(shape, true);
  EXPECT_EQ(header.size() % 64, 0U);
  EXPECT_EQ(header.substr(0, 8), std::string("\x93NUMPY\x01\x00", 8));
  EXPECT_EQ(header.back(), '\n');
  EXPECT_THAT(header, HasSubstr("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3, 4), }"));
  const std::array<Index, 1> column = {5};
  EXPECT_THAT(npy_header(column, false), HasSubstr("'shape': (5,), }"));
}

TEST(Npy, RoundTripsThroughFiles) {
  const test::TemporaryFolder folder;
  Matrix values(700, 301);  // more than one block
  for (Index i = 0; i < values.size(); ++i) values.data()[i] = std::sin(static_cast<double>(i));
  write_file(folder.path() / "t.npy", npy_bytes(values));
  EXPECT_EQ(read_npy(folder.path() / "t.npy").values, values);
  EXPECT_THROW(read_npy(folder.path() / "none.npy"), UnavailableError);
}

}  // namespace
}  // namespace wideband::npy_test

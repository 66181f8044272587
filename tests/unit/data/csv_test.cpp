#include "wideband/data/csv.hpp"

#include <cmath>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/messages.hpp"
#include "support/temporary_folder.hpp"
#include "wideband/core/error.hpp"
#include "wideband/core/file.hpp"

namespace wideband::csv_test {
namespace {

using ::testing::HasSubstr;

Matrix table(const std::string& text) {
  std::istringstream stream(text);
  return read_csv(stream, "t.csv");
}

std::string refused(const std::string& text) {
  return test::message_of<std::invalid_argument>([&] { table(text); });
}

const Matrix expected{{1, -2.5}, {3e-2, 4}};

TEST(Csv, ReadsEverySeparatorAndLineEnd) {
  for (const char* text : {"1,-2.5\n3e-2,4\n", "1;-2.5\r\n3e-2;4\r\n", "1\t-2.5\n3e-2\t4",
                           " 1 , -2.50 \n\n\t\n+.03,4.\n",
                           "\xef\xbb\xbf"
                           "1,-2.5\n3E-2,4\n",
                           "# a comment\n1,-2.5\n#1,2,3\n\r\n0.03,4\n"}) {
    EXPECT_EQ(table(text), expected) << text;
  }
  EXPECT_EQ(table("7").rows(), 1);
  EXPECT_EQ(table("1\n2\n3").cols(), 1);
}

TEST(Csv, TheFirstOfCommaSemicolonTabThatTheFirstLineHas) {
  EXPECT_EQ(table("a,b;c\n1,2\n"), (Matrix{{1, 2}}));
  EXPECT_EQ(table("a;b\tc\n1;2\n"), (Matrix{{1, 2}}));
}

TEST(Csv, AFirstRowWithANameIsAHeader) {
  EXPECT_EQ(table("x,y\n1,-2.5\n3e-2,4\n"), expected);
  EXPECT_EQ(table("# units\n\n1,second\n1,-2.5\n3e-2,4\n"), expected);
  EXPECT_EQ(table("\"x, in m\",\"y\"\n1,-2.5\n3e-2,4\n"), expected) << "quoted names";
  EXPECT_EQ(table("1,nan mm\n1,-2.5\n3e-2,4\n"), expected);
}

TEST(Csv, RefusesNamingLineAndField) {
  EXPECT_EQ(refused("1,2\n3\n"), "[csv] t.csv:2: 1 fields, expected 2 as in the first row");
  EXPECT_THAT(refused("x,y\n1,2\n\n3,4,5\n"), HasSubstr("t.csv:4: 3 fields, expected 2"));
  EXPECT_EQ(refused("1,2\n3,\n"), "[csv] t.csv:2: field 2 is empty");
  EXPECT_EQ(refused("1,,2\n"), "[csv] t.csv:1: field 2 is empty");
  EXPECT_EQ(refused(",x\n0,1\n"), "[csv] t.csv:1: field 1 is empty");
  EXPECT_EQ(refused("1,2\n3,four\n"), "[csv] t.csv:2: field 2 is \"four\", expected a number");
  EXPECT_THAT(refused("1\n2 3\n"), HasSubstr("t.csv:2: field 1 is \"2 3\", expected a number"));
  EXPECT_THAT(refused("1\n\"2\"\n"), HasSubstr("expected a number"));
  EXPECT_THAT(refused(std::string("1\n\0\x1b[2J\n", 8)), HasSubstr("is \"??[2J\""));
  EXPECT_THAT(refused("1\n0x10\n"), HasSubstr("\"0x10\""));
}

TEST(Csv, RefusesWhatIsNotFinite) {
  for (const char* word : {"nan", "NaN", "inf", "-inf", "Infinity", "1e999"}) {
    EXPECT_EQ(refused(std::string("1,2\n3,") + word),
              fmt::format("[csv] t.csv:2: field 2 is {}, expected a finite number", word));
  }
  EXPECT_THAT(refused("1,nan\n"), HasSubstr("t.csv:1: field 2 is nan")) << "no header";
  EXPECT_EQ(table("1e-999")(0, 0), 0) << "below the smallest number";
  EXPECT_EQ(table("5e-324")(0, 0), 5e-324);
}

TEST(Csv, RefusesTablesWithoutRows) {
  for (const char* text : {"", "\n\n", "# only\n", "x,y\n", "\xef\xbb\xbf"}) {
    EXPECT_EQ(refused(text), "[csv] t.csv: it has no rows") << text;
  }
}

TEST(Csv, RoundTripsBitForBit) {
  Matrix values(300, 7);
  for (Index i = 0; i < values.size(); ++i) {
    values.data()[i] =
        std::sin(static_cast<double>(i)) * std::pow(10, static_cast<double>(i % 600) - 300);
  }
  std::string text;
  write_csv(values, [&](std::string_view piece) { text += piece; });
  EXPECT_EQ(table(text), values);
}

TEST(Csv, ReadsMoreThanOneChunk) {
  std::string text;
  for (int i = 0; i < 150000; ++i) text += fmt::format("{},{}\n", i, -i);
  const Matrix values = table(text);
  ASSERT_EQ(values.rows(), 150000);
  EXPECT_EQ(values(149999, 1), -149999);
  EXPECT_EQ(values(100000, 0), 100000);
}

TEST(Csv, ReadsFiles) {
  const test::TemporaryFolder folder;
  write_file(folder.path() / "t.csv", "1,-2.5\n3e-2,4\n");
  EXPECT_EQ(read_csv(folder.path() / "t.csv"), expected);
  EXPECT_THROW(read_csv(folder.path() / "none.csv"), UnavailableError);
}

}  // namespace
}  // namespace wideband::csv_test

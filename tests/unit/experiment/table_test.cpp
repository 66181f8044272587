#include "wideband/experiment/table.hpp"

#include <cmath>
#include <cstdlib>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "wideband/core/status.hpp"

namespace wideband::table_test {
namespace {

TEST(Table, WritesEveryKindOfCell) {
  Table table("modes", {"k", "value", "name"});
  table.add({Index{3}, 0.1, "bias"});
  table.add({Index{-4}, std::monostate{}, "a \"b\", c"});
  table.add({std::monostate{}, -infinity, "two\nlines"});
  EXPECT_EQ(csv(table),
            "k,value,name\n"
            "3,0.1,bias\n"
            "-4,,\"a \"\"b\"\", c\"\n"
            ",-inf,\"two\nlines\"\n");
}

TEST(Table, NumbersReadBackEqual) {
  for (const double value : {1.0 / 3, 2e-300, 5e-324, 1e22, 123456789.0, -0.0, 6.02214076e23}) {
    const std::string text = cell_text(value);
    EXPECT_EQ(std::strtod(text.c_str(), nullptr), value) << text;
    EXPECT_EQ(std::signbit(std::strtod(text.c_str(), nullptr)), std::signbit(value)) << text;
  }
}

TEST(Table, RefusesNaNNamingTableAndColumn) {
  Table table("modes", {"k", "value"});
  try {
    table.add({Index{1}, std::nan("")});
    FAIL() << "did not throw";
  } catch (const std::invalid_argument& error) {
    EXPECT_STREQ(error.what(), "[table] modes: NaN in column value");
  }
  EXPECT_TRUE(table.rows().empty());
}

TEST(Table, RefusesRowsOfAnotherLengthAndColumnsThatDoNotName) {
  Table table("modes", {"k", "value"});
  EXPECT_THROW(table.add({Index{1}}), std::invalid_argument);
  EXPECT_THROW(Table("modes", {}), std::invalid_argument);
  EXPECT_THROW(Table("modes", {"k", "k"}), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::table_test

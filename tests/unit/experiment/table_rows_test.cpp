#include "wideband/experiment/table_rows.hpp"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wideband::table_rows_test {
namespace {

using ::testing::ElementsAre;

Table example() {
  Table table("example", {"kernel", "k", "value"});
  table.add({"bias", Index{0}, 0.5});
  table.add({"bias", Index{1}, 0.25});
  table.add({"nobias", Index{0}, std::monostate{}});
  table.add({"nobias", Index{1}, 2.0});
  return table;
}

TEST(TableRows, SelectsAndReads) {
  const Table table = example();
  const TableRows rows(table);
  EXPECT_THAT(rows.where("kernel", "bias").numbers("value"), ElementsAre(0.5, 0.25));
  EXPECT_THAT(rows.where("k", Index{1}).numbers("value"), ElementsAre(0.25, 2.0));
  EXPECT_THAT(rows.where("k", Index{1}).where("kernel", "nobias").numbers("k"), ElementsAre(1.0));
  EXPECT_THAT(rows.distinct("kernel"), ElementsAre("bias", "nobias"));
  EXPECT_EQ(rows.with("value").size(), 3u);
  EXPECT_TRUE(std::isnan(rows.where("kernel", "nobias").numbers("value")[0]));
}

TEST(TableRows, NamesWhatIsMissing) {
  const Table table = example();
  EXPECT_THROW(TableRows(table).numbers("kernel"), std::invalid_argument);
  EXPECT_THROW(TableRows(table).numbers("none"), std::invalid_argument);
  EXPECT_THROW(table_named({table}, "other"), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::table_rows_test

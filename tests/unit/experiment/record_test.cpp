#include "wideband/experiment/record.hpp"

#include <gtest/gtest.h>

namespace wideband::record_test {
namespace {

TEST(Record, RoundTripsScalarsVectorsMatricesAndArrays) {
  Record record;
  record.put("s", 1.5);
  record.put("v", Vector(Vector::LinSpaced(3, 0, 2)));
  Matrix M(2, 3);
  M << 1, 2, 3, 4, 5, 6;
  record.put("M", M);
  record.put("t", Array{{1, 2, 2}, {1, 2, 3, 4}});
  EXPECT_EQ(record.scalar("s"), 1.5);
  EXPECT_EQ(record.vector("v"), Vector(Vector::LinSpaced(3, 0, 2)));
  EXPECT_EQ(record.matrix("M"), M);
  EXPECT_EQ(record.array("M").values, (std::vector<double>{1, 2, 3, 4, 5, 6})) << "row-major";
  EXPECT_TRUE(record.has("t"));
  EXPECT_FALSE(record.has("u"));
}

TEST(Record, RefusesMissingNamesOtherRanksAndShapes) {
  Record record;
  record.put("s", 1.0);
  EXPECT_THROW(record.scalar("t"), std::invalid_argument);
  EXPECT_THROW(record.vector("s"), std::invalid_argument);
  EXPECT_THROW(record.matrix("s"), std::invalid_argument);
  EXPECT_THROW(record.put("a", Array{{2, 2}, {1}}), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::record_test

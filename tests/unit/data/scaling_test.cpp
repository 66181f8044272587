#include "wideband/data/scaling.hpp"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/messages.hpp"

namespace wideband::scaling_test {
namespace {

TEST(Scaling, UnitRowsHaveMeanSquareOne) {
  const Matrix scaled = unit_rows(Matrix{{3, 4}, {-1e-200, 0}, {1e200, 1e200}});
  EXPECT_TRUE(test::near(
      scaled, Matrix{{.6 * std::sqrt(2), .8 * std::sqrt(2)}, {-std::sqrt(2), 0}, {1, 1}}, 4e-16));
  EXPECT_THAT(test::message_of<std::invalid_argument>([] {
                unit_rows(Matrix{{1, 0}, {0, 0}}, "z");
              }),
              ::testing::HasSubstr("row 1 of z is zero"));
}

TEST(Scaling, StandardizedColumnsHaveMeanZeroAndDeviationOne) {
  const Matrix X{{1, 7, .1}, {2, 7, .1}, {3, 7, .1}, {6, 7, .1}};
  const ColumnScale scale = column_scale(X);
  EXPECT_TRUE(test::near(scale.mean(0), 3, 0));
  EXPECT_TRUE(test::near(scale.deviation(0), std::sqrt(14.0 / 4), 1e-15));
  const Matrix scaled = standardized(X, scale);
  EXPECT_TRUE(test::near(scaled.col(0).sum(), 0, 1e-15));
  EXPECT_TRUE(test::near(scaled.col(0).squaredNorm(), 4, 1e-14));
  EXPECT_TRUE(test::near(scaled.rightCols(2), Matrix::Zero(4, 2), 1e-15)) << "only centered";
  // Other points by the same numbers.
  EXPECT_TRUE(test::near(standardized(Matrix{{3, 8, .1}}, scale), Matrix{{0, 1, 0}}, 1e-15));
  EXPECT_THROW(standardized(Matrix{{1, 2}}, scale), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::scaling_test

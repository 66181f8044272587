#include "wideband/kernel/input_angles.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "support/kernel_points.hpp"
#include "wideband/linalg/row_products.hpp"
#include "wideband/math/half_angle.hpp"

namespace wideband::input_angles_test {
namespace {

using test::eps;

// Every entry against angle_between of the raw rows, the rule that needs no product. Rounding of
// x - z turns by eps |x - z|; a product errs by eps sqrt(d) in rho, hence by that over theta.
void expect_plain_angles(Index d, double refine_below) {
  const Matrix X = test::clustered_rows(d, 3);
  const InputRows rows(X, "X");
  Matrix products(InputRows::block, InputRows::block);
  if (d > InputRows::few_features) {
    row_products(rows.unit_row(0), rows.unit_row(0), InputRows::block, d, products.data());
  }
  alignas(64) double angle[InputRows::block];
  std::vector<RefinedPair> refined;
  const auto size = static_cast<std::size_t>(d);
  const double noise = 8 * eps * std::sqrt(static_cast<double>(d));
  for (Index i = 0; i < X.rows(); ++i) {
    input_angles(rows, i, rows, 0, X.rows(), products.data() + i * InputRows::block, refine_below,
                 angle, &refined);
    for (Index j = 0; j < X.rows(); ++j) {
      const HalfAngle plain =
          angle_between({rows.row(i), size}, {rows.row(j), size}, rows.norm(i), rows.norm(j));
      const double small = std::min(plain.s, plain.c);
      const bool by_product = small >= refine_below && d > InputRows::few_features;
      EXPECT_TRUE(test::near(std::sqrt(std::abs(angle[j])), std::sqrt(small),
                             by_product ? noise / std::sqrt(small) : noise))
          << i << ' ' << j;
      EXPECT_EQ(std::signbit(angle[j]), plain.c < plain.s) << i << ' ' << j;
    }
    EXPECT_EQ(angle[i], 0);
  }
}

TEST(InputAngles, AreThoseOfTheRawRows) {
  expect_plain_angles(5, 1.0 / 64);
  expect_plain_angles(40, 1.0 / 64);
}

TEST(InputAngles, ReportNormDifferencesOfRefinedPairs) {
  Matrix X = test::gaussian_rows(2, 20, 4);
  X.row(1) = (1 + 1e-9) * X.row(0);
  const InputRows rows(X, "X");
  const Matrix products = Matrix::Ones(InputRows::block, InputRows::block);
  alignas(64) double angle[InputRows::block];
  std::vector<RefinedPair> refined;
  input_angles(rows, 0, rows, 0, 2, products.data(), 1.0 / 64, angle, &refined);
  ASSERT_EQ(refined.size(), 2U);
  EXPECT_TRUE(test::relatively_near(refined[1].norm_difference, -1e-9 * rows.norm(0), 1e-6));
}

}  // namespace
}  // namespace wideband::input_angles_test

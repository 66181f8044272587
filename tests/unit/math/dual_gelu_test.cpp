#include "wideband/math/dual_gelu.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/math/dual_rectified.hpp"
#include "wideband/math/plain_dual.hpp"

namespace wideband::dual_gelu_test {
namespace {

using test::eps;

TEST(GeluDual, AgreesWithThePlainFormula) {
  for (const bool opposite : {false, true}) {
    for (const double m : {0.05, 0.3, 0.5}) {
      const HalfAngle angle = half_angle(m, opposite);
      const double q1 = 0.6;
      const double q2 = 3.1;
      const Dual result = gelu_dual(q1, q2, angle);
      const PlainDual<double> plain =
          plain_gelu<double>({q1, q2, covariance(q1, q2, angle), 4 * q1 * q2 * angle.s * angle.c});
      EXPECT_TRUE(test::near(covariance(gelu_variance(q1), gelu_variance(q2), result.angle),
                             plain.K, 8 * eps));
      EXPECT_TRUE(test::near(result.slope, plain.Kdot, 8 * eps));
    }
  }
}

TEST(GeluDual, LargeVariancesAreRelu) {
  // x Phi(x) - max(x, 0) is bounded: K over the variance differs by O(1/q).
  const HalfAngle angle = half_angle(0.2, false);
  const Dual relu = abrelu_dual(0, 1, angle);
  const Dual result = gelu_dual(1e10, 1e10, angle);
  EXPECT_TRUE(test::near(result.angle.s, relu.angle.s, 1e-9));
  EXPECT_TRUE(test::near(result.slope, relu.slope, 1e-9));
  EXPECT_TRUE(test::relatively_near(gelu_variance(1e10), 0.5e10, 1e-9));
}

TEST(GeluDual, SmallVariancesAreHalfTheIdentity) {
  const Dual result = gelu_dual(1e-20, 3e-20, half_angle(1e-6, true));
  EXPECT_TRUE(test::relatively_near(result.angle.c, 1e-6, 1e-9));
  EXPECT_TRUE(test::near(result.slope, 0.25, 1e-9));
  EXPECT_TRUE(test::relatively_near(gelu_variance(1e-20), 0.25e-20, 1e-9));
}

}  // namespace
}  // namespace wideband::dual_gelu_test

#include "wideband/math/dual_error_function.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"

namespace wideband::dual_error_function_test {
namespace {

using test::eps;
using test::pi;

TEST(ArcSineDifferences, AreTheDifferences) {
  const auto x = [](double q) { return 2 * q / (1 + 2 * q); };
  for (const auto& [q1, q2] : {std::pair{0.3, 0.7}, std::pair{5.0, 0.01}, std::pair{2.0, 90.0}}) {
    const auto [convexity, half_difference] = arc_sine_differences(q1, q2);
    const double f1 = std::asin(x(q1));
    const double f2 = std::asin(x(q2));
    EXPECT_TRUE(
        test::near(convexity, (f1 + f2) / 2 - std::asin(std::sqrt(x(q1) * x(q2))), 4 * eps));
    EXPECT_TRUE(test::near(half_difference, (f1 - f2) / 2, 4 * eps));
  }
}

TEST(ArcSineDifferences, KeepTheirDigitsAtCloseVariances) {
  // The arc sine has the slope 2/((1+2q) sqrt(1+4q)): at q = 2, half the difference is h/15.
  const double h = 0x1p-40;
  EXPECT_TRUE(test::relatively_near(arc_sine_differences(2 + h, 2).half_difference, h / 15, 1e-11));
  EXPECT_EQ(arc_sine_differences(2, 2).convexity, 0);
  EXPECT_EQ(arc_sine_differences(0, 0).half_difference, 0);
}

TEST(ErfDual, GrowsIntoSign) {
  // K = (2/pi) asin(rho (1 - 1/(2 b^2 q)) + ...): the distance to Sign falls like 1/b^2.
  const HalfAngle angle = half_angle(0.3, false);
  const double sign = 1 - 2 * theta(angle) / pi;
  const auto distance = [&](double b) {
    const double V = erf_variance(1, b, 0, 1);
    return std::abs(V * cosine(erf_dual(1, b, 0, 1, 1, angle).angle) - sign);
  };
  EXPECT_TRUE(test::near(distance(200) / distance(100), 0.25, 1e-3));
}

TEST(ErfDual, AConstantIsABias) {
  const Dual shifted = erf_dual(2, 1, 3, 0.4, 0.9, half_angle(0.1, true));
  const Dual plain = erf_dual(2, 1, 0, 0.4, 0.9, half_angle(0.1, true));
  const double K = covariance(erf_variance(2, 1, 0, 0.4), erf_variance(2, 1, 0, 0.9), plain.angle);
  EXPECT_TRUE(
      test::near(covariance(erf_variance(2, 1, 3, 0.4), erf_variance(2, 1, 3, 0.9), shifted.angle),
                 K + 9, 32 * eps));
  EXPECT_EQ(shifted.slope, plain.slope);
}

TEST(ErfDual, IsOdd) {
  const Dual near = erf_dual(1, 1, 0, 0.4, 0.9, half_angle(0.1, false));
  const Dual far = erf_dual(1, 1, 0, 0.4, 0.9, half_angle(0.1, true));
  EXPECT_EQ(near.angle.s, far.angle.c);
  EXPECT_EQ(near.slope, far.slope);
}

TEST(ErfDual, TinyVariancesAreLinear) {
  const Dual result = erf_dual(1, 1, 0, 1e-200, 3e-200, half_angle(1e-10, false));
  EXPECT_TRUE(test::relatively_near(result.angle.s, 1e-10, 8 * eps));
}

}  // namespace
}  // namespace wideband::dual_error_function_test

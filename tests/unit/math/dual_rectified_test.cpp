#include "wideband/math/dual_rectified.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"

namespace wideband::dual_rectified_test {
namespace {

using test::eps;
using test::pi;

TEST(AbreluDual, EqualSlopesAreLinear) {
  for (const bool opposite : {false, true}) {
    const HalfAngle angle = half_angle(0.2, opposite);
    const Dual result = abrelu_dual(1.5, 1.5, angle);
    EXPECT_EQ(result.angle.s, angle.s);
    EXPECT_TRUE(test::near(result.slope, 2.25, 4 * eps));
  }
}

TEST(AbreluDual, AbsOfOppositeVariablesIsOneVariable) {
  EXPECT_EQ(abrelu_dual(-1, 1, half_angle(0, true)).angle.s, 0);
  const HalfAngle near = abrelu_dual(-1, 1, half_angle(1e-20, true)).angle;
  EXPECT_TRUE(test::relatively_near(near.s, 1e-20, 1e-9));  // c - j(psi)/pi, j = psi^3/3
}

TEST(AbreluDual, AtARightAngle) {
  const Dual relu = abrelu_dual(0, 1, {});
  EXPECT_TRUE(test::near(cosine(relu.angle), 1 / pi, eps));  // K = 1/(2 pi), K11 = 1/2
  EXPECT_TRUE(test::near(relu.slope, 0.25, eps));
}

TEST(SignDual, IsLinearInTheAngle) {
  const HalfAngle angle = half_angle(std::pow(std::sin(0.5), 2), false);  // theta = 1
  EXPECT_TRUE(test::near(cosine(sign_dual(1, 2, angle).angle), 1 - 2 / pi, 2 * eps));
  EXPECT_TRUE(test::near(cosine(step_dual(1, 2, angle).angle), (pi - 1) / pi, 2 * eps));
}

TEST(RectifiedMonomialDual, AgreesWithTheClosedFormsOfSecondAndThirdDegree) {
  for (const double t : {0.2, 1.0, 1.6, 2.2, 3.0}) {
    const HalfAngle angle{std::pow(std::sin(t / 2), 2), std::pow(std::cos(t / 2), 2)};
    const double s = std::sin(t);
    const double c = std::cos(t);
    const double J1 = s + (pi - t) * c;
    const double J2 = 3 * s * c + (pi - t) * (1 + 2 * c * c);
    const double J3 = 15 * s - 11 * s * s * s + (pi - t) * (9 * c + 6 * c * c * c);
    const Dual second = rectified_monomial_dual(2, 1, 4, angle);
    EXPECT_TRUE(test::near(cosine(second.angle), J2 / (3 * pi), 16 * eps));
    EXPECT_TRUE(test::near(second.slope, 4 * 2 * J1 / (2 * pi), 16 * eps));
    const Dual third = rectified_monomial_dual(3, 1, 4, angle);
    EXPECT_TRUE(test::near(cosine(third.angle), J3 / (15 * pi), 16 * eps));
    EXPECT_TRUE(test::near(third.slope, 9 * 4 * J2 / (2 * pi), 64 * eps));
  }
}

TEST(RectifiedMonomialDual, Variances) {
  EXPECT_EQ(rectified_monomial_variance(3, 2), 15 * 8 / 2);
  EXPECT_EQ(rectified_monomial_slope_variance(3, 2), 9 * 3 * 4 / 2);
}

}  // namespace
}  // namespace wideband::dual_rectified_test

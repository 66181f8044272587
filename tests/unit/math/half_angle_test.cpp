#include "wideband/math/half_angle.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"

namespace wideband::half_angle_test {
namespace {

using test::eps;
using test::pi;

double norm(const std::vector<double>& x) {
  double sum = 0;
  for (const double entry : x) sum += entry * entry;
  return std::sqrt(sum);
}

HalfAngle between(const std::vector<double>& x, const std::vector<double>& z) {
  return angle_between(x, z, norm(x), norm(z));
}

TEST(HalfAngleOf, KeepsTheSmallerMember) {
  EXPECT_EQ(half_angle(1e-30, false).s, 1e-30);
  EXPECT_EQ(half_angle(1e-30, false).c, 1);
  EXPECT_EQ(half_angle(1e-30, true).c, 1e-30);
  EXPECT_EQ(settled(0.75, 0.25).c, 0.25);
  EXPECT_EQ(settled(0.25, 0.75).s, 0.25);
}

TEST(HalfAngleOf, GivesTheAngleItsSupplementAndItsCosine) {
  for (const double t : {1e-12, 1e-4, 0.5, 1.5, 2.5}) {
    const HalfAngle angle{std::pow(std::sin(t / 2), 2), std::pow(std::cos(t / 2), 2)};
    EXPECT_TRUE(test::relatively_near(theta(angle), t, 4 * eps));
    EXPECT_TRUE(test::relatively_near(supplement(angle), pi - t, 4 * eps));
    EXPECT_TRUE(test::near(cosine(angle), std::cos(t), 2 * eps));
  }
  EXPECT_EQ(theta(half_angle(0, false)), 0);
  EXPECT_EQ(supplement(half_angle(0, true)), 0);
}

TEST(SquaredDistance, IsSMinusTwoK) {
  const HalfAngle angle = half_angle(0.2, false);
  EXPECT_TRUE(test::near(squared_distance(2, 3, angle), 5 - 2 * covariance(2, 3, angle), 8 * eps));
  EXPECT_EQ(squared_distance(2, 2, half_angle(0, false)), 0);
  EXPECT_EQ(squared_distance(0, 0, {}), 0);
}

TEST(AngleBetween, EqualAndOppositeRowsAreExact) {
  const std::vector<double> x = {0.1, -0.7, 1.3, 1e-5};
  const std::vector<double> opposite = {-0.1, 0.7, -1.3, -1e-5};
  EXPECT_EQ(between(x, x).s, 0);
  EXPECT_EQ(between(x, opposite).c, 0);
  EXPECT_EQ(between(x, {0, 0, 0, 0}).s, 0.5);
}

TEST(AngleBetween, ScaledCopiesLeaveTheSquareOfRounding) {
  const std::vector<double> x = {0.1, -0.7, 1.3};
  const std::vector<double> z = {0.3, -2.1, 3.9};
  EXPECT_LE(between(x, z).s, 64 * eps * eps);  // the entries of z are rounded themselves
}

TEST(AngleBetween, NearDuplicatesKeepTheirDigits) {
  // x and z = x + h y with y orthogonal to x: tan theta = h |y| / |x|.
  const std::vector<double> x = {1, 2, 2};
  for (const double h : {0x1p-40, 0x1p-20, 0x1p-3}) {
    const std::vector<double> z = {1 + 2 * h, 2 - h, 2};
    const double t = std::atan(h * std::sqrt(5.0) / 3);
    EXPECT_TRUE(test::relatively_near(theta(between(x, z)), t, 8 * eps));
    EXPECT_TRUE(test::relatively_near(theta(between(z, x)), t, 8 * eps));
    const std::vector<double> mirrored = {-z[0], -z[1], -z[2]};
    EXPECT_TRUE(test::relatively_near(supplement(between(x, mirrored)), t, 8 * eps));
  }
}

TEST(Joined, IsTheAngleOfTheSum) {
  const Branch A{2, 0.3, half_angle(0.1, false)};
  const Branch B{0.7, 1.1, half_angle(0.2, true)};
  const double k = covariance(2, 0.3, A.angle) + covariance(0.7, 1.1, B.angle);
  const double rho = k / std::sqrt(2.7 * 1.4);
  const HalfAngle angle = joined(A, B);
  EXPECT_TRUE(test::near(angle.s, (1 - rho) / 2, 4 * eps));
  EXPECT_TRUE(test::near(angle.c, (1 + rho) / 2, 4 * eps));
}

TEST(Joined, KeepsTheDigitsOfSmallAngles) {
  // Equal variances: t = 0 and s' is the mean weighted by the variances.
  const HalfAngle angle =
      joined({3, 3, half_angle(1e-20, false)}, {1, 1, half_angle(4e-20, false)});
  EXPECT_TRUE(test::relatively_near(angle.s, 7e-20 / 4, 4 * eps));
  EXPECT_EQ(joined({}, {}).s, 0.5);
  EXPECT_EQ(joined({0, 0, {}}, {2, 2, half_angle(0, false)}).s, 0);
}

TEST(WithBias, IsTheBranchOfEqualVariancesAndNoAngle) {
  const HalfAngle angle = half_angle(0.3, true);
  const HalfAngle expected = joined({2, 5, angle}, {0.4, 0.4, half_angle(0, false)});
  const HalfAngle measured = with_bias(2, 5, angle, 0.4, -3);
  EXPECT_TRUE(test::near(measured.s, expected.s, 4 * eps));
  EXPECT_TRUE(test::near(measured.c, expected.c, 4 * eps));
  EXPECT_EQ(with_bias(2, 5, angle, 0, -3).c, 0.3);
  EXPECT_EQ(with_bias(0, 0, {}, 0.4, 0).s, 0);
}

TEST(WithBias, TakesTheDifferenceThatTheCallerKnows) {
  // q1 = q2 in double but not in truth: s' = bias d^2 / (8 q (q + bias)^2 ...) to first order.
  const double d = 1e-20;
  const HalfAngle angle = with_bias(1, 1, half_angle(0, false), 1, d);
  // (sqrt a1 - sqrt a2)^2 = (d/2)^2, over 2 R (R + a + b) = 2 * 2 * 4.
  EXPECT_TRUE(test::relatively_near(angle.s, d * d / 4 / 16, 4 * eps));
}

TEST(WithDropout, ShrinksTheCosine) {
  const HalfAngle angle = with_dropout(half_angle(0.1, false), 0.5);
  EXPECT_TRUE(test::near(cosine(angle), 0.5 * 0.8, 2 * eps));
  EXPECT_EQ(with_dropout(half_angle(1e-20, false), 1).s, 1e-20);
}

}  // namespace
}  // namespace wideband::half_angle_test

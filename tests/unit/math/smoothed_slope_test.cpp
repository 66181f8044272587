#include "wideband/math/smoothed_slope.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/math/gaussian_line.hpp"

namespace wideband::smoothed_slope_test {
namespace {

using test::eps;

TEST(SmoothedSlope, IsTheAverageOfTheDerivative) {
  for (const Phi& f :
       {phi(PhiFamily::hard_tanh), phi(PhiFamily::elu, {0.7}), phi(PhiFamily::selu)}) {
    ASSERT_TRUE(has_smoothed_slope(f));
    for (const double tau : {0.3, 1.0, 12.0}) {
      for (const double m : {-7.0, -0.4, 0.0, 0.9, 5.0}) {
        LineRuleOptions options{.scale = std::max(1.0, tau)};
        for (const double kink : {-1.0, 0.0, 1.0}) options.cuts.push_back((kink - m) / tau);
        const LineRule rule = line_rule(options);
        double expected = 0;
        for (std::size_t i = 0; i < rule.z.size(); ++i) {
          expected += rule.weight[i] * derivative(f, m + tau * rule.z[i]);
        }
        EXPECT_TRUE(test::near(smoothed_slope(f, m, tau), expected, 64 * eps))
            << name_of(f.family) << " " << m << " " << tau;
      }
    }
  }
}

TEST(SmoothedSlope, StaysFiniteInItsTails) {
  const Phi f = phi(PhiFamily::elu);
  EXPECT_TRUE(test::near(smoothed_slope(f, 0, 1e3),
                         0.5 + 0.5 * 2 / std::sqrt(2 * std::acos(-1.0)) / 1e3, 1e-8));
  EXPECT_TRUE(test::near(smoothed_slope(f, 1e4, 1), 1, eps));
  EXPECT_TRUE(test::near(smoothed_slope(f, -1e4, 1), 0, eps));
  EXPECT_EQ(smoothed_slope(f, 0.5, 0), 1);
  EXPECT_THROW(smoothed_slope(phi(PhiFamily::tanh), 0, 1), std::invalid_argument);
}

TEST(SmoothedExpectation, AgreesWithTheDoubleIntegral) {
  for (const PhiFamily family : {PhiFamily::elu, PhiFamily::selu}) {
    const Phi f = phi(family);
    const auto slope = [&](double x) { return derivative(f, x); };
    for (const double smaller : {1e-6, 0.2}) {
      for (const bool opposite : {false, true}) {
        const HalfAngle angle = half_angle(smaller, opposite);
        const PlaneIntegral line = smoothed_expectation(f, 0.7, 2.4, angle, 0.5);
        const PlaneIntegral polar = polar_expectation(slope, 0.7, 2.4, angle, 9.5, 160);
        EXPECT_TRUE(test::near(line.value, polar.value, 1e-13));
        EXPECT_LE(line.error, 1e-13);
      }
    }
  }
}

TEST(SmoothedExpectation, OfHardTanhIsAProbability) {
  // Independent variables: the product of P(|u| < 1) and P(|v| < 1).
  const double p1 = std::erf(std::sqrt(1 / (2 * 0.7)));
  const double p2 = std::erf(std::sqrt(1 / (2 * 2.4)));
  EXPECT_TRUE(test::near(smoothed_expectation(phi(PhiFamily::hard_tanh), 0.7, 2.4, {}, 0.5).value,
                         p1 * p2, 16 * eps));
}

}  // namespace
}  // namespace wideband::smoothed_slope_test

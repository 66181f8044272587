#include "wideband/math/plane_quadrature.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "wideband/math/dual.hpp"

namespace wideband::plane_quadrature_test {
namespace {

double expected_value(const Phi& f, double q1, double q2, HalfAngle angle) {
  return covariance(dual_variance(f, q1), dual_variance(f, q2), dual(f, q1, q2, angle).angle);
}

TEST(PlaneQuadrature, BothRulesAgreeWithClosedForms) {
  for (const PhiFamily family : {PhiFamily::relu, PhiFamily::erf, PhiFamily::abs}) {
    const Phi f = phi(family);
    const auto g = [&](double x) { return value(f, x); };
    for (const double m : {1e-4, 0.2, 0.5}) {
      for (const bool opposite : {false, true}) {
        const HalfAngle angle = half_angle(m, opposite);
        const double expected = expected_value(f, 0.7, 2.4, angle);
        const PlaneIntegral polar = polar_expectation(g, 0.7, 2.4, angle, 9.5, 120);
        EXPECT_TRUE(test::near(polar.value, expected, 1e-13));
        EXPECT_TRUE(test::near(polar.value, expected, polar.error + 1e-14));
        const PlaneIntegral cartesian = cartesian_expectation(g, {0}, 0.7, 2.4, angle, 9.5, 120);
        EXPECT_TRUE(test::near(cartesian.value, expected, 1e-9));
        EXPECT_TRUE(test::near(cartesian.value, expected, cartesian.error + 1e-14));
      }
    }
  }
}

TEST(PlaneQuadrature, CoincidentVariablesAreOneVariable) {
  const auto f = [](double x) { return std::tanh(x); };
  const PlaneIntegral polar = polar_expectation(f, 1, 1, half_angle(0, false), 9.5, 160);
  const PlaneIntegral opposite = polar_expectation(f, 1, 1, half_angle(0, true), 9.5, 160);
  EXPECT_TRUE(test::near(polar.value, -opposite.value, 1e-14));
  EXPECT_TRUE(test::near(cartesian_expectation(f, {}, 1, 1, half_angle(0, false), 9.5, 160).value,
                         polar.value, 1e-12));
}

TEST(PlaneQuadrature, TheErrorFallsWithTheNodes) {
  const auto f = [](double x) { return std::tanh(x); };
  const HalfAngle angle = half_angle(0.1, false);
  const double rough = polar_expectation(f, 100, 100, angle, 9.5, 40).error;
  const double fine = polar_expectation(f, 100, 100, angle, 9.5, 160).error;
  EXPECT_GT(rough, 1e-9);
  EXPECT_LT(fine, 1e-3 * rough);
}

}  // namespace
}  // namespace wideband::plane_quadrature_test

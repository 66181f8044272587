// The scalar twins of erf and GELU against the covariance formulas, where those keep their digits.
#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "support/simd_activations.hpp"
#include "wideband/simd/activation_steps.hpp"

namespace wideband::scalar_activation_steps_test {
namespace {

using test::pi;

double packed(double theta) {
  const double s = std::pow(std::sin(theta / 2), 2), c = std::pow(std::cos(theta / 2), 2);
  return s <= c ? s : -c;
}

double rho(double packed_angle) {
  const double small = std::abs(packed_angle);
  return std::signbit(packed_angle) ? 2 * small - 1 : 1 - 2 * small;
}

TEST(ScalarActivationSteps, ErfIsTheArcSineKernel) {
  for (const auto& [q1, q2] : {std::pair{0.3, 0.3}, {0.3, 2.0}, {50.0, 0.1}}) {
    test::ErrorFunctionRows<double> row({q1}), column({q2});
    for (double theta = 0.2; theta < 3.1; theta += 0.3) {
      double angle = packed(theta), tangent = 1;
      simd::scalar::error_function_step({row.samples(), column.samples()}, 1, &angle, &tangent);
      const double k = std::sqrt(q1 * q2) * std::cos(theta), g1 = 1 + 2 * q1, g2 = 1 + 2 * q2;
      const double norm = std::sqrt(std::asin(2 * q1 / g1) * std::asin(2 * q2 / g2));
      EXPECT_TRUE(test::near(rho(angle), std::asin(2 * k / std::sqrt(g1 * g2)) / norm, 2e-15));
      const double slope =
          std::pow((1 + 4 * q1) * (1 + 4 * q2), 0.25) / std::sqrt(g1 * g2 - 4 * k * k);
      EXPECT_TRUE(test::near(tangent, slope, 2e-15 * (1 + q1 + q2)));
    }
  }
}

TEST(ScalarActivationSteps, GeluIsItsCovarianceFormula) {
  const auto K = [](double q1, double q2, double k) {
    const double P = (1 + q1) * (1 + q2), C = std::sqrt(1 + q1 + q2 + q1 * q2 - k * k);
    return k / 4 + ((k * k + q1 * q2 * C * C) / (P * C) + k * std::atan2(k, C)) / (2 * pi);
  };
  const auto slope = [](double q1, double q2, double k) {
    const double P = (1 + q1) * (1 + q2), C = std::sqrt(1 + q1 + q2 + q1 * q2 - k * k);
    return 0.25 + std::atan2(k, C) / (2 * pi) +
           k / (2 * pi * C) * (1 / (C * C) + (2 + q1 + q2) / P);
  };
  for (const auto& [q1, q2] : {std::pair{0.3, 0.3}, {0.3, 2.0}, {50.0, 0.1}}) {
    test::GeluRows<double> row({q1}), column({q2});
    for (double theta = 0.2; theta < 3.1; theta += 0.3) {
      const double angle = packed(theta);
      double even = 0, tangent = 1;
      simd::scalar::gelu_step({row.samples(), column.samples()}, 1, &angle, &even, &tangent);
      const double k = std::sqrt(q1 * q2) * std::cos(theta);
      const double norm = std::sqrt((K(q1, q1, q1) - q1 / 4) * (K(q2, q2, q2) - q2 / 4));
      EXPECT_TRUE(test::near(rho(even), (K(q1, q2, k) - k / 4) / norm, 1e-14));
      EXPECT_TRUE(test::near(
          tangent, slope(q1, q2, k) / std::sqrt(slope(q1, q1, q1) * slope(q2, q2, q2)), 1e-14));
    }
  }
}

}  // namespace
}  // namespace wideband::scalar_activation_steps_test

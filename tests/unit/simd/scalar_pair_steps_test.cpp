// The scalar twins against formulas written the usual way, where those keep their digits.
#include "wideband/simd/scalar_pair_steps.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"

namespace wideband::scalar_pair_steps_test {
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

TEST(ScalarPairSteps, ReluIsTheArcCosineKernel) {
  for (double theta = 0.2; theta < 3.1; theta += 0.2) {
    double angle = packed(theta), tangent = 0.7;
    const simd::Rectifier<double> relu{
        .mu = 1 / (2 * pi), .one_minus_M = 0.5, .one_minus_2M = 0, .own = 0.25, .kept = 0.75};
    simd::scalar::rectifier_step(relu, 1, &angle, &tangent);
    const double expected = (std::sin(theta) + (pi - theta) * std::cos(theta)) / pi;
    EXPECT_TRUE(test::near(rho(angle), expected, 1e-15));
    EXPECT_TRUE(test::near(tangent, 0.25 * expected + 0.75 * 0.7 * (1 - theta / pi), 1e-15));
  }
}

TEST(ScalarPairSteps, LeakyReluIsRightBeyondTheRightAngle) {
  const double a = 0.2, b = 1;
  for (double theta = 0.2; theta < 3.1; theta += 0.2) {
    double angle = packed(theta), tangent = 1;
    const double square = a * a + b * b;
    simd::scalar::rectifier_step({.mu = (a - b) * (a - b) / (2 * pi * square),
                                  .one_minus_M = (a + b) * (a + b) / (2 * square),
                                  .one_minus_2M = 2 * a * b / square},
                                 1, &angle, &tangent);
    const double Kdot = square / 2 - (a - b) * (a - b) * theta / (2 * pi);
    const double K = (a - b) * (a - b) * std::sin(theta) / (2 * pi) + std::cos(theta) * Kdot;
    EXPECT_TRUE(test::near(rho(angle), K / (square / 2), 1e-15));
    EXPECT_TRUE(test::near(tangent, Kdot / (square / 2), 1e-15));
  }
}

// Covariances add: rho' = (g1 g2 rho_A + h1 h2 rho_B) for unit vectors (g, h).
TEST(ScalarPairSteps, SumsAddCovariances) {
  const double a1 = 1.3, b1 = 0.4, a2 = 0.2, b2 = 0.9;
  const auto sample = [](double a, double b, double* out) {
    const double r = std::sqrt(a + b);
    out[0] = std::sqrt(a) / r;
    out[1] = std::sqrt(b) / r;
    out[3] = std::tan(std::atan2(std::sqrt(b), std::sqrt(a)) / 2);
    out[2] = std::cos(std::atan(out[3]));
  };
  double x[4], z[4];
  sample(a1, b1, x);
  sample(a2, b2, z);
  const simd::Mixture<double> step{.g = x[0],
                                   .h = x[1],
                                   .c = x[2],
                                   .t = x[3],
                                   .g_row = z,
                                   .h_row = z + 1,
                                   .c_row = z + 2,
                                   .t_row = z + 3};
  for (double theta = 0.1; theta < 3.1; theta += 0.3) {
    double angle = packed(theta);
    const double other = packed(pi - theta / 2);
    simd::scalar::sum_step(step, 1, &angle, &other);
    const double k =
        std::sqrt(a1 * a2) * std::cos(theta) - std::sqrt(b1 * b2) * std::cos(theta / 2);
    EXPECT_TRUE(test::near(rho(angle), k / std::sqrt((a1 + b1) * (a2 + b2)), 1e-15));
    double biased = packed(theta);
    simd::scalar::bias_step(step, 1, &biased);
    const double kb = std::sqrt(a1 * a2) * std::cos(theta) + std::sqrt(b1 * b2);
    EXPECT_TRUE(test::near(rho(biased), kb / std::sqrt((a1 + b1) * (a2 + b2)), 1e-15));
  }
}

TEST(ScalarPairSteps, DropoutShrinksTheCosine) {
  for (const double theta : {0.0, 0.4, 2.0, 3.0}) {
    double angle = packed(theta), tangent = 0.5;
    simd::scalar::dropout_step(0.8, 1, &angle, &tangent);
    EXPECT_TRUE(test::near(rho(angle), 0.8 * std::cos(theta), 1e-15));
    EXPECT_TRUE(test::near(tangent, 0.4, 1e-16));
  }
}

}  // namespace
}  // namespace wideband::scalar_pair_steps_test

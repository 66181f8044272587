#include "wideband/math/dual_exponential.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/core/error.hpp"
#include "wideband/math/plain_dual.hpp"

namespace wideband::dual_exponential_test {
namespace {

using test::eps;

PlainPair<double> pair(double q1, double q2, HalfAngle angle) {
  return {q1, q2, covariance(q1, q2, angle), 4 * q1 * q2 * angle.s * angle.c};
}

void expect_plain(const Dual& result, double v1, double v2, const PlainDual<double>& plain) {
  const double scale = std::sqrt(v1 * v2);
  EXPECT_TRUE(test::near(covariance(v1, v2, result.angle), plain.K, 16 * eps * scale));
  EXPECT_TRUE(test::near(result.slope, plain.Kdot, 16 * eps * std::max(1.0, plain.Kdot)));
}

TEST(ExponentialDuals, AgreeWithThePlainFormulas) {
  const double q1 = 0.6;
  const double q2 = 1.9;
  for (const bool opposite : {false, true}) {
    for (const double m : {0.05, 0.3, 0.5}) {
      const HalfAngle angle = half_angle(m, opposite);
      const PlainPair<double> x = pair(q1, q2, angle);
      expect_plain(rbf_dual(0.8, q1, q2, angle), 1, 1, plain_rbf(0.8, x));
      expect_plain(exp_dual(0.7, 1.1, q1, q2, angle), exp_variance(0.7, 1.1, q1),
                   exp_variance(0.7, 1.1, q2), plain_exp(0.7, 1.1, x));
      expect_plain(gaussian_dual(0.7, -0.4, q1, q2, angle), gaussian_variance(0.7, -0.4, q1),
                   gaussian_variance(0.7, -0.4, q2), plain_gaussian(0.7, -0.4, x));
      expect_plain(gaussian_dual(0.7, 0.1, q1, q2, angle), gaussian_variance(0.7, 0.1, q1),
                   gaussian_variance(0.7, 0.1, q2), plain_gaussian(0.7, 0.1, x));
      expect_plain(gabor_dual(q1, q2, angle), gabor_variance(q1), gabor_variance(q2),
                   plain_gabor(x));
    }
  }
}

TEST(RbfDual, IsTheGaussianKernelOfTheDistance) {
  const HalfAngle angle = half_angle(0.2, false);
  const Dual result = rbf_dual(0.5, 1, 2, angle);
  EXPECT_TRUE(
      test::near(cosine(result.angle), std::exp(-0.5 * squared_distance(1, 2, angle)), eps));
}

TEST(GaussianDual, RefusesInfiniteExpectations) {
  EXPECT_THROW(gaussian_dual(1, 0.5, 0.1, 0.5, {}), NumericalError);
  EXPECT_THROW(gaussian_variance(1, 1, 0.25), NumericalError);
  EXPECT_NO_THROW(gaussian_variance(1, 1, 0.249));
}

TEST(ExpNormalizedDual, DependsOnTheAngleAlone) {
  const HalfAngle angle = half_angle(0.25, false);  // rho = 1/2
  const Dual result = exp_normalized_dual(2, -1, 3, 5, angle);
  EXPECT_TRUE(test::near(cosine(result.angle), std::exp(-1.0), 2 * eps));
  EXPECT_TRUE(test::near(result.slope, 2 * std::exp(-1.0), 4 * eps));
  EXPECT_EQ(exp_normalized_variance(2, -1, 3), 3);
}

}  // namespace
}  // namespace wideband::dual_exponential_test

#include "wideband/math/hermite_series.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/math/dual.hpp"

namespace wideband::hermite_series_test {
namespace {

using test::eps;

TEST(HermiteSeriesOf, APolynomialEnds) {
  // x^2 = sqrt 2 h_2 + h_0, E x^4 = 3.
  const HermiteSeries series = hermite_series(phi(PhiFamily::monomial, {2}), 1, 16, 0);
  EXPECT_TRUE(test::near(series.variance, 3, 64 * eps));
  EXPECT_TRUE(test::near(series.value[0], 1 / std::sqrt(3.0), 4 * eps));
  EXPECT_TRUE(test::near(series.value[2], std::sqrt(2.0 / 3), 4 * eps));
  EXPECT_TRUE(test::near(series.value[4], 0, 4 * eps));
  EXPECT_TRUE(test::near(series.slope[1], 1, 4 * eps));
  EXPECT_LE(series.tail, 16 * eps);
}

TEST(HermiteSeriesOf, SumsToTheDual) {
  const HermiteSeries series = hermite_series(phi(PhiFamily::erf), 0.5, 200, 1e-15);
  const HalfAngle angle = half_angle(0.2, false);
  double K = 0;
  double Kdot = 0;
  for (std::size_t l = series.value.size(); l-- > 0;) {
    K = K * 0.6 + series.value[l] * series.value[l];
    Kdot = Kdot * 0.6 + series.slope[l] * series.slope[l];
  }
  const Dual expected = dual(phi(PhiFamily::erf), 0.5, 0.5, angle);
  EXPECT_TRUE(test::near(K, cosine(expected.angle), 16 * eps));
  EXPECT_TRUE(test::near(Kdot * series.slope_variance, expected.slope, 16 * eps));
}

TEST(HermiteSeriesOf, StopsAtTheTolerance) {
  const HermiteSeries rough = hermite_series(phi(PhiFamily::tanh), 1, 400, 1e-6);
  const HermiteSeries fine = hermite_series(phi(PhiFamily::tanh), 1, 400, 1e-12);
  EXPECT_LT(rough.value.size(), fine.value.size());
  EXPECT_LE(rough.tail, 1e-6);
  EXPECT_EQ(hermite_series(phi(PhiFamily::tanh), 1, 400, 0).value.size(), 400U);
}

}  // namespace
}  // namespace wideband::hermite_series_test

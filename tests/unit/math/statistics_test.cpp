#include "wideband/math/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/core/status.hpp"

namespace wideband::statistics_test {
namespace {

using test::eps;

TEST(Summary, OfASmallSample) {
  const Summary s = summary(Vector{{1.0, 2.0, 3.0, 6.0}});
  EXPECT_EQ(s.count, 4);
  EXPECT_EQ(s.mean, 3);
  EXPECT_TRUE(test::near(s.std, std::sqrt(14.0 / 3), 4 * eps));
  EXPECT_TRUE(test::near(s.rms, std::sqrt(12.5), 4 * eps));
  EXPECT_TRUE(test::near(s.standard_error, std::sqrt(14.0 / 12), 4 * eps));
}

TEST(Summary, OfOneValueHasNoSpread) {
  EXPECT_TRUE(std::isnan(summary(Vector{{2.0}}).std));
  EXPECT_THROW(summary(Vector()), std::invalid_argument);
}

TEST(Quantile, InterpolatesOrderStatistics) {
  const Vector values{{4.0, 1.0, 3.0, 2.0}};
  EXPECT_EQ(quantile(values, 0), 1);
  EXPECT_EQ(quantile(values, 1), 4);
  EXPECT_EQ(quantile(values, 0.5), 2.5);
  EXPECT_TRUE(test::near(quantile(values, 0.1), 1.3, 4 * eps));
  EXPECT_EQ(quantile(Vector{{7.0}}, 0.3), 7);
  EXPECT_EQ(quantile(Vector{{1.0, infinity, infinity}}, 0.75), infinity);
  EXPECT_THROW(quantile(values, 1.5), std::invalid_argument);
  EXPECT_THROW(quantile(Vector{{std::nan("")}}, 0.5), std::invalid_argument);
}

TEST(CriticalValue, AgreesWithClosedForms) {
  // One degree of freedom: P(|T| > z) = 1 - (2/pi) atan z. Two: P = 1 - z/sqrt(2 + z^2).
  for (const double tail : {0.5, 0.05, 1e-3, 1e-6}) {
    const double cauchy = std::tan(std::numbers::pi / 2 * (1 - tail));
    EXPECT_TRUE(test::relatively_near(two_sided_critical_value(tail, 1), cauchy, 1e-9));
    const double c = 1 - tail;
    const double two = std::sqrt(2 * c * c / (tail * (2 - tail)));
    EXPECT_TRUE(test::relatively_near(two_sided_critical_value(tail, 2), two, 1e-9));
    const double z = two_sided_critical_value(tail, infinity);
    EXPECT_TRUE(test::relatively_near(std::erfc(z / std::sqrt(2.0)), tail, 1e-12));
  }
  EXPECT_THROW(two_sided_critical_value(0, 3), std::invalid_argument);
  EXPECT_THROW(two_sided_critical_value(0.1, 0), std::invalid_argument);
}

TEST(LeastSquaresLine, FitsAndKnowsItsError) {
  // Residuals of y = x + {0, 1, 0, ...}: by hand with x = 0, 1, 2: slope 1/2 * (y2 - y0).
  const Line line = least_squares_line(Vector{{0.0, 1.0, 2.0}}, Vector{{0.0, 3.0, 2.0}});
  EXPECT_TRUE(test::near(line.slope, 1, 4 * eps));
  EXPECT_TRUE(test::near(line.intercept, 2.0 / 3, 4 * eps));
  // Residuals -2/3, 4/3, -2/3: squares 8/3 over 1 degree of freedom and variation 2.
  EXPECT_TRUE(test::near(line.slope_error, std::sqrt(4.0 / 3), 4 * eps));
  EXPECT_EQ(least_squares_line(Vector{{0.0, 2.0}}, Vector{{1.0, 5.0}}).slope_error, 0);
  EXPECT_THROW(least_squares_line(Vector{{1.0, 1.0}}, Vector{{1.0, 2.0}}), std::invalid_argument);
  EXPECT_THROW(least_squares_line(Vector{{1.0}}, Vector{{1.0}}), std::invalid_argument);
}

TEST(LogLogSlope, IsTheExponent) {
  Vector x(6), y(6);
  for (Index i = 0; i < 6; ++i) {
    x[i] = std::ldexp(1.0, static_cast<int>(i));
    y[i] = 3 / std::sqrt(x[i]);
  }
  EXPECT_TRUE(test::near(log_log_slope(x, y), -0.5, 16 * eps));
  EXPECT_THROW(log_log_slope(x, -y), std::invalid_argument);
}

TEST(Bootstrap, OfAMeanIsItsStandardError) {
  // The bootstrap variance of a mean is std^2 (n - 1)/n^2 exactly; B replicates estimate it with a
  // relative standard error of about sqrt(1/(2 B)).
  const Index n = 50, resamples = 4000;
  const Vector values = gaussians(Key(21), n);
  const auto mean = [&](const std::vector<Index>& rows) {
    double sum = 0;
    for (const Index i : rows) sum += values[i];
    return sum / static_cast<double>(rows.size());
  };
  const double expected =
      summary(values).standard_error * std::sqrt(static_cast<double>(n - 1) / n);
  const double tolerance = 5 / std::sqrt(2.0 * resamples);
  const double error = bootstrap_error(n, mean, Key(22), resamples);
  EXPECT_TRUE(test::relatively_near(error, expected, tolerance));
  EXPECT_EQ(error, bootstrap_error(n, mean, Key(22), resamples));
  EXPECT_NE(error, bootstrap_error(n, mean, Key(23), resamples));
  const Vector replicates = bootstrap_replicates(n, mean, Key(22), resamples);
  EXPECT_EQ(replicates.size(), resamples);
  EXPECT_TRUE(std::is_sorted(replicates.begin(), replicates.end()));
  EXPECT_THROW(bootstrap_error(0, mean, Key(1)), std::invalid_argument);
}

TEST(RankCorrelation, SeesOrderOnly) {
  const Vector x{{1.0, 2.0, 3.0, 10.0}};
  EXPECT_EQ(rank_correlation(x, Vector{{0.1, 0.2, 7.0, 8.0}}), 1);
  EXPECT_EQ(rank_correlation(x, Vector{{4.0, 3.0, 2.0, -9.0}}), -1);
  // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / sqrt(4.5 * 5).
  EXPECT_TRUE(test::near(rank_correlation(x, Vector{{0.0, 5.0, 5.0, 6.0}}),
                         4.5 / std::sqrt(4.5 * 5), 4 * eps));
  EXPECT_TRUE(std::isnan(rank_correlation(x, Vector::Ones(4))));
}

}  // namespace
}  // namespace wideband::statistics_test

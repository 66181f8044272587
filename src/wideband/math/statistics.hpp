// Statistics over repetitions: moments, quantiles, slopes, critical values, bootstrap.
#pragma once

#include <functional>
#include <vector>

#include "wideband/core/types.hpp"
#include "wideband/random/key.hpp"

namespace wideband {

// Functions throw std::invalid_argument for empty or unequal lists and values out of range.

struct Summary {
  Index count = 0;
  double mean = 0;
  double std = 0;  // n - 1 in the denominator; NaN for one value
  double rms = 0;
  double standard_error = 0;  // std / sqrt(count)
};
Summary summary(VectorView values);

/// Quantile q in [0, 1], linear interpolation between order statistics (type 7). Values may be
/// infinite, not NaN.
double quantile(VectorView values, double q);

/// z with P(|T| > z) = tail for Student's t with `degrees` degrees of freedom (normal if infinite).
double two_sided_critical_value(double tail, double degrees);

struct Line {
  double slope;
  double intercept;
  double slope_error;  // standard error from the residuals; 0 for two points
};
/// Least squares line through (x_i, y_i), at least two different x.
Line least_squares_line(VectorView x, VectorView y);

/// Slope of log y on log x; all values positive.
double log_log_slope(VectorView x, VectorView y);

/// Standard error of statistic(rows) when the `count` repetitions are resampled with replacement.
/// `statistic` sees a list of repetition indices, so nested widths and several columns stay paired.
/// Deterministic in `key`.
double bootstrap_error(Index count,
                       const std::function<double(const std::vector<Index>&)>& statistic,
                       const Key& key, Index resamples = 400);

/// Sorted bootstrap replicates of the same, for intervals and for statistics that may be infinite.
Vector bootstrap_replicates(Index count,
                            const std::function<double(const std::vector<Index>&)>& statistic,
                            const Key& key, Index resamples = 400);

/// Spearman's rank correlation, ties by mean ranks; NaN if one of the lists is constant.
double rank_correlation(VectorView x, VectorView y);

}  // namespace wideband

#include "wideband/math/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <fmt/format.h>

#include "wideband/core/error.hpp"

namespace wideband {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

void require_pairs(const char* function, Index x, Index y, Index least) {
  if (x != y || x < least) {
    require(false, fmt::format("[{}] expected x.size == y.size >= {}, got {} and {}", function,
                               least, x, y));
  }
}

// Ranks 1, ..., n in the order of the values; equal values share the mean of their ranks.
Vector ranks(const VectorView& values) {
  const Index n = values.size();
  std::vector<Index> order(static_cast<std::size_t>(n));
  std::iota(order.begin(), order.end(), Index{0});
  std::sort(order.begin(), order.end(), [&](Index i, Index j) { return values[i] < values[j]; });
  Vector result(n);
  for (auto first = order.begin(); first != order.end();) {
    const auto last =
        std::find_if(first, order.end(), [&](Index i) { return values[i] != values[*first]; });
    const auto before = static_cast<double>(first - order.begin());
    const auto after = static_cast<double>(last - order.begin());
    std::for_each(first, last, [&](Index i) { result[i] = (before + 1 + after) / 2; });
    first = last;
  }
  return result;
}

}  // namespace

Summary summary(VectorView values) {
  require(values.size() > 0, "[summary] expected at least one value, got none");
  const auto count = static_cast<double>(values.size());
  Summary result;
  result.count = values.size();
  result.mean = values.sum() / count;
  result.rms = std::sqrt(values.squaredNorm() / count);
  const double squares = (values.array() - result.mean).square().sum();
  result.std = values.size() > 1 ? std::sqrt(squares / (count - 1)) : nan;
  result.standard_error = result.std / std::sqrt(count);
  return result;
}

double quantile(VectorView values, double q) {
  if (values.size() == 0 || values.hasNaN() || !(q >= 0 && q <= 1)) {
    require(false, fmt::format("[quantile] expected values without NaN and 0 <= q <= 1, got {} "
                               "values and q = {}",
                               values.size(), q));
  }
  Vector sorted = values;
  std::sort(sorted.begin(), sorted.end());
  const double position = q * static_cast<double>(values.size() - 1);
  const auto below = static_cast<Index>(position);
  const double fraction = position - static_cast<double>(below);
  if (fraction == 0 || sorted[below] == sorted[below + 1]) return sorted[below];
  return sorted[below] + fraction * (sorted[below + 1] - sorted[below]);
}

double two_sided_critical_value(double tail, double degrees) {
  if (!(tail > 0 && tail < 1) || !(degrees > 0)) {
    require(false, fmt::format("[two_sided_critical_value] expected 0 < tail < 1 and degrees > 0, "
                               "got {} and {}",
                               tail, degrees));
  }
  using boost::math::complement;
  if (std::isinf(degrees)) return quantile(complement(boost::math::normal(), tail / 2));
  return quantile(complement(boost::math::students_t(degrees), tail / 2));
}

Line least_squares_line(VectorView x, VectorView y) {
  require_pairs("least_squares_line", x.size(), y.size(), 2);
  const auto count = static_cast<double>(x.size());
  const double x_mean = x.sum() / count;
  const double y_mean = y.sum() / count;
  const Vector dx = (x.array() - x_mean).matrix();
  const Vector dy = (y.array() - y_mean).matrix();
  const double variation = dx.squaredNorm();
  require(variation > 0, "[least_squares_line] expected two different x, got one");
  Line line{};
  line.slope = dx.dot(dy) / variation;
  line.intercept = y_mean - line.slope * x_mean;
  if (x.size() > 2) {
    const double squares = (dy - line.slope * dx).squaredNorm();
    line.slope_error = std::sqrt(squares / (count - 2) / variation);
  }
  return line;
}

double log_log_slope(VectorView x, VectorView y) {
  require_pairs("log_log_slope", x.size(), y.size(), 2);
  require((x.array() > 0).all() && (y.array() > 0).all(),
          "[log_log_slope] expected positive values, got others");
  return least_squares_line(x.array().log().matrix(), y.array().log().matrix()).slope;
}

Vector bootstrap_replicates(Index count,
                            const std::function<double(const std::vector<Index>&)>& statistic,
                            const Key& key, Index resamples) {
  if (count < 1 || resamples < 2) {
    require(false, fmt::format("[bootstrap] expected count >= 1 and resamples >= 2, got {} and {}",
                               count, resamples));
  }
  Vector replicates(resamples);
  std::vector<Index> rows(static_cast<std::size_t>(count));
  for (Index b = 0; b < resamples; ++b) {
    const Vector u = uniforms(key, count, b * count);
    std::transform(u.begin(), u.end(), rows.begin(), [&](double value) {
      return static_cast<Index>(value * static_cast<double>(count));
    });
    replicates[b] = statistic(rows);
  }
  std::sort(replicates.begin(), replicates.end());
  return replicates;
}

double bootstrap_error(Index count,
                       const std::function<double(const std::vector<Index>&)>& statistic,
                       const Key& key, Index resamples) {
  return summary(bootstrap_replicates(count, statistic, key, resamples)).std;
}

double rank_correlation(VectorView x, VectorView y) {
  require_pairs("rank_correlation", x.size(), y.size(), 2);
  require(!x.hasNaN() && !y.hasNaN(), "[rank_correlation] expected values, got NaN");
  const double middle = static_cast<double>(x.size() + 1) / 2;
  const Vector a = (ranks(x).array() - middle).matrix();
  const Vector b = (ranks(y).array() - middle).matrix();
  return a.dot(b) / std::sqrt(a.squaredNorm() * b.squaredNorm());
}

}  // namespace wideband

#include "wideband/data/scaling.hpp"

#include <cmath>

#include <fmt/format.h>

#include "wideband/core/error.hpp"

namespace wideband {

Matrix unit_rows(MatrixView X, const char* name) {
  Matrix result = X;
  const double length = std::sqrt(static_cast<double>(X.cols()));
  for (Index i = 0; i < X.rows(); ++i) {
    const double norm = result.row(i).stableNorm();
    if (norm == 0) {
      throw std::invalid_argument(
          fmt::format("[scale] row {} of {} is zero and cannot be scaled to a norm", i, name));
    }
    result.row(i) = result.row(i) / norm * length;
  }
  return result;
}

ColumnScale column_scale(MatrixView X) {
  const auto n = static_cast<double>(X.rows());
  ColumnScale scale{X.colwise().sum().transpose() / n, Vector::Zero(X.cols())};
  for (Index i = 0; i < X.rows(); ++i) {
    scale.deviation += (X.row(i).transpose() - scale.mean).cwiseAbs2();
  }
  scale.deviation = (scale.deviation / n).cwiseSqrt();
  return scale;
}

Matrix standardized(MatrixView X, const ColumnScale& scale) {
  require(X.cols() == scale.mean.size(),
          fmt::format("[scale] expected {} columns, got {}", scale.mean.size(), X.cols()));
  Matrix result = X;
  for (Index j = 0; j < X.cols(); ++j) {
    result.col(j).array() -= scale.mean(j);
    // Equal entries leave a deviation of a few rounding errors of their mean.
    const double smallest = 1e-14 * std::abs(scale.mean(j));
    if (scale.deviation(j) > smallest) result.col(j) /= scale.deviation(j);
  }
  return result;
}

}  // namespace wideband

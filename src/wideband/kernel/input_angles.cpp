#include "wideband/kernel/input_angles.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/core/memory.hpp"
#include "wideband/math/half_angle.hpp"
#include "wideband/simd/input_steps.hpp"
#include "wideband/simd/pair_steps.hpp"

namespace wideband {

namespace {

// Eight sums side by side, in one order whatever the alignment: an eighth of one sum's rounding.
double square_of(const double* x, Index d) {
  double sums[8] = {};
  for (Index k = 0; k < d; ++k) sums[k % 8] += x[k] * x[k];
  return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

}  // namespace

InputRows::InputRows(const MatrixView& X, const char* name) : rows_(X) {
  require(X.rows() >= 1 && X.cols() >= 1,
          fmt::format("[kernel] expected at least one row and one column, got {} {} x {}", name,
                      X.rows(), X.cols()));
  const Index n = X.rows(), d = X.cols();
  const Index whole = (n + block - 1) / block * block;
  norms_.assign(static_cast<std::size_t>(whole), 0.0);
  variances_.resize(static_cast<std::size_t>(n));
  const bool few = d <= few_features;
  if (few) {
    columns_ = Matrix::Zero(d, whole);
  } else {
    unit_.resize(whole, d);
    advise_huge_pages(unit_.data(), static_cast<std::size_t>(unit_.size()) * sizeof(double));
    unit_.bottomRows(whole - n).setZero();
  }
  for (Index i = 0; i < n; ++i) {
    const double square = square_of(row(i), d);
    if (!std::isfinite(square)) {
      for (Index k = 0; k < d; ++k) {
        require(std::isfinite(row(i)[k]),
                fmt::format("[kernel] {} has {} at row {}, column {}", name, row(i)[k], i, k));
      }
      throw NumericalError(fmt::format("[kernel] the square of row {} of {} overflows", i, name));
    }
    const double norm = std::sqrt(square);
    norms_[static_cast<std::size_t>(i)] = norm;
    variances_[static_cast<std::size_t>(i)] = square / static_cast<double>(d);
    for (Index k = 0; k < d; ++k) {
      if (few) {
        columns_(k, i) = row(i)[k];
      } else {
        unit_(i, k) = norm > 0 ? row(i)[k] / norm : 0;
      }
    }
  }
}

namespace {

// |x| - |z| = (x - z).(x + z) / (|x| + |z|)
double norm_difference(std::span<const double> x, std::span<const double> z, double norms) {
  double sum = 0;
  for (std::size_t k = 0; k < x.size(); ++k) sum += (x[k] - z[k]) * (x[k] + z[k]);
  return norms > 0 ? sum / norms : 0;
}

double packed(HalfAngle angle) {
  return angle.s <= angle.c ? angle.s : -angle.c;
}

}  // namespace

void input_angles(const InputRows& X, Index i, const InputRows& Z, Index j0, Index count,
                  const double* products, double refine_below, double* angle,
                  std::vector<RefinedPair>* refined) {
  const auto d = static_cast<std::size_t>(X.features());
  const std::size_t n = simd::padded(static_cast<std::size_t>(count));
  if (refined != nullptr) refined->clear();
  if (X.features() <= InputRows::few_features) {
    double differences[InputRows::block];
    const double* columns[InputRows::few_features];
    for (Index k = 0; k < X.features(); ++k) columns[k] = Z.column(k, j0);
    simd::angle_between_rows(
        {.d = d, .x = X.row(i), .norm = X.norm(i), .columns = columns, .norms = Z.norms(j0)}, n,
        angle, differences);
    for (Index j = 0; refined != nullptr && j < count; ++j) {
      refined->push_back({j, differences[j]});
    }
    return;
  }
  if (simd::angle_from_cosine(n, products, angle) >= refine_below) return;
  const std::span<const double> x(X.row(i), d);
  for (Index j = 0; j < count; ++j) {
    if (std::abs(angle[j]) >= refine_below) continue;
    const std::span<const double> z(Z.row(j0 + j), d);
    angle[j] = packed(angle_between(x, z, X.norm(i), Z.norm(j0 + j)));
    if (refined == nullptr) continue;
    refined->push_back({j, norm_difference(x, z, X.norm(i) + Z.norm(j0 + j))});
  }
}

}  // namespace wideband

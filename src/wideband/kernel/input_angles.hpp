// The angles between input rows: products of unit rows in blocks, differences where they are close.
#pragma once

#include <vector>

#include "wideband/core/types.hpp"

namespace wideband {

/// Rows of one side, as the input rule needs them.
class InputRows {
 public:
  static constexpr Index block = 256;  // rows of a product

  /// Throws std::invalid_argument naming function, row and column of an entry that is not finite.
  InputRows(const MatrixView& X, const char* name);

  Index count() const { return rows_.rows(); }
  Index features() const { return rows_.cols(); }
  const double* row(Index i) const { return rows_.data() + i * rows_.outerStride(); }
  double norm(Index i) const { return norms_[static_cast<std::size_t>(i)]; }
  /// |x|^2 / d
  const std::vector<double>& variances() const { return variances_; }
  /// Unit rows, zeros behind the last up to whole blocks; (blocks block, d).
  const double* unit_row(Index i) const { return unit_.data() + i * unit_.cols(); }
  /// Feature k of rows i, i + 1, ...; features() columns of blocks, for d <= few_features only.
  const double* column(Index k, Index i) const { return columns_.data() + k * columns_.cols() + i; }
  const double* norms(Index i) const { return norms_.data() + i; }

  static constexpr Index few_features = 16;  // up to here every pair goes by differences

 private:
  MatrixView rows_;
  std::vector<double> norms_, variances_;
  Matrix unit_, columns_;
};

/// A pair whose angle came from the differences of its rows.
struct RefinedPair {
  Index column;
  double norm_difference;  // |x| - |z|
};

/// Angles (packed as in simd/pair_steps.hpp) of row i of X with rows j0, j0 + 1, ... of Z.
///
///   rho by the product of unit rows, and by math/half_angle.hpp (2), (3) from the raw rows where
///   min(s, c) < refine_below or d <= 16
///
/// products  row i of the block of products, unused for d <= 16
/// refined   the pairs that went by differences, ascending; where nobody wants them, null
void input_angles(const InputRows& X, Index i, const InputRows& Z, Index j0, Index count,
                  const double* products, double refine_below, double* angle,
                  std::vector<RefinedPair>* refined);

}  // namespace wideband

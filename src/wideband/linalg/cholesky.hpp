// Cholesky factor of a symmetric positive definite matrix, kept for solves, inverses, determinants.
#pragma once

#include <optional>

#include "wideband/core/types.hpp"

namespace wideband {

/// A = L L'. The constructor takes its argument's storage; pass std::move(A) to copy nothing.
///
/// cost     n^3/3 flop
/// throws   std::invalid_argument (not square, NaN or infinite entries), NumericalError naming the
///          leading minor that is not positive
class Cholesky {
 public:
  explicit Cholesky(Matrix A);

  Index size() const { return factor_.rows(); }
  /// X with A X = B, (n, k); 2 n^2 k flop.
  Matrix solve(MatrixView B) const;
  /// L^-1 B, so that B'A^-1 B is its Gram matrix; n^2 k flop.
  Matrix half_solve(MatrixView B) const;
  /// The diagonal of A^-1, n^3/3 flop.
  Vector inverse_diagonal() const;
  /// A^-1, symmetric to the bit, 2 n^3/3 flop.
  Matrix inverse() const;
  double log_determinant() const;

 private:
  friend std::optional<Cholesky> positive_factor(Matrix A);
  Cholesky() = default;
  int factorize(const char* function);
  Matrix factor_;  // L in the lower triangle; the upper one is not read
};

/// The factor, or none where a leading minor is not positive.
std::optional<Cholesky> positive_factor(Matrix A);

}  // namespace wideband

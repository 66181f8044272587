// A kernel matrix as it comes from anywhere: checked, made symmetric, and measured.
#pragma once

#include "wideband/core/types.hpp"

namespace wideband {

struct KernelMatrix {
  Matrix values;         // (n, n), symmetric to the bit
  double asymmetry = 0;  // largest |Theta_ij - Theta_ji|/sqrt(Theta_ii Theta_jj) of the input
  double trace = 0;
  double norm = 0;  // largest sum of |entries| of a row, >= the largest eigenvalue
};

/// Symmetrizes a kernel whose asymmetry is within 10 max(kernel_error, 1e-12).
///
/// throws   std::invalid_argument for a matrix that is empty, not square, not finite (row and
/// column
///          are named) or less symmetric; NumericalError for a negative diagonal entry
KernelMatrix checked_kernel(MatrixView Theta, double kernel_error);

/// A copy on huge pages, which are touched for the first time in a fifth of the time.
Matrix copied(const Matrix& A);

/// Throws std::invalid_argument naming row and column of the first entry that is NaN or infinite.
void require_finite(const char* function, const char* name, MatrixView A);

}  // namespace wideband

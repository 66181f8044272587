// Eigen-, singular value and orthogonal decompositions through LAPACK, every info checked.
#pragma once

#include <complex>

#include "wideband/core/types.hpp"

namespace wideband {

struct SymmetricEigen {
  Vector values;   // ascending
  Matrix vectors;  // (n, n), orthonormal columns in the order of the values
};

/// Eigensystem of a symmetric matrix (the lower triangle is read), dsyevd. Cost about 9 n^3 flop,
/// memory 4 n^2 numbers. Throws std::invalid_argument (not square, NaN), NumericalError (info > 0).
SymmetricEigen symmetric_eigen(MatrixView A);

/// Ascending eigenvalues alone.
Vector symmetric_eigenvalues(MatrixView A);

/// Eigenvalues of a general square matrix, in LAPACK's order (dgeev).
Eigen::VectorXcd eigenvalues(MatrixView A);

/// Decreasing singular values.
Vector singular_values(MatrixView A);

/// Largest singular value.
double operator_norm(MatrixView A);

/// Orthonormal frame of the columns of A (n, d), n >= d: the Q of a thin QR with R's diagonal >= 0.
/// Throws NumericalError if the columns are dependent to rounding.
Matrix orthonormal_frame(MatrixView A);

/// X with A X = B for square A (LU with partial pivoting). Throws NumericalError if A is singular.
Matrix solve(MatrixView A, MatrixView B);

/// X with A X = B for symmetric positive definite A (Cholesky). Throws NumericalError if it is not.
Matrix solve_positive(MatrixView A, MatrixView B);

}  // namespace wideband

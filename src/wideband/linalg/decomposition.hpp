// Eigen-, singular value and orthogonal decompositions through LAPACK, every info checked.
#pragma once

#include <complex>

#include "wideband/core/types.hpp"

namespace wideband {

// Every function throws std::invalid_argument for a wrong shape and for NaN or infinite entries,
// and NumericalError where LAPACK reports a failure.

struct SymmetricEigen {
  Vector values;   // ascending
  Matrix vectors;  // (n, n), orthonormal columns in the order of the values
};

/// Eigensystem of a symmetric matrix (the lower triangle is read).
///
/// cost     about 9 n^3 flop, memory 4 n^2 numbers
/// accuracy backward error a small multiple of n eps |A|
SymmetricEigen symmetric_eigen(MatrixView A);

enum class EigenDriver {
  automatic,           // the first up to n = 32765, where its workspace overflows 32-bit sizes
  divide_and_conquer,  // dsyevd, 2 n^2 numbers of workspace
  relatively_robust    // dsyevr, n^2 numbers and 26 n of workspace
};

struct SymmetricModes {
  Vector values;  // ascending
  Matrix modes;   // (n, n), row i is the eigenvector of value i
};

/// The same with eigenvectors in rows, which costs no transposition; pass std::move(A) to copy
/// nothing.
SymmetricModes symmetric_modes(Matrix A, EigenDriver driver = EigenDriver::automatic);

/// Ascending eigenvalues alone.
Vector symmetric_eigenvalues(MatrixView A);

/// Eigenvalues of a general square matrix, in LAPACK's order (dgeev).
Eigen::VectorXcd eigenvalues(MatrixView A);

/// Decreasing singular values (dgesdd).
Vector singular_values(MatrixView A);

/// Largest singular value; 0 for an empty matrix.
double operator_norm(MatrixView A);

/// Orthonormal frame of the columns of A (n, d), n >= d: the Q of a thin QR with R's diagonal >= 0.
/// Throws NumericalError if a column depends on those before it, |R_jj| <= n eps |column j|.
Matrix orthonormal_frame(MatrixView A);

/// X with A X = B for square A (LU with partial pivoting). Throws NumericalError if A is singular
/// to rounding, that is, if its reciprocal condition number is below eps.
Matrix solve(MatrixView A, MatrixView B);

/// X with A X = B for symmetric positive definite A (Cholesky, the lower triangle is read). Throws
/// NumericalError if A is not positive definite.
Matrix solve_positive(MatrixView A, MatrixView B);

}  // namespace wideband

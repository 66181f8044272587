// Dense products through BLAS, as functions of values.
#pragma once

#include <string>

#include "wideband/core/types.hpp"

namespace wideband {

/// A B, (n, k) x (k, m). Throws std::invalid_argument on a shape mismatch. Cost 2 n k m flop.
Matrix product(MatrixView A, MatrixView B);

/// A' B, (k, n)' x (k, m).
Matrix transposed_product(MatrixView A, MatrixView B);

/// A' A, symmetric to the bit, (k, n) -> (n, n); half the flop of a product.
Matrix gram(MatrixView A);

/// Copies the lower triangle of a square matrix to the upper one.
void mirror_lower(Matrix& C);

/// Threads that BLAS and LAPACK may use inside one call. Tasks run in parallel outside, so every
/// run sets 1, also when a single worker runs: the bits then never depend on the thread count.
void set_blas_threads(Index threads);

/// Version and kernel of the linked BLAS, for `doctor` and manifests.
std::string blas_description();

}  // namespace wideband

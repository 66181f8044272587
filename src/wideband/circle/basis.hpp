// The real Fourier basis sampled at angles: columns, normalized columns, and orthonormal planes.
#pragma once

#include <vector>

#include "wideband/core/types.hpp"

namespace wideband {

/// Columns d = 2 cutoff + 1 of the basis phi_0 = 1, sqrt2 cos kg, sqrt2 sin kg, 1 <= k <= cutoff,
/// in the order const, cos1, sin1, cos2, sin2, ...
inline Index basis_size(Index cutoff) {
  return 2 * cutoff + 1;
}

/// Frequency k(p) of column p.
inline Index basis_frequency(Index column) {
  return (column + 1) / 2;
}

/// First column of frequency k, and how many it has (1 for k = 0, else 2).
inline Index plane_start(Index k) {
  return k == 0 ? 0 : 2 * k - 1;
}
inline Index plane_size(Index k) {
  return k == 0 ? 1 : 2;
}

/// Phi (n, d), Phi_ip = phi_p(g_i).
///
/// cost     O(n d); one sine and cosine per eight frequencies, rotations between them
/// accuracy 20 eps absolute
/// throws   std::invalid_argument if cutoff < 0 or n < 2 cutoff + 1
Matrix fourier_basis(VectorView angles, Index cutoff);

/// fourier_basis of the equispaced grid, with k i reduced modulo n: accurate to 2 eps, and
/// Phi'Phi = n I to rounding. Throws as fourier_basis.
Matrix grid_fourier_basis(Index n, Index cutoff);

/// The columns of Phi divided by their Euclidean norms.
Matrix unit_columns(MatrixView Phi);

/// The frame U of all planes <= cutoff, side by side in the basis order: for each frequency k an
/// orthonormal frame of its columns of Phi (QR of the plane alone; planes of a random sample are
/// not orthogonal to one another). On a grid these are the columns over sqrt n.
///
/// throws   NumericalError if the columns of a plane are dependent
Matrix plane_frame(MatrixView Phi);

/// The columns of plane k of a frame or a basis.
inline auto plane(const Matrix& frame, Index k) {
  return frame.middleCols(plane_start(k), plane_size(k));
}

/// |U_k'r| for k = 0, ..., cutoff of the frame.
Vector plane_amplitudes(const Matrix& frame, VectorView r);

}  // namespace wideband

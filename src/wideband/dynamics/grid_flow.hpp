// Gradient steps of the kernel operator on a grid: any step of a trajectory at once, and one by
// one.
#pragma once

#include "wideband/circle/grid_operator.hpp"
#include "wideband/core/types.hpp"

namespace wideband {

/// Residual r_s = (1 - eta A)^s r_0 after `step` steps r <- r - eta A r, by decay factors of the
/// Fourier coefficients: two transforms at any s.
///
/// throws   std::invalid_argument if r_0 has another size than A, s < 0, or eta <= 0
Vector residual_at(const GridOperator& A, VectorView initial, double eta, Index step);

/// The plain twin: `steps` products, each in sample space, starting from r.
Vector iterated_residual(const GridOperator& A, VectorView initial, double eta, Index steps);

/// |r_s|^2 after `step` steps without forming r_s, by Parseval: the sum of |P_k r_0|^2
/// (1 - eta lambda_k)^(2 step) over the planes k = 0, ..., floor(n/2).
double squared_norm_at(VectorView eigenvalues, VectorView plane_energies, double eta, Index step);

/// |P_k r|^2 for every plane k = 0, ..., floor(n/2); their sum is |r|^2.
Vector plane_energies(VectorView r);

}  // namespace wideband

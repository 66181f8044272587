// Exact means and second moments of the sample matrices over n independent uniform angles.
#pragma once

#include "wideband/circle/angle_kernel.hpp"
#include "wideband/core/types.hpp"

namespace wideband {

// All of them are for the basis of a cutoff K, d = 2K + 1 columns, and hold for every n >= 1.
// Derivations: docs/theory/circle.md, "Finite samples".

/// v_pq = Var(phi_p phi_q) under one uniform angle (d, d).
///
///   0 for p = q = const;  1 if the frequencies of p and q differ;  1/2 within a plane          (1)
///
/// The rows sum to d - 1, because sum_p phi_p(g)^2 = d at every angle.
Matrix basis_product_variance(Index cutoff);

/// 𝔼|G - I|_Fro^2 = d (d - 1)/n                                                              (2)
double gram_square_moment(Index cutoff, Index n);

/// 𝔼|E_p|^2 = (1 - 1/n) (∫Theta^2 dmu - lambda_p^2), column by column (d)                     (3)
Vector action_column_square_moments(AngleKernel kernel, Index cutoff, Index n);

/// 𝔼|E|_Fro^2, the sum of (3): it does not decay with n.
double action_square_moment(AngleKernel kernel, Index cutoff, Index n);

/// Leading variances of the entries of H: (lambda_p + lambda_q)^2 v_pq/n (d, d)                 (4)
Matrix compressed_leading_variance(AngleKernel kernel, Index cutoff, Index n);

/// Variances of the entries of H, exact (d, d):
///
///   [ (n-1)(n-2) (lambda_p + lambda_q)^2 v_pq + 2(n-1) z_pq
///     + 2 Theta(0)(n-1) (lambda_p + lambda_q) v_pq + Theta(0)^2 v_pq ] / n^3                  (4a)
///   z_pq = (1/2) 𝔼 Theta(x-y)^2 [ phi_p(x)^2 phi_q(y)^2 + (phi_p phi_q)(x) (phi_p phi_q)(y) ]
///          - lambda_p^2 [p = q]
///
/// accuracy 1e-6 relative (Theta^2 by its transform on a grid)
Matrix compressed_entry_variance(AngleKernel kernel, Index cutoff, Index n);

/// 𝔼|H - Lambda^(n)|_Fro^2, exact:
///
///   [ (n-1)(n-2) S_H + 2(n-1) Z_H + 4 Theta(0)(n-1)(d-1) tr Lambda_K + Theta(0)^2 d(d-1) ]/n^3
///   S_H = sum_pq (lambda_p + lambda_q)^2 v_pq                                                 (5)
///   Z_H = (1/2)( d^2 ∫Theta^2 dmu + ∫Theta^2 D_K^2 dmu ) - sum_p lambda_p^2
///   D_K(g) = 1 + 2 sum_{k <= K} cos kg
double compressed_square_moment(AngleKernel kernel, Index cutoff, Index n);

/// Means of the diagonal of C = G^(-1) H up to O(n^(-2)): lambda_p + tail_K/n, tail_K = Theta(0) -
/// tr Lambda_K (d). Least squares coordinates absorb the rest of the self term.               (6)
Vector coordinate_means(AngleKernel kernel, Index cutoff, Index n);

}  // namespace wideband

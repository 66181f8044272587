// How much squared norms of random matrices on the circle vary where their entries are Gaussian.
#pragma once

#include "wideband/circle/angle_kernel.hpp"
#include "wideband/core/types.hpp"

namespace wideband {

// Squares are skewed: in few repetitions a low mean comes with a small sample spread. Their spread
// in the Gaussian limit (many samples, many neurons) is known, and is a lower bound for finite
// ones. Derivations: docs/theory/circle.md, "Spread of the squares".

/// Standard deviations over samples as n -> infinity.
struct SampleSquareSpreads {
  double gram = 0;        // of n |G - I|_Fro^2                                                 (1)
  double compressed = 0;  // of n |H - Lambda^(n)|_Fro^2                                        (2)
  double action = 0;      // of |E|_Fro^2                                                       (3)
};

/// With S_q = (1/n) sum_i exp(i q g_i), whose n |S_q|^2 become independent exponentials of mean 1:
///
///   n |G - I|^2     ~ sum_{q >= 1} n |S_q|^2 2 (d - q)                                       (1)
///   n |H - Lambda|^2 ~ sum_{q >= 1} n |S_q|^2 2 sum_k (lambda_|k| + lambda_|k+q|)^2,
///                     k and k + q in -K..K                                                   (2)
///   |E|^2           ~ sum_{q >= 1} n |S_q|^2 2 sum_{|k| <= K} lambda_|k-q|^2                 (3)
///
/// cost     O(K^2)
/// throws   std::invalid_argument if cutoff < 0
SampleSquareSpreads sample_square_spreads(AngleKernel kernel, Index cutoff);

/// Standard deviations over networks of m |B_m - mean|_Fro^2 as m -> infinity, without biases.
struct WidthSquareSpreads {
  double whole = 0;
  Matrix planes;  // (K+1, K+1), of the plane block k, l
};

/// In the basis exp(ikg) entry (k, l) of B_m is v_kl . z_{k-l} with z_q = (1/m) sum_j (R_j^2 +
/// a_j^2, a_j^2) exp(-i q psi_j), Gaussian with covariance Gamma/m and independent for different
/// |q|; hence
///
///   m |.|^2 = sum_{|q|} m z_q* M_q z_q,  M_q = sum v_kl v_kl' over the entries with |k - l| = |q|
///   variance = 2 tr (M_0 Gamma_0)^2 + sum_{q >= 1} tr (M_q Gamma)^2                           (4)
///
/// cost     O(K^2)
/// throws   std::invalid_argument if cutoff < 0
WidthSquareSpreads width_square_spreads(Index cutoff, double beta_b);

}  // namespace wideband

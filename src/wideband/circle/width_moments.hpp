// Exact second moments of the tangent operator of m random neurons without bias, and what they
// predict for its eigenspaces.
#pragma once

#include <vector>

#include "wideband/core/types.hpp"

namespace wideband {

/// Fourier coefficients of the features of a neuron that points at angle 0, for k = 0, ..., cutoff,
/// in the orthonormal basis 1, sqrt2 cos kg, sqrt2 sin kg.
struct HalfArc {
  Vector h;         // gate cos g: cosine columns
  Vector s;         // gate sin g: sine columns
  Vector o;         // gate: cosine columns
  double tilt = 0;  // the neuron points at most this far from the middle of its samples
};

/// The half circle |g| < pi/2 against the continuous basis:
///
///   h_0 = 1/pi,  h_1 = 1/(2 sqrt2),  h_k = sqrt2 (-1)^(k/2+1) / (pi (k^2 - 1)),   k even    (1)
///   s_1 = 1/(2 sqrt2),               s_k = k h_k,                                 k even    (2)
///   o_0 = 1/2,   o_k = sqrt2 (-1)^((k-1)/2) / (pi k),                             k odd     (3)
///
/// and zero elsewhere. Throws std::invalid_argument if cutoff < 0.
HalfArc half_arc(Index cutoff);

/// The sets of samples of a grid of n points that a neuron without bias can see, up to rotation by
/// grid points and with equal probability: one of n/2 samples for even n, two of (n - 1)/2 and
/// (n + 1)/2 for odd n. Averages over the n samples stand for the integrals.
/// cost     O(n cutoff)
/// throws   std::invalid_argument unless n > 2 cutoff >= 0
std::vector<HalfArc> grid_half_arcs(Index cutoff, Index n);

struct WidthMomentsOptions {
  Index cutoff = 10;  // K: planes k <= K
  double beta_b = 1;  // 1 is "bias", 0 is "nobias"
  Index grid = 0;     // n of the grid of samples; 0 is the continuum
};

/// Mean and variance of B_m = P_K T_m P_K (on a grid: U'A U) over networks at initialization,
/// a ~ N(0, 1), w ~ N(0, I_2), b = 0. All variances are multiplied by m.
///
///   one-neuron block = (R^2 + a^2) h h' + a^2 (s s' + beta_b^2 o o'), plane k rotated by k psi (1)
///   V_kl = 15 h_k^2 h_l^2 + 3 s_k^2 s_l^2 + 3 beta_b^4 o_k^2 o_l^2
///          + 10 beta_b^2 h_k h_l o_k o_l,                                        k != l (2)
///
/// from E R^4 = 8, E R^2 a^2 = 2, E a^4 = 3 and invariance under rotation; on a grid the pre-
/// activation is R cos(x - tilt), x from the middle of the samples, tilt uniform in a cell.
/// cost     O(K^2), O(n K) more on a grid
/// throws   std::invalid_argument unless cutoff >= 0 and grid = 0 or grid > 2 cutoff
class WidthMoments {
 public:
  explicit WidthMoments(const WidthMomentsOptions& options);

  /// The mean (B_m)_kk = eigenvalue k times I, k = 0, ..., K; the alias eigenvalues on a grid.
  const Vector& eigenvalues() const { return eigenvalues_; }
  /// (K+1, K+1): V_kl = m E |(B_m)_kl - mean|_Fro^2 of the plane block k, l.
  const Matrix& planes() const { return planes_; }
  /// m E |B_m - mean|_Fro^2, the sum of V_kl.
  double fro() const { return planes_.sum(); }
  /// (d, d): m Var (B_m)_pq. On a grid exact for n > 4 K only: on coarser ones some planes alias,
  /// and share their variance unevenly between their entries.
  Matrix entries() const;

 private:
  Vector eigenvalues_;
  Matrix planes_;
  Vector isotropic_;  // m Var of half the trace of the diagonal block k
};

/// m Var of the empirical tangent kernel between two points at distance delta.
///
///   J2/(2pi) + 3 c^2 K1 + 2 c K0 - Theta^2,  c = cos d + beta_b^2,
///   J2 = 3 sin d cos d + (pi - d)(1 + 2 cos^2 d)                                          (3)
///
/// throws   std::domain_error if delta is outside [0, pi]
double kernel_variance(double delta, double beta_b);

/// m E |P^_k - P_k|_Fro^2 to first order, k = 0, ..., cutoff, P^_k the eigenprojector of plane k.
///
///   2 sum_{l != k} V_kl / (lambda_k - lambda_l)^2                                         (4)
///
/// The sum runs over the planes of `moments`; cut at L it lacks about 12 k^2/L, for odd k >= 3 the
/// fraction 2.4/L of the whole.
/// Planes with V_kl = 0 (odd k >= 3 against even l >= 2) do not disturb one another.
/// throws   std::invalid_argument if cutoff exceeds the cutoff of `moments`
Vector alignment_moments(const WidthMoments& moments, Index cutoff);

}  // namespace wideband

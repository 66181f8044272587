// Exact Fourier blocks of the tangent operator of a finite network on the whole circle, no grid.
#pragma once

#include <vector>

#include "wideband/circle/shallow_network.hpp"
#include "wideband/circle/width_moments.hpp"
#include "wideband/core/types.hpp"

namespace wideband {

/// Fourier coefficients of the features of one neuron that points at angle 0, in the orthonormal
/// basis 1, sqrt2 cos kg, sqrt2 sin kg. The arc |x| < alpha with cos alpha = -c/R is active:
///
///   I_0 = alpha/pi,  I_k = sin(k alpha)/(pi k),  C_k = (I_{k-1} + I_{k+1})/2,
///   S_k = (I_{k-1} - I_{k+1})/2,                          times sqrt2 for k >= 1           (1)
///
/// I are the cosine coefficients of the gate, C those of gate cos x, S the sine coefficients of
/// gate sin x, and R C + c I those of the relu; the others vanish.
struct ArcCoefficients {
  Vector gate;    // I, k = 0..cutoff
  Vector cosine;  // C
  Vector sine;    // S
};

/// (1) for a neuron with |w| = R >= 0 and bias input c = beta_b b; always active for c > R, never
/// for c <= -R.
ArcCoefficients arc_coefficients(double R, double c, Index cutoff);

/// B_m = P_K T_m P_K, d x d with d = 2 cutoff + 1, columns const, cos1, sin1, cos2, ...: the
/// empirical tangent operator of the network between Fourier modes,
///
///   B_m = (1/m) sum_j u u' + a^2 (p p' + q q' + beta_b^2 g g')                               (2)
///
/// with u, p, q, g the coefficients (1) of relu, gate cos x, gate sin x, gate, plane k turned by
/// k psi. Any biases, so any time of training.
///
/// cost     O(m d^2), in chunks of fixed size: memory O(d^2)
/// accuracy d eps relative to the largest entry, if no arc is about to close (|c| near R)
/// throws   std::invalid_argument if cutoff < 0 or the network is malformed
Matrix continuum_block(const ShallowNetwork& network, Index cutoff);

/// The coefficients of f itself, m^(-1/2) sum_j a_j u_j.
Vector continuum_coefficients(const ShallowNetwork& network, Index cutoff);

/// The same two by adaptive quadrature over each neuron's arc: the plain twins, about 1 ms a
/// neuron.
Matrix plain_continuum_block(const ShallowNetwork& network, Index cutoff);
Vector plain_continuum_coefficients(const ShallowNetwork& network, Index cutoff);

/// B_m of neurons without bias (b_j = 0, the start), added one chunk after another.
///
/// Every arc is then a half circle, the coefficients h, s, o of HalfArc are common to all neurons,
/// and (2) needs no more than the sums
///
///   sum_j (R_j^2 + a_j^2) e^{i q psi_j},   sum_j a_j^2 e^{i q psi_j},   q = 0, ..., 2 cutoff  (3)
///
/// because the plane block k, l of a neuron has entries ((P + Q) cos (k-l) psi +- (P - Q)
/// cos (k+l) psi)/2, and sines off the diagonal, with P = (R^2 + a^2) h_k h_l + a^2 beta_b^2 o_k
/// o_l and Q = a^2 s_k s_l.
///
/// cost     O(cutoff) per neuron, O(d^2) per block()
class HalfArcBlocks {
 public:
  HalfArcBlocks(Index cutoff, double beta_b);

  /// Adds neurons; throws std::invalid_argument unless their biases are 0.
  void add(const ShallowNetwork& network);

  /// (2) over the neurons so far. Throws std::invalid_argument if there are none.
  Matrix block() const;

 private:
  HalfArc arc_;
  double beta_b_;
  Index neurons_ = 0;
  Eigen::ArrayXXd sums_;  // (4, 2 cutoff + 1): cos and sin of the first sum of (3), of the second
};

/// B_m of the first m neurons of initial_network(key, ...), for every m of `widths`, from one pass
/// over the neurons. A block does not depend on the other widths, to the bit.
///
/// widths   increasing, at least 1
/// cost     O(cutoff) per neuron; memory O(d^2 widths), not O(m)
std::vector<Matrix> initial_continuum_blocks(const Key& key, const std::vector<Index>& widths,
                                             Index cutoff, double beta_b = 1);

}  // namespace wideband

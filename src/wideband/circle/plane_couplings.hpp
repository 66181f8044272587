// How the empirical tangent operator acts on a residual, Fourier plane by Fourier plane.
#pragma once

#include "wideband/circle/arc_network.hpp"
#include "wideband/core/types.hpp"

namespace wideband {

/// A residual r on a grid, split as r = sum_{k <= cutoff} P_k r + rest, under A = J J'/n.
struct PlaneCoupling {
  Vector strengths;  // (K + 1) mu_k = tr(U_k'A U_k)/d_k
  Vector energies;   // (K + 2) e_k = |P_k r|^2/|r|^2, the last one of the rest
  Matrix W;  // (K + 2, K + 2) W_kl = <P_k r, A P_l r>/|r|^2, last row and column of the rest
  double trace = 0;  // tr A

  /// R = <r, A r>/|r|^2, the decay rate of the loss: d ln loss/dt = -2R.
  double rate() const { return W.sum(); }

  /// D' = sum_k W_kk = sum_k e_k sigma_k, the rate if planes did not interfere.
  double diagonal_rate() const { return W.trace(); }

  /// D = sum_k e_k mu_k + W_rest,rest, the rate that the strengths predict.
  double predicted_rate() const;
};

/// Couplings of networks on one equispaced grid of n samples.
///
/// Prefix sums of cos kg, sin kg, k <= cutoff + 1, differenced over an arc give the products of
/// {cos kg, sin kg} with the gates, gate cos g and gate sin g of a neuron by
///
///   2 cos kg cos g = cos (k-1)g + cos (k+1)g,   2 sin kg cos g = sin (k+1)g + sin (k-1)g,
///   2 cos kg sin g = sin (k+1)g - sin (k-1)g,   2 sin kg sin g = cos (k-1)g - cos (k+1)g      (1)
///
/// and with them the gradients J'P_k r of all planes at once, whose Gram matrix is W.
///
/// cost     O(n K) to construct and in memory; O(n K + m K^2) per network
/// accuracy n eps relative to the largest entry
class PlaneCouplings {
 public:
  /// throws   std::invalid_argument unless 1 <= cutoff and n > 2 cutoff
  PlaneCouplings(Index n, Index cutoff);

  Index cutoff() const { return cutoff_; }

  /// throws   std::invalid_argument if network or r have another number of samples
  PlaneCoupling at(const ArcNetwork& network, VectorView r) const;

 private:
  struct Residual;
  struct Neuron;
  Residual split(VectorView r) const;

  Index n_;
  Index cutoff_;
  Matrix cosine_;  // (n, K + 2) cos k g_i
  Matrix sine_;    // (n, K + 2)
  Matrix prefix_;  // (n + 1, 2 (K + 2)) sums of both over the samples before
};

}  // namespace wideband

// Training of the linearized network: residuals under the tangent operator frozen at the start.
#pragma once

#include "wideband/circle/operator_eigenpairs.hpp"
#include "wideband/core/types.hpp"

namespace wideband {

/// Trajectories r_s = (I - eta A)^s r_0 of a symmetric operator from all its eigenpairs, at any
/// steps and any eta without iterating.
///
///   r_s = r_0 + V (f_s(lambda) - 1) V'r_0,   f_s(lambda) = (1 - eta lambda)^s                  (1)
///
/// so that what lies outside the eigenvectors, or in those with tiny eigenvalues, stays exactly.
///
/// cost     O(n r) to construct; one product (n, r) x (r, steps) for all steps together
/// source   Jacot, Gabriel & Hongler 2018
class FrozenFlow {
 public:
  /// pairs    every eigenpair with lambda > 0, as tangent_eigenpairs gives them; r0 (n)
  FrozenFlow(const Eigenpairs& pairs, VectorView r0);

  /// (n, steps.size()): r_s for each s >= 0, which need not be whole where eta lambda < 1.
  /// throws   std::invalid_argument if s < 0, or s is not whole and eta lambda_max >= 1
  Matrix residuals(double eta, VectorView steps) const;

  /// (n, times.size()): exp(-t A) r_0.
  Matrix flow(VectorView times) const;

 private:
  Matrix moved(const Matrix& change) const;

  Eigenpairs pairs_;
  Vector r0_;
  Vector inner_;  // V'r_0
};

}  // namespace wideband

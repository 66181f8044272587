// Gradient steps of the kernel operator on arbitrary angles: by sums over sorted angles, and by
// the eigensystem.
#pragma once

#include "wideband/circle/angle_kernel.hpp"
#include "wideband/circle/sorted_product.hpp"
#include "wideband/core/types.hpp"
#include "wideband/linalg/decomposition.hpp"

namespace wideband {

/// Steps r <- r - eta A r, A = Theta(X, X)/n, with a product of O(n) each.
class SampledFlow {
 public:
  SampledFlow(AngleKernel kernel, const SortedAngles& samples);

  /// r - eta A r. Error below 3e-15 |r|_max (1 + eta).
  Vector step(VectorView r, double eta) const;

  /// The same with the residual kept in single precision between the steps, which is where programs
  /// in float32 find their floor of 1e-7.
  Eigen::VectorXf step_float32(const Eigen::VectorXf& r, double eta) const;

  /// lambda_max(A), by power iteration from the constant until its Rayleigh quotient stands still.
  /// Throws NumericalError if it does not within 10 000 products.
  double largest_eigenvalue() const;

 private:
  AngleKernel kernel_;
  SortedAngles samples_;
};

/// The plain twin: any step at once from the eigensystem of the (n, n) matrix.
class ExactSampledFlow {
 public:
  /// Cost O(n^3) time, O(n^2) memory.
  ExactSampledFlow(AngleKernel kernel, const SortedAngles& samples);

  /// (I - eta A)^step r_0, mode by mode.
  Vector at(VectorView initial, double eta, Index step) const;

  double largest_eigenvalue() const { return eigen_.values[eigen_.values.size() - 1]; }

 private:
  SymmetricEigen eigen_;
};

}  // namespace wideband

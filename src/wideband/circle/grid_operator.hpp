// The kernel operator on an equispaced grid: circulant, hence diagonal under the FFT.
#pragma once

#include <functional>

#include "wideband/circle/angle_kernel.hpp"
#include "wideband/core/types.hpp"
#include "wideband/random/key.hpp"

namespace wideband {

/// Eigenvalues at the frequencies k = 0, ..., floor(n/2) of A = Theta(X, X)/n on the grid of n
/// angles: the real FFT of c_i = Theta(2 pi i/n)/n.
///
/// cost     O(n log n) time, O(n) memory
/// accuracy 1e-15 absolute; grid_eigenvalue has all digits where the eigenvalue is small
/// throws   std::invalid_argument if n < 1
Vector grid_spectrum(AngleKernel kernel, Index n);

/// The same with angles, closed forms, and FFT in single precision throughout: what a float32
/// program sees, including negative eigenvalues below its noise of about 1e-7.
Eigen::VectorXf grid_spectrum_float32(AngleKernel kernel, Index n);

/// A = Theta(X, X)/n as a matrix: the plain twin. Cost O(n^2).
Matrix dense_grid_operator(AngleKernel kernel, Index n);

/// The operator A = Theta(X, X)/n of one kernel and one grid size.
class GridOperator {
 public:
  /// Cost one FFT. Throws std::invalid_argument if n < 1.
  GridOperator(AngleKernel kernel, Index n);

  AngleKernel kernel() const { return kernel_; }
  Index size() const { return n_; }

  /// Eigenvalues at k = 0, ..., floor(n/2), as grid_spectrum.
  const Vector& eigenvalues() const { return lambda_; }

  /// A v, O(n log n). Error below 1e-15 log2(n) |v|.
  Vector product(VectorView v) const;

  /// f(A) v for a function of the eigenvalue, such as a whole trajectory's (1 - eta lambda)^s;
  /// O(n log n).
  Vector function(VectorView v, const std::function<double(double)>& f) const;

 private:
  AngleKernel kernel_;
  Index n_;
  Vector lambda_;
};

/// A draw from the Gaussian process N(0, K0) on the grid, the law of a wide network's f_0: white
/// noise filtered by the square roots of n times the closed-form K0 spectrum, which has no
/// negative values. A pure function of (n, key). Cost O(n log n).
Vector gaussian_process_start(Index n, const Key& key);

}  // namespace wideband

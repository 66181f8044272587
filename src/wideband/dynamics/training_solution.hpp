// Coefficients of a trained kernel predictor, what they fit, and how wrong they can be.
#pragma once

#include <span>
#include <vector>

#include "wideband/core/status.hpp"
#include "wideband/core/types.hpp"
#include "wideband/dynamics/kernel_matrix.hpp"
#include "wideband/dynamics/kernel_spectrum.hpp"
#include "wideband/dynamics/predictor.hpp"
#include "wideband/linalg/cholesky.hpp"

namespace wideband {

/// What bounds the error of Theta(z, X) alpha at any point z, u = 2^-53:
///
///   |(Theta_zx d)| + sqrt(Theta(z,z)) energy + |Theta_zx| row + n u sum_i |Theta_zi alpha_i|   (1)
///
/// correction  d, (n, o), of the solve at t = infinity; empty at finite times
/// energy      (|rho_2| + n u |A| |d|)/sqrt(mu), the largest over outputs
/// root        sqrt(mu), a lower bound of the smallest eigenvalue's; |Theta_zx|/root takes the
/// place
///             of sqrt(Theta(z,z)) where that is not known
struct ErrorModel {
  Matrix correction;
  double energy = 0;
  double root = 1;
  double row = 0;
};

struct TrainingSolution {
  Matrix alpha;         // (n, o): f_t(x) = f_0(x) + Theta(x, X) alpha
  Matrix change;        // (n, o): f_t - f_0 at the training points
  Matrix change_bound;  // (n, o)
  ErrorModel error;
  Certificate certificate;  // without the bound
  Status status = Status::ok;
};

/// The system at t = infinity: b = y - f_0, A = K + r I.
struct RidgeSystem {
  const KernelMatrix& K;
  double ridge;
  const Matrix& b;
};

/// A lower bound of the smallest eigenvalue of A, K being positive semidefinite to its resolution.
double smallest_with_ridge(const KernelMatrix& K, double ridge, const ResolutionOptions& options);

/// Solves A alpha = b with one step of refinement where the relative residual exceeds 1e-10.
TrainingSolution ridge_solution(const RidgeSystem& system, const Cholesky& factor, double z_min);

/// The same from the modes; at r = 0 unresolved ones are left out.
TrainingSolution ridge_solution(const RidgeSystem& system, const KernelSpectrum& spectrum);

struct TrainingTimes {
  Rule rule;
  double kappa;
  double ridge;
  std::span<const double> times;  // finite
};

/// One solution per finite time, alpha_t = V g_t V'b.
std::vector<TrainingSolution> timed_solutions(const KernelMatrix& K, const KernelSpectrum& spectrum,
                                              const SpectrumDeviation& deviation, const Matrix& b,
                                              const TrainingTimes& training);

/// (1) for every row of Theta_zx (m, n); the largest over outputs. variance_z: Theta(z, z) or
/// empty.
std::vector<std::vector<double>> prediction_bounds(MatrixView Theta_zx,
                                                   std::span<const double> variance_z,
                                                   const std::vector<TrainingSolution>& solutions);

/// The largest eigenvalue of a positive semidefinite K to three digits, from below.
double power_iteration(const KernelMatrix& K);

}  // namespace wideband

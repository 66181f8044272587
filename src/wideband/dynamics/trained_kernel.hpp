// A kernel, its targets and the one factorization that answers all questions about them.
#pragma once

#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "wideband/core/types.hpp"
#include "wideband/dynamics/kernel_matrix.hpp"
#include "wideband/dynamics/kernel_spectrum.hpp"
#include "wideband/dynamics/predictor.hpp"
#include "wideband/dynamics/training_solution.hpp"
#include "wideband/linalg/cholesky.hpp"

namespace wideband {

/// The state of a Predictor. Factorizations are made when first asked for, under a lock, and kept.
class TrainedKernel {
 public:
  TrainedKernel(MatrixView Theta, MatrixView y, const PredictOptions& options);

  const KernelMatrix& K() const { return K_; }
  const Matrix& y() const { return y_; }
  const PredictOptions& options() const { return options_; }
  double ridge() const { return ridge_; }
  /// The absolute value of a ridge in the scale of the options.
  double absolute_ridge(double ridge) const;
  double loss_factor() const;
  double kappa() const { return options_.learning_rate * loss_factor(); }
  ResolutionOptions resolution_options() const;

  const KernelSpectrum& spectrum() const;
  const SpectrumDeviation& deviation() const;
  const std::vector<double>& decreasing() const;  // eigenvalues
  /// The factor of K + r I, or null where r is zero or not above the resolution, or the eigensystem
  /// is preferred.
  const Cholesky* factor() const;

  /// Whether times up to infinity make sense under the rule.
  bool is_stable_forever() const;
  /// Whether a training for these times needs the eigensystem.
  bool needs_spectrum(std::span<const double> times) const;
  /// One per time, for b = y - f_0.
  std::vector<TrainingSolution> solutions(std::span<const double> times, const Matrix& b) const;

  void set_learning_rate(double learning_rate);
  void set_ridge(double ridge);

 private:
  TrainingSolution limit(const Matrix& b, bool with_spectrum) const;

  KernelMatrix K_;
  Matrix y_;
  PredictOptions options_;
  double ridge_;
  bool prefers_spectrum_ = false;
  mutable std::recursive_mutex mutex_;
  mutable std::optional<KernelSpectrum> spectrum_;
  mutable std::optional<SpectrumDeviation> deviation_;
  mutable std::vector<double> decreasing_;
  mutable std::optional<Cholesky> factor_;
  mutable bool factor_refused_ = false;
};

}  // namespace wideband

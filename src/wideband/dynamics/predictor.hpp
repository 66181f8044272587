// Closed-form training under a constant kernel: predictions at any time from one factorization.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "wideband/core/status.hpp"
#include "wideband/core/types.hpp"
#include "wideband/dynamics/training_rule.hpp"

namespace wideband {

class TrainedKernel;

enum class RidgeScale {
  relative,  // ridge * trace(Theta)/n is added to the diagonal
  absolute   // ridge itself
};

struct PredictOptions {
  Rule rule = Flow{};
  double learning_rate = 1.0;
  LossScale loss = LossScale::half_mean;
  double ridge = 0.0;
  RidgeScale ridge_scale = RidgeScale::relative;
  double rank_tolerance =
      0.0;                    // 0: max(n eps lambda_max, kernel_error trace), else times lambda_max
  double kernel_error = 0.0;  // of entry (i, j) relative to sqrt(Theta_ii Theta_jj)
  double observation_noise = 0.0;  // times I, added to covariances
  bool peer_train_rule = false;    // training outputs f_0 + V (1 - psi) V'(y - f_0), y at infinity
};
/// Throws std::invalid_argument naming field, value and bound.
void validate(const PredictOptions& options);

/// What is known of the errors of one prediction.
struct Certificate {
  double relative_residual = 0;  // |b - (Theta + r) a|/|b|; at finite times of (1 - psi_t) b
  double asymmetry = 0;  // largest |Theta_ij - Theta_ji|/sqrt(Theta_ii Theta_jj) of the input
  double smallest = 0;   // eigenvalues of Theta; 0 and a power iteration's where
  double largest = 0;    // Cholesky alone was enough
  double preserved = 0;  // |P0 (f_0 - y)|/|f_0 - y|, P0 on the unresolved modes
  Index rank = 0;        // resolved modes; n after Cholesky
  double ridge = 0;      // r as added to the diagonal
  std::vector<double> prediction_bound;  // per point, the largest over outputs
};

struct Prediction {
  Matrix mean;                       // (points, o)
  std::optional<Matrix> covariance;  // (points, points)
  Certificate certificate = {};
  Status status = Status::ok;
};

struct LeaveOneOut {
  double ridge = 0;              // absolute
  Matrix mean;                   // (n, o) prediction of y_i from all others
  std::vector<double> variance;  // 1/[A^-1]_ii, with the noise r; of the GP laws
};

struct TestOptions {
  MatrixView f0_train = Matrix();           // (n, o) outputs at time 0; both or none
  MatrixView f0_test = Matrix();            // (m, o)
  std::span<const double> variance_z = {};  // Theta(z, z), for sharper bounds
};

/// Training of all modes of Theta = V diag(lambda) V' at once, z = lambda + r:
///
///   f_t(x) = f_0(x) + Theta(x, X) V g_t(z) V'(y - f_0(X))                                      (1)
///
/// with the gains g_t of the rule (training_rule.hpp). At t = infinity and r = 0 unresolved modes,
/// lambda_i <= cut = max(n eps lambda_max, kernel_error trace Theta), are left as they are: psi =
/// 1, g = 0, so that the part of the residual that lies in them is preserved.
///
/// Theta    (n, n), symmetric to max(kernel_error, 1e-12), else refused; it is symmetrized
/// y        (n, o) targets
/// cost     Cholesky (n^3/3 flop) for r > 0 at t = infinity, else one eigendecomposition (9 n^3),
///          done when first needed and kept; then O(n (n + points) o) per time
/// memory   2 n^2 numbers with Cholesky, 4 n^2 with the eigensystem, at the peak
/// accuracy Certificate::prediction_bound, see docs/theory/kernels/prediction.md
/// throws   std::invalid_argument (shapes, NaN, options), NumericalError for a kernel with an
///          eigenvalue below -cut
/// status   diverged beyond the stable rate (huge numbers, NaN at infinity); unresolved where cut
///          times the largest gain exceeds 1
class Predictor {
 public:
  Predictor(MatrixView Theta, MatrixView y, const PredictOptions& options = {});
  Predictor(Predictor&&) noexcept;
  Predictor& operator=(Predictor&&) noexcept;
  ~Predictor();

  /// At the training points; f0 (n, o), or empty for 0.
  Prediction train(double t, MatrixView f0 = Matrix()) const;
  std::vector<Prediction> train(std::span<const double> times, MatrixView f0 = Matrix()) const;

  /// At points z with Theta_zx (m, n) = Theta(z, X). Many times cost little more than one.
  Prediction test(double t, MatrixView Theta_zx, const TestOptions& options = {}) const;
  std::vector<Prediction> test(std::span<const double> times, MatrixView Theta_zx,
                               const TestOptions& options = {}) const;

  std::span<const double> eigenvalues() const;  // of Theta, decreasing

  /// (times, n): |V_i'(y - f_t)|, f_0 = 0, and the learned fraction 1 - psi_t, in the order of the
  /// eigenvalues.
  Matrix mode_residual(std::span<const double> times) const;
  Matrix learned_fraction(std::span<const double> times) const;
  /// ln 2/(kappa z_i), the half-lives under gradient flow; infinite at z_i = 0.
  std::vector<double> half_lives() const;

  double max_learning_rate() const;        // 2 (1 + m)/(c (lambda_max + r))
  double automatic_learning_rate() const;  // half of it; m = 0 for flow and descent
  void set_learning_rate(double learning_rate);
  /// Another ridge, in the scale of the options; the eigensystem is kept, and used from here on.
  void set_ridge(double ridge);

  double kappa() const;  // learning_rate * loss_factor
  double ridge() const;  // r
  Index samples() const;
  Index outputs() const;
  const PredictOptions& options() const;
  const TrainedKernel& kernel() const;  // the factorization, for ensemble.hpp

  /// -(1/2) tr(y'A^-1 y) - (o/2) log det A - (n o/2) log 2 pi, A = Theta + r I: the evidence of a
  /// Gaussian process with covariance Theta and noise r. Throws NumericalError if A is singular to
  /// rounding.
  double log_marginal_likelihood() const;
  struct LikelihoodTerms {
    double log_marginal_likelihood, data_fit, log_det;  // data_fit = tr(y'A^-1 y)
  };
  LikelihoodTerms likelihood_terms() const;
  /// (1/2) tr((alpha alpha' - o A^-1) dA) for each tangent dTheta, alpha = A^-1 y; with a relative
  /// ridge dA = dTheta + (ridge tr(dTheta)/n) I.
  std::vector<double> log_marginal_likelihood_gradient(std::span<const MatrixView> tangents) const;
  /// The derivative by PredictOptions::ridge itself.
  double log_marginal_likelihood_ridge_derivative() const;

  /// y_i - mu_(-i) = [A^-1 y]_i/[A^-1]_ii without refitting, for each ridge (in the scale of the
  /// options; empty: the options' own), all from one eigensystem.
  std::vector<LeaveOneOut> leave_one_out(std::span<const double> ridges = {}) const;

 private:
  std::unique_ptr<TrainedKernel> kernel_;
};

/// Outputs at the training points, f_0 = 0.
Matrix predictions_at(MatrixView Theta, MatrixView y, double t, const PredictOptions& options = {});

}  // namespace wideband

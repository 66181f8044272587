#include "wideband/dynamics/predictor.hpp"

#include <array>
#include <cmath>
#include <numbers>
#include <utility>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/dynamics/gaussian_process.hpp"
#include "wideband/dynamics/trained_kernel.hpp"
#include "wideband/linalg/product.hpp"

namespace wideband {
namespace {

constexpr double roundoff = std::numeric_limits<double>::epsilon() / 2;

void require_at_least_zero(const char* name, double value) {
  require(value >= 0 && std::isfinite(value),
          fmt::format("[PredictOptions] expected {} >= 0, got {}", name, value));
}

void require_shape(const char* name, const MatrixView& A, Index rows, Index cols) {
  if (A.rows() != rows || A.cols() != cols) {
    require(false, fmt::format("[predict] expected {} of shape {} x {}, got {} x {}", name, rows,
                               cols, A.rows(), A.cols()));
  }
  require_finite("predict", name, A);
}

// y - f_0 at the training points.
Matrix start_residual(const TrainedKernel& kernel, const MatrixView& f0) {
  if (f0.size() == 0) return kernel.y();
  require_shape("f0", f0, kernel.y().rows(), kernel.y().cols());
  return kernel.y() - f0;
}

std::vector<double> largest_in_rows(const Matrix& bound) {
  const Vector largest = bound.rowwise().maxCoeff();
  return {largest.begin(), largest.end()};
}

// The peer's training outputs: V (1 - psi_t) V'b, and b itself at infinity.
Matrix peer_change(const TrainedKernel& kernel, double t, const Matrix& b) {
  if (std::isinf(t)) return b;
  const KernelSpectrum& spectrum = kernel.spectrum();
  Matrix C = product(spectrum.modes, b);
  for (Index i = 0; i < C.rows(); ++i) {
    const double z = spectrum.values(i) + kernel.ridge();
    C.row(i) *= z * mode_response(kernel.options().rule, kernel.kappa(), z, t).gain;
  }
  return transposed_product(spectrum.modes, C);
}

// psi_t + r g_t, what is left of y - f in mode i; modes that are not resolved stay at infinity.
double remaining(const TrainedKernel& kernel, Index i, double t) {
  const KernelSpectrum& spectrum = kernel.spectrum();
  const double r = kernel.ridge();
  const double z = spectrum.values(i) + r;
  if (std::isfinite(t)) {
    const ModeResponse mode = mode_response(kernel.options().rule, kernel.kappa(), z, t);
    return mode.residual + r * mode.gain;
  }
  if (!kernel.is_stable_forever()) return std::nan("");
  if (r == 0) return i < spectrum.unresolved() ? 1 : 0;
  return r / z;
}

}  // namespace

void validate(const PredictOptions& options) {
  validate(options.rule);
  require(
      options.learning_rate > 0 && std::isfinite(options.learning_rate),
      fmt::format("[PredictOptions] expected learning_rate > 0, got {}", options.learning_rate));
  require_at_least_zero("ridge", options.ridge);
  require_at_least_zero("rank_tolerance", options.rank_tolerance);
  require_at_least_zero("kernel_error", options.kernel_error);
  require_at_least_zero("observation_noise", options.observation_noise);
}

Predictor::Predictor(MatrixView Theta, MatrixView y, const PredictOptions& options)
    : kernel_(std::make_unique<TrainedKernel>(Theta, y, options)) {}
Predictor::Predictor(Predictor&&) noexcept = default;
Predictor& Predictor::operator=(Predictor&&) noexcept = default;
Predictor::~Predictor() = default;

Prediction Predictor::train(double t, MatrixView f0) const {
  return std::move(train(std::array{t}, f0).front());
}

std::vector<Prediction> Predictor::train(std::span<const double> times, MatrixView f0) const {
  const Matrix b = start_residual(*kernel_, f0);
  std::vector<Prediction> predictions;
  for (TrainingSolution& solution : kernel_->solutions(times, b)) {
    const double t = times[predictions.size()];
    const bool as_peer = kernel_->options().peer_train_rule && solution.status != Status::diverged;
    Prediction one;
    one.mean = as_peer ? peer_change(*kernel_, t, b) : std::move(solution.change);
    if (f0.size() > 0) one.mean += f0;
    const Matrix bound = solution.change_bound + roundoff * one.mean.cwiseAbs();
    one.certificate = std::move(solution.certificate);
    one.certificate.prediction_bound = largest_in_rows(bound);
    one.status = solution.status;
    predictions.push_back(std::move(one));
  }
  return predictions;
}

Prediction Predictor::test(double t, MatrixView Theta_zx, const TestOptions& options) const {
  return std::move(test(std::array{t}, Theta_zx, options).front());
}

std::vector<Prediction> Predictor::test(std::span<const double> times, MatrixView Theta_zx,
                                        const TestOptions& options) const {
  const Index m = Theta_zx.rows(), o = outputs();
  require_shape("Theta_zx", Theta_zx, m, samples());
  require((options.f0_train.size() == 0) == (options.f0_test.size() == 0),
          "[predict] expected f0_train and f0_test, or neither");
  if (options.f0_test.size() > 0) require_shape("f0_test", options.f0_test, m, o);
  if (!options.variance_z.empty() && std::ssize(options.variance_z) != m) {
    require(false, fmt::format("[predict] expected variance_z of {} numbers, got {}", m,
                               options.variance_z.size()));
  }
  std::vector<TrainingSolution> solutions =
      kernel_->solutions(times, start_residual(*kernel_, options.f0_train));
  Matrix alpha(samples(), o * std::ssize(times));
  for (Index t = 0; t < std::ssize(times); ++t) {
    alpha.middleCols(t * o, o) = solutions[static_cast<std::size_t>(t)].alpha;
  }
  const Matrix means = product(Theta_zx, alpha);
  std::vector<std::vector<double>> bounds =
      prediction_bounds(Theta_zx, options.variance_z, solutions);
  std::vector<Prediction> predictions;
  for (std::size_t t = 0; t < solutions.size(); ++t) {
    Prediction one;
    one.mean = means.middleCols(static_cast<Index>(t) * o, o);
    if (options.f0_test.size() > 0) one.mean += options.f0_test;
    one.certificate = std::move(solutions[t].certificate);
    one.certificate.prediction_bound = std::move(bounds[t]);
    one.status = solutions[t].status;
    for (Index i = 0; i < m; ++i) {
      double& bound = one.certificate.prediction_bound[static_cast<std::size_t>(i)];
      bound += roundoff * one.mean.row(i).cwiseAbs().maxCoeff();
      if (one.status == Status::diverged && !std::isfinite(bound)) bound = infinity;
    }
    predictions.push_back(std::move(one));
  }
  return predictions;
}

std::span<const double> Predictor::eigenvalues() const {
  return kernel_->decreasing();
}

Matrix Predictor::mode_residual(std::span<const double> times) const {
  const Index n = samples();
  const Vector start = product(kernel_->spectrum().modes, kernel_->y()).rowwise().norm();
  Matrix result(std::ssize(times), n);
  for (Index t = 0; t < result.rows(); ++t) {
    const double time = times[static_cast<std::size_t>(t)];
    validate_time(options().rule, time);
    for (Index i = 0; i < n; ++i) {
      result(t, n - 1 - i) = std::abs(remaining(*kernel_, i, time)) * start(i);
    }
  }
  return result;
}

Matrix Predictor::learned_fraction(std::span<const double> times) const {
  const KernelSpectrum& spectrum = kernel_->spectrum();
  const Index n = samples();
  Matrix result(std::ssize(times), n);
  for (Index t = 0; t < result.rows(); ++t) {
    const double time = times[static_cast<std::size_t>(t)];
    validate_time(options().rule, time);
    for (Index i = 0; i < n; ++i) {
      const double z = spectrum.values(i) + ridge();
      double& learned = result(t, n - 1 - i);
      if (std::isfinite(time)) {
        learned = z * mode_response(options().rule, kappa(), z, time).gain;
      } else if (!kernel_->is_stable_forever()) {
        learned = std::nan("");
      } else {
        learned = ridge() > 0 || i >= spectrum.unresolved() ? 1 : 0;
      }
    }
  }
  return result;
}

std::vector<double> Predictor::half_lives() const {
  std::vector<double> result;
  for (const double lambda : eigenvalues()) {
    result.push_back(std::numbers::ln2 / (kappa() * (lambda + ridge())));
  }
  return result;
}

double Predictor::max_learning_rate() const {
  return wideband::max_learning_rate(options().rule, kernel_->loss_factor(),
                                     kernel_->spectrum().largest() + ridge());
}

double Predictor::automatic_learning_rate() const {
  return wideband::automatic_learning_rate(options().rule, kernel_->loss_factor(),
                                           kernel_->spectrum().largest() + ridge());
}

void Predictor::set_learning_rate(double learning_rate) {
  kernel_->set_learning_rate(learning_rate);
}

void Predictor::set_ridge(double ridge) {
  kernel_->set_ridge(ridge);
}

double Predictor::kappa() const {
  return kernel_->kappa();
}

double Predictor::ridge() const {
  return kernel_->ridge();
}

Index Predictor::samples() const {
  return kernel_->y().rows();
}

Index Predictor::outputs() const {
  return kernel_->y().cols();
}

const PredictOptions& Predictor::options() const {
  return kernel_->options();
}

const TrainedKernel& Predictor::kernel() const {
  return *kernel_;
}

double Predictor::log_marginal_likelihood() const {
  return likelihood_terms().log_marginal_likelihood;
}

Predictor::LikelihoodTerms Predictor::likelihood_terms() const {
  const Evidence evidence = wideband::evidence(*kernel_);
  return {evidence.log_marginal_likelihood, evidence.data_fit, evidence.log_det};
}

std::vector<double> Predictor::log_marginal_likelihood_gradient(
    std::span<const MatrixView> tangents) const {
  return evidence_gradient(*kernel_, tangents);
}

double Predictor::log_marginal_likelihood_ridge_derivative() const {
  return evidence_ridge_derivative(*kernel_);
}

std::vector<LeaveOneOut> Predictor::leave_one_out(std::span<const double> ridges) const {
  return wideband::leave_one_out(*kernel_, ridges);
}

Matrix predictions_at(MatrixView Theta, MatrixView y, double t, const PredictOptions& options) {
  return Predictor(Theta, y, options).train(t).mean;
}

}  // namespace wideband

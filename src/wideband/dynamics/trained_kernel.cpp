#include "wideband/dynamics/trained_kernel.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "wideband/core/error.hpp"

namespace wideband {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// t = infinity beyond the stable rate.
void diverge(TrainingSolution& solution) {
  solution.status = Status::diverged;
  solution.alpha.setConstant(nan);
  solution.change.setConstant(nan);
  solution.change_bound.setConstant(infinity);
  solution.certificate.relative_residual = infinity;
  solution.error = {};
}

}  // namespace

TrainedKernel::TrainedKernel(MatrixView Theta, MatrixView y, const PredictOptions& options)
    : K_(checked_kernel(Theta, options.kernel_error)), y_(y), options_(options) {
  validate(options);
  if (y.rows() != Theta.rows()) {
    require(false, fmt::format("[predict] expected y.rows == kernel.rows, got {} and {}", y.rows(),
                               Theta.rows()));
  }
  require(y.cols() > 0, "[predict] expected y with at least one column");
  require_finite("predict", "y", y);
  ridge_ = absolute_ridge(options.ridge);
}

double TrainedKernel::absolute_ridge(double ridge) const {
  if (options_.ridge_scale == RidgeScale::absolute) return ridge;
  return ridge * K_.trace / static_cast<double>(K_.values.rows());
}

double TrainedKernel::loss_factor() const {
  return wideband::loss_factor(options_.loss, y_.rows(), y_.cols());
}

ResolutionOptions TrainedKernel::resolution_options() const {
  return {.rank_tolerance = options_.rank_tolerance, .kernel_error = options_.kernel_error};
}

const KernelSpectrum& TrainedKernel::spectrum() const {
  const std::lock_guard lock(mutex_);
  if (!spectrum_) {
    spectrum_ = kernel_spectrum(K_, resolution_options());
    decreasing_.assign(spectrum_->values.begin(), spectrum_->values.end());
    std::reverse(decreasing_.begin(), decreasing_.end());
  }
  return *spectrum_;
}

const std::vector<double>& TrainedKernel::decreasing() const {
  spectrum();
  return decreasing_;
}

const SpectrumDeviation& TrainedKernel::deviation() const {
  const std::lock_guard lock(mutex_);
  if (!deviation_) deviation_ = spectrum_deviation(K_, spectrum());
  return *deviation_;
}

const Cholesky* TrainedKernel::factor() const {
  const std::lock_guard lock(mutex_);
  if (factor_) return &*factor_;
  if (factor_refused_ || prefers_spectrum_ || ridge_ == 0) return nullptr;
  if (!(smallest_with_ridge(K_, ridge_, resolution_options()) > 0)) return nullptr;
  Matrix A = copied(K_.values);
  A.diagonal().array() += ridge_;
  factor_ = positive_factor(std::move(A));
  factor_refused_ = !factor_;
  return factor_ ? &*factor_ : nullptr;
}

bool TrainedKernel::is_stable_forever() const {
  const double bound = std::min(K_.norm, K_.trace) + ridge_;
  if (is_stable(options_.rule, kappa(), bound)) return true;
  return is_stable(options_.rule, kappa(), spectrum().largest() + ridge_);
}

bool TrainedKernel::needs_spectrum(std::span<const double> times) const {
  const auto finite = [](double t) { return std::isfinite(t); };
  return std::any_of(times.begin(), times.end(), finite) || factor() == nullptr;
}

TrainingSolution TrainedKernel::limit(const Matrix& b, bool with_spectrum) const {
  const RidgeSystem system{K_, ridge_, b};
  TrainingSolution solution =
      with_spectrum ? ridge_solution(system, spectrum())
                    : ridge_solution(system, *factor(),
                                     smallest_with_ridge(K_, ridge_, resolution_options()));
  if (!is_stable_forever()) diverge(solution);
  return solution;
}

std::vector<TrainingSolution> TrainedKernel::solutions(std::span<const double> times,
                                                       const Matrix& b) const {
  std::vector<double> finite;
  for (const double t : times) {
    validate_time(options_.rule, t);
    if (std::isfinite(t)) finite.push_back(t);
  }
  std::vector<TrainingSolution> timed;
  if (!finite.empty()) {
    timed =
        timed_solutions(K_, spectrum(), deviation(), b, {options_.rule, kappa(), ridge_, finite});
  }
  if (finite.size() == times.size()) return timed;
  const TrainingSolution last = limit(b, needs_spectrum(times));
  std::vector<TrainingSolution> all;
  std::size_t next = 0;
  for (const double t : times) all.push_back(std::isfinite(t) ? std::move(timed[next++]) : last);
  return all;
}

void TrainedKernel::set_learning_rate(double learning_rate) {
  PredictOptions options = options_;
  options.learning_rate = learning_rate;
  validate(options);
  options_ = options;
}

void TrainedKernel::set_ridge(double ridge) {
  PredictOptions options = options_;
  options.ridge = ridge;
  validate(options);
  options_ = options;
  ridge_ = absolute_ridge(ridge);
  prefers_spectrum_ = spectrum_.has_value();
  factor_.reset();
  factor_refused_ = false;
}

}  // namespace wideband

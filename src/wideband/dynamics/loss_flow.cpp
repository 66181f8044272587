#include "wideband/dynamics/loss_flow.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <boost/numeric/odeint/stepper/controlled_runge_kutta.hpp>
#include <boost/numeric/odeint/stepper/dense_output_runge_kutta.hpp>
#include <boost/numeric/odeint/stepper/runge_kutta_dopri5.hpp>
#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/dynamics/kernel_matrix.hpp"
#include "wideband/dynamics/kernel_spectrum.hpp"
#include "wideband/linalg/product.hpp"

namespace wideband {
namespace {

namespace odeint = boost::numeric::odeint;

using Numbers = std::vector<double>;

void require_output_shape(const char* name, const MatrixView& A, Index rows, Index cols) {
  if (A.rows() != rows || A.cols() != cols) {
    require(false, fmt::format("[loss_flow] expected {} of shape {} x {}, got {} x {}", name, rows,
                               cols, A.rows(), A.cols()));
  }
  require_finite("loss_flow", name, A);
}

// The system of p, and of dp/dtau behind it if there is momentum.
class OutputFlow {
 public:
  OutputFlow(KernelMatrix K, MatrixView y, const Loss& loss, const LossFlowOptions& options)
      : K_(std::move(K)), y_(y), loss_(loss) {
    f0_ = options.f0_train.size() > 0 ? Matrix(options.f0_train)
                                      : Matrix(Matrix::Zero(y.rows(), y.cols()));
    momentum_ = options.momentum.has_value();
    rate_ = momentum_ ? std::sqrt(options.learning_rate) : options.learning_rate;
    absolute_tolerance_ = options.absolute_tolerance;
    relative_tolerance_ = options.relative_tolerance;
    if (momentum_) damping_ = (1 - *options.momentum) / rate_;
  }

  const KernelMatrix& K() const { return K_; }
  Index evaluations() const { return evaluations_; }
  double tau(double time) const { return rate_ * time; }
  double time(double tau) const { return tau / rate_; }

  Numbers packed(const std::optional<LossFlowState>& start) const {
    const auto size = static_cast<std::size_t>(y_.size());
    Numbers state(momentum_ ? 2 * size : size, 0.0);
    if (!start) return state;
    std::copy_n(start->position.data(), y_.size(), state.begin());
    if (momentum_) std::copy_n(start->velocity.data(), y_.size(), state.begin() + y_.size());
    return state;
  }

  Matrix position(const Numbers& state) const {
    return Eigen::Map<const Matrix>(state.data(), y_.rows(), y_.cols());
  }

  Matrix velocity(const Numbers& state) const {
    if (!momentum_) return {};
    return Eigen::Map<const Matrix>(state.data() + y_.size(), y_.rows(), y_.cols());
  }

  Matrix outputs(const Numbers& state) const { return f0_ + product(K_.values, position(state)); }

  LossValue loss(const Matrix& outputs) {
    ++evaluations_;
    LossValue result = loss_.evaluate(outputs, y_);
    require_output_shape("the gradient of the loss", result.gradient, y_.rows(), y_.cols());
    return result;
  }

  // df/dtau from what drives it: -grad L, or the velocity.
  Matrix output_rate(const Numbers& state, const Matrix& gradient) const {
    return product(K_.values, momentum_ ? velocity(state) : Matrix(-gradient));
  }

  /// What a step's error in the state does to the outputs, in units of what is tolerated.
  double step_error(const Numbers& error, double dt) const {
    double largest = product(K_.values, position(error)).cwiseAbs().maxCoeff();
    if (momentum_) {
      largest = std::max(largest, dt * product(K_.values, velocity(error)).cwiseAbs().maxCoeff());
    }
    return largest / (absolute_tolerance_ + relative_tolerance_ * largest_output_);
  }

  /// So that the noise of the steps stays below what is asked of a limit.
  void tighten(double stop_tolerance) {
    absolute_tolerance_ = std::min(absolute_tolerance_, stop_tolerance / 100);
    relative_tolerance_ = std::min(relative_tolerance_, stop_tolerance / 100);
  }

  void operator()(const Numbers& state, Numbers& change, double) {
    const Matrix f = outputs(state);
    largest_output_ = f.cwiseAbs().maxCoeff();
    const Matrix gradient = loss(f).gradient;
    Eigen::Map<Matrix> rate(change.data(), y_.rows(), y_.cols());
    if (!momentum_) {
      rate = -gradient;
      return;
    }
    rate = velocity(state);
    Eigen::Map<Matrix>(change.data() + y_.size(), y_.rows(), y_.cols()) =
        -damping_ * velocity(state) - gradient;
  }

 private:
  KernelMatrix K_;
  Matrix y_;
  Loss loss_;
  Matrix f0_;
  bool momentum_ = false;
  double rate_ = 1;
  double damping_ = 0;
  double absolute_tolerance_ = 0, relative_tolerance_ = 0;
  double largest_output_ = 0;
  Index evaluations_ = 0;
};

// The error of a step as the outputs see it: what p gathers in the null space of Theta, without end
// if the targets have a part there, is no reason to call large errors small.
class OutputError {
 public:
  explicit OutputError(const OutputFlow& flow) : flow_(&flow) {}
  template <class Algebra>
  double error(Algebra&, const Numbers&, const Numbers&, const Numbers& error, double dt) const {
    return flow_->step_error(error, dt);
  }

 private:
  const OutputFlow* flow_;
};

using DormandPrince = odeint::runge_kutta_dopri5<Numbers>;
using Stepper =
    odeint::dense_output_runge_kutta<odeint::controlled_runge_kutta<DormandPrince, OutputError>>;

// Says when a flow has come to rest: neither pulled, nor moving, nor having moved much since a
// quarter to half of its time. The last tells slow growth without limit, like log t, from rest.
class Rest {
 public:
  Rest(OutputFlow& flow, MatrixView y, double tolerance)
      : flow_(flow), y_norm_(y.norm()), tolerance_(tolerance), range_(range(flow.K())) {
    first_ = in_range(flow.loss(flow.outputs(flow.packed({}))).gradient);
  }

  bool reached(const Numbers& state, double tau) {
    const Matrix f = flow_.outputs(state);
    if (earlier_.size() == 0) earlier_ = marked_ = f;
    if (tau >= 2 * mark_) {
      earlier_ = std::exchange(marked_, f);
      mark_ = tau;
    }
    const Matrix gradient = flow_.loss(f).gradient;
    if (!(in_range(gradient) <= tolerance_ * first_)) return false;
    const double size = f.norm() + y_norm_;
    if (!((f - earlier_).norm() <= 10 * std::sqrt(tolerance_) * size)) return false;
    return flow_.output_rate(state, gradient).norm() <= tolerance_ * size;
  }

 private:
  // The resolved modes, in rows.
  static Matrix range(const KernelMatrix& K) {
    const KernelSpectrum spectrum = kernel_spectrum(K);
    return spectrum.modes.bottomRows(spectrum.rank);
  }

  double in_range(const Matrix& gradient) const { return product(range_, gradient).norm(); }

  OutputFlow& flow_;
  double y_norm_;
  double tolerance_;
  Matrix range_;
  double first_;
  Matrix marked_, earlier_;  // outputs at the last two times that doubled the one before
  double mark_ = 0;
};

void require_times(std::span<const double> times, double start) {
  double before = start;
  for (const double t : times) {
    require(t >= before,
            fmt::format("[loss_flow] expected increasing times from {}, got {} after {}", start, t,
                        before));
    before = t;
  }
}

}  // namespace

void validate(const LossFlowOptions& options) {
  const auto positive = [](const char* name, double value) {
    require(value > 0 && std::isfinite(value),
            fmt::format("[LossFlowOptions] expected {} > 0, got {}", name, value));
  };
  positive("learning_rate", options.learning_rate);
  positive("relative_tolerance", options.relative_tolerance);
  positive("absolute_tolerance", options.absolute_tolerance);
  positive("stop_tolerance", options.stop_tolerance);
  require(options.max_steps > 0,
          fmt::format("[LossFlowOptions] expected max_steps > 0, got {}", options.max_steps));
  const double m = options.momentum.value_or(0);
  require(m >= 0 && m < 1, fmt::format("[LossFlowOptions] expected 0 <= momentum < 1, got {}", m));
}

Trajectory loss_flow(MatrixView Theta, MatrixView Theta_zx, MatrixView y, const Loss& loss,
                     std::span<const double> times, const LossFlowOptions& options) {
  validate(options);
  KernelMatrix K = checked_kernel(Theta, 0);
  const Index n = Theta.rows(), o = y.cols(), m = Theta_zx.rows();
  require_output_shape("y", y, n, o);
  if (loss.check) loss.check(y);
  if (Theta_zx.size() > 0) require_output_shape("Theta_zx", Theta_zx, m, n);
  if (options.f0_train.size() > 0) require_output_shape("f0_train", options.f0_train, n, o);
  if (options.f0_test.size() > 0) require_output_shape("f0_test", options.f0_test, m, o);
  if (options.start) {
    require_output_shape("the start's position", options.start->position, n, o);
    if (options.momentum) require_output_shape("its velocity", options.start->velocity, n, o);
  }
  const double begin = options.start ? options.start->time : 0;
  require_times(times, begin);

  OutputFlow flow(std::move(K), y, loss, options);
  const double stiffness = std::max(flow.K().norm, 1e-300);
  Stepper stepper(Stepper::controlled_stepper_type{OutputError(flow)});
  Numbers state = flow.packed(options.start);
  stepper.initialize(state, flow.tau(begin), 0.01 / stiffness);
  std::optional<Rest> rest;
  Trajectory trajectory;
  trajectory.times.assign(times.begin(), times.end());
  bool exhausted = false;
  const auto step = [&] {
    exhausted = exhausted || trajectory.steps >= options.max_steps;
    if (exhausted) return;
    stepper.do_step(std::ref(flow));
    ++trajectory.steps;
  };
  double reached = flow.tau(begin);
  for (const double t : times) {
    if (std::isinf(t)) {
      if (!rest) rest.emplace(flow, y, options.stop_tolerance);
      flow.tighten(options.stop_tolerance);
      while (!exhausted && !rest->reached(stepper.current_state(), stepper.current_time())) step();
      state = stepper.current_state();
      reached = stepper.current_time();
    } else {
      while (!exhausted && stepper.current_time() < flow.tau(t)) step();
      reached = std::min(flow.tau(t), stepper.current_time());
      if (trajectory.steps > 0) stepper.calc_state(reached, state);
    }
    const Matrix f = flow.outputs(state);
    trajectory.train.push_back(f);
    trajectory.loss.push_back(flow.loss(f).value);
    if (Theta_zx.size() > 0) {
      Matrix at_test = product(Theta_zx, flow.position(state));
      if (options.f0_test.size() > 0) at_test += options.f0_test;
      trajectory.test.push_back(std::move(at_test));
    }
    trajectory.status.push_back(exhausted ? Status::not_converged : Status::ok);
  }
  trajectory.state = {flow.time(reached), flow.position(state), flow.velocity(state)};
  trajectory.evaluations = flow.evaluations();
  return trajectory;
}

}  // namespace wideband

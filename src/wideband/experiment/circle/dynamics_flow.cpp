#include "wideband/experiment/circle/dynamics_flow.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "wideband/circle/arc_network.hpp"
#include "wideband/circle/basis.hpp"
#include "wideband/circle/grid_operator.hpp"
#include "wideband/circle/spectrum.hpp"
#include "wideband/core/status.hpp"
#include "wideband/data/circle_points.hpp"
#include "wideband/dynamics/decay.hpp"
#include "wideband/dynamics/grid_flow.hpp"
#include "wideband/dynamics/sampled_flow.hpp"
#include "wideband/random/key.hpp"

namespace wideband {
namespace {

Key repetition_key(const DynamicsOptions& options, Index repetition) {
  return Key(static_cast<std::uint64_t>(options.seed)).child("dynamics").child(repetition);
}

// What a snapshot is compared with, and where in the result it goes.
struct Sample {
  Vector angles;
  Vector y;
  Matrix frame;
};

Sample sample_of(const DynamicsOptions& options, Index repetition) {
  if (options.grid) {
    const double root = std::sqrt(static_cast<double>(options.n));
    return {grid_angles(options.n), grid_target_values(options.target, options.n),
            grid_fourier_basis(options.n, options.cutoff) / root};
  }
  const Vector angles =
      random_angles(options.n, repetition_key(options, repetition).child("angles"));
  return {angles, target_values(options.target, angles),
          plane_frame(fourier_basis(angles, options.cutoff))};
}

// Expected eigenvalue at frequency k: alias sums on a grid, E H of iid angles.
double expected_eigenvalue(const DynamicsOptions& options, Index k) {
  if (options.grid) return grid_eigenvalue(options.kernel, options.n, k);
  const double share = 1 / static_cast<double>(options.n);
  return (1 - share) * continuum_eigenvalue(options.kernel, k) +
         share * kernel_value(options.kernel, 0);
}

// Measures the residuals of one repetition.
class Recorder {
 public:
  Recorder(const DynamicsOptions& options, const Sample& sample, Index repetition,
           DynamicsMeasurement& result)
      : options_(options), frame_(sample.frame), repetition_(repetition), result_(result) {}

  void begin(const Vector& r, double eta) {
    coefficients_ = frame_.transpose() * r;
    result_.eta(repetition_) = eta;
    result_.initial_norm(repetition_) = r.norm();
    result_.initial.row(repetition_) = plane_amplitudes(frame_, r);
    if (options_.grid) energies_ = plane_energies(r);
    if (options_.grid && eigenvalues_.size() == 0) {
      eigenvalues_.resize(options_.n / 2 + 1);
      for (Index k = 0; k < eigenvalues_.size(); ++k)
        eigenvalues_(k) = grid_eigenvalue(options_.kernel, options_.n, k);
    }
  }

  void look(Index snapshot, Index step, const Vector& r) {
    const double loss = r.squaredNorm() / (2 * static_cast<double>(options_.n));
    result_.loss(repetition_, snapshot) = std::isfinite(loss) ? loss : infinity;
    const Index row = repetition_ * result_.loss.cols() + snapshot;
    const double eta = result_.eta(repetition_);
    if (options_.grid) {
      result_.predicted_loss(repetition_, snapshot) =
          squared_norm_at(eigenvalues_, energies_, eta, step) /
          (2 * static_cast<double>(options_.n));
    }
    if (!std::isfinite(loss)) {
      result_.amplitude.row(row).setConstant(infinity);
      return;
    }
    result_.amplitude.row(row) = plane_amplitudes(frame_, r);
    compare(step, frame_.transpose() * r);
  }

 private:
  // Distance of every plane's coefficients from the predicted ones, and from those at the start.
  void compare(Index step, const Vector& coefficients) {
    const double norm = result_.initial_norm(repetition_);
    if (!options_.grid || norm == 0) return;
    const double eta = result_.eta(repetition_);
    double error = 0;
    double growth = 1;
    for (Index k = 0; k <= options_.cutoff; ++k) {
      const Index first = plane_start(k);
      const Index size = plane_size(k);
      const Vector initial = coefficients_.segment(first, size);
      const Vector now = coefficients.segment(first, size);
      const double factor = decay_factor(eta * eigenvalues_(k), step);
      growth = std::max(growth, std::abs(factor));
      error = std::max(error, (now - factor * initial).norm());
      if (k >= 3 && k % 2 == 1) {
        double& drift = result_.odd_drift(repetition_);
        drift = std::max(drift, (now - initial).norm() / norm);
      }
    }
    double& worst = result_.sample_error(repetition_);
    if (std::isfinite(growth)) worst = std::max(worst, error / (norm * growth));
  }

  const DynamicsOptions& options_;
  const Matrix& frame_;
  Index repetition_;
  DynamicsMeasurement& result_;
  Vector coefficients_;
  Vector energies_;
  Vector eigenvalues_;
};

// Runs `advance` (one step of r) and looks at r at every snapshot.
template <class Advance>
void follow(Recorder& recorder, const std::vector<Index>& snapshots, Vector r, Advance advance) {
  Index step = 0;
  for (std::size_t i = 0; i < snapshots.size(); ++i) {
    for (; step < snapshots[i]; ++step) advance(r);
    recorder.look(static_cast<Index>(i), step, r);
  }
}

Vector initial_outputs(const DynamicsOptions& options, Index repetition) {
  if (!options.gaussian_start) return Vector::Zero(options.n);
  return gaussian_process_start(options.n, repetition_key(options, repetition).child("start"));
}

void run_kernel(const DynamicsOptions& options, const std::vector<Index>& snapshots,
                Index repetition, DynamicsMeasurement& result) {
  const Sample sample = sample_of(options, repetition);
  Recorder recorder(options, sample, repetition, result);
  const Vector r = initial_outputs(options, repetition) - sample.y;
  if (options.grid) {
    const GridOperator A(options.kernel, options.n);
    result.largest_eigenvalue = A.eigenvalues().maxCoeff();
    const double eta = options.eta_scale / result.largest_eigenvalue;
    recorder.begin(r, eta);
    follow(recorder, snapshots, r, [&](Vector& v) { v -= eta * A.product(v); });
    return;
  }
  const SampledFlow flow(options.kernel, SortedAngles(sample.angles));
  result.largest_eigenvalue = flow.largest_eigenvalue();
  const double eta = options.eta_scale / result.largest_eigenvalue;
  recorder.begin(r, eta);
  follow(recorder, snapshots, r, [&](Vector& v) { v = flow.step(v, eta); });
}

void run_network(const DynamicsOptions& options, const std::vector<Index>& snapshots,
                 Index repetition, DynamicsMeasurement& result) {
  const Sample sample = sample_of(options, repetition);
  Recorder recorder(options, sample, repetition, result);
  const double beta_b = options.kernel == AngleKernel::bias ? 1 : 0;
  const Key key = repetition_key(options, repetition).child("network");
  ArcNetwork network(initial_network(key, options.width, beta_b), sample.angles);
  result.largest_eigenvalue = expected_eigenvalue(options, 0);
  const double learning_rate = options.eta / static_cast<double>(options.n);
  recorder.begin(network.outputs() - sample.y, options.eta);
  Index step = 0;
  for (std::size_t i = 0; i < snapshots.size(); ++i) {
    for (; step < snapshots[i]; ++step) network.step(sample.y, learning_rate);
    recorder.look(static_cast<Index>(i), step, network.outputs() - sample.y);
  }
}

// Iterates one factor per plane with the FFT's eigenvalues; the steps to the level may come later.
void iterate_factors(const DynamicsOptions& options, const std::vector<Index>& snapshots,
                     DynamicsMeasurement& result) {
  constexpr Index longest = 1 << 20;
  const Vector lambda = grid_spectrum(options.kernel, options.n);
  const double eta = result.eta(0);
  result.factor.resize(static_cast<Index>(snapshots.size()), options.cutoff + 1);
  result.reached = Vector::Constant(options.cutoff + 1, -1);
  for (Index k = 0; k <= options.cutoff; ++k) {
    const double x = eta * lambda(k);
    double factor = 1;
    std::size_t next = 0;
    for (Index step = 0; step <= std::max(longest, options.steps); ++step) {
      if (next < snapshots.size() && snapshots[next] == step)
        result.factor(static_cast<Index>(next++), k) = factor;
      if (result.reached(k) < 0 && std::abs(factor) <= reached_level)
        result.reached(k) = static_cast<double>(step);
      const bool stands_still = next == snapshots.size() && step >= options.steps &&
                                (result.reached(k) >= 0 || std::abs(1 - x) >= 1);
      if (stands_still) break;
      factor -= x * factor;
    }
  }
}

}  // namespace

std::vector<Index> dynamics_snapshots(Index steps) {
  std::set<Index> chosen = {0, steps};
  for (double s = 1; s < static_cast<double>(steps); s = std::max(s + 1, 1.15 * s))
    chosen.insert(static_cast<Index>(s));
  for (Index tenth = 1; tenth < 10; ++tenth) chosen.insert(steps * tenth / 10);
  return {chosen.begin(), chosen.end()};
}

DynamicsMeasurement dynamics_measurement(const DynamicsOptions& options) {
  const std::vector<Index> snapshots = dynamics_snapshots(options.steps);
  const auto count = static_cast<Index>(snapshots.size());
  DynamicsMeasurement result;
  result.eta.resize(options.seeds);
  result.initial_norm.resize(options.seeds);
  result.initial.resize(options.seeds, options.cutoff + 1);
  result.amplitude.resize(options.seeds * count, options.cutoff + 1);
  result.loss.resize(options.seeds, count);
  if (options.grid) result.predicted_loss.resize(options.seeds, count);
  result.sample_error = Vector::Zero(options.seeds);
  result.odd_drift = Vector::Zero(options.seeds);
  for (Index repetition = 0; repetition < options.seeds; ++repetition) {
    const auto run = options.width > 0 ? run_network : run_kernel;
    run(options, snapshots, repetition, result);
  }
  result.predicted.resize(count, options.cutoff + 1);
  for (Index k = 0; k <= options.cutoff; ++k) {
    const double x = result.eta.mean() * expected_eigenvalue(options, k);
    for (Index i = 0; i < count; ++i)
      result.predicted(i, k) = decay_factor(x, snapshots[static_cast<std::size_t>(i)]);
  }
  if (options.grid && options.width == 0) iterate_factors(options, snapshots, result);
  return result;
}

void put_flow(Record& record, const std::string& start, const DynamicsMeasurement& flow) {
  record.put(start + "eta", flow.eta);
  record.put(start + "initial_norm", flow.initial_norm);
  record.put(start + "initial", flow.initial);
  record.put(start + "amplitude", flow.amplitude);
  record.put(start + "loss", flow.loss);
  record.put(start + "predicted", flow.predicted);
  record.put(start + "sample_error", flow.sample_error);
  record.put(start + "odd_drift", flow.odd_drift);
  record.put(start + "largest_eigenvalue", flow.largest_eigenvalue);
  if (flow.predicted_loss.size() > 0) record.put(start + "predicted_loss", flow.predicted_loss);
  if (flow.factor.size() == 0) return;
  record.put(start + "factor", flow.factor);
  record.put(start + "reached", flow.reached);
}

DynamicsMeasurement dynamics_measurement_from(const Record& record, const std::string& start) {
  DynamicsMeasurement flow;
  flow.eta = record.vector(start + "eta");
  flow.initial_norm = record.vector(start + "initial_norm");
  flow.initial = record.matrix(start + "initial");
  flow.amplitude = record.matrix(start + "amplitude");
  flow.loss = record.matrix(start + "loss");
  flow.predicted = record.matrix(start + "predicted");
  flow.sample_error = record.vector(start + "sample_error");
  flow.odd_drift = record.vector(start + "odd_drift");
  flow.largest_eigenvalue = record.scalar(start + "largest_eigenvalue");
  if (record.has(start + "predicted_loss"))
    flow.predicted_loss = record.matrix(start + "predicted_loss");
  if (!record.has(start + "factor")) return flow;
  flow.factor = record.matrix(start + "factor");
  flow.reached = record.vector(start + "reached");
  return flow;
}

}  // namespace wideband

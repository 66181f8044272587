#include "wideband/experiment/circle/preconditioning_run.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "wideband/circle/basis.hpp"
#include "wideband/circle/sample_matrices.hpp"
#include "wideband/circle/sorted_product.hpp"
#include "wideband/core/status.hpp"
#include "wideband/data/circle_points.hpp"
#include "wideband/dynamics/decay.hpp"
#include "wideband/dynamics/sampled_flow.hpp"
#include "wideband/experiment/circle/sampling_modes.hpp"
#include "wideband/linalg/decomposition.hpp"
#include "wideband/linalg/product.hpp"
#include "wideband/random/key.hpp"

namespace wideband {
namespace {

constexpr double divergence = 1e30;     // a residual beyond this will not come back
constexpr Index distance_limit = 4096;  // largest n at which (n, n) entries are compared

// What all flows on one sample share.
struct Sample {
  const PreconditioningTask& task;
  Target goal;
  SortedAngles angles;
  SampleMatrices matrices;
  Matrix Phi;
  Matrix frame;
  Vector start;               // r_0 = -f*
  BlockCoordinates at_start;  // exact where the target lies in the block
  SortedAngles probes;
  Matrix probe_Phi;
  Vector probe_start;
  std::vector<Index> snapshots;

  PreconditionerOptions options() const { return {.shift = task.shift, .reg = task.reg}; }
};

// The target's own coordinates: no least squares, so that nothing is left outside the block.
Vector exact_coordinates(const Target& goal, Index cutoff) {
  Vector alpha = Vector::Zero(basis_size(cutoff));
  for (const TargetMode& mode : goal.modes) {
    const Eigen::Vector2d c = fourier_coefficients(mode);
    if (mode.frequency == 0) {
      alpha[0] -= c[0];
    } else {
      alpha.segment(plane_start(mode.frequency), 2) -= c / std::numbers::sqrt2;
    }
  }
  return alpha;
}

Sample sample(const PreconditioningTask& task, Index n, Index repetition) {
  const Key key = Key(static_cast<std::uint64_t>(task.seed)).child("angles").child(repetition);
  const Vector g = random_angles(n, key);
  const SortedAngles angles(g);
  const Target goal = target(task.target);
  const Matrix Phi = fourier_basis(g, task.cutoff);
  const Vector start = -target_values(goal, g);
  const bool inside = top_frequency(goal) <= task.cutoff;
  return {task,
          goal,
          angles,
          sample_matrices(angles, {.kernel = angle_kernel(task.kernel), .cutoff = task.cutoff}),
          Phi,
          plane_frame(fourier_basis(g, task.mode_cutoff)),
          start,
          inside ? BlockCoordinates{exact_coordinates(goal, task.cutoff), Vector::Zero(n)}
                 : block_coordinates(Phi, start),
          SortedAngles(grid_angles(task.probes)),
          grid_fourier_basis(task.probes, task.cutoff),
          -grid_target_values(goal, task.probes),
          log_snapshots(task.steps)};
}

// One sample's part of a FlowGroup.
struct Curves {
  Matrix planes;
  Vector loss_train;
  Vector loss_probe;
  Index diverged = -1;
};

// Follows `step` and reads residuals on the sample and on the probes at the snapshots; after a
// divergence everything is infinite.
template <class Step, class Residual, class ProbeResidual>
Curves followed(const Sample& s, const Step& step, const Residual& residual,
                const ProbeResidual& probe_residual) {
  const auto count = static_cast<Index>(s.snapshots.size());
  Curves curves{Matrix::Constant(count, s.task.mode_cutoff + 1, infinity),
                Vector::Constant(count, infinity), Vector::Constant(count, infinity)};
  Index row = 0;
  for (Index i = 0; i <= s.snapshots.back(); ++i) {
    if (i > 0) step();
    if (i != s.snapshots[static_cast<std::size_t>(row)]) continue;
    const Vector r = residual();
    if (!(r.cwiseAbs().maxCoeff() < divergence)) {
      curves.diverged = row;
      return curves;
    }
    curves.planes.row(row) = plane_amplitudes(s.frame, r);
    curves.loss_train[row] = r.squaredNorm() / (2 * static_cast<double>(r.size()));
    const Vector off = probe_residual();
    curves.loss_probe[row] = off.squaredNorm() / (2 * static_cast<double>(off.size()));
    ++row;
  }
  return curves;
}

Curves baseline_curves(const Sample& s) {
  const AngleKernel kernel = s.matrices.options.kernel;
  Vector r = s.start;
  Vector sum = Vector::Zero(r.size());  // of all residuals so far: f = -eta Theta(., X) sum/n
  const auto step = [&] {
    sum += r;
    r -= s.task.eta * operator_product(kernel, s.angles, r);
  };
  return followed(
      s, step, [&] { return r; },
      [&]() -> Vector {
        return s.probe_start - s.task.eta * probe_product(kernel, s.probes, s.angles, sum);
      });
}

Curves block_curves(const Sample& s, Preconditioning flow) {
  const BlockFlow block(flow, s.angles, s.matrices, s.at_start.perpendicular, s.options());
  Vector alpha = s.at_start.alpha;
  return followed(
      s, [&] { alpha = block.step(alpha, s.task.eta); },
      [&]() -> Vector { return s.Phi * alpha + s.at_start.perpendicular; },
      [&]() -> Vector { return s.probe_start + s.probe_Phi * (alpha - s.at_start.alpha); });
}

// Rates inside the block, and the largest factor of a step.
void put_rates(FlowGroup& group, Index i, const Sample& s, Preconditioning flow) {
  const Eigen::VectorXcd values = eigenvalues(block_matrix(flow, s.matrices, s.options()));
  Vector real = values.real();
  std::sort(real.begin(), real.end());
  group.rates.row(i) = real;
  group.rate_deviation[i] = (values.array() - 1).abs().maxCoeff();
  group.growth[i] =
      flow == Preconditioning::baseline
          ? s.task.eta * SampledFlow(s.matrices.options.kernel, s.angles).largest_eigenvalue() - 1
          : (1 - s.task.eta * values.array()).abs().maxCoeff();
}

double limit_loss(const Sample& s, Preconditioning flow) {
  if (flow == Preconditioning::baseline) return 0;
  const BlockFlow block(flow, s.angles, s.matrices, s.at_start.perpendicular, s.options());
  const Vector r = s.Phi * block.limit() + s.at_start.perpendicular;
  return r.squaredNorm() / (2 * static_cast<double>(r.size()));
}

// Largest relative distance of |alpha_s| from (1 - eta)^s |alpha_0| while that is above the floor.
double geometric_error(const Sample& s) {
  const BlockFlow block(Preconditioning::empirical, s.angles, s.matrices, s.at_start.perpendicular,
                        s.options());
  Vector alpha = s.at_start.alpha;
  double worst = 0;
  for (Index i = 1; i <= s.task.steps; ++i) {
    const double factor = std::abs(decay_factor(s.task.eta, i));
    if (!(factor >= geometric_floor && factor < divergence)) break;
    alpha = block.step(alpha, s.task.eta);
    const double error = std::abs(alpha.norm() / (factor * s.at_start.alpha.norm()) - 1);
    if (!(error <= worst)) worst = error;
  }
  return worst;
}

// The part of r outside the block.
Vector outside(const Sample& s, const Vector& r) {
  return block_coordinates(s.Phi, r).perpendicular;
}

// Largest norm of a power of T, at most `steps`. The norm is submultiplicative: once a power
// contracts, those beyond it are no larger than those before.
double largest_power(const Matrix& T, Index steps) {
  double largest = 1;
  Matrix power = T;
  for (Index s = 1; s <= steps; ++s) {
    const double norm = operator_norm(power);
    if (norm < 1) break;
    largest = std::max(largest, norm);
    power = product(T, power);
  }
  return largest;
}

// What rounding may put between the n residuals and the d coordinates, over |r_0|, if the |r_s| add
// up to `path` |r_0|: docs/theory/circle.md, Block preconditioning, (R).
double rounding_bound(const Sample& s, Preconditioning flow, double path) {
  const Index d = s.matrices.G.rows();
  const Matrix identity = Matrix::Identity(d, d);
  const Matrix Q = orthonormal_frame(s.Phi);
  const Matrix R = transposed_product(Q, s.Phi);
  const Matrix inverse = solve(R, identity);
  const Matrix M = preconditioner(flow, s.matrices, s.options());
  const Matrix T = identity - s.task.eta * product(R, product(product(M, s.matrices.C), inverse));
  const double transient = largest_power(T, s.task.steps);
  const Vector compressed = singular_values(product(R, product(s.matrices.C, inverse)));
  const Vector gram_values = symmetric_eigenvalues(s.matrices.G);
  const double gram_condition = gram_values[d - 1] / gram_values[0];
  const double trace = kernel_value(s.matrices.options.kernel, 0);
  const double inside =
      10 * s.task.eta * operator_norm(M) * trace * gram_condition * gram_condition;
  const double everywhere = 1 + 2 * std::sqrt(static_cast<double>(d) * gram_condition);
  const double drive = (1 + transient) * (1 + trace / compressed[d - 1]);
  return std::numeric_limits<double>::epsilon() * path * (inside * transient + everywhere * drive);
}

PrecisionCurves precision(const Sample& s, Preconditioning flow) {
  const BlockFlow block(flow, s.angles, s.matrices, s.at_start.perpendicular, s.options());
  const PreconditionedFlow full(flow, s.angles, s.matrices, s.options());
  const auto count = static_cast<Index>(s.snapshots.size());
  const double scale = s.start.norm();
  PrecisionCurves curves{Vector::Zero(count), Vector::Zero(count), Vector::Zero(count)};
  Vector alpha = s.at_start.alpha;
  Vector r = s.start;
  Eigen::VectorXf single = s.start.cast<float>();
  double path = 0;
  Index row = 0;
  for (Index i = 0; i <= s.snapshots.back(); ++i) {
    if (i > 0) {
      alpha = block.step(alpha, s.task.eta);
      r = full.step(r, s.task.eta);
      single = full.step_float32(single, s.task.eta);
    }
    path += r.norm() / scale;
    if (i != s.snapshots[static_cast<std::size_t>(row)]) continue;
    const Vector exact = s.Phi * alpha + s.at_start.perpendicular;
    curves.block[row] = exact.norm() / scale;
    curves.float64[row] = r.norm() / scale;
    curves.float32[row] = static_cast<double>(single.norm()) / scale;
    curves.distance = std::max(curves.distance, (r - exact).norm() / scale);
    ++row;
  }
  curves.rounding = rounding_bound(s, flow, path);
  curves.perpendicular = (outside(s, r) - s.at_start.perpendicular).norm() / scale;
  return curves;
}

void resize(PreconditioningGroup& group, Index seeds) {
  const Index d = basis_size(group.cutoff);
  const auto count = static_cast<Index>(group.snapshots.size());
  for (FlowGroup& flow : group.flows) {
    flow.loss_train.resize(seeds, count);
    flow.loss_probe.resize(seeds, count);
    flow.rates.resize(seeds, d);
    flow.rate_deviation.resize(seeds);
    flow.floor.resize(seeds);
    flow.growth.resize(seeds);
    flow.diverged.resize(seeds);
  }
  for (Vector* values : {&group.start_norm, &group.block_error_max, &group.theory_bound,
                         &group.geometric_error, &group.condition})
    values->setZero(seeds);
  group.gram_edges.resize(seeds, 2);
  group.distance.setConstant(seeds, 4, -1);
}

void put_sample(PreconditioningGroup& group, Index i, const Sample& s, bool first) {
  const Matrix error = s.matrices.C - Matrix(s.matrices.lambda.asDiagonal());
  const Vector singular = singular_values(s.matrices.C);
  const Vector gram_values = symmetric_eigenvalues(s.matrices.G);
  group.start_norm[i] = s.start.norm();
  group.block_error_max[i] = largest_entry(error).value;
  group.theory_bound[i] = operator_norm(
      product(preconditioner(Preconditioning::theory, s.matrices, s.options()), error));
  group.condition[i] = singular[0] / singular[singular.size() - 1];
  group.gram_edges.row(i) << gram_values[0], gram_values[gram_values.size() - 1];
  if (group.contains_target()) group.geometric_error[i] = geometric_error(s);
  if (group.n <= distance_limit) {
    const PreconditionerDistance distance =
        preconditioner_distance(s.angles, s.matrices, s.options());
    group.distance.row(i) << distance.P, distance.B, distance.M, distance.MC;
  }
  for (const Preconditioning kind : flows()) {
    FlowGroup& flow = group.flows[static_cast<std::size_t>(kind)];
    Curves curves = kind == Preconditioning::baseline ? baseline_curves(s) : block_curves(s, kind);
    flow.planes.push_back(std::move(curves.planes));
    flow.loss_train.row(i) = curves.loss_train;
    flow.loss_probe.row(i) = curves.loss_probe;
    flow.diverged[i] = static_cast<double>(curves.diverged);
    put_rates(flow, i, s, kind);
    flow.floor[i] = limit_loss(s, kind);
    if (first && kind != Preconditioning::baseline && flow.growth[i] < 1)
      group.precise[static_cast<std::size_t>(kind)] = precision(s, kind);
  }
}

}  // namespace

PreconditioningGroup preconditioning_run(const PreconditioningTask& task, Index n) {
  PreconditioningGroup group;
  group.kernel = angle_kernel(task.kernel);
  group.target = target(task.target);
  group.n = n;
  group.cutoff = task.cutoff;
  group.mode_cutoff = task.mode_cutoff;
  group.eta = task.eta;
  group.shift = task.shift;
  group.reg = task.reg;
  group.snapshots = log_snapshots(task.steps);
  resize(group, task.count);
  for (Index i = 0; i < task.count; ++i)
    put_sample(group, i, sample(task, n, task.first + i), task.first + i == 0);
  return group;
}

Cost preconditioning_cost(const PreconditioningTask& task, Index n) {
  const double size = static_cast<double>(n);
  const double d = static_cast<double>(basis_size(task.cutoff));
  const double modes = static_cast<double>(basis_size(task.mode_cutoff));
  const double steps = static_cast<double>(task.steps);
  const double probes = static_cast<double>(task.probes);
  const double baseline = steps * size * 2.2e-8;
  const double snapshots = static_cast<double>(log_snapshots(task.steps).size()) *
                           (4 * (size + probes) * (d + modes) * 3e-10 + probes * 2.5e-8);
  const double distance = n <= distance_limit ? size * size * (4e-9 + 1.4e-10 * d) : 0;
  // Sample 0 follows three flows three ways; it is spread over the seeds of its task.
  const double precise = task.first == 0 ? 6 * steps * size * (2.7e-8 + 1e-10 * d) : 0;
  const double matrices = size * (1e-7 + 2e-8 * d + 6e-10 * d * d);
  return {baseline + snapshots + distance + matrices + steps * d * d * 6e-9 +
              precise / static_cast<double>(task.count),
          2e6 + size * (16 * (d + modes) + 150)};
}

}  // namespace wideband

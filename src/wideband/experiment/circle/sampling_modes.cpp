#include "wideband/experiment/circle/sampling_modes.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include <fmt/format.h>

#include "wideband/circle/basis.hpp"
#include "wideband/circle/sample_matrices.hpp"
#include "wideband/circle/spectrum.hpp"
#include "wideband/core/status.hpp"
#include "wideband/dynamics/decay.hpp"
#include "wideband/dynamics/sampled_flow.hpp"
#include "wideband/experiment/circle/sampling_moments.hpp"
#include "wideband/experiment/circle/seed_arrays.hpp"
#include "wideband/math/statistics.hpp"

namespace wideband {
namespace {

constexpr double departure_level = 0.1;
constexpr double divergence =
    1e30;  // a residual beyond this will not come back; below float's range

std::string prefix(Index n) {
  return fmt::format("n{}.", n);
}

double sampled_eigenvalue(AngleKernel kernel, Index k, Index n) {
  const double inverse = 1 / static_cast<double>(n);
  return (1 - inverse) * continuum_eigenvalue(kernel, k) + kernel_value(kernel, 0) * inverse;
}

// One sample with what its trainings share.
struct Training {
  AngleKernel kernel;
  Target target;
  SampledFlow flow;
  Matrix frame;
  Vector start;
  double eta;
  double stability;  // eta lambda_max(A)
  std::vector<Index> snapshots;
};

Training training(const SamplingTask& task, const SortedAngles& angles) {
  const AngleKernel kernel = angle_kernel(task.kernel);
  const Target goal = target(task.target);
  SampledFlow flow(kernel, angles);
  const double lambda = flow.largest_eigenvalue();
  const bool fixed = task.eta > 0;
  return {kernel,
          goal,
          std::move(flow),
          plane_frame(fourier_basis(angles.angle(), task.cutoff)),
          -target_values(goal, angles.angle()),
          fixed ? task.eta : task.eta_scale / lambda,
          fixed ? task.eta * lambda : task.eta_scale,
          log_snapshots(task.steps)};
}

struct Run {
  Matrix planes;                  // (snapshots, K + 1), |U_k'r_s|
  Vector departure;               // (K + 1)
  std::vector<Vector> residuals;  // at the snapshots
  Index diverged = -1;            // the step, -1: none
};

// Marks the planes whose amplitude has left its prediction at step s for the first time.
void note_departures(Run& run, const Training& t, const Vector& now, const Vector& start, Index s) {
  for (Index k = 0; k < now.size(); ++k) {
    if (amplitude(t.target, k) == 0 || run.departure[k] <= static_cast<double>(s)) continue;
    const double lambda = sampled_eigenvalue(t.kernel, k, t.start.size());
    const double predicted = std::abs(decay_factor(t.eta * lambda, s));
    const double deviation = std::abs(now[k] / start[k] - predicted);
    if (deviation > departure_level * predicted) run.departure[k] = static_cast<double>(s);
  }
}

// Every step is looked at for departures, snapshots are kept; infinite after a divergence.
Run trained(const Training& t) {
  const Vector start = plane_amplitudes(t.frame, t.start);
  Run run;
  run.planes.setConstant(static_cast<Index>(t.snapshots.size()), start.size(), infinity);
  run.departure = Vector::Constant(start.size(), static_cast<double>(t.snapshots.back() + 1));
  Vector r = t.start;
  for (Index s = 0; s <= t.snapshots.back(); ++s) {
    if (s > 0) r = t.flow.step(r, t.eta);
    if (!(r.cwiseAbs().maxCoeff() < divergence)) {
      run.diverged = s;
      return run;
    }
    const Vector now = plane_amplitudes(t.frame, r);
    note_departures(run, t, now, start, s);
    const std::size_t row = run.residuals.size();
    if (s != t.snapshots[row]) continue;
    run.planes.row(static_cast<Index>(row)) = now;
    run.residuals.push_back(r);
  }
  return run;
}

Matrix trained_in_float32(const Training& t) {
  const Index columns = plane_amplitudes(t.frame, t.start).size();
  Matrix planes = Matrix::Constant(static_cast<Index>(t.snapshots.size()), columns, infinity);
  Eigen::VectorXf r = t.start.cast<float>();
  Index row = 0;
  for (Index s = 0; s <= t.snapshots.back(); ++s) {
    if (s > 0) r = t.flow.step_float32(r, t.eta);
    if (!(static_cast<double>(r.cwiseAbs().maxCoeff()) < divergence)) return planes;
    if (s == t.snapshots[static_cast<std::size_t>(row)])
      planes.row(row++) = plane_amplitudes(t.frame, r.cast<double>());
  }
  return planes;
}

struct ExactRun {
  Matrix planes;
  double error = 0;  // largest |r_s - exact|/|r_0|
};

ExactRun solved(const Training& t, const SortedAngles& angles, const Run& run) {
  const ExactSampledFlow exact(t.kernel, angles);
  ExactRun result{Matrix(run.planes.rows(), run.planes.cols())};
  for (Index row = 0; row < run.planes.rows(); ++row) {
    const auto snapshot = static_cast<std::size_t>(row);
    const Vector r = exact.at(t.start, t.eta, t.snapshots[snapshot]);
    result.planes.row(row) = plane_amplitudes(t.frame, r);
    const double error = (run.residuals[snapshot] - r).norm() / t.start.norm();
    result.error = std::max(result.error, error);
  }
  return result;
}

void put_size(Record& record, const SamplingTask& task, Index n) {
  const Index count = task.count;
  Vector eta(count), start_norm(count), stability(count), diverged(count);
  Vector exact_error = Vector::Zero(count);
  Matrix departure(count, task.cutoff + 1);
  std::vector<Matrix> planes;
  const std::string start = prefix(n);
  for (Index i = 0; i < count; ++i) {
    const SortedAngles angles = sampled_angles(task, n, task.first + i);
    const Training t = training(task, angles);
    const Run run = trained(t);
    eta[i] = t.eta;
    start_norm[i] = t.start.norm();
    departure.row(i) = run.departure;
    planes.push_back(run.planes);
    stability[i] = t.stability;
    diverged[i] = static_cast<double>(run.diverged);
    if (run.diverged >= 0) continue;
    const bool first = task.first + i == 0;
    if (first) record.put(start + "float32", trained_in_float32(t));
    if (!task.exact) continue;
    const ExactRun exact = solved(t, angles, run);
    exact_error[i] = exact.error;
    if (first) record.put(start + "exact", exact.planes);
  }
  record.put(start + "eta", eta);
  record.put(start + "start_norm", start_norm);
  record.put(start + "stability", stability);
  record.put(start + "diverged", diverged);
  record.put(start + "departure", departure);
  record.put(start + "planes", stacked(planes));
  if (task.exact) record.put(start + "exact_error", exact_error);
}

void append_record(ModeGroup& group, const Record& record) {
  const std::string start = prefix(group.n);
  append(group.eta, record.vector(start + "eta"));
  append(group.start_norm, record.vector(start + "start_norm"));
  append(group.stability, record.vector(start + "stability"));
  append(group.diverged, record.vector(start + "diverged"));
  append(group.departure, record.matrix(start + "departure"));
  unstack(record.array(start + "planes"), group.planes);
  if (record.has(start + "exact_error"))
    append(group.exact_error, record.vector(start + "exact_error"));
  if (record.has(start + "exact")) group.exact = record.matrix(start + "exact");
  if (record.has(start + "float32")) group.float32 = record.matrix(start + "float32");
}

// Decay of the amplitude at q and of that at p, and how strongly q excites p (2).
double excitation(AngleKernel kernel, Index n, double eta, Index k, Index q, Index step) {
  const double to = continuum_eigenvalue(kernel, k);
  const double from = continuum_eigenvalue(kernel, q);
  const double x_to = eta * sampled_eigenvalue(kernel, k, n);
  const double x_from = eta * sampled_eigenvalue(kernel, q, n);
  const double f_from = decay_factor(x_from, step);
  if (to == 0) return f_from;
  if (to == from) return f_from - to * eta * static_cast<double>(step) * f_from / (1 - x_from);
  return f_from + to * (decay_factor(x_to, step) - f_from) / (to - from);
}

// A number as a cell; one that does not exist (NaN: the spread of one value, or of infinities) is
// empty.
Cell number(double value) {
  return std::isnan(value) ? Cell() : Cell(value);
}

Table modes_table(const std::vector<ModeGroup>& groups) {
  Table table("modes", {"kernel", "n", "sampling", "target", "width", "eta", "mode", "step", "time",
                        "coefficient_mean", "coefficient_std", "predicted", "seeds"});
  for (const ModeGroup& group : groups) {
    const double eta = group.eta.mean();
    for (Index k = 0; k <= group.cutoff; ++k) {
      for (std::size_t i = 0; i < group.snapshots.size(); ++i) {
        const auto snapshot = static_cast<Index>(i);
        const Summary s = summary(coefficients(group, k, snapshot));
        const Index step = group.snapshots[i];
        table.add({to_string(group.kernel), group.n, group.sampling, group.target.name, Cell(), eta,
                   k, step, eta * static_cast<double>(step), number(s.mean), number(s.std),
                   number(predicted_coefficient(group, k, snapshot)), s.count});
      }
    }
  }
  return table;
}

// A plane that never departs counts as steps + 1.
Table departure_table(const std::vector<ModeGroup>& groups) {
  Table table("departure", {"kernel", "n", "sampling", "target", "mode", "median", "q05", "q95",
                            "never", "seeds"});
  for (const ModeGroup& group : groups) {
    for (Index k = 0; k <= group.cutoff; ++k) {
      if (!is_active(group, k)) continue;
      const Vector values = group.departure.col(k);
      const Index never = (values.array() > static_cast<double>(group.steps)).count();
      table.add({to_string(group.kernel), group.n, group.sampling, group.target.name, k,
                 quantile(values, 0.5), quantile(values, 0.05), quantile(values, 0.95), never,
                 group.seeds()});
    }
  }
  return table;
}

// Seed 0: iterated in float64, by the eigensystem, iterated in float32.
Table precision_table(const std::vector<ModeGroup>& groups) {
  Table table("precision",
              {"kernel", "n", "sampling", "target", "mode", "step", "float64", "exact", "float32"});
  for (const ModeGroup& group : groups) {
    if (group.float32.size() == 0) continue;
    const bool solved = group.exact.size() > 0;
    for (Index k = 0; k <= group.cutoff; ++k) {
      const double start = is_active(group, k) ? group.planes[0](0, k) : group.start_norm[0];
      for (std::size_t i = 0; i < group.snapshots.size(); ++i) {
        const auto row = static_cast<Index>(i);
        table.add({to_string(group.kernel), group.n, group.sampling, group.target.name, k,
                   group.snapshots[i], group.planes[0](row, k) / start,
                   solved ? Cell(group.exact(row, k) / start) : Cell(),
                   group.float32(row, k) / start});
      }
    }
  }
  return table;
}

}  // namespace

Record modes_record(const SamplingTask& task) {
  Record record;
  for (const Index n : task.sizes) put_size(record, task, n);
  return record;
}

Cost modes_cost(const SamplingTask& task, Index n) {
  const double size = static_cast<double>(n);
  const double d = static_cast<double>(basis_size(task.cutoff));
  const double steps = static_cast<double>(task.steps);
  const double once = steps * (1e-6 + size * (2.2e-8 + 7e-10 * d));
  // Sample 0 is iterated in float32, too.
  const double iterated = task.first == 0 ? once * (1 + 1 / static_cast<double>(task.count)) : once;
  const double exact = task.exact ? 2e-10 * size * size * size + 3.5e-8 * size * size : 0;
  return {iterated + exact, 1e6 + size * (24 * d + 1000) + (task.exact ? 24 * size * size : 0)};
}

std::vector<ModeGroup> mode_groups(const std::vector<Point<SamplingConfig, SamplingTask>>& points) {
  std::vector<ModeGroup> groups;
  for (const auto& point : points) {
    const std::size_t first = groups.size();
    const auto group_of = [&](const SamplingTask& task, Index n) -> ModeGroup& {
      for (std::size_t i = first; i < groups.size(); ++i) {
        if (groups[i].n == n && groups[i].target.name == task.target) return groups[i];
      }
      ModeGroup head;
      if (!task.angles.empty()) head.sampling = "file";
      head.kernel = angle_kernel(task.kernel);
      head.cutoff = task.cutoff;
      head.n = n;
      head.target = target(task.target);
      head.steps = task.steps;
      head.snapshots = log_snapshots(task.steps);
      groups.push_back(head);
      return groups.back();
    };
    for (const auto& [task, record] : point.finished) {
      if (task.steps == 0) continue;
      for (const Index n : task.sizes) append_record(group_of(task, n), record);
    }
  }
  return groups;
}

bool is_unstable(const ModeGroup& group) {
  return !(group.stability.array() < 2).all();
}

std::vector<std::string> modes_statuses(const std::vector<ModeGroup>& groups) {
  std::vector<std::string> statuses;
  for (const ModeGroup& group : groups) {
    if (!is_unstable(group)) continue;
    const auto unstable = (group.stability.array() >= 2).count();
    std::string status = fmt::format(
        "unstable: {}, n = {}, {} of {} seeds, eta lambda_max(A) up to {:.4g}, at least 2",
        group.target.name, group.n, unstable, group.seeds(), group.stability.maxCoeff());
    const auto diverged = (group.diverged.array() >= 0).eval();
    if (diverged.any()) {
      const double first = diverged.select(group.diverged.array(), infinity).minCoeff();
      status += fmt::format("; diverged from step {} on", first);
    }
    statuses.push_back(status);
  }
  return statuses;
}

bool is_active(const ModeGroup& group, Index k) {
  return amplitude(group.target, k) != 0;
}

Vector coefficients(const ModeGroup& group, Index k, Index snapshot) {
  Vector values(group.seeds());
  for (Index i = 0; i < values.size(); ++i) {
    const Matrix& planes = group.planes[static_cast<std::size_t>(i)];
    values[i] = planes(snapshot, k) / (is_active(group, k) ? planes(0, k) : group.start_norm[i]);
  }
  return values;
}

double predicted_excitation(const ModeGroup& group, Index k, Index snapshot) {
  const Index step = group.snapshots[static_cast<std::size_t>(snapshot)];
  const double eta = group.eta.mean();
  double excited = 0;
  double energy = 0;
  for (const TargetMode& mode : group.target.modes) {
    // Mean square of the mode: a^2/2, or a^2 cos^2(phase) for the constant.
    const Eigen::Vector2d c = fourier_coefficients(mode);
    const double square = mode.frequency == 0 ? c[0] * c[0] : c.squaredNorm() / 2;
    const double w = excitation(group.kernel, group.n, eta, k, mode.frequency, step);
    excited += square * w * w;
    energy += square;
  }
  const double components = static_cast<double>(plane_size(k));
  return std::sqrt(components * excited / (static_cast<double>(group.n) * energy));  // (2)
}

double predicted_coefficient(const ModeGroup& group, Index k, Index snapshot) {
  if (!is_active(group, k)) {
    const double factor =
        k == 0 ? std::sqrt(2 / std::numbers::pi) : std::sqrt(std::numbers::pi) / 2;
    return factor * predicted_excitation(group, k, snapshot);
  }
  const Index step = group.snapshots[static_cast<std::size_t>(snapshot)];
  const double lambda = sampled_eigenvalue(group.kernel, k, group.n);
  double sum = 0;
  for (const double eta : group.eta) sum += std::abs(decay_factor(eta * lambda, step));  // (1)
  return sum / static_cast<double>(group.seeds());
}

std::vector<Index> log_snapshots(Index steps) {
  std::vector<Index> snapshots = {0, steps};
  for (double s = 1; s < static_cast<double>(steps); s *= std::pow(10.0, 0.05))
    snapshots.push_back(static_cast<Index>(std::llround(s)));
  for (Index i = 1; i < 20; ++i) snapshots.push_back(i * steps / 20);
  std::sort(snapshots.begin(), snapshots.end());
  snapshots.erase(std::unique(snapshots.begin(), snapshots.end()), snapshots.end());
  return snapshots;
}

std::vector<Table> modes_tables(const std::vector<ModeGroup>& groups) {
  return {modes_table(groups), departure_table(groups), precision_table(groups)};
}

}  // namespace wideband

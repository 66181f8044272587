// What circle-evolution measured: runs grouped over seeds, and the comparisons drawn from them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "wideband/experiment/circle/evolution.hpp"
#include "wideband/math/statistics.hpp"

namespace wideband {

/// All seeds of one (target, n, m, eta).
struct EvolutionGroup {
  std::string target;
  Index n = 0;
  Index m = 0;
  double eta = 0;
  Index cutoff = 0;
  bool centered = false;         // f_0 subtracted
  std::string phase_convention;  // of the target
  double published_eta_scale = 0;
  std::vector<Index> steps;        // snapshots
  std::vector<Index> eigen_steps;  // of them, those with eigenpairs
  std::vector<double> compare_times;
  std::map<std::string, Matrix> data;  // evolution_run.hpp's names: (seeds, snapshots x columns)

  /// Throws std::invalid_argument if there is no such quantity.
  const Matrix& of(const std::string& quantity) const;
  Index seeds() const { return of("loss_evolving").rows(); }
  Index snapshots() const { return static_cast<Index>(steps.size()); }
  double time(Index snapshot) const {
    return eta * static_cast<double>(steps[static_cast<std::size_t>(snapshot)]);
  }
  /// One quantity of one snapshot and frequency over seeds: "strength", "cosine_shared", ...
  Vector over_seeds(const std::string& quantity, Index snapshot, Index k = 0) const;
  /// Snapshot index of the e-th eigen snapshot.
  Index snapshot_of(Index eigen_snapshot) const;
  /// The snapshot nearest to a time.
  Index nearest(double time) const;
  /// Whether every seed reached the last step.
  bool complete() const;
};

/// Groups that differ in width only, ascending in m.
struct EvolutionFamily {
  std::string target;
  Index n = 0;
  double eta = 0;
  std::vector<const EvolutionGroup*> widths;
};

struct EvolutionResults {
  std::vector<EvolutionGroup> groups;
};

/// The points may differ in eta and steps alone.
EvolutionResults evolution_results(
    const std::vector<Point<EvolutionConfig, EvolutionTask>>& points);

/// In the order of the groups.
std::vector<EvolutionFamily> families(const EvolutionResults& results);

/// The snapshots nearest to the compare_times that lie in the run, and the last one, each once.
std::vector<Index> judged_snapshots(const EvolutionGroup& group);

/// ln(loss_evolving/loss_frozen_matched) per seed at a snapshot; its mean is Delta(m, t).
Vector log_loss_ratio(const EvolutionGroup& group, Index snapshot);

/// The same against frozen_published, at equal step and at equal time.
Vector log_ratio_published(const EvolutionGroup& group, Index snapshot, bool equal_time);

/// Width at which Delta(m, t) changes its sign, linear in log2 m; the largest if there are several.
/// -infinity if evolving is the worse at every width, +infinity if it is the better at every one.
struct Crossover {
  double width = 0;
  double low = 0;  // 95 % bootstrap interval over seeds, widths paired
  double high = 0;
};
Crossover crossover(const EvolutionFamily& family, Index snapshot);

/// Exponent in m of the distance between evolving and frozen (rms over seeds) from one width to the
/// next, at the snapshots nearest to a time.
struct Exponent {
  double value = 0;
  double standard_error = 0;  // bootstrap over seeds, widths paired; 0 for one seed
  double low = 0;             // 95 % bootstrap interval
  double high = 0;
};
Exponent distance_exponent(const EvolutionGroup& narrow, const EvolutionGroup& wide, double time);

/// First snapshot from which Delta stays below 0 to the end; -1 if there is none.
Index crossover_snapshot(const EvolutionGroup& group);

/// Loss of the evolving branch per seed at a time between snapshots, log-linear in time.
Vector evolving_loss_at(const EvolutionGroup& group, double time);

/// "m = 128, decreasing: stopped at step 412, ..." for each run that ended early.
std::vector<std::string> evolution_statuses(const EvolutionResults& results);

}  // namespace wideband

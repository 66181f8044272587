#include "wideband/experiment/circle/evolution_results.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

#include "wideband/core/status.hpp"
#include "wideband/experiment/circle/evolution_run.hpp"

namespace wideband {
namespace {

constexpr Index resamples = 400;

Matrix stacked(const Matrix& above, const Array& below) {
  const Index rows = below.shape[0];
  const Index cols = below.shape[1] * below.shape[2];
  Matrix result(above.rows() + rows, cols);
  if (above.rows() > 0) result.topRows(above.rows()) = above;
  result.bottomRows(rows) = Eigen::Map<const Matrix>(below.values.data(), rows, cols);
  return result;
}

EvolutionGroup& group_of(EvolutionResults& results, const EvolutionConfig& config,
                         const EvolutionTask& task, const std::string& target) {
  for (EvolutionGroup& group : results.groups) {
    if (group.target == target && group.n == task.n && group.m == task.m && group.eta == task.eta &&
        group.steps.back() == task.steps)
      return group;
  }
  results.groups.push_back({.target = target,
                            .n = task.n,
                            .m = task.m,
                            .eta = task.eta,
                            .cutoff = task.cutoff,
                            .centered = task.centered,
                            .phase_convention = task.phase_convention,
                            .steps = snapshot_steps(task.steps),
                            .eigen_steps = eigen_steps(task.steps),
                            .compare_times = config.compare_times,
                            .data = {}});
  return results.groups.back();
}

Vector log_ratio(const Matrix& above, const Matrix& below, Index snapshot) {
  return (above.col(snapshot).array() / below.col(snapshot).array()).log();
}

// Mean of the given seeds.
double mean_of(const Vector& values, const std::vector<Index>& seeds) {
  double sum = 0;
  for (const Index s : seeds) sum += values(s);
  return sum / static_cast<double>(seeds.size());
}

double sign_change(const EvolutionFamily& family, const std::vector<double>& delta) {
  for (std::size_t i = delta.size() - 1; i > 0; --i) {
    if ((delta[i] > 0) == (delta[i - 1] > 0)) continue;
    const double share = delta[i - 1] / (delta[i - 1] - delta[i]);
    const double low = std::log2(static_cast<double>(family.widths[i - 1]->m));
    const double high = std::log2(static_cast<double>(family.widths[i]->m));
    return std::exp2(low + share * (high - low));
  }
  return delta[0] > 0 ? -infinity : infinity;
}

}  // namespace

const Matrix& EvolutionGroup::of(const std::string& quantity) const {
  const auto found = data.find(quantity);
  if (found == data.end())
    throw std::invalid_argument("[circle-evolution] no quantity \"" + quantity + "\"");
  return found->second;
}

Vector EvolutionGroup::over_seeds(const std::string& quantity, Index snapshot, Index k) const {
  const Matrix& values = of(quantity);
  const bool aligned =
      quantity.starts_with("cosine") || quantity == "captured" || quantity == "coupling";
  const auto rows = static_cast<Index>(aligned ? eigen_steps.size() : steps.size());
  return values.col(snapshot * (values.cols() / rows) + k);
}

Index EvolutionGroup::snapshot_of(Index eigen_snapshot) const {
  const Index step = eigen_steps[static_cast<std::size_t>(eigen_snapshot)];
  return std::lower_bound(steps.begin(), steps.end(), step) - steps.begin();
}

Index EvolutionGroup::nearest(double wanted) const {
  Index best = 0;
  for (Index p = 0; p < snapshots(); ++p) {
    if (std::abs(time(p) - wanted) < std::abs(time(best) - wanted)) best = p;
  }
  return best;
}

bool EvolutionGroup::complete() const {
  return (of("stopped").array() < 0).all();
}

EvolutionResults evolution_results(
    const std::vector<Point<EvolutionConfig, EvolutionTask>>& points) {
  EvolutionResults results;
  for (const auto& point : points) {
    for (const auto& [task, record] : point.finished) {
      for (const std::string& target : task.targets) {
        EvolutionGroup& group = group_of(results, point.config, task, target);
        const std::string prefix = target + ".";
        for (const auto& [name, array] : record.arrays()) {
          if (!name.starts_with(prefix)) continue;
          Matrix& values = group.data[name.substr(prefix.size())];
          values = stacked(values, array);
        }
      }
    }
  }
  return results;
}

std::vector<EvolutionFamily> families(const EvolutionResults& results) {
  std::vector<EvolutionFamily> list;
  for (const EvolutionGroup& group : results.groups) {
    auto found = std::find_if(list.begin(), list.end(), [&](const EvolutionFamily& family) {
      return family.target == group.target && family.n == group.n && family.eta == group.eta;
    });
    if (found == list.end()) {
      list.push_back({group.target, group.n, group.eta, {}});
      found = list.end() - 1;
    }
    found->widths.push_back(&group);
  }
  for (EvolutionFamily& family : list) {
    std::sort(family.widths.begin(), family.widths.end(),
              [](const EvolutionGroup* a, const EvolutionGroup* b) { return a->m < b->m; });
  }
  return list;
}

std::vector<Index> judged_snapshots(const EvolutionGroup& group) {
  const Index last = group.snapshots() - 1;
  std::vector<Index> snapshots;
  for (const double t : group.compare_times) {
    const Index p = group.nearest(t);
    const bool known = std::find(snapshots.begin(), snapshots.end(), p) != snapshots.end();
    if (t < group.time(last) && p != last && !known) snapshots.push_back(p);
  }
  snapshots.push_back(last);
  return snapshots;
}

Vector log_loss_ratio(const EvolutionGroup& group, Index snapshot) {
  return log_ratio(group.of("loss_evolving"), group.of("loss_frozen_matched"), snapshot);
}

Vector log_ratio_published(const EvolutionGroup& group, Index snapshot, bool equal_time) {
  return log_ratio(group.of("loss_evolving"),
                   group.of(equal_time ? "loss_frozen_published_at_time" : "loss_frozen_published"),
                   snapshot);
}

Exponent distance_exponent(const EvolutionGroup& narrow, const EvolutionGroup& wide, double time) {
  const Vector near = narrow.over_seeds("distance", narrow.nearest(time)).array().square();
  const Vector far = wide.over_seeds("distance", wide.nearest(time)).array().square();
  const double factor = static_cast<double>(wide.m) / static_cast<double>(narrow.m);
  const auto at = [&](const std::vector<Index>& seeds) {
    return std::log(mean_of(far, seeds) / mean_of(near, seeds)) / (2 * std::log(factor));
  };
  std::vector<Index> all;
  for (Index s = 0; s < far.size(); ++s) all.push_back(s);
  const double value = at(all);
  if (far.size() < 2) return {value, 0, value, value};
  const Vector replicates =
      bootstrap_replicates(far.size(), at, Key(1).child("distance exponent"), resamples);
  return {value, summary(replicates).std, replicates(resamples / 40),
          replicates(resamples - 1 - resamples / 40)};
}

Crossover crossover(const EvolutionFamily& family, Index snapshot) {
  std::vector<Vector> ratios;
  for (const EvolutionGroup* group : family.widths)
    ratios.push_back(log_loss_ratio(*group, snapshot));
  const auto at = [&](const std::vector<Index>& seeds) {
    std::vector<double> delta;
    for (const Vector& ratio : ratios) delta.push_back(mean_of(ratio, seeds));
    return sign_change(family, delta);
  };
  const Index count = ratios.front().size();
  std::vector<Index> all;
  for (Index s = 0; s < count; ++s) all.push_back(s);
  const double width = at(all);
  if (count < 2) return {width, width, width};
  const Vector replicates = bootstrap_replicates(count, at, Key(1).child("crossover"), resamples);
  // Order statistics, for replicates may be infinite.
  return {width, replicates(resamples / 40), replicates(resamples - 1 - resamples / 40)};
}

Index crossover_snapshot(const EvolutionGroup& group) {
  Index first = -1;
  for (Index p = group.snapshots() - 1; p >= 0; --p) {
    if (!(log_loss_ratio(group, p).mean() < 0)) break;
    first = p;
  }
  return first;
}

Vector evolving_loss_at(const EvolutionGroup& group, double time) {
  const Matrix& loss = group.of("loss_evolving");
  Index above = 1;
  while (above + 1 < group.snapshots() && group.time(above) < time) ++above;
  const double t0 = group.time(above - 1);
  const double t1 = group.time(above);
  const double share = std::clamp((time - t0) / (t1 - t0), 0.0, 1.0);
  return (loss.col(above - 1).array().log() * (1 - share) + loss.col(above).array().log() * share)
      .exp();
}

std::vector<std::string> evolution_statuses(const EvolutionResults& results) {
  std::vector<std::string> list;
  for (const EvolutionGroup& group : results.groups) {
    if (group.published_eta_scale >= 2) {
      list.push_back(fmt::format(
          "{}, m = {}, frozen_published: unstable, eta lambda_max(A_0) = {:.4g}, at least 2",
          group.target, group.m, group.published_eta_scale));
    }
    const Matrix& stopped = group.of("stopped");
    for (Index s = 0; s < stopped.rows(); ++s) {
      if (stopped(s, 0) < 0) continue;
      list.push_back(fmt::format(
          "{}, m = {}, eta = {}, seed {}: diverged at step {} (eta lambda_max(A_t) reached 2, or "
          "the loss is not finite)",
          group.target, group.m, group.eta, s, static_cast<Index>(stopped(s, 0))));
    }
  }
  return list;
}

}  // namespace wideband

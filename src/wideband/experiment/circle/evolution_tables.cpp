#include "wideband/experiment/circle/evolution_tables.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "wideband/circle/basis.hpp"
#include "wideband/circle/width_moments.hpp"

namespace wideband {
namespace {

using Row = std::vector<Cell>;

Cell number(double value) {
  return std::isnan(value) ? Cell() : Cell(value);
}

Cell mean(const Vector& values) {
  const Vector known = present(values);
  return known.size() == 0 ? Cell() : number(known.mean());
}

Cell spread(const Vector& values) {
  const Vector known = present(values);
  return known.size() < 2 || !known.allFinite() ? Cell() : number(summary(known).std);
}

Cell rms(const Vector& values) {
  const Vector known = present(values);
  return known.size() == 0 ? Cell() : number(summary(known).rms);
}

Cell count(const Vector& values) {
  return present(values).size();
}

Row identity(const EvolutionGroup& group) {
  return {group.target, group.n, group.m, group.eta};
}

Row joined(Row row, Row more) {
  for (Cell& cell : more) row.push_back(std::move(cell));
  return row;
}

Cell step_of(const EvolutionGroup& group, Index p) {
  return group.steps[static_cast<std::size_t>(p)];
}

constexpr std::pair<const char*, const char*> branches[] = {
    {"evolving", "loss_evolving"},
    {"frozen_matched", "loss_frozen_matched"},
    {"frozen_published", "loss_frozen_published"}};

double published_eta(const EvolutionGroup& group) {
  return group.of("published_eta").mean();
}

Table by_step(const EvolutionResults& results) {
  Table table("evolution", {"target", "n", "m", "eta", "branch", "step", "time", "loss_mean",
                            "loss_std", "seeds"});
  for (const EvolutionGroup& group : results.groups) {
    for (const auto& [branch, quantity] : branches) {
      const bool published = std::string(branch) == "frozen_published";
      const double eta = published ? published_eta(group) : group.eta;
      for (Index p = 0; p < group.snapshots(); ++p) {
        const Vector loss = group.over_seeds(quantity, p);
        const auto step = static_cast<double>(group.steps[static_cast<std::size_t>(p)]);
        table.add(joined(identity(group), {branch, step_of(group, p), eta * step, mean(loss),
                                           spread(loss), count(loss)}));
      }
    }
  }
  return table;
}

Table by_time(const EvolutionResults& results) {
  Table table("evolution_time",
              {"target", "n", "m", "eta", "branch", "time", "loss_mean", "loss_std", "seeds"});
  for (const EvolutionGroup& group : results.groups) {
    for (const auto& [branch, quantity] : branches) {
      const bool published = std::string(branch) == "frozen_published";
      for (Index p = 0; p < group.snapshots(); ++p) {
        const Vector loss =
            group.over_seeds(published ? "loss_frozen_published_at_time" : quantity, p);
        table.add(joined(identity(group),
                         {branch, group.time(p), mean(loss), spread(loss), count(loss)}));
      }
    }
  }
  return table;
}

Vector growth(const EvolutionGroup& group, Index p, Index k) {
  return group.over_seeds("strength", p, k).array() / group.over_seeds("strength", 0, k).array();
}

// Trace over the planes <= k over 2k + 1.
Vector prefix_strength(const EvolutionGroup& group, Index p, Index k) {
  Vector sum = Vector::Zero(group.seeds());
  for (Index l = 0; l <= k; ++l)
    sum += static_cast<double>(plane_size(l)) * group.over_seeds("strength", p, l);
  return sum / static_cast<double>(basis_size(k));
}

// The e-th eigen snapshot at this snapshot, or -1.
Index eigen_at(const EvolutionGroup& group, Index p) {
  const auto found = std::find(group.eigen_steps.begin(), group.eigen_steps.end(),
                               group.steps[static_cast<std::size_t>(p)]);
  return found == group.eigen_steps.end() ? -1 : found - group.eigen_steps.begin();
}

// A frozen kernel keeps its strengths and eigenvectors: its rows are those of the first snapshot.
void add_strengths(Table& table, const EvolutionGroup& group, const std::string& branch, Index p) {
  const bool frozen = branch != "evolving";
  const double eta = branch == "frozen_published" ? published_eta(group) : group.eta;
  const double time = eta * static_cast<double>(group.steps[static_cast<std::size_t>(p)]);
  const Index source = frozen ? 0 : p;
  const Index e = frozen ? 0 : eigen_at(group, p);
  for (Index k = 0; k <= group.cutoff; ++k) {
    const Vector mu = group.over_seeds("strength", source, k);
    table.add(joined(identity(group),
                     {branch, step_of(group, p), time, k, mean(mu),
                      e < 0 ? Cell() : mean(group.over_seeds("cosine_exclusive", e, k)), spread(mu),
                      mean(growth(group, source, k)), spread(growth(group, source, k)),
                      mean(prefix_strength(group, source, k)), count(mu),
                      mean(group.over_seeds("energy_" + branch, p, k))}));
  }
}

Table strengths(const EvolutionResults& results) {
  Table table("strength",
              {"target", "n", "m", "eta", "branch", "step", "time", "k", "mu_mean", "rms_cos_mean",
               "mu_std", "mu_ratio_mean", "mu_ratio_std", "prefix_mean", "seeds", "energy_mean"});
  for (const EvolutionGroup& group : results.groups) {
    for (Index p = 0; p < group.snapshots(); ++p) add_strengths(table, group, "evolving", p);
    for (const char* branch : {"frozen_matched", "frozen_published"}) {
      for (Index e = 0; e < static_cast<Index>(group.eigen_steps.size()); ++e)
        add_strengths(table, group, branch, group.snapshot_of(e));
    }
  }
  return table;
}

Table rates(const EvolutionResults& results) {
  Table table("rates", {"target", "n", "m", "eta", "step", "time", "R", "D", "R_frozen",
                        "R_initial_kernel", "R_frozen_residual", "D_diagonal", "R_std", "D_std",
                        "integral_R", "integral_D", "integral_I", "integral_D_error", "seeds"});
  for (const EvolutionGroup& group : results.groups) {
    for (Index p = 0; p < group.snapshots(); ++p) {
      const auto of = [&](const char* quantity) { return group.over_seeds(quantity, p); };
      const Vector R = of("integral_R");
      const Vector D = of("integral_D");
      table.add(
          joined(identity(group),
                 {step_of(group, p), group.time(p), mean(of("R")), mean(of("D")),
                  mean(of("R_frozen")), mean(of("R_initial_kernel")), mean(of("R_frozen_residual")),
                  mean(of("D_diagonal")), spread(of("R")), spread(of("D")), mean(R), mean(D),
                  mean(R - D), mean((D - of("integral_D_half")).cwiseAbs()), count(of("R"))}));
    }
  }
  return table;
}

Table kernels(const EvolutionResults& results) {
  Table table("kernel", {"target", "n", "m", "eta", "step", "time", "trace", "lambda_max",
                         "eta_lambda_max", "block_max", "block_fro", "block_op", "distance_rms",
                         "step_defect_mean", "step_bound_mean", "seeds"});
  for (const EvolutionGroup& group : results.groups) {
    for (Index p = 0; p < group.snapshots(); ++p) {
      const auto of = [&](const char* quantity) { return group.over_seeds(quantity, p); };
      table.add(joined(identity(group),
                       {step_of(group, p), group.time(p), mean(of("trace")), mean(of("lambda_max")),
                        mean(group.eta * of("lambda_max")), mean(of("block_max")),
                        mean(of("block_fro")), mean(of("block_op")), rms(of("distance")),
                        mean(of("step_defect")), mean(of("step_bound")), count(of("trace"))}));
    }
  }
  return table;
}

Table deltas(const EvolutionResults& results) {
  Table table("delta", {"target", "n", "m", "eta", "step", "time", "delta_mean", "delta_std",
                        "standard_error", "published_step_mean", "published_time_mean", "seeds"});
  for (const EvolutionGroup& group : results.groups) {
    for (Index p = 0; p < group.snapshots(); ++p) {
      const Vector ratio = present(log_loss_ratio(group, p));
      const bool several = ratio.size() > 1 && ratio.allFinite();
      table.add(
          joined(identity(group), {step_of(group, p), group.time(p), mean(ratio), spread(ratio),
                                   several ? number(summary(ratio).standard_error) : Cell(),
                                   mean(log_ratio_published(group, p, false)),
                                   mean(log_ratio_published(group, p, true)), count(ratio)}));
    }
  }
  return table;
}

std::string width_text(const EvolutionFamily& family, double width) {
  if (width == -std::numeric_limits<double>::infinity())
    return fmt::format("< {}", family.widths.front()->m);
  if (width == std::numeric_limits<double>::infinity())
    return fmt::format("> {}", family.widths.back()->m);
  return fmt::format("{:.17g}", width);
}

bool complete(const EvolutionFamily& family) {
  return std::all_of(family.widths.begin(), family.widths.end(),
                     [](const EvolutionGroup* group) { return group->complete(); });
}

Table crossovers(const EvolutionResults& results) {
  Table table("crossover", {"target", "n", "eta", "step", "time", "width", "low", "high"});
  for (const EvolutionFamily& family : families(results)) {
    if (family.widths.size() < 2 || !complete(family)) continue;
    const EvolutionGroup& first = *family.widths.front();
    for (Index p = 1; p < first.snapshots(); ++p) {
      const Crossover c = crossover(family, p);
      table.add({family.target, family.n, family.eta, step_of(first, p), first.time(p),
                 width_text(family, c.width), width_text(family, c.low),
                 width_text(family, c.high)});
    }
  }
  return table;
}

Table crossover_times(const EvolutionResults& results) {
  Table table("crossover_time", {"target", "n", "m", "eta", "crossover_time"});
  for (const EvolutionGroup& group : results.groups) {
    const Index p = group.complete() ? crossover_snapshot(group) : -1;
    table.add(joined(identity(group), {p < 0 ? Cell() : Cell(group.time(p))}));
  }
  return table;
}

void add_reading(Table& table, const EvolutionGroup& group, const std::string& reading,
                 const std::string& branch, double time, const Vector& loss) {
  table.add(
      joined(identity(group), {reading, branch, time, mean(loss), spread(loss), count(loss)}));
}

// Each branch at the last step, at equal times, and evolving at the time where frozen_published
// ends.
Table readings(const EvolutionResults& results) {
  Table table("branches", {"target", "n", "m", "eta", "reading", "branch", "time", "loss_mean",
                           "loss_std", "seeds"});
  for (const EvolutionGroup& group : results.groups) {
    const Index last = group.snapshots() - 1;
    const double published_end = published_eta(group) * static_cast<double>(group.steps.back());
    for (const auto& [branch, quantity] : branches) {
      const bool published = std::string(branch) == "frozen_published";
      add_reading(table, group, "last step", branch, published ? published_end : group.time(last),
                  group.over_seeds(quantity, last));
    }
    for (const Index p : judged_snapshots(group)) {
      const std::string reading = fmt::format("t = {:.6g}", group.time(p));
      for (const auto& [branch, quantity] : branches) {
        const bool published = std::string(branch) == "frozen_published";
        add_reading(table, group, reading, branch, group.time(p),
                    group.over_seeds(published ? "loss_frozen_published_at_time" : quantity, p));
      }
    }
    if (published_end <= group.time(last))
      add_reading(table, group, "end of frozen_published", "evolving", published_end,
                  evolving_loss_at(group, published_end));
  }
  return table;
}

// How fast the distance between evolving and frozen falls from one width to the next.
Table wide(const EvolutionResults& results) {
  Table table("wide",
              {"target", "n", "eta", "time", "m_from", "m_to", "exponent", "low", "high", "seeds"});
  for (const EvolutionFamily& family : families(results)) {
    for (std::size_t w = 1; w < family.widths.size(); ++w) {
      const EvolutionGroup& from = *family.widths[w - 1];
      const EvolutionGroup& to = *family.widths[w];
      if (!from.complete() || !to.complete()) continue;
      for (const Index p : judged_snapshots(to)) {
        const Exponent e = distance_exponent(from, to, to.time(p));
        const bool several = to.seeds() > 1;
        table.add({family.target, family.n, family.eta, to.time(p), from.m, to.m, number(e.value),
                   several ? number(e.low) : Cell(), several ? number(e.high) : Cell(),
                   to.seeds()});
      }
    }
  }
  return table;
}

Table alignments(const EvolutionResults& results) {
  Table table("evolution_alignment",
              {"target", "n", "m", "eta", "step", "time", "k", "shared_mean", "exclusive_mean",
               "exclusive_std", "prefix_mean", "captured_mean", "seeds", "predicted_start"});
  for (const EvolutionGroup& group : results.groups) {
    const Vector predicted = predicted_start_cosines(group.m, group.cutoff);
    for (Index e = 0; e < static_cast<Index>(group.eigen_steps.size()); ++e) {
      const Index p = group.snapshot_of(e);
      for (Index k = 0; k <= group.cutoff; ++k) {
        const auto of = [&](const char* quantity) { return group.over_seeds(quantity, e, k); };
        table.add(
            joined(identity(group), {step_of(group, p), group.time(p), k, mean(of("cosine_shared")),
                                     mean(of("cosine_exclusive")), spread(of("cosine_exclusive")),
                                     mean(of("cosine_prefix")), mean(of("captured")),
                                     count(of("cosine_exclusive")), number(predicted(k))}));
      }
    }
  }
  return table;
}

// First and last eigen snapshot; frequency "rest" stands for all above the cutoff.
Table couplings(const EvolutionResults& results) {
  Table table("coupling", {"target", "n", "m", "eta", "step", "time", "k", "l", "W_mean", "seeds"});
  for (const EvolutionGroup& group : results.groups) {
    const Index planes = group.cutoff + 2;
    const auto name = [&](Index k) { return k == planes - 1 ? Cell("rest") : Cell(k); };
    const auto last = static_cast<Index>(group.eigen_steps.size()) - 1;
    for (const Index e : {Index{0}, last}) {
      const Index p = group.snapshot_of(e);
      for (Index k = 0; k < planes; ++k) {
        for (Index l = 0; l < planes; ++l) {
          const Vector W = group.over_seeds("coupling", e, k * planes + l);
          table.add(joined(identity(group), {step_of(group, p), group.time(p), name(k), name(l),
                                             mean(W), count(W)}));
        }
      }
    }
  }
  return table;
}

}  // namespace

Vector predicted_start_cosines(Index m, Index cutoff) {
  constexpr Index last_disturber = 400;
  const WidthMoments moments(WidthMomentsOptions{.cutoff = std::max(cutoff, last_disturber)});
  const Vector projector = alignment_moments(moments, cutoff) / static_cast<double>(m);
  Vector cosine(cutoff + 1);
  for (Index k = 0; k <= cutoff; ++k) {
    // |P - Q|_Fro^2 = 2 sum sin^2, d_k angles.
    const double squared = 1 - projector(k) / (2 * static_cast<double>(plane_size(k)));
    cosine(k) = squared > 0 ? std::sqrt(squared) : std::numeric_limits<double>::quiet_NaN();
  }
  return cosine;
}

Vector present(const Vector& values) {
  Vector known(values.size());
  Index size = 0;
  for (const double value : values) {
    if (!std::isnan(value)) known(size++) = value;
  }
  return known.head(size);
}

std::vector<Table> evolution_tables(const EvolutionResults& results) {
  return {by_step(results),  by_time(results), strengths(results),  rates(results),
          kernels(results),  deltas(results),  crossovers(results), crossover_times(results),
          readings(results), wide(results),    alignments(results), couplings(results)};
}

}  // namespace wideband

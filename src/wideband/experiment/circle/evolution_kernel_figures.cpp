#include "wideband/experiment/circle/evolution_kernel_figures.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "wideband/experiment/circle/evolution_curves.hpp"
#include "wideband/experiment/circle/evolution_tables.hpp"

namespace wideband {
namespace {

constexpr Index most_frequencies = 7;  // curves in a panel beside the line of theory

void add_if_any(Panel& panel, Series series) {
  if (!series.x.empty()) panel.series.push_back(std::move(series));
}

Series level(const EvolutionGroup& group, const std::string& label, double value) {
  Series series{.label = label, .mark = Mark::line, .theory = true, .style = 0};
  series.x = {group.time(1), group.time(group.snapshots() - 1)};
  series.y = {value, value};
  return series;
}

std::string width_title(const EvolutionGroup& group) {
  return fmt::format("m = {}", group.m);
}

Figure strength_figure(const EvolutionFamily& family, const EvolutionResults& results) {
  Figure figure;
  figure.name = "strength-" + family_name(family, results);
  figure.title = "Spectral strengths in training: " + family_title(family, results);
  figure.caption =
      "Strength of the Fourier planes under the moving kernel over its start; the frozen kernel "
      "stays at 1. Bands are one standard deviation over seeds.";
  for (const EvolutionGroup* group : extreme_widths(family)) {
    Panel panel{.title = width_title(*group),
                .x = time_axis(),
                .y = {.title = "mu_k(t)/mu_k(0) (dimensionless)"}};
    panel.series.push_back(level(*group, "frozen", 1));
    for (Index k = 0; k <= std::min(group->cutoff, most_frequencies - 1); ++k) {
      const SnapshotValues ratio = [k](const EvolutionGroup& g, Index p) {
        return Vector(g.over_seeds("strength", p, k).cwiseQuotient(g.over_seeds("strength", 0, k)));
      };
      add_if_any(panel,
                 curve(*group, fmt::format("k = {}", k), static_cast<int>(k) + 1, ratio, false));
    }
    figure.panels.push_back(std::move(panel));
  }
  return figure;
}

Series cosines(const EvolutionGroup& group, const std::string& label, Index e, int style) {
  Series series{.label = label, .mark = Mark::points, .style = style};
  for (Index k = 0; k <= group.cutoff; ++k) {
    const Vector known = present(group.over_seeds("cosine_exclusive", e, k));
    if (known.size() == 0) continue;
    const double spread = known.size() > 1 ? summary(known).std : 0;
    series.x.push_back(static_cast<double>(k));
    series.y.push_back(known.mean());
    series.low.push_back(known.mean() - spread);
    series.high.push_back(known.mean() + spread);
  }
  return series;
}

// First order in 1/m, where it is below 1.
Series predicted_cosines(const EvolutionGroup& group) {
  Series series{
      .label = "start, first order in 1/m", .mark = Mark::line, .theory = true, .style = 0};
  const Vector predicted = predicted_start_cosines(group.m, group.cutoff);
  for (Index k = 0; k <= group.cutoff; ++k) {
    if (std::isnan(predicted(k))) continue;
    series.x.push_back(static_cast<double>(k));
    series.y.push_back(predicted(k));
  }
  return series;
}

// Empty panels are left out: a rank too small has no alignment.
Figure alignment_figure(const EvolutionFamily& family, const EvolutionResults& results) {
  Figure figure;
  figure.name = "cosine-" + family_name(family, results);
  figure.title = "Alignment before and after training: " + family_title(family, results);
  figure.caption =
      "rms cosine between each Fourier plane and the eigenvectors assigned to it (each once), at "
      "the start and at the end; bars are one standard deviation over seeds.";
  for (const EvolutionGroup* group : shown_widths(family)) {
    Panel panel{.title = width_title(*group),
                .x = {.title = "frequency k (dimensionless)"},
                .y = {.title = "rms cosine (dimensionless)", .low = 0, .high = 1.05}};
    add_if_any(panel, cosines(*group, "start", 0, 1));
    add_if_any(panel, cosines(*group, "end", static_cast<Index>(group->eigen_steps.size()) - 1, 2));
    if (panel.series.empty()) continue;
    add_if_any(panel, predicted_cosines(*group));
    figure.panels.push_back(std::move(panel));
  }
  return figure;
}

Figure rate_figure(const EvolutionFamily& family, const EvolutionResults& results) {
  Figure figure;
  figure.name = "rates-" + family_name(family, results);
  figure.title = "What decides the decay: " + family_title(family, results);
  figure.caption =
      "Exact decay rate R beside what strengths alone (D) and diagonal couplings alone (D') would "
      "give, and beside the frozen branch; the gap between D and R is interference between planes. "
      "Bands are one standard deviation over seeds.";
  const std::pair<const char*, const char*> curves[] = {
      {"R, evolving", "R"}, {"D, strengths", "D"}, {"D', diagonal W", "D_diagonal"}};
  for (const EvolutionGroup* group : extreme_widths(family)) {
    Panel panel{.title = width_title(*group),
                .x = time_axis(),
                .y = {.title = "rate (dimensionless)", .log = true}};
    int style = 0;
    const auto add = [&](const char* label, const std::string& name, bool theory) {
      Series series = curve(
          *group, label, style++,
          [name](const EvolutionGroup& g, Index p) { return g.over_seeds(name, p); }, true);
      series.theory = theory;
      add_if_any(panel, std::move(series));
    };
    for (const auto& [label, name] : curves) add(label, name, false);
    add("R, frozen", "R_frozen", true);
    figure.panels.push_back(std::move(panel));
  }
  return figure;
}

Figure integral_figure(const EvolutionFamily& family, const EvolutionResults& results) {
  Figure figure;
  figure.name = "integrals-" + family_name(family, results);
  figure.title = "Decay so far, and its two parts: " + family_title(family, results);
  figure.caption =
      "The integral of R is -(1/2) ln(loss/loss at the start); it stacks up from the integral of D "
      "and the (negative) integral of the interference I = R - D. The frozen branch is exact.";
  const std::pair<const char*, SnapshotValues> curves[] = {
      {"integral of R",
       [](const EvolutionGroup& g, Index p) { return g.over_seeds("integral_R", p); }},
      {"integral of D",
       [](const EvolutionGroup& g, Index p) { return g.over_seeds("integral_D", p); }},
      {"integral of I", [](const EvolutionGroup& g, Index p) {
         return Vector(g.over_seeds("integral_R", p) - g.over_seeds("integral_D", p));
       }}};
  for (const EvolutionGroup* group : extreme_widths(family)) {
    Panel panel{.title = width_title(*group),
                .x = time_axis(),
                .y = {.title = "integral over time (dimensionless)"}};
    int style = 0;
    for (const auto& [label, values] : curves)
      add_if_any(panel, curve(*group, label, style++, values, false));
    Series frozen = curve(
        *group, "-ln(loss/start)/2, frozen", style,
        [](const EvolutionGroup& g, Index p) {
          const Vector ratio = g.over_seeds("loss_frozen_matched", p)
                                   .cwiseQuotient(g.over_seeds("loss_frozen_matched", 0));
          return Vector(-0.5 * ratio.array().log());
        },
        false);
    frozen.theory = true;
    add_if_any(panel, std::move(frozen));
    figure.panels.push_back(std::move(panel));
  }
  return figure;
}

Panel coupling_panel(const EvolutionGroup& group, Index e) {
  const Index planes = group.cutoff + 2;
  HeatMap heat{
      .values = Matrix(planes, planes), .scale_title = "W_kl (dimensionless)", .diverging = true};
  for (Index k = 0; k < planes; ++k) {
    const std::string label = k == planes - 1 ? "rest" : fmt::format("{}", k);
    heat.row_labels.push_back(label);
    heat.column_labels.push_back(label);
    for (Index l = 0; l < planes; ++l)
      heat.values(k, l) = group.over_seeds("coupling", e, k * planes + l).mean();
  }
  Panel panel{.title = fmt::format("m = {}, t = {:.4g}", group.m, group.time(group.snapshot_of(e))),
              .x = {.title = "frequency l (dimensionless)"},
              .y = {.title = "frequency k (dimensionless)"}};
  panel.heat = std::move(heat);
  return panel;
}

Figure coupling_figure(const EvolutionFamily& family, const EvolutionResults& results) {
  Figure figure;
  figure.name = "coupling-" + family_name(family, results);
  figure.title = "Couplings between planes: " + family_title(family, results);
  figure.caption =
      "Seed mean of W_kl, whose sum is the decay rate R, at the start and at the end: the diagonal "
      "drives the decay, negative entries off it hold it back. The last row and column, rest, are "
      "all frequencies above the cutoff.";
  for (const EvolutionGroup* group : extreme_widths(family)) {
    figure.panels.push_back(coupling_panel(*group, 0));
    figure.panels.push_back(
        coupling_panel(*group, static_cast<Index>(group->eigen_steps.size()) - 1));
  }
  return figure;
}

}  // namespace

std::vector<Figure> evolution_kernel_figures(const EvolutionResults& results) {
  std::vector<Figure> figures;
  for (const EvolutionFamily& family : families(results)) {
    figures.push_back(strength_figure(family, results));
    Figure alignment = alignment_figure(family, results);
    if (!alignment.panels.empty()) figures.push_back(std::move(alignment));
    figures.push_back(rate_figure(family, results));
    figures.push_back(integral_figure(family, results));
    figures.push_back(coupling_figure(family, results));
  }
  return figures;
}

}  // namespace wideband

#include "wideband/experiment/circle/evolution_figures.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "wideband/experiment/circle/evolution_curves.hpp"
#include "wideband/experiment/circle/evolution_kernel_figures.hpp"
#include "wideband/experiment/circle/evolution_tables.hpp"

namespace wideband {
namespace {

constexpr std::size_t most_panels = 6;

SnapshotValues quantity(const std::string& name) {
  return [name](const EvolutionGroup& group, Index p) { return group.over_seeds(name, p); };
}

Series as_theory(Series series) {
  series.theory = true;
  series.low.clear();
  series.high.clear();
  return series;
}

void add_if_any(Panel& panel, Series series) {
  if (!series.x.empty()) panel.series.push_back(std::move(series));
}

// Steps in place of times; frozen_published at its own steps.
Series by_step(Series series, double eta) {
  for (double& x : series.x) x /= eta;
  return series;
}

Panel loss_panel(const EvolutionGroup& group, bool step) {
  Panel panel{.title = fmt::format("m = {}", group.m),
              .x = step ? Axis{.title = "step s (dimensionless)", .log = true} : time_axis(),
              .y = {.title = "loss |r|^2/2 (dimensionless)", .log = true}};
  const double unit = step ? group.eta : 1;
  const std::string published = step ? "loss_frozen_published" : "loss_frozen_published_at_time";
  add_if_any(panel, by_step(curve(group, "evolving", 0, quantity("loss_evolving"), true), unit));
  add_if_any(panel, by_step(as_theory(curve(group, "frozen, same step size", 1,
                                            quantity("loss_frozen_matched"), true)),
                            unit));
  add_if_any(
      panel,
      by_step(as_theory(curve(group, "frozen, published step size", 2, quantity(published), true)),
              unit));
  return panel;
}

Figure loss_figure(const EvolutionFamily& family, const EvolutionResults& results, bool step) {
  Figure figure;
  figure.name = (step ? "step-" : "loss-") + family_name(family, results);
  figure.title =
      fmt::format("Loss against {}: {}", step ? "step" : "time", family_title(family, results));
  figure.caption =
      step ? "The same losses by step index, as published: the two frozen branches have one kernel "
             "and differ by their step size alone. Bands are one standard deviation over seeds."
           : "Trained network beside its frozen kernel in closed form, from one start, on one time "
             "axis; bands are one standard deviation over seeds, by the same factor up and down.";
  for (const EvolutionGroup* group : shown_widths(family))
    figure.panels.push_back(loss_panel(*group, step));
  return figure;
}

Panel map_panel(const EvolutionFamily& family, const EvolutionResults& results) {
  const EvolutionGroup& first = *family.widths.front();
  HeatMap heat{.scale_title = "Delta = mean ln(evolving/frozen) (dimensionless)",
               .diverging = true,
               .y_up = true};
  std::vector<Index> columns;
  for (std::size_t e = 1; e < first.eigen_steps.size(); ++e)
    columns.push_back(first.snapshot_of(static_cast<Index>(e)));
  heat.values.resize(static_cast<Index>(family.widths.size()), static_cast<Index>(columns.size()));
  for (const Index p : columns) heat.column_labels.push_back(fmt::format("{:.3g}", first.time(p)));
  for (std::size_t i = 0; i < family.widths.size(); ++i) {
    heat.row_labels.push_back(fmt::format("{}", family.widths[i]->m));
    for (std::size_t c = 0; c < columns.size(); ++c) {
      heat.values(static_cast<Index>(i), static_cast<Index>(c)) =
          log_loss_ratio(*family.widths[i], columns[c]).mean();
    }
  }
  Panel panel{.title = family_title(family, results),
              .x = {.title = "time t (dimensionless)"},
              .y = {.title = "width m (dimensionless)"}};
  panel.heat = std::move(heat);
  return panel;
}

Series crossover_curve(const EvolutionFamily& family, const std::string& label, int style) {
  Series series{.label = label, .mark = Mark::points, .style = style};
  const EvolutionGroup& first = *family.widths.front();
  const auto smallest = static_cast<double>(first.m);
  const auto largest = static_cast<double>(family.widths.back()->m);
  for (const Index p : drawn_snapshots(first)) {
    const Crossover c = crossover(family, p);
    if (!std::isfinite(c.width)) continue;
    series.x.push_back(first.time(p));
    series.y.push_back(c.width);
    series.low.push_back(std::clamp(c.low, smallest, largest));
    series.high.push_back(std::clamp(c.high, smallest, largest));
  }
  return series;
}

void add_crossover_figures(std::vector<Figure>& figures, const EvolutionResults& results) {
  Figure map{.name = "crossover-map",
             .title = "Where the trained network leads",
             .caption =
                 "Mean log ratio of evolving to frozen loss at equal time, per width and "
                 "time: negative where the trained network has the lower loss."};
  Panel widths{.title = "Width at which evolving and frozen losses cross",
               .x = time_axis(),
               .y = {.title = "crossover width m* (dimensionless)", .log = true}};
  int style = 0;
  for (const EvolutionFamily& family : families(results)) {
    if (family.widths.size() < 2) continue;
    if (map.panels.size() < most_panels) map.panels.push_back(map_panel(family, results));
    if (style < 8) {
      Series series = crossover_curve(family, family_title(family, results), style);
      if (!series.x.empty()) ++style;
      add_if_any(widths, std::move(series));
    }
  }
  if (!map.panels.empty()) figures.push_back(std::move(map));
  if (widths.series.empty()) return;
  figures.push_back({.name = "crossover-width",
                     .title = "Crossover width against time",
                     .caption = "Below m* the trained network has the lower loss, above it the "
                                "frozen kernel; bars are 95 % bootstrap intervals over seeds, cut "
                                "at the smallest and largest width. No point: no crossing.",
                     .panels = {std::move(widths)}});
}

Panel delta_panel(const EvolutionFamily& family, const EvolutionResults& results) {
  Panel panel{.title = family_title(family, results),
              .x = {.title = "width m (dimensionless)", .log = true},
              .y = {.title = "Delta (dimensionless)"}};
  const EvolutionGroup& first = *family.widths.front();
  int style = 1;
  for (const Index p : judged_snapshots(first)) {
    Series series{.label = fmt::format("t = {:.4g}", first.time(p)), .style = style++};
    for (const EvolutionGroup* group : family.widths) {
      const Vector ratio = log_loss_ratio(*group, p);
      const double error = ratio.size() > 1 ? summary(ratio).standard_error : 0;
      series.x.push_back(static_cast<double>(group->m));
      series.y.push_back(ratio.mean());
      series.low.push_back(ratio.mean() - error);
      series.high.push_back(ratio.mean() + error);
    }
    panel.series.push_back(std::move(series));
  }
  Series zero{.label = "equal losses", .mark = Mark::line, .theory = true, .style = 0};
  zero.x = {static_cast<double>(first.m), static_cast<double>(family.widths.back()->m)};
  zero.y = {0, 0};
  panel.series.push_back(std::move(zero));
  return panel;
}

void add_delta_figure(std::vector<Figure>& figures, const EvolutionResults& results) {
  Figure figure{.name = "delta",
                .title = "Evolving against frozen at equal time",
                .caption =
                    "Delta, the mean log ratio of evolving to frozen loss, against width at "
                    "fixed times; bars are standard errors over seeds. Below 0 the trained "
                    "network leads."};
  for (const EvolutionFamily& family : families(results)) {
    if (family.widths.size() < 2 || figure.panels.size() == most_panels) continue;
    figure.panels.push_back(delta_panel(family, results));
  }
  if (!figure.panels.empty()) figures.push_back(std::move(figure));
}

}  // namespace

std::vector<Figure> evolution_figures(const EvolutionResults& results) {
  EvolutionResults complete;
  for (const EvolutionGroup& group : results.groups) {
    if (group.complete()) complete.groups.push_back(group);
  }
  std::vector<Figure> figures;
  for (const EvolutionFamily& family : families(results))
    figures.push_back(loss_figure(family, results, false));
  add_crossover_figures(figures, complete);
  add_delta_figure(figures, complete);
  for (const EvolutionFamily& family : families(results))
    figures.push_back(loss_figure(family, results, true));
  for (Figure& figure : evolution_kernel_figures(complete)) figures.push_back(std::move(figure));
  return figures;
}

}  // namespace wideband

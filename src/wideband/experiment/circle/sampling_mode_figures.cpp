#include "wideband/experiment/circle/sampling_mode_figures.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "wideband/math/statistics.hpp"

namespace wideband {
namespace {

using Family = std::vector<const ModeGroup*>;

Family first_family(const std::vector<ModeGroup>& groups) {
  Family family;
  for (const ModeGroup& group : groups) {
    const ModeGroup& head = groups[0];
    const bool same = group.kernel == head.kernel && group.cutoff == head.cutoff &&
                      group.target.name == head.target.name && group.steps == head.steps;
    if (same && (family.empty() || family.back()->n < group.n)) family.push_back(&group);
  }
  return family;
}

std::vector<Index> planes_where(const ModeGroup& group, bool active) {
  std::vector<Index> planes;
  for (Index k = 0; k <= group.cutoff; ++k) {
    if (is_active(group, k) == active) planes.push_back(k);
  }
  return planes;
}

// At most `count` of `all`, evenly spread, first and last included.
std::vector<Index> spread(const std::vector<Index>& all, std::size_t count) {
  if (all.size() <= count) return all;
  std::vector<Index> some;
  for (std::size_t i = 0; i < count; ++i) some.push_back(all[i * (all.size() - 1) / (count - 1)]);
  return some;
}

// Snapshots that are drawn as points on a logarithmic axis: a factor 1.4 apart, and the last.
std::vector<bool> marked(const std::vector<Index>& snapshots) {
  std::vector<bool> marks(snapshots.size(), false);
  double last = 0;
  for (std::size_t i = 0; i < snapshots.size(); ++i) {
    const auto step = static_cast<double>(snapshots[i]);
    if (step < 1.4 * last) continue;
    marks[i] = true;
    last = step;
  }
  if (!marks.empty()) marks.back() = true;
  return marks;
}

// Measured points with bars of one standard deviation, and the theory line, in time.
void add_plane(Panel& panel, const ModeGroup& group, Index k, int style) {
  constexpr double floor = 1e-8;  // of the axis
  Series measured{.label = fmt::format("k = {}", k), .style = style};
  Series theory{.label = fmt::format("k = {}, theory", k),
                .mark = Mark::line,
                .theory = true,
                .style = style};
  const double eta = group.eta.mean();
  const std::vector<bool> marks = marked(group.snapshots);
  for (std::size_t i = 1; i < group.snapshots.size(); ++i) {
    const auto snapshot = static_cast<Index>(i);
    const double time = eta * static_cast<double>(group.snapshots[i]);
    const double predicted = predicted_coefficient(group, k, snapshot);
    if (predicted > floor && std::isfinite(predicted)) {
      theory.x.push_back(time);
      theory.y.push_back(predicted);
    }
    if (!marks[i]) continue;
    const Vector values = coefficients(group, k, snapshot);
    if (!(values.mean() > floor) || !std::isfinite(values.mean())) continue;
    measured.x.push_back(time);
    measured.y.push_back(values.mean());
    measured.low.push_back(quantile(values, 0.05));
    measured.high.push_back(quantile(values, 0.95));
  }
  if (!measured.x.empty()) panel.series.push_back(std::move(measured));
  if (!theory.x.empty()) panel.series.push_back(std::move(theory));
}

Panel curve_panel(const ModeGroup& group, const std::vector<Index>& planes,
                  const std::string& unit) {
  Panel panel{.title = fmt::format("n = {}", group.n),
              .x = {.title = "time eta s (dimensionless)", .log = true},
              .y = {.title = unit, .log = true}};
  int style = 0;
  for (const Index k : planes) add_plane(panel, group, k, style++);
  return panel;
}

Figure curve_figure(const Family& family, bool active) {
  Figure figure;
  figure.name = active ? "modes" : "absent-modes";
  figure.title = active ? fmt::format("Decay on random angles, target {}", family[0]->target.name)
                        : fmt::format("Modes that the target {} lacks", family[0]->target.name);
  figure.caption =
      active ? "Each plane follows (1 - eta lambda^(n))^s until what the sample leaks from other "
               "modes takes over; larger samples follow longer. Points are seed means, bars reach "
               "from the 5 % to the 95 % quantile."
             : "The sample excites modes that the target lacks; first order perturbation theory "
               "(lines) gives their mean, which falls like n^(-1/2). Points are seed means, bars "
               "reach from the 5 % to the 95 % quantile.";
  const std::vector<Index> planes = spread(planes_where(*family[0], active), active ? 4 : 3);
  const std::string unit =
      active ? "|U_k'r_s|/|U_k'r_0| (dimensionless)" : "|U_k'r_s|/|r_0| (dimensionless)";
  figure.panels.push_back(curve_panel(*family.front(), planes, unit));
  if (family.size() > 1) figure.panels.push_back(curve_panel(*family.back(), planes, unit));
  std::erase_if(figure.panels, [](const Panel& panel) { return panel.series.empty(); });
  return figure;
}

Figure departure_figure(const Family& family) {
  Panel panel{
      .title = fmt::format("target {}, {} seeds", family[0]->target.name, family[0]->seeds()),
      .x = {.title = "samples n (dimensionless)", .log = true},
      .y = {.title = "departure step", .log = true}};
  int style = 0;
  for (const Index k : spread(planes_where(*family[0], true), 6)) {
    Series series{.label = fmt::format("k = {}", k), .style = style++};
    for (const ModeGroup* group : family) {
      const Vector steps = group->departure.col(k).cwiseMax(1);
      series.x.push_back(static_cast<double>(group->n));
      series.y.push_back(quantile(steps, 0.5));
      series.low.push_back(quantile(steps, 0.05));
      series.high.push_back(quantile(steps, 0.95));
    }
    panel.series.push_back(std::move(series));
  }
  Series end{.label = "end of the run", .mark = Mark::line, .theory = true, .style = 7};
  end.x = {static_cast<double>(family.front()->n), static_cast<double>(family.back()->n)};
  end.y.assign(2, static_cast<double>(family[0]->steps + 1));
  panel.series.push_back(std::move(end));
  return {.name = "departure",
          .title = "When a mode leaves its prediction by 10 %",
          .caption =
              "Departures come later as n grows, and earlier for modes that decay fast. "
              "Points are medians over seeds, bars reach from the 5 % to the 95 % quantile; "
              "a mode that never departs is drawn one step after the end.",
          .panels = {std::move(panel)}};
}

// Seed 0 in three ways: iterated in float64, by the eigensystem, in float32.
Figure precision_figure(const ModeGroup& group) {
  Panel panel{.title = fmt::format("n = {}, seed 0", group.n),
              .x = {.title = "time eta s (dimensionless)", .log = true},
              .y = {.title = "|U_k'r_s|/|r_0| (dimensionless)", .log = true}};
  const double start = group.start_norm[0];
  const std::vector<bool> marks = marked(group.snapshots);
  int style = 0;
  const auto add = [&](std::string label, const Matrix& planes, Index k, bool theory) {
    Series series{.label = std::move(label),
                  .mark = theory ? Mark::line : Mark::points,
                  .theory = theory,
                  .style = style++};
    for (std::size_t i = 1; i < group.snapshots.size(); ++i) {
      const double value = planes(static_cast<Index>(i), k) / start;
      if (!(value > 0) || !std::isfinite(value) || (!theory && !marks[i])) continue;
      series.x.push_back(group.eta[0] * static_cast<double>(group.snapshots[i]));
      series.y.push_back(value);
    }
    if (!series.x.empty()) panel.series.push_back(std::move(series));
  };
  for (const Index k : {Index{0}, std::min<Index>(group.cutoff, 3)}) {
    if (k == 0 && group.cutoff == 0 && style > 0) break;
    if (group.exact.size() > 0) add(fmt::format("k = {}, exact", k), group.exact, k, true);
    add(fmt::format("k = {}, float64", k), group.planes[0], k, false);
    add(fmt::format("k = {}, float32", k), group.float32, k, false);
  }
  return {.name = "precision",
          .title = "Leakage is not rounding",
          .caption =
              "Float64 iteration lies on the eigensystem's solution: what a mode keeps late "
              "is leaked by the sample. A residual in single precision follows it down to "
              "its floor of about 1e-7.",
          .panels = {std::move(panel)}};
}

}  // namespace

std::vector<Figure> modes_figures(const std::vector<ModeGroup>& groups) {
  if (groups.empty()) return {};
  const Family family = first_family(groups);
  std::vector<Figure> figures = {curve_figure(family, true)};
  if (!planes_where(*family[0], false).empty()) figures.push_back(curve_figure(family, false));
  if (family.size() > 1) figures.push_back(departure_figure(family));
  const auto exact = std::find_if(family.rbegin(), family.rend(),
                                  [](const ModeGroup* group) { return group->exact.size() > 0; });
  const ModeGroup& shown = exact == family.rend() ? *family.back() : **exact;
  if (shown.float32.size() > 0) figures.push_back(precision_figure(shown));
  std::erase_if(figures, [](const Figure& figure) { return figure.panels.empty(); });
  return figures;
}

}  // namespace wideband

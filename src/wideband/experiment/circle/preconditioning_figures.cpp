#include "wideband/experiment/circle/preconditioning_figures.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "wideband/circle/sample_matrices.hpp"
#include "wideband/circle/sample_moments.hpp"
#include "wideband/math/statistics.hpp"

namespace wideband {
namespace {

using Family = std::vector<const PreconditioningGroup*>;

Family first_family(const std::vector<PreconditioningGroup>& groups) {
  Family family;
  for (const PreconditioningGroup& group : groups) {
    const PreconditioningGroup& head = groups[0];
    if (group.target.name == head.target.name && group.cutoff == head.cutoff &&
        (family.empty() || family.back()->n < group.n))
      family.push_back(&group);
  }
  return family;
}

// At most four frequencies of the target, evenly spread, first and last included.
std::vector<Index> shown_planes(const PreconditioningGroup& group) {
  std::vector<Index> active;
  for (Index k = 0; k <= group.mode_cutoff; ++k) {
    if (amplitude(group.target, k) != 0) active.push_back(k);
  }
  constexpr std::size_t most = 4;
  if (active.size() <= most) return active;
  std::vector<Index> shown;
  for (std::size_t i = 0; i < most; ++i)
    shown.push_back(active[i * (active.size() - 1) / (most - 1)]);
  return shown;
}

// Snapshots that are drawn as points on a linear axis: every twentieth part of the run.
bool is_marked(const PreconditioningGroup& group, std::size_t i) {
  const Index last = group.snapshots.back();
  const Index step = group.snapshots[i];
  return step == 0 || step == last || (20 * step + 19) % last < 20;
}

void add_statistics(Series& series, double x, const Vector& values) {
  if (!std::isfinite(values.mean())) return;
  series.x.push_back(x);
  series.y.push_back(values.mean());
  series.low.push_back(quantile(values, 0.05));
  series.high.push_back(quantile(values, 0.95));
}

Panel decay_panel(const PreconditioningGroup& group, Preconditioning flow) {
  constexpr double floor = 1e-16;  // of the axis
  Panel panel{.title = to_string(flow),
              .x = {.title = "step s (dimensionless)", .log = false},
              .y = {.title = "|U_k'r_s|/|U_k'r_0| (dimensionless)", .log = true}};
  int style = 0;
  for (const Index k : shown_planes(group)) {
    Series measured{.label = fmt::format("k = {}", k), .style = style};
    Series theory{.label = fmt::format("k = {}, theory", k),
                  .mark = Mark::line,
                  .theory = true,
                  .style = style++};
    for (std::size_t i = 0; i < group.snapshots.size(); ++i) {
      const auto snapshot = static_cast<Index>(i);
      const auto step = static_cast<double>(group.snapshots[i]);
      const double predicted = predicted_coefficient(group, flow, k, snapshot);
      if (predicted > floor && std::isfinite(predicted)) {
        theory.x.push_back(step);
        theory.y.push_back(predicted);
      }
      const Vector values = coefficients(group, flow, k, snapshot);
      if (is_marked(group, i) && values.minCoeff() > floor) add_statistics(measured, step, values);
    }
    if (!measured.x.empty()) panel.series.push_back(std::move(measured));
    if (!theory.x.empty()) panel.series.push_back(std::move(theory));
  }
  return panel;
}

Figure decay_figure(const PreconditioningGroup& group) {
  Figure figure{
      .name = "decay",
      .title = fmt::format("Decay of the target {}, K = {}, n = {}", group.target.name,
                           group.cutoff, group.n),
      .caption =
          "Plain gradient steps learn low frequencies first; a preconditioned block decays "
          "at one rate, exactly so for the empirical flow, nearly so for the theory flow; "
          "what lies outside the block does not move. Lines are |1 - eta lambda^(n)|^s and "
          "|1 - eta|^s; bars reach from the 5 % to the 95 % quantile over seeds.",
      .panels = {decay_panel(group, Preconditioning::baseline),
                 decay_panel(group, Preconditioning::theory),
                 decay_panel(group, Preconditioning::empirical)}};
  std::erase_if(figure.panels, [](const Panel& panel) { return panel.series.empty(); });
  return figure;
}

// What the theory block's slowest rate falls short of the least eigenvalue of G.
double slow_edge_factor(const PreconditioningGroup& group, Preconditioning flow) {
  if (flow != Preconditioning::theory) return 1;
  return coordinate_means(group.kernel, group.cutoff, group.n).minCoeff() /
         sampled_eigenvalues(group.kernel, group.cutoff, group.n).minCoeff();
}

// Slowest and fastest rate of one flow against n, with the edges of G as theory for the corrected.
Panel rate_panel(const Family& family, Preconditioning flow) {
  Panel panel{.title = to_string(flow),
              .x = {.title = "samples n (dimensionless)", .log = true},
              .y = {.title = "rate (dimensionless)", .log = flow == Preconditioning::baseline}};
  Series fastest{.label = "fastest", .style = 0};
  Series slowest{.label = "slowest", .style = 1};
  Series high{.label = "theory, fastest", .mark = Mark::line, .theory = true, .style = 0};
  Series low{.label = "theory, slowest", .mark = Mark::line, .theory = true, .style = 1};
  for (const PreconditioningGroup* group : family) {
    const double n = static_cast<double>(group->n);
    const Matrix& rates = group->flow(flow).rates;
    add_statistics(fastest, n, rates.col(rates.cols() - 1));
    add_statistics(slowest, n, rates.col(0));
    double top = 1;
    double bottom = 1;
    if (flow == Preconditioning::baseline) {
      const Vector mean = coordinate_means(group->kernel, group->cutoff, group->n);
      top = mean.maxCoeff();
      bottom = mean.minCoeff();
    } else if (flow != Preconditioning::empirical) {
      top = group->gram_edges.col(1).mean();
      bottom = group->gram_edges.col(0).mean() * slow_edge_factor(*group, flow);
    }
    high.x.push_back(n);
    high.y.push_back(top);
    low.x.push_back(n);
    low.y.push_back(bottom);
  }
  panel.series = {std::move(fastest), std::move(slowest), std::move(high), std::move(low)};
  return panel;
}

Figure rate_figure(const Family& family) {
  return {.name = "block-spectra",
          .title = fmt::format("Rates inside the block, K = {}", family[0]->cutoff),
          .caption =
              "The baseline's rates spread over the spectrum of the kernel (lines: lambda_p "
              "+ tail_K/n); the theory flow approaches 1 slowly, from below at its slow edge; "
              "the corrected flow has the spectrum of G (lines: its mean edges). The "
              "empirical rates are 1. Bars reach from the 5 % to the 95 % quantile.",
          .panels = {rate_panel(family, Preconditioning::baseline),
                     rate_panel(family, Preconditioning::theory),
                     rate_panel(family, Preconditioning::corrected),
                     rate_panel(family, Preconditioning::empirical)}};
}

Panel loss_panel(const PreconditioningGroup& group, bool probe) {
  constexpr double floor = 1e-18;  // of the axis
  Panel panel{.title = probe ? "off the sample (probe grid)" : "on the sample",
              .x = {.title = "step s (dimensionless)"},
              .y = {.title = "loss/n (dimensionless)", .log = true}};
  int style = 0;
  for (const Preconditioning kind : flows()) {
    const FlowGroup& flow = group.flow(kind);
    const Matrix& losses = probe ? flow.loss_probe : flow.loss_train;
    Series series{.label = to_string(kind), .style = style++};
    for (std::size_t i = 0; i < group.snapshots.size(); ++i) {
      const Vector values = losses.col(static_cast<Index>(i));
      if (is_marked(group, i) && values.minCoeff() > floor)
        add_statistics(series, static_cast<double>(group.snapshots[i]), values);
    }
    if (!series.x.empty()) panel.series.push_back(std::move(series));
  }
  if (group.contains_target()) return panel;
  Series predicted{.label = "floor, theory", .mark = Mark::line, .theory = true, .style = 7};
  predicted.x = {0, static_cast<double>(group.snapshots.back())};
  predicted.y.assign(2, predicted_floor(group));
  panel.series.push_back(std::move(predicted));
  return panel;
}

Figure loss_figure(const PreconditioningGroup& group) {
  return {.name = "losses",
          .title = fmt::format("Losses, target {}, K = {}, n = {}", group.target.name, group.cutoff,
                               group.n),
          .caption = group.contains_target()
                         ? "With the whole target in the block the preconditioned flows reach "
                           "rounding while the baseline still learns its highest mode. Points are "
                           "seed means, bars reach from the 5 % to the 95 % quantile."
                         : "What the target has outside the block is the floor of every "
                           "preconditioned flow (line: its predicted mean); only the baseline goes "
                           "below. Points are seed means, bars reach from the 5 % to the 95 % "
                           "quantile.",
          .panels = {loss_panel(group, false), loss_panel(group, true)}};
}

// The empirical flow of seed 0 in d coordinates, in n residuals, and in single precision.
Figure precision_figure(const PreconditioningGroup& group) {
  const PrecisionCurves& curves =
      group.precise[static_cast<std::size_t>(Preconditioning::empirical)];
  Panel panel{.title = fmt::format("empirical flow, n = {}, seed 0", group.n),
              .x = {.title = "step s (dimensionless)"},
              .y = {.title = "|r_s|/|r_0| (dimensionless)", .log = true}};
  Series theory{.label = "(1 - eta)^s", .mark = Mark::line, .theory = true, .style = 0};
  Series block{.label = "coordinates", .style = 1};
  Series double_precision{.label = "float64", .style = 2};
  Series single_precision{.label = "float32", .style = 3};
  const auto add = [](Series& series, double x, double y) {
    if (!(y > 0) || !std::isfinite(y)) return;
    series.x.push_back(x);
    series.y.push_back(y);
  };
  for (std::size_t i = 0; i < group.snapshots.size(); ++i) {
    const auto row = static_cast<Index>(i);
    const auto step = static_cast<double>(group.snapshots[i]);
    if (group.contains_target())
      add(theory, step, predicted_coefficient(group, Preconditioning::empirical, 0, row));
    if (!is_marked(group, i)) continue;
    add(block, step, curves.block[row]);
    add(double_precision, step, curves.float64[row]);
    add(single_precision, step, curves.float32[row]);
  }
  for (Series* series : {&theory, &block, &double_precision, &single_precision}) {
    if (!series->x.empty()) panel.series.push_back(std::move(*series));
  }
  return {.name = "precision",
          .title = "Where rounding stops a preconditioned flow",
          .caption =
              "Iterated in its d coordinates the residual decays geometrically without end; "
              "as n numbers it stops where rounding puts something outside the block, which "
              "is never removed: near 1e-15 in float64, near 1e-7 in float32.",
          .panels = {std::move(panel)}};
}

}  // namespace

std::vector<Figure> preconditioning_figures(const std::vector<PreconditioningGroup>& groups) {
  if (groups.empty()) return {};
  const Family family = first_family(groups);
  const PreconditioningGroup& largest = *family.back();
  std::vector<Figure> figures = {decay_figure(largest)};
  if (family.size() > 1) figures.push_back(rate_figure(family));
  figures.push_back(loss_figure(largest));
  if (largest.precise[static_cast<std::size_t>(Preconditioning::empirical)].block.size() > 0)
    figures.push_back(precision_figure(largest));
  std::erase_if(figures, [](const Figure& figure) { return figure.panels.empty(); });
  return figures;
}

}  // namespace wideband

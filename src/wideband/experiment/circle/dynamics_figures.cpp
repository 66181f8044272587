#include "wideband/experiment/circle/dynamics_figures.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace wideband {
namespace {

constexpr double floor_shown = 1e-8;  // amplitudes below it are rounding
constexpr Index any_step = std::numeric_limits<Index>::max();
constexpr std::size_t pairs_shown = 4;  // a line and points each

Axis step_axis() {
  return {.title = "step s (dimensionless)"};
}
Axis amplitude_axis() {
  return {.title = "plane amplitude over its start (dimensionless)", .log = true};
}

// Frequencies of the flow that start with more than rounding, at most four, spread over the list.
std::vector<Index> shown_planes(const DynamicsFlow& flow) {
  std::vector<Index> active;
  for (Index k = 0; k <= flow.cutoff; ++k) {
    if (is_active(flow, k)) active.push_back(k);
  }
  if (active.size() <= pairs_shown) return active;
  std::vector<Index> spread;
  for (std::size_t i = 0; i < pairs_shown; ++i)
    spread.push_back(active[i * (active.size() - 1) / (pairs_shown - 1)]);
  return spread;
}

// Predicted line and measured points of one plane up to a step.
void add_plane(Panel& panel, const DynamicsFlow& flow, Index k, Index last,
               const std::string& label, int style) {
  Series theory{.label = label + ", theory", .mark = Mark::line, .theory = true, .style = style};
  Series measured{.label = label, .mark = Mark::points, .style = style};
  // Bars of many snapshots would hide each other: about two dozen of them are drawn.
  const std::size_t stride = flow.result.eta.size() > 1 ? 1 + flow.steps.size() / 24 : 1;
  for (std::size_t i = 0; i < flow.steps.size() && flow.steps[i] <= last; ++i) {
    if (panel.x.log && flow.steps[i] == 0) continue;
    const auto step = static_cast<double>(flow.steps[i]);
    const auto snapshot = static_cast<Index>(i);
    const double line = predicted_coefficient(flow, snapshot, k);
    const Vector values = coefficients(flow, snapshot, k);
    const double point = values.mean();
    if (line > floor_shown && std::isfinite(line)) {
      theory.x.push_back(step);
      theory.y.push_back(line);
    }
    if (i % stride == 0 && point > floor_shown && std::isfinite(point)) {
      measured.x.push_back(step);
      measured.y.push_back(point);
      measured.low.push_back(std::max(values.minCoeff(), floor_shown));
      measured.high.push_back(values.maxCoeff());
    }
  }
  if (flow.result.eta.size() == 1) {
    measured.low.clear();
    measured.high.clear();
  }
  if (!theory.x.empty()) panel.series.push_back(std::move(theory));
  if (!measured.x.empty()) panel.series.push_back(std::move(measured));
}

Panel plane_panel(const DynamicsFlow& flow, Index last) {
  Panel panel{.title = last == any_step
                           ? fmt::format("{}, all steps", to_string(flow.kernel))
                           : fmt::format("{}, first {} steps", to_string(flow.kernel), last),
              .x = step_axis(),
              .y = amplitude_axis()};
  int style = 0;
  for (const Index k : shown_planes(flow))
    add_plane(panel, flow, k, last, fmt::format("k = {}", k), style++);
  return panel;
}

// The first flow with the most samples that satisfies a condition, or null.
template <class Condition>
const DynamicsFlow* largest_flow(const std::vector<DynamicsFlow>& flows, Condition condition) {
  const DynamicsFlow* best = nullptr;
  for (const DynamicsFlow& flow : flows) {
    if (condition(flow) && (!best || flow.n > best->n)) best = &flow;
  }
  return best;
}

bool is_stable_kernel_flow(const DynamicsFlow& flow) {
  return flow.width == 0 && flow.eta_scale < 2;
}

std::vector<Figure> decay_figure(const std::vector<DynamicsFlow>& flows) {
  constexpr Index first_steps = 200;
  std::vector<Panel> early;
  std::vector<Panel> all;
  std::string shown;
  for (const AngleKernel kernel : {AngleKernel::bias, AngleKernel::nobias}) {
    const DynamicsFlow* flow = largest_flow(flows, [&](const DynamicsFlow& candidate) {
      return is_stable_kernel_flow(candidate) && candidate.kernel == kernel;
    });
    if (!flow || flow->steps.back() < 1) continue;
    shown = fmt::format("{}, n = {}", flow->target, flow->n);
    early.push_back(plane_panel(*flow, first_steps));
    if (flow->steps.back() > first_steps) all.push_back(plane_panel(*flow, any_step));
  }
  if (early.empty()) return {};
  early.insert(early.end(), all.begin(), all.end());
  return {{.name = "decay",
           .title = "Planes under gradient steps, " + shown,
           .caption =
               "Every plane follows (1 - eta lambda_k)^s (lines): low frequencies fall "
               "first, and without bias the odd planes k >= 3 never move; bars, where there are "
               "several draws, reach from the smallest to the largest.",
           .panels = std::move(early)}};
}

std::vector<Figure> size_figure(const std::vector<DynamicsFlow>& flows) {
  const DynamicsFlow* reference = largest_flow(flows, is_stable_kernel_flow);
  if (!reference) return {};
  Index k = 0;
  for (Index candidate = 0; candidate <= reference->cutoff; ++candidate) {
    if (is_active(*reference, candidate) && candidate <= 7) k = candidate;
  }
  std::vector<const DynamicsFlow*> same;
  for (const DynamicsFlow& flow : flows) {
    if (is_stable_kernel_flow(flow) && flow.kernel == reference->kernel &&
        flow.target == reference->target && flow.eta_scale == reference->eta_scale &&
        k <= flow.cutoff)
      same.push_back(&flow);
  }
  if (same.size() < 2) return {};
  Panel panel{
      .title = fmt::format("{}, {}, k = {}", to_string(reference->kernel), reference->target, k),
      .x = step_axis(),
      .y = amplitude_axis()};
  const std::size_t count = std::min(same.size(), pairs_shown);
  for (std::size_t i = 0; i < count; ++i) {
    const DynamicsFlow& flow = *same[count == 1 ? 0 : i * (same.size() - 1) / (count - 1)];
    add_plane(panel, flow, k, any_step, fmt::format("n = {}", flow.n), static_cast<int>(i));
  }
  return {{.name = "sizes",
           .title = fmt::format("The plane k = {} on grids of several sizes", k),
           .caption = "Aliasing adds 1/(3n^2) to every eigenvalue, so that small grids learn a "
                      "plane a little faster and large ones agree.",
           .panels = {std::move(panel)}}};
}

// Losses below it are rounding.
double square_floor(const DynamicsFlow& flow) {
  return 1e-26 * flow.result.loss.col(0).maxCoeff();
}

void add_loss(Panel& panel, const DynamicsFlow& flow, int style) {
  const Matrix& predicted = flow.result.predicted_loss;
  Series theory{
      .label = flow.target + ", theory", .mark = Mark::line, .theory = true, .style = style};
  Series measured{.label = flow.target, .mark = Mark::points, .style = style};
  for (std::size_t i = 0; i < flow.steps.size(); ++i) {
    const double time = flow.result.eta.mean() * static_cast<double>(flow.steps[i]);
    const auto column = static_cast<Index>(i);
    const double loss = flow.result.loss.col(column).mean();
    if (std::isfinite(loss) && loss > square_floor(flow)) {
      measured.x.push_back(time);
      measured.y.push_back(loss);
    }
    if (predicted.size() == 0) continue;
    const double line = predicted.col(column).mean();
    if (std::isfinite(line) && line > square_floor(flow)) {
      theory.x.push_back(time);
      theory.y.push_back(line);
    }
  }
  if (!theory.x.empty()) panel.series.push_back(std::move(theory));
  if (!measured.x.empty()) panel.series.push_back(std::move(measured));
}

std::vector<Figure> loss_figure(const std::vector<DynamicsFlow>& flows) {
  std::vector<Panel> panels;
  for (const AngleKernel kernel : {AngleKernel::bias, AngleKernel::nobias}) {
    const DynamicsFlow* reference = largest_flow(flows, [&](const DynamicsFlow& flow) {
      return is_stable_kernel_flow(flow) && flow.kernel == kernel && flow.steps.back() >= 1;
    });
    if (!reference) continue;
    Panel panel{.title = fmt::format("{}, n = {}", to_string(kernel), reference->n),
                .x = {.title = "time t = eta s (dimensionless)"},
                .y = {.title = "loss/n (dimensionless)", .log = true}};
    int style = 0;
    for (const DynamicsFlow& flow : flows) {
      if (is_stable_kernel_flow(flow) && flow.kernel == kernel && flow.n == reference->n &&
          flow.eta_scale == reference->eta_scale && style < static_cast<int>(pairs_shown))
        add_loss(panel, flow, style++);
    }
    panels.push_back(std::move(panel));
  }
  if (panels.empty()) return {};
  return {{.name = "losses",
           .title = "Loss by target",
           .caption = "The planes' rates are the same for every target; the loss weighs them by "
                      "the target's amplitudes, and without bias it stops at what odd k >= 3 hold.",
           .panels = std::move(panels)}};
}

std::vector<Figure> step_figure(const std::vector<DynamicsFlow>& flows) {
  Panel panel{.title = "Steps to 1e-2",
              .x = {.title = "frequency k (dimensionless)"},
              .y = {.title = "steps (dimensionless)", .log = true}};
  int style = 0;
  std::string shown;
  for (const DynamicsFlow& flow : flows) {
    const std::string name = fmt::format("{}, n = {}", to_string(flow.kernel), flow.n);
    if (!is_exact(flow) || style >= static_cast<int>(pairs_shown) ||
        shown.find("|" + name + "|") != std::string::npos)
      continue;
    shown += "|" + name + "|";
    Series theory{.label = name + ", theory", .mark = Mark::line, .theory = true, .style = style};
    Series measured{.label = name, .mark = Mark::points, .style = style++};
    for (Index k = 0; k <= flow.cutoff; ++k) {
      const double predicted = predicted_steps(flow, k);
      const double reached = flow.result.reached(k);
      if (predicted > 0) {
        theory.x.push_back(static_cast<double>(k));
        theory.y.push_back(predicted);
      }
      if (reached > 0) {
        measured.x.push_back(static_cast<double>(k));
        measured.y.push_back(reached);
      }
    }
    if (theory.x.empty() || measured.x.empty()) continue;
    panel.series.push_back(std::move(theory));
    panel.series.push_back(std::move(measured));
  }
  if (panel.series.empty()) return {};
  return {{.name = "steps",
           .title = "Steps until a plane has fallen to a hundredth",
           .caption = "Steps grow like k^2 with bias; without bias the odd planes k >= 3 are "
                      "missing because they never fall.",
           .panels = {std::move(panel)}}};
}

std::vector<Figure> stability_figure(const std::vector<DynamicsFlow>& flows) {
  const auto beyond = std::find_if(flows.begin(), flows.end(), [](const DynamicsFlow& flow) {
    return flow.width == 0 && flow.eta_scale > 1.5 && is_active(flow, 0);
  });
  if (beyond == flows.end()) return {};
  Panel panel{.title = fmt::format("{}, n = {}, k = 0", to_string(beyond->kernel), beyond->n),
              .x = step_axis(),
              .y = amplitude_axis()};
  int style = 0;
  for (const DynamicsFlow& flow : flows) {
    if (flow.kernel == beyond->kernel && flow.n == beyond->n && flow.target == beyond->target &&
        flow.width == 0 && style < static_cast<int>(pairs_shown)) {
      add_plane(panel, flow, 0, any_step, fmt::format("eta lambda_max = {}", flow.eta_scale),
                style);
      ++style;
    }
  }
  return {{.name = "stability",
           .title = "Just below and just above the largest stable step",
           .caption = "At .99 of 2/lambda_max the fastest plane alternates in sign and shrinks, at "
                      "1.01 it grows; lines are |1 - eta lambda_0|^s.",
           .panels = {std::move(panel)}}};
}

std::vector<Figure> trained_figure(const std::vector<DynamicsFlow>& flows) {
  std::vector<Panel> panels;
  for (const AngleKernel kernel : {AngleKernel::bias, AngleKernel::nobias}) {
    for (const DynamicsFlow& flow : flows) {
      if (flow.width == 0 || flow.kernel != kernel || flow.steps.back() < 1) continue;
      Panel panel{.title = fmt::format("{}, m = {}", to_string(kernel), flow.width),
                  .x = {.title = "step s (dimensionless)", .log = true},
                  .y = amplitude_axis()};
      int style = 0;
      for (const Index k : {1, 2, 3, 7}) {
        if (k <= flow.cutoff)
          add_plane(panel, flow, k, any_step, fmt::format("k = {}", k), style++);
      }
      if (!panel.series.empty() && panels.size() < 4) panels.push_back(std::move(panel));
    }
  }
  if (panels.empty()) return {};
  return {{.name = "trained",
           .title = "Planes of trained networks",
           .caption =
               "Points are trained networks (mean over seeds, bars from the smallest to the "
               "largest), lines the infinitely wide one; without bias the planes k = 3 and 7 "
               "stand still at every width.",
           .panels = std::move(panels)}};
}

}  // namespace

std::vector<Figure> dynamics_figures(const std::vector<DynamicsFlow>& flows) {
  std::vector<Figure> figures;
  for (const auto figure :
       {decay_figure, size_figure, loss_figure, step_figure, stability_figure, trained_figure}) {
    for (Figure& drawn : figure(flows)) figures.push_back(std::move(drawn));
  }
  return figures;
}

}  // namespace wideband

#include "wideband/experiment/circle/spectral_bias_figures.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "wideband/experiment/table_rows.hpp"

namespace wideband {
namespace {

const Axis time_axis{.title = "time t = eta s (dimensionless)", .log = true};

struct NamedPanel {
  std::string name;
  std::string title;    // of the figure of its own
  std::string caption;  // one sentence
  Panel panel;
};

Series series(const TableRows& rows, const std::string& label, const std::string& x,
              const std::string& y, int style, Mark mark = Mark::points, bool theory = false) {
  return {.label = label,
          .mark = mark,
          .theory = theory,
          .x = rows.numbers(x),
          .y = rows.numbers(y),
          .style = style};
}

Series theory_line(const TableRows& rows, const std::string& label, const std::string& x,
                   const std::string& y, int style) {
  return series(rows, label, x, y, style, Mark::line, true);
}

// What has no place on log axes: k = 0, and the zeros of odd k without bias.
void keep_positive(Series& one) {
  Series kept = one;
  kept.x.clear();
  kept.y.clear();
  for (std::size_t i = 0; i < one.x.size(); ++i) {
    if (!(one.x[i] > 0 && one.y[i] > 0)) continue;
    kept.x.push_back(one.x[i]);
    kept.y.push_back(one.y[i]);
  }
  one = std::move(kept);
}

NamedPanel eigenvalues(const DigestTables& tables) {
  Panel panel{.title = "(a) eigenvalues of the circle",
              .x = {.title = "frequency k (dimensionless)", .log = true},
              .y = {.title = "lambda_k (dimensionless)", .log = true, .low = 1e-5}};
  const TableRows rows = TableRows(tables.spectrum).with("lambda_continuum");
  int style = 0;
  for (const std::string kernel : {"bias", "nobias"}) {
    const TableRows own = rows.where("kernel", kernel);
    const std::string name = kernel == "bias" ? "bias" : "no bias";
    Series theory = theory_line(own, name + ", formula", "k", "lambda_continuum", style);
    Series grid = series(own, name + ", grid", "k", "lambda_grid", style);
    keep_positive(theory);
    keep_positive(grid);
    panel.series.push_back(std::move(theory));
    panel.series.push_back(std::move(grid));
    ++style;
  }
  return {"eigenvalues", "Every frequency has its own rate, and high ones are slow",
          "Eigenvalues of the kernel operator: lines from the formula, points from a grid. Without "
          "bias, odd k >= 3 have eigenvalue zero and are not shown, nor is k = 0.",
          std::move(panel)};
}

NamedPanel plane_decay(const DigestTables& tables, const SpectralBiasConfig& config) {
  Panel panel{
      .title = "(b) planes under gradient steps",
      .x = {.title = "step s (dimensionless)", .log = true},
      .y = {.title = "|U_k' r_s|/|U_k' r_0| (dimensionless)", .log = true, .low = 1e-4, .high = 2}};
  const TableRows rows = TableRows(tables.modes).where("n", config.grid);
  const auto add = [&](const TableRows& own, const std::string& name, int style) {
    // One entry of the legend names all lines.
    panel.series.push_back(
        theory_line(own, style == 0 ? "lines: formula" : "", "step", "predicted", style));
    panel.series.push_back(series(own, name, "step", "coefficient_mean", style));
  };
  int style = 0;
  for (const Index k : {0, 1, 2, 3, 5, 8}) {
    add(rows.where("kernel", "bias").where("mode", k), fmt::format("k = {}", k), style++);
  }
  add(rows.where("kernel", "nobias").where("mode", Index{3}), "no bias, k = 3", style);
  return {"plane-decay", "Low frequencies are learned first",
          "Plane k decays like (1 - eta lambda_k)^s: lines from the formula, points measured on a "
          "grid. Without bias k = 3 never moves.",
          std::move(panel)};
}

// Root mean squares with bars from the 5 % to the 95 % quantile.
Series spread(const TableRows& rows, const std::string& label, const std::string& x, int style) {
  Series measured = series(rows, label, x, "rms", style);
  measured.low = rows.numbers("q05");
  measured.high = rows.numbers("q95");
  return measured;
}

NamedPanel sample_errors(const DigestTables& tables) {
  Panel panel{.title = "(c) random samples",
              .x = {.title = "sample size n (dimensionless)", .log = true},
              .y = {.title = "error, rms (dimensionless)", .log = true}};
  const TableRows rows(tables.concentration);
  const std::vector<std::pair<std::string, std::string>> metrics = {
      {"gram_fro", "|G - I|_Fro"},
      {"compressed_fro", "|H - Lambda^(n)|_Fro"},
      {"action_fro", "|E|_Fro"},
      {"action_max", "max|E|"}};
  int style = 0;
  for (const auto& [metric, name] : metrics) {
    const TableRows own = rows.where("metric", metric);
    const TableRows predicted = own.with("predicted_rms");
    if (predicted.size() > 0) {
      panel.series.push_back(theory_line(predicted, name + ", exact", "n", "predicted_rms", style));
    }
    panel.series.push_back(spread(own, name, "n", style));
    ++style;
  }
  return {
      "sample-errors", "Random samples disturb the Fourier basis like n^(-1/2)",
      "Errors of the Gram matrix G, the compressed operator H and the action E: lines are exact "
      "root mean squares, bars reach from the 5 % to the 95 % quantile over samples.",
      std::move(panel)};
}

NamedPanel width_errors(const DigestTables& tables) {
  Panel panel{.title = "(d) finite width",
              .x = {.title = "width m (neurons)", .log = true},
              .y = {.title = "|B_m - Lambda_K| (dimensionless)", .log = true}};
  const TableRows rows(tables.width);
  const TableRows fro = rows.where("metric", "fro");
  const TableRows max = rows.where("metric", "max");
  panel.series = {theory_line(fro, "Fro, exact", "m", "predicted_rms", 0),
                  theory_line(max, "max, envelope .05", "m", "envelope", 1),
                  spread(fro, "Fro", "m", 0), spread(max, "max", "m", 1)};
  return {"width-errors", "A frozen network is m^(-1/2) away from infinite width",
          "Distance of the low-frequency block from its limit: the line of the Frobenius norm is "
          "the exact root mean square, that of the largest entry a proven bound; bars reach from "
          "the 5 % to the 95 % quantile over networks.",
          std::move(panel)};
}

NamedPanel alignment(const DigestTables& tables) {
  Panel panel{.title = "(e) frozen eigenspaces",
              .x = {.title = "frequency k (dimensionless)"},
              .y = {.title = "|P^_k - P_k|_Fro, rms (dimensionless)", .log = true, .high = 4}};
  const TableRows rows = TableRows(tables.alignment).where("matching", "exclusive");
  int style = 0;
  for (const std::string& m : rows.distinct("m")) {
    const TableRows own = rows.where("m", m);
    panel.series.push_back(
        theory_line(own, style == 0 ? "lines: first order" : "", "k", "predicted_rms", style));
    panel.series.push_back(series(own, "m = " + m, "k", "projector_fro_rms", style));
    ++style;
  }
  return {"alignment", "Eigenspaces of frozen networks turn toward Fourier planes as m grows",
          "Distance between the eigenspace of a frozen network and the Fourier plane, at most 2 "
          "(sqrt2 for k = 0): lines are first-order perturbation theory, valid where they are "
          "small.",
          std::move(panel)};
}

// The narrowest and the widest network stand for all.
std::vector<Index> shown_widths(const SpectralBiasConfig& config) {
  const auto [low, high] =
      std::minmax_element(config.trained_widths.begin(), config.trained_widths.end());
  if (*low == *high) return {*low};
  return {*low, *high};
}

void leave_start_out(Series& one) {
  Series kept = one;
  for (auto* list : {&kept.x, &kept.y, &kept.low, &kept.high}) list->clear();
  for (std::size_t i = 0; i < one.x.size(); ++i) {
    if (!(one.x[i] > 0)) continue;
    kept.x.push_back(one.x[i]);
    kept.y.push_back(one.y[i]);
    if (one.low.empty()) continue;
    kept.low.push_back(one.low[i]);
    kept.high.push_back(one.high[i]);
  }
  one = std::move(kept);
}

NamedPanel losses(const DigestTables& tables, const SpectralBiasConfig& config) {
  Panel panel{.title = "(f) trained and frozen",
              .x = time_axis,
              .y = {.title = "loss (dimensionless)", .log = true}};
  int style = 0;
  for (const Index m : shown_widths(config)) {
    const TableRows rows = TableRows(tables.evolution_time).where("m", m);
    panel.series.push_back(theory_line(rows.where("branch", "frozen_matched"),
                                       fmt::format("frozen kernel, m = {}", m), "time", "loss_mean",
                                       style));
    panel.series.push_back(series(rows.where("branch", "evolving"),
                                  fmt::format("trained, m = {}", m), "time", "loss_mean", style,
                                  Mark::line));
    ++style;
  }
  for (Series& one : panel.series) leave_start_out(one);
  return {"losses", "Trained networks leave their frozen kernel, the sooner the narrower",
          "Loss, mean over networks, on one axis of continuous time: broad lines follow the kernel "
          "frozen at the start, thin lines the network itself.",
          std::move(panel)};
}

NamedPanel rates(const DigestTables& tables, const SpectralBiasConfig& config) {
  Panel panel{.title = "(g) what decides the rate",
              .x = time_axis,
              .y = {.title = "rate (dimensionless)", .log = true}};
  int style = 0;
  for (const Index m : shown_widths(config)) {
    const TableRows rows = TableRows(tables.rates).where("m", m);
    panel.series.push_back(
        theory_line(rows, fmt::format("D from strengths, m = {}", m), "time", "D", style));
    panel.series.push_back(
        series(rows, fmt::format("exact R, m = {}", m), "time", "R", style, Mark::line));
    ++style;
  }
  for (Series& one : panel.series) leave_start_out(one);
  return {"rates", "The exact decay rate R, and the rate D that plane strengths would give",
          "R = -(1/2) d ln loss/dt of trained networks (thin) beside D, the sum of plane energies "
          "times strengths (broad); between them is interference.",
          std::move(panel)};
}

NamedPanel preconditioned(const DigestTables& tables) {
  const TableRows all(tables.preconditioned_modes);
  const std::string largest = all.distinct("n").back();
  Panel panel{
      .title = "(h) preconditioned, n = " + largest,
      .x = {.title = "step s (dimensionless)", .low = 0},
      .y = {.title = "|U_k' r_s|/|U_k' r_0| (dimensionless)", .log = true, .low = 1e-4, .high = 2}};
  const TableRows rows = all.where("n", largest);
  int style = 0;
  for (const std::string flow : {"baseline", "theory", "empirical"}) {
    for (const Index k : {Index{0}, Index{3}}) {
      const TableRows own = rows.where("flow", flow).where("mode", k);
      panel.series.push_back(series(own, fmt::format("{}, k = {}", flow, k), "step",
                                    "coefficient_mean", style++, Mark::line));
    }
  }
  return {"preconditioned", "A block preconditioner equalizes the rates of its modes",
          "Planes 0 and 3 of random samples: apart under the plain flow, together under the "
          "preconditioners; mean over samples.",
          std::move(panel)};
}

Figure page(const std::vector<NamedPanel>& panels) {
  Figure figure{
      .name = "spectral-bias",
      .title = "Spectral bias on the unit circle",
      .caption =
          "From the exact spectrum (a, b) over finite samples (c) and finite width (d, e) to "
          "networks "
          "that move (f, g) and preconditioned ones (h). Lines are theory, points measurements; "
          "broad pale lines are the prediction for the thin line of their color; bars reach from "
          "the 5 % to the 95 % quantile.",
      .alternative =
          "Eight panels. Eigenvalues fall with frequency, so low frequencies are learned first; "
          "errors of finite samples and widths fall like the square root of n and m, on the exact "
          "lines; eigenspaces of frozen networks approach Fourier planes; trained networks leave "
          "their frozen kernel, narrow ones sooner; block preconditioning equalizes the rates."};
  for (const NamedPanel& one : panels) figure.panels.push_back(one.panel);
  return figure;
}

}  // namespace

std::vector<Figure> spectral_bias_figures(const DigestTables& tables,
                                          const SpectralBiasConfig& config) {
  const std::vector<NamedPanel> panels = {eigenvalues(tables),   plane_decay(tables, config),
                                          sample_errors(tables), width_errors(tables),
                                          alignment(tables),     losses(tables, config),
                                          rates(tables, config), preconditioned(tables)};
  std::vector<Figure> figures = {page(panels)};
  for (const NamedPanel& one : panels) {
    figures.push_back(
        {.name = one.name, .title = one.title, .caption = one.caption, .panels = {one.panel}});
  }
  return figures;
}

}  // namespace wideband

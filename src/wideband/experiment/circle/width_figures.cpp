#include "wideband/experiment/circle/width_figures.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>

#include <fmt/format.h>

#include "wideband/math/statistics.hpp"

namespace wideband {
namespace {

const Axis width_axis{.title = "width m (neurons)", .log = true};

std::vector<double> widths_of(const WidthSeries& series) {
  return {series.widths.begin(), series.widths.end()};
}

Series theory_line(std::string label, const WidthSeries& series,
                   const std::function<double(Index)>& value) {
  Series line{.label = std::move(label), .mark = Mark::line, .theory = true};
  line.x = widths_of(series);
  for (const Index m : series.widths) line.y.push_back(value(m));
  return line;
}

// Mean over seeds with a bar from the 5 % to the 95 % quantile.
Series norm_points(const WidthSeries& series, const std::string& metric) {
  Series points{.label = metric, .mark = Mark::points};
  points.x = widths_of(series);
  for (Index w = 0; w < series.max.cols(); ++w) {
    const Vector values = series.norm(metric).col(w);
    points.y.push_back(values.mean());
    points.low.push_back(quantile(values, 0.05));
    points.high.push_back(quantile(values, 0.95));
  }
  return points;
}

// Root mean square over seeds, which theory predicts exactly.
Series rms_points(const WidthSeries& series) {
  Series points{.label = "rms of Fro", .mark = Mark::points};
  points.x = widths_of(series);
  for (Index w = 0; w < series.fro.cols(); ++w) points.y.push_back(summary(series.fro.col(w)).rms);
  return points;
}

Panel norm_panel(const WidthSeries& series) {
  Panel panel{.title = "Norms of B_m - mean",
              .x = width_axis,
              .y = {.title = "norm (dimensionless)", .log = true}};
  panel.series = {norm_points(series, "fro"), norm_points(series, "op"), norm_points(series, "max"),
                  rms_points(series)};
  panel.series.push_back(theory_line("exact rms of Fro", series, [&](Index m) {
    return std::sqrt(series.moments.fro() / static_cast<double>(m));
  }));
  return panel;
}

Panel envelope_panel(const WidthSeries& series) {
  Panel panel{.title = "max-norm and its .05 envelopes",
              .x = width_axis,
              .y = {.title = "max|B_m - mean| (dimensionless)", .log = true}};
  Series q95{.label = "95 % quantile", .mark = Mark::points};
  q95.x = widths_of(series);
  for (Index w = 0; w < series.max.cols(); ++w) q95.y.push_back(quantile(series.max.col(w), 0.95));
  panel.series = {q95};
  const EnvelopeOptions options = envelope_options(series);
  panel.series.push_back(
      theory_line("sharper", series, [&](Index m) { return sharper_width_envelope(m, options); }));
  panel.series.push_back(theory_line("c = 1/6 (provable)", series, [&](Index m) {
    return width_envelope(m, provable_width_constant, options);
  }));
  for (const double c : published_constants) {
    panel.series.push_back(theory_line(fmt::format("c = {}", c), series,
                                       [&](Index m) { return width_envelope(m, c, options); }));
  }
  return panel;
}

Figure norm_figure(const WidthSeries& series, const std::string& suffix) {
  return {
      .name = "width-norms" + suffix,
      .title = "Finite width: distance to the infinite-width operator, " + name_of(series),
      .caption = fmt::format(
          "All norms of B_m - mean fall like m^(-1/2), the Frobenius norm exactly as predicted; "
          "points are means of {} seeds with bars from the 5 % to the 95 % quantile (left), "
          "the 95 % quantile (right); every envelope lies far above.",
          series.seeds()),
      .panels = {norm_panel(series), envelope_panel(series)}};
}

Panel plane_panel(const std::string& title, const Matrix& values) {
  HeatMap heat{.values = values, .scale_title = "m E|block|^2 (dimensionless)", .log = true};
  for (Index k = 0; k < values.rows(); ++k) heat.row_labels.push_back(fmt::format("{}", k));
  heat.column_labels = heat.row_labels;
  Panel panel{
      .title = title, .x = {.title = "plane l (frequency)"}, .y = {.title = "plane k (frequency)"}};
  panel.heat = heat;
  return panel;
}

Figure plane_figure(const WidthSeries& series, const std::string& suffix) {
  const std::size_t last = series.widths.size() - 1;
  return {
      .name = "width-planes" + suffix,
      .title = "Finite width: which planes disturb one another, " + name_of(series),
      .caption = fmt::format(
          "The mean square of every plane block times m, over {} seeds at m = {} (left), is V_kl "
          "of theory (right); blocks between odd k >= 3 and even l >= 2 vanish and are blank.",
          series.seeds(), series.widths[last]),
      .panels = {plane_panel("measured", measured_planes(series, last).mean),
                 plane_panel("theory V_kl", series.moments.planes())}};
}

Figure exceedance_figure(const WidthSeries& series, const std::string& suffix) {
  Panel panel{.title = "", .x = width_axis, .y = {.title = "P(max|B_m - mean| >= e)"}};
  int style = 0;
  for (const double level : exceedance_levels) {
    Series share{.label = fmt::format("e = {}", level), .mark = Mark::points, .style = style};
    share.x = widths_of(series);
    const Vector shares = exceedances(series, level);
    share.y.assign(shares.begin(), shares.end());
    Series bound = theory_line(fmt::format("bound, e = {}", level), series,
                               [&](Index m) { return exceedance_bound(series, m, level); });
    bound.style = style++;
    panel.series.push_back(share);
    panel.series.push_back(bound);
  }
  return {.name = "width-exceedance" + suffix,
          .title = "Finite width: how often an entry is off by e, " + name_of(series),
          .caption = fmt::format(
              "The share of {} seeds whose largest entry errs by at least e falls from one to zero "
              "around m proportional to 1/e^2, long before the proven bound does (lines).",
              series.seeds()),
          .panels = {panel}};
}

std::string suffix_of(const WidthSeries& series) {
  return series.n == 0 ? fmt::format("-{}-continuum-{}", series.kernel, series.cutoff)
                       : fmt::format("-{}-{}-{}", series.kernel, series.n, series.cutoff);
}

}  // namespace

std::vector<Figure> width_figures(const std::vector<WidthSeries>& list) {
  std::vector<Figure> figures;
  for (const WidthSeries& series : list) {
    const std::string suffix = list.size() == 1 ? "" : suffix_of(series);
    figures.push_back(norm_figure(series, suffix));
    figures.push_back(plane_figure(series, suffix));
    figures.push_back(exceedance_figure(series, suffix));
  }
  return figures;
}

}  // namespace wideband

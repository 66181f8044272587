#include "wideband/experiment/circle/alignment_figures.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include <fmt/format.h>

#include "wideband/math/statistics.hpp"

namespace wideband {
namespace {

const Axis width_axis{.title = "width m (neurons)", .log = true};
const Axis plane_axis{.title = "frequency k of the plane"};

double dimension(Index k) {
  return k == 0 ? 1 : 2;
}

// y(k) for every plane.
Series by_plane(std::string label, const AlignmentSeries& series, bool theory, int style,
                const std::function<double(Index)>& value) {
  Series result{.label = std::move(label),
                .mark = theory ? Mark::line : Mark::points,
                .theory = theory,
                .style = style};
  for (Index k = 0; k < series.planes(); ++k) {
    result.x.push_back(static_cast<double>(k));
    result.y.push_back(value(k));
  }
  return result;
}

double mean_of(const AlignmentSeries& series, const std::string& matching,
               const std::string& quantity, std::size_t w, Index k) {
  return series.of_plane(matching, quantity, w, k).mean();
}

Panel distance_panel(const AlignmentSeries& series, const std::vector<Index>& planes) {
  Panel panel{.title = "",
              .x = width_axis,
              .y = {.title = "rms |P^_k - P_k|_Fro (dimensionless)", .log = true}};
  int style = 0;
  for (const Index k : planes) {
    if (k > series.cutoff) continue;
    Series points{.label = fmt::format("k = {}", k), .mark = Mark::points, .style = style};
    Series line{.label = fmt::format("theory, k = {}", k),
                .mark = Mark::line,
                .theory = true,
                .style = style++};
    for (std::size_t w = 0; w < series.widths.size(); ++w) {
      const Vector values = series.of_plane("exclusive", "fro", w, k);
      points.x.push_back(static_cast<double>(series.widths[w]));
      points.y.push_back(summary(values).rms);
      points.low.push_back(quantile(values, 0.05));
      points.high.push_back(quantile(values, 0.95));
      line.x.push_back(points.x.back());
      line.y.push_back(series.predicted_rms(w, k));
    }
    panel.series.push_back(points);
    panel.series.push_back(line);
  }
  return panel;
}

Figure distance_figure(const AlignmentSeries& series, const std::string& suffix) {
  std::vector<Panel> panels = {distance_panel(series, {0, 2, 4, 8})};
  if (series.cutoff >= 1) panels.push_back(distance_panel(series, {1, 3, 5, 7}));
  return {.name = "alignment-distance" + suffix,
          .title = "Distance of eigenspaces to the Fourier planes, " + name_of(series),
          .caption = fmt::format(
              "The rms distance over {} networks (points; bars from the 5 % to the 95 % quantile) "
              "meets first-order perturbation (lines) once it is small, in its order: k = 2 first.",
              series.seeds()),
          .panels = panels};
}

Figure cosine_figure(const AlignmentSeries& series, const std::string& suffix) {
  Panel panel{.title = "", .x = plane_axis, .y = {.title = "rms cosine of the principal angles"}};
  int style = 0;
  const std::size_t widths = series.widths.size();
  for (std::size_t w = widths > 4 ? widths - 4 : 0; w < widths; ++w) {
    panel.series.push_back(
        by_plane(fmt::format("m = {}", series.widths[w]), series, false, style,
                 [&](Index k) { return mean_of(series, "exclusive", "cosine", w, k); }));
    // |P^ - P|_Fro^2 = 2 d_k (1 - mean cos^2)
    panel.series.push_back(by_plane(
        fmt::format("theory, m = {}", series.widths[w]), series, true, style++, [&](Index k) {
          const double square = std::pow(series.predicted_rms(w, k), 2);
          return std::sqrt(std::max(0.0, 1 - square / (2 * dimension(k))));
        }));
  }
  return {.name = "alignment-cosine" + suffix,
          .title = "How much of each plane the matched eigenvectors hold, " + name_of(series),
          .caption =
              "The rms cosine (mean over networks, points) grows with m toward 1, as "
              "first-order theory (lines, 0 where it no longer applies) has it.",
          .panels = {panel}};
}

Panel relative_panel(const AlignmentSeries& series, const std::string& title,
                     const std::function<double(std::size_t, Index)>& measured,
                     const std::function<double(std::size_t, Index)>& predicted) {
  Panel panel{.title = title,
              .x = plane_axis,
              .y = {.title = "relative to lambda_k (dimensionless)", .log = true}};
  int style = 0;
  for (const std::size_t w : cloud_widths(series)) {
    panel.series.push_back(by_plane(fmt::format("m = {}", series.widths[w]), series, false, style,
                                    [&](Index k) { return measured(w, k); }));
    panel.series.push_back(by_plane(fmt::format("theory, m = {}", series.widths[w]), series, true,
                                    style++, [&](Index k) { return predicted(w, k); }));
  }
  return panel;
}

Figure eigenvalue_figure(const AlignmentSeries& series, const std::string& suffix) {
  const auto width = [&](std::size_t w) { return static_cast<double>(series.widths[w]); };
  const Panel error = relative_panel(
      series, "error of the plane's mean eigenvalue, rms",
      [&](std::size_t w, Index k) {
        return summary(eigenvalue_errors(series, "exclusive", w, k)).rms;
      },
      [&](std::size_t w, Index k) {
        return std::sqrt(series.center_variance(k) / width(w)) / series.lambda(k);
      });
  const Panel splitting = relative_panel(
      series, "splitting of the pair, rms",
      [&](std::size_t w, Index k) {
        return summary(series.of_plane("exclusive", "splitting", w, k)).rms / series.lambda(k);
      },
      [&](std::size_t w, Index k) {
        return std::sqrt(series.splitting_square(k) / width(w)) / series.lambda(k);
      });
  return {.name = "alignment-eigenvalues" + suffix,
          .title = "Eigenvalues of the matched pairs, " + name_of(series),
          .caption =
              "The error of a plane's mean eigenvalue and the splitting of its pair (rms over "
              "networks, points) follow first-order theory (lines) at large m; k = 0 has no "
              "splitting.",
          .panels = {error, splitting}};
}

// U_k'v of the pairs, inside the unit circle.
Panel cloud_panel(const AlignmentSeries& series, std::size_t w, Index k) {
  Panel panel{.title = fmt::format("k = {}, m = {}", k, series.widths[w]),
              .x = {.title = "share of cos kg", .low = -1.1, .high = 1.1},
              .y = {.title = "share of sin kg", .low = -1.1, .high = 1.1}};
  Series circle{.label = "perfect alignment", .mark = Mark::line, .theory = true};
  for (int i = 0; i <= 120; ++i) {
    circle.x.push_back(std::cos(i * 0.05235987755982988));
    circle.y.push_back(std::sin(i * 0.05235987755982988));
  }
  const Matrix points = cloud(series, w, k);
  Series pairs{.label = "eigenvectors", .mark = Mark::points};
  pairs.x.assign(points.col(0).begin(), points.col(0).end());
  pairs.y.assign(points.col(1).begin(), points.col(1).end());
  panel.series = {pairs, circle};
  return panel;
}

Figure cloud_figure(const AlignmentSeries& series, const std::string& suffix) {
  std::vector<Panel> panels;
  const std::vector<Index> planes = cloud_planes(series);
  const std::vector<std::size_t> widths = cloud_widths(series);
  for (const std::size_t w : {widths.front(), widths.back()}) {
    for (const Index k : {planes.front(), planes.back()})
      panels.push_back(cloud_panel(series, w, k));
  }
  return {
      .name = "alignment-clouds" + suffix,
      .title = "Matched eigenvectors projected on their planes, " + name_of(series),
      .caption = fmt::format(
          "Each point is one eigenvector of one of {} networks in the coordinates of its plane; "
          "on the circle it lies in the plane. Its direction is random, its length grows with m.",
          std::min(cloud_seeds, series.seeds())),
      .panels = panels};
}

Figure matching_figure(const AlignmentSeries& series, const std::string& suffix) {
  std::vector<Panel> panels;
  const std::vector<std::size_t> widths = cloud_widths(series);
  for (const std::size_t w : {widths.front(), widths.back()}) {
    if (!panels.empty() && widths.size() == 1) break;
    Panel panel{.title = fmt::format("m = {}", series.widths[w]),
                .x = plane_axis,
                .y = {.title = "mean |P^_k - P_k|_Fro (dimensionless)", .low = 0.0}};
    for (const std::string matching : {"shared", "exclusive"})
      panel.series.push_back(by_plane(matching, series, false, -1, [&](Index k) {
        return mean_of(series, matching, "fro", w, k);
      }));
    panel.series.push_back(
        by_plane("first-order theory (at most 2)", series, true, -1, [&](Index k) {
          return std::min(std::sqrt(2 * dimension(k)), series.predicted_rms(w, k));
        }));
    panels.push_back(panel);
  }
  return {.name = "alignment-matching" + suffix,
          .title = "Shared against exclusive matching, " + name_of(series),
          .caption =
              "Both rules choose the same eigenvectors once planes are aligned (right); in "
              "narrow networks (left) exclusive matching leaves the higher planes slightly "
              "farther off. Points are means over networks, the line is the rms of theory.",
          .panels = panels};
}

Figure scatter_figure(const AlignmentSeries& series, const std::string& suffix) {
  Panel panel{.title = "",
              .x = {.title = "relative eigenvalue error (dimensionless)", .log = true},
              .y = {.title = "|P^_k - P_k|_Fro (dimensionless)", .log = true}};
  for (const std::size_t w : cloud_widths(series)) {
    Series points{.label = fmt::format("m = {}", series.widths[w]), .mark = Mark::points};
    for (Index k = 0; k < series.planes(); ++k) {
      const Vector errors = eigenvalue_errors(series, "exclusive", w, k);
      const Vector distances = series.of_plane("exclusive", "fro", w, k);
      for (Index s = 0; s < std::min(cloud_seeds, errors.size()); ++s) {
        points.x.push_back(errors(s));
        points.y.push_back(distances(s));
      }
    }
    panel.series.push_back(points);
  }
  return {
      .name = "alignment-scatter" + suffix,
      .title = "Does eigenvalue agreement certify the eigenspace? " + name_of(series),
      .caption = fmt::format(
          "Each point is one plane of one of {} networks: eigenvalues can agree to a percent while "
          "the eigenspace is far off.",
          std::min(cloud_seeds, series.seeds())),
      .panels = {panel}};
}

}  // namespace

std::vector<Figure> alignment_figures(const std::vector<AlignmentSeries>& list) {
  std::vector<Figure> figures;
  for (const AlignmentSeries& series : list) {
    const std::string suffix =
        list.size() == 1 ? ""
        : series.n == 0  ? fmt::format("-continuum-{}-{}", series.operator_cutoff, series.cutoff)
                         : fmt::format("-{}-{}", series.n, series.cutoff);
    for (const auto& figure : {distance_figure, cosine_figure, eigenvalue_figure, cloud_figure,
                               matching_figure, scatter_figure})
      figures.push_back(figure(series, suffix));
  }
  return figures;
}

}  // namespace wideband

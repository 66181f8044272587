#include "wideband/experiment/circle/spectrum_figures.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "wideband/circle/spectrum.hpp"
#include "wideband/core/constants.hpp"
#include "wideband/math/statistics.hpp"

namespace wideband {
namespace {

const Axis frequency_axis{.title = "frequency k (dimensionless)", .log = true};
const Axis eigenvalue_axis{.title = "eigenvalue (dimensionless)", .log = true};

void add_point(Series& series, double x, double y) {
  series.x.push_back(x);
  series.y.push_back(y);
}

Series line(std::string label, int style) {
  return {.label = std::move(label), .mark = Mark::line, .theory = true, .style = style};
}

Series points(std::string label, int style) {
  return {.label = std::move(label), .mark = Mark::points, .style = style};
}

// Panels show what they have: series without a point are left out.
void add_if_any(Panel& panel, Series series) {
  if (!series.x.empty()) panel.series.push_back(std::move(series));
}

// The grid of this kernel with the largest size of at most `limit`, or null.
const GridSpectrum* largest_grid(const SpectrumResults& results, AngleKernel kernel, Index limit) {
  const GridSpectrum* best = nullptr;
  for (const GridSpectrum& grid : results.grids) {
    if (grid.kernel == kernel && grid.n <= limit && (!best || grid.n > best->n)) best = &grid;
  }
  return best;
}

Figure kernel_figure(const SpectrumResults& results) {
  Panel panel{.title = "Kernels of the shallow network",
              .x = {.title = "angular distance delta (rad)", .low = 0, .high = pi},
              .y = {.title = "kernel value (dimensionless)"}};
  int style = 0;
  for (const AngleKernel kernel : angle_kernels()) {
    Series series = line(to_string(kernel), style++);
    for (const double delta : spectrum_angles())
      add_point(series, delta, kernel_value(kernel, delta));
    panel.series.push_back(std::move(series));
  }
  Series stock = points("2 x stock networks", style);
  for (Index p = 0; p < results.stock.delta.size(); ++p) {
    const Summary s = summary(results.stock.values.col(p));
    add_point(stock, results.stock.delta(p), 2 * s.mean);
    stock.low.push_back(2 * (s.mean - 3 * s.standard_error));
    stock.high.push_back(2 * (s.mean + 3 * s.standard_error));
  }
  add_if_any(panel, std::move(stock));
  return {.name = "kernels",
          .title = "The kernels as functions of the angle",
          .caption =
              "Twice the tangent kernel of random networks in stock parameterization (points; "
              "bars are three standard errors) lies on Theta_nobias, so the stock kernel is "
              "half of it; the kinks at 0 make the spectrum fall like 1/k^2.",
          .panels = {std::move(panel)}};
}

Figure spectrum_figure(const SpectrumResults& results) {
  Panel panel{
      .title = "Continuum (lines) and grid (points)", .x = frequency_axis, .y = eigenvalue_axis};
  const Index cutoff = results.cutoff;
  int style = 0;
  for (const AngleKernel kernel : {AngleKernel::bias, AngleKernel::nobias, AngleKernel::K0}) {
    const GridSpectrum* grid = largest_grid(results, kernel, 4096);
    if (!grid) continue;
    Series closed = line(fmt::format("{}, circle", to_string(kernel)), style);
    Series fft = points(fmt::format("{}, grid n = {}", to_string(kernel), grid->n), style++);
    for (Index k = 1; k <= cutoff; ++k) {
      const double lambda = continuum_eigenvalue(kernel, k);
      if (lambda <= 0) continue;  // log axis: the zeros of odd k stand in the table
      add_point(closed, static_cast<double>(k), lambda);
      if (k < grid->low.fft.size()) add_point(fft, static_cast<double>(k), grid->low.fft(k));
    }
    add_if_any(panel, std::move(closed));
    add_if_any(panel, std::move(fft));
  }
  Series reference = line("1/(pi k)^2", style);
  for (Index k = 1; k <= cutoff; ++k)
    add_point(reference, static_cast<double>(k), 1 / std::pow(pi * static_cast<double>(k), 2));
  add_if_any(panel, std::move(reference));
  return {.name = "spectrum",
          .title = "Eigenvalues of the circle kernels",
          .caption =
              "With bias every frequency has a positive eigenvalue that falls like 1/k^2; "
              "without bias only even ones (and k = 1) have one, so odd k >= 3 are missing.",
          .panels = {std::move(panel)}};
}

// Even grids of the kernel with bias by ascending size, at most four: the smallest, the largest,
// and what lies evenly between.
std::vector<const GridSpectrum*> shown_grids(const SpectrumResults& results) {
  constexpr std::size_t most = 4;
  std::vector<const GridSpectrum*> even;
  for (const GridSpectrum& grid : results.grids) {
    if (grid.kernel == AngleKernel::bias && grid.n % 2 == 0) even.push_back(&grid);
  }
  std::sort(even.begin(), even.end(),
            [](const GridSpectrum* a, const GridSpectrum* b) { return a->n < b->n; });
  if (even.size() <= most) return even;
  std::vector<const GridSpectrum*> shown;
  for (std::size_t i = 0; i < most; ++i) shown.push_back(even[i * (even.size() - 1) / (most - 1)]);
  return shown;
}

// Relative excess of a grid over the circle against k/n, odd k of the kernel with bias.
Panel excess_panel(const SpectrumResults& results) {
  Panel panel{.title = "Excess of the grid, odd k >= 3, bias",
              .x = {.title = "k/n (dimensionless)", .log = true},
              .y = {.title = "(grid - circle)/circle (dimensionless)", .log = true}};
  Series theory = line("(x/sin x)^2 - 1, x = pi k/n", 0);
  int style = 1;
  for (const GridSpectrum* shown : shown_grids(results)) {
    const GridSpectrum& grid = *shown;
    Series series = points(fmt::format("FFT, n = {}", grid.n), style++);
    for (std::size_t i = 0; i < grid.spread.k.size(); ++i) {
      const Index k = grid.spread.k[i];
      const double closed = continuum_eigenvalue(AngleKernel::bias, k);
      const double excess = (grid.spread.fft(static_cast<Index>(i)) - closed) / closed;
      const double fraction = static_cast<double>(k) / static_cast<double>(grid.n);
      if (k % 2 == 0 || k == 1 || fraction < 1e-4 || excess <= 0) continue;
      add_point(series, fraction, excess);
    }
    add_if_any(panel, std::move(series));
  }
  for (double fraction = 1e-4; fraction <= 0.5; fraction *= 1.1) {
    const double x = pi * fraction;
    add_point(theory, fraction, std::pow(x / std::sin(x), 2) - 1);
  }
  panel.series.insert(panel.series.begin(), std::move(theory));
  return panel;
}

// Relative error of the FFT against k/n with the bound 1e-15 absolute of the largest grid.
Panel rounding_panel(const SpectrumResults& results) {
  Panel panel{.title = "Rounding of the FFT, bias",
              .x = {.title = "k/n (dimensionless)", .log = true},
              .y = {.title = "|FFT - exact|/exact (dimensionless)", .log = true}};
  Series bound;
  int style = 1;
  for (const GridSpectrum* shown : shown_grids(results)) {
    const GridSpectrum& grid = *shown;
    bound = line(fmt::format("1e-15/eigenvalue, n = {}", grid.n), 0);  // the last is the largest
    Series series = points(fmt::format("FFT, n = {}", grid.n), style++);
    for (std::size_t i = 0; i < grid.spread.k.size(); ++i) {
      const auto row = static_cast<Index>(i);
      const double alias = grid.spread.alias(row);
      const double error = std::abs(grid.spread.fft(row) - alias) / alias;
      const double fraction = static_cast<double>(grid.spread.k[i]) / static_cast<double>(grid.n);
      if (fraction > 0) add_point(bound, fraction, 1e-15 / alias);
      if (fraction > 0 && error > 0) add_point(series, fraction, error);
    }
    add_if_any(panel, std::move(series));
  }
  add_if_any(panel, std::move(bound));
  return panel;
}

Figure aliasing_figure(const SpectrumResults& results) {
  return {.name = "aliasing",
          .title = "What a grid adds to the spectrum, and what the FFT loses",
          .caption =
              "The relative excess of the grid depends on k/n alone and is pi^2/3 (k/n)^2 for "
              "small k/n; the FFT's error is absolute, so its relative error grows towards "
              "the end of a large grid's spectrum, below the line of 1e-15 absolute.",
          .panels = {excess_panel(results), rounding_panel(results)}};
}

std::vector<Figure> float32_figure(const SpectrumResults& results) {
  const GridSpectrum* grid = largest_grid(results, AngleKernel::bias, 131072);
  if (!grid) return {};
  Panel panel{.title = fmt::format("bias, n = {}", grid->n),
              .x = frequency_axis,
              .y = {.title = "|eigenvalue| (dimensionless)", .log = true}};
  Series exact = line("alias formula", 0);
  Series fft = points("float64 FFT", 1);
  Series positive = points("float32, positive", 2);
  Series negative = points("float32, negative", 3);
  for (std::size_t i = 0; i < grid->spread.k.size(); ++i) {
    const auto row = static_cast<Index>(i);
    const auto k = static_cast<double>(grid->spread.k[i]);
    if (k < 1) continue;
    add_point(exact, k, grid->spread.alias(row));
    if (grid->spread.fft(row) > 0) add_point(fft, k, grid->spread.fft(row));
    const double single = grid->spread.float32(row);
    if (single > 0) add_point(positive, k, single);
    if (single < 0) add_point(negative, k, -single);
  }
  for (Series* series : {&exact, &fft, &positive, &negative}) add_if_any(panel, std::move(*series));
  if (panel.series.empty()) return {};  // a grid of one sample has no frequency above 0
  return {
      {.name = "float32",
       .title = "The floor of single precision",
       .caption = fmt::format(
           "Float64 follows the formula to the last frequency; in float32 small eigenvalues drown "
           "in rounding, and {} of {} are negative.",
           grid->negative_float32, grid->n / 2 + 1),
       .panels = {std::move(panel)}}};
}

}  // namespace

std::vector<Figure> spectrum_figures(const SpectrumResults& results) {
  std::vector<Figure> figures = {kernel_figure(results)};
  if (!results.grids.empty() && results.cutoff >= 1) figures.push_back(spectrum_figure(results));
  if (!shown_grids(results).empty()) figures.push_back(aliasing_figure(results));
  for (Figure& figure : float32_figure(results)) figures.push_back(std::move(figure));
  return figures;
}

}  // namespace wideband

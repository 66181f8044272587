// What circle-width measured, and its tables.
#pragma once

#include <string>
#include <vector>

#include "wideband/circle/envelopes.hpp"
#include "wideband/circle/width_moments.hpp"
#include "wideband/experiment/circle/width.hpp"

namespace wideband {

/// All seeds and widths of one operator.
struct WidthSeries {
  std::string kernel;
  Index n = 0;  // 0: continuum
  Index cutoff = 0;
  std::vector<Index> widths;
  std::vector<Matrix> errors;  // per width (seeds, d(d+1)/2): lower triangle of B_m - mean
  Matrix max, fro, op;         // (seeds, widths): norms of B_m - mean
  Vector tail;                 // (seeds): mean of exp(Y/40)
  Matrix twin;                 // (seeds, 2): difference between the two formulas, its bound
  WidthMoments moments;

  Index seeds() const { return max.rows(); }
  const Matrix& norm(const std::string& metric) const;  // "max", "fro", "op"
};

/// One entry per kernel, operator, grid size and cutoff, in the order of the points.
std::vector<WidthSeries> width_series(const std::vector<Point<WidthConfig, WidthTask>>& points);

/// "bias, continuum" or "nobias, n = 4096", for labels.
std::string name_of(const WidthSeries& series);

/// (K+1, K+1): mean over seeds of m |(B_m)_kl - mean|_Fro^2, with the standard errors beside it.
struct PlaneMoments {
  Matrix mean;
  Matrix standard_error;
};
PlaneMoments measured_planes(const WidthSeries& series, std::size_t width);

/// Planes of the largest entry of |B_m - mean| for every seed: (seeds, 2), larger frequency first.
Eigen::Matrix<Index, Eigen::Dynamic, 2> largest_places(const WidthSeries& series,
                                                       std::size_t width);

/// Errors e at which P(max >= e) is tabulated, and the constants c of the published envelope.
inline constexpr double exceedance_levels[] = {0.01, 0.02, 0.05, 0.1};
inline constexpr double published_constants[] = {0.05, 0.1, 0.2, 0.5, 1};

/// Share of seeds whose largest entry is at least e, for every width.
Vector exceedances(const WidthSeries& series, double e);

/// The bound min(1, d(d+1) exp(-m e^2/(164 + 12.8 e))) on that share.
double exceedance_bound(const WidthSeries& series, Index m, double e);

/// E exp(Y/40) = 1/((1 - 1/10) sqrt(1 - 1/5)) for Y = 2|w|^2 + 4a^2.
double tail_moment();

/// Standard deviation of the mean of exp(Y/40) over the neurons of one seed: E exp(Y/20) = 1/((1 -
/// 1/5) sqrt(1 - 2/5)).
double tail_std(const WidthSeries& series);

/// The sharpest proven envelope of max|B_m - mean| at failure 0.05.
double sharpest_width_envelope(const WidthSeries& series, Index m);
EnvelopeOptions envelope_options(const WidthSeries& series);

/// tables/width.csv, width_planes.csv, width_exceedance.csv, width_envelopes.csv, width_places.csv,
/// width_tail.csv.
std::vector<Table> width_tables(const std::vector<WidthSeries>& series);

}  // namespace wideband

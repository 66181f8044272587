// What circle-alignment measured, and its tables.
#pragma once

#include <string>
#include <vector>

#include "wideband/experiment/circle/alignment.hpp"

namespace wideband {

inline const std::vector<std::string> matchings = {"shared", "exclusive"};

/// All seeds and widths of one operator.
struct AlignmentSeries {
  Index n = 0;                // 0: continuum
  Index operator_cutoff = 0;  // continuum only
  Index cutoff = 0;
  std::vector<Index> widths;
  std::vector<Index> supports;
  Record values;            // as alignment_record, the seeds of all tasks
  Vector lambda;            // mean eigenvalues, k = 0, ..., cutoff
  Vector gap;               // distance of lambda_k to the nearest other plane
  Vector predicted_square;  // m E |P^_k - P_k|_Fro^2, first order
  Vector center_variance;   // m E (mean eigenvalue of the plane - lambda_k)^2, first order
  Vector splitting_square;  // m E splitting^2, first order

  Index seeds() const;
  Index planes() const { return cutoff + 1; }
  /// (seeds) a quantity of one plane at one width, quantity as in plane_quantities.
  Vector of_plane(const std::string& matching, const std::string& quantity, std::size_t width,
                  Index k) const;
  double predicted_rms(std::size_t width, Index k) const;
};

/// One entry per operator and cutoff, in the order of the points.
std::vector<AlignmentSeries> alignment_series(
    const std::vector<Point<AlignmentConfig, AlignmentTask>>& points);

/// "n = 2048" or "continuum", for labels.
std::string name_of(const AlignmentSeries& series);

/// |mean eigenvalue - lambda_k|/lambda_k per seed.
Vector eigenvalue_errors(const AlignmentSeries& series, const std::string& matching,
                         std::size_t width, Index k);

/// The planes whose clouds are drawn, and the widths (indices): first, middle, last.
std::vector<Index> cloud_planes(const AlignmentSeries& series);
std::vector<std::size_t> cloud_widths(const AlignmentSeries& series);
inline constexpr Index cloud_seeds = 20;

/// U_k'v of the exclusive pair of plane k: rows of (cos, sin), two per seed, at most cloud_seeds.
Matrix cloud(const AlignmentSeries& series, std::size_t width, Index k);

/// tables/alignment.csv, alignment_supports.csv, alignment_first_width.csv, alignment_leakage.csv,
/// alignment_clouds.csv, alignment_scatter.csv.
std::vector<Table> alignment_tables(const std::vector<AlignmentSeries>& series);

/// Planes that the eigenvectors capture to less than .99, where there are some.
std::vector<std::string> alignment_statuses(const std::vector<AlignmentSeries>& series);

}  // namespace wideband

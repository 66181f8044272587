// Tables of dual functions: Chebyshev series in the angle and in the logarithms of both variances.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "wideband/math/pair_sampler.hpp"
#include "wideband/math/sigma_grid.hpp"

namespace wideband {

/// An interval of log q with its number of Chebyshev points; a single variance has one.
struct VarianceCell {
  double low = 0;
  double high = 0;
  std::size_t nodes = 1;

  double place(double x) const {
    return high > low ? std::clamp((2 * x - low - high) / (high - low), -1.0, 1.0) : 0;
  }
  std::vector<double> polynomials(double x) const { return chebyshev_polynomials(nodes, place(x)); }
};

/// Intervals of log q that hold all the variances (> 0): one per value if these are at most `few`,
/// else of a factor of at most two each.
std::vector<VarianceCell> variance_cells(std::span<const double> variances, std::size_t few = 6);

/// The panels that resolve Kdot to `tolerance` at all the pairs of variances given.
using VariancePairs = std::vector<std::pair<double, double>>;
SigmaGrid sigma_grid(PairSampler& sampler, const VariancePairs& pairs, bool far, double tolerance);

/// Coefficients for one pair of cells: value(i, j, k) multiplies T_i of the angle, within its
/// panel, T_j of the first and T_k of the second log q.
struct DualTable {
  std::size_t first_nodes = 1;
  std::size_t second_nodes = 1;
  std::vector<double> mean_slope;  // (grid.size(), first, second)
  std::vector<double> slope;
  std::vector<double> bend;  // (first, second)
  double error = 0;          // of the samples and by the last coefficients
};
DualTable dual_table(PairSampler& sampler, const SigmaGrid& grid, const VarianceCell& first,
                     const VarianceCell& second);

/// What a sample in `own` needs for its pairs with `other`: for every panel and order i of the
/// angle other.nodes numbers of mean_slope, then as many of slope; at the end those of bend.
/// `transposed`: the table holds (other, own).
void append_contracted(const DualTable& table, std::span<const double> polynomials, bool transposed,
                       std::vector<double>& out);

}  // namespace wideband

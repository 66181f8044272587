#include "wideband/math/dual_table.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace wideband {
namespace {

constexpr std::size_t nodes_per_cell = 12;  // for a factor of two
constexpr std::size_t most_nodes = 33;      // in the angle, per panel
constexpr std::size_t most_splits = 30;

// Estimated tail of a series: its last coefficients, a sixth of them but at least two.
double tail_of(std::span<const double> c) {
  if (c.size() < 3) return 0;
  double sum = 0;
  for (std::size_t i = 0; i < std::max<std::size_t>(2, c.size() / 6); ++i) {
    sum += std::abs(c[c.size() - 1 - i]);
  }
  return sum;
}

// How many coefficients are needed: all later ones are below `tolerance`.
std::size_t needed(std::span<const double> c, double tolerance) {
  std::size_t n = c.size();
  while (n > 1 && std::abs(c[n - 1]) < tolerance) --n;
  return n;
}

std::vector<double> slope_coefficients(PairSampler& sampler, const std::pair<double, double>& q,
                                       const SigmaGrid& grid, std::size_t panel, bool far) {
  std::vector<double> values;
  for (const double sigma : grid.points(panel)) {
    values.push_back(sampler.slope(q.first, q.second, half_angle_at(sigma, far)));
  }
  return chebyshev_coefficients(values);
}

// Replaces values by coefficients along an axis of `count` entries `stride` apart; returns the
// tail.
double transform(std::vector<double>& data, std::size_t start, std::size_t count,
                 std::size_t stride) {
  std::vector<double> line;
  for (std::size_t i = 0; i < count; ++i) line.push_back(data[start + i * stride]);
  line = chebyshev_coefficients(line);
  for (std::size_t i = 0; i < count; ++i) data[start + i * stride] = line[i];
  return tail_of(line);
}

// (angle, first, second) from values to coefficients; returns the largest tail.
double transform_all(std::vector<double>& data, std::size_t panels, std::size_t nodes,
                     std::size_t first, std::size_t second) {
  double tail = 0;
  const std::size_t block = first * second;
  for (std::size_t row = 0; row < panels * nodes; ++row) {
    for (std::size_t j = 0; j < first; ++j) {
      tail = std::max(tail, transform(data, row * block + j * second, second, 1));
    }
    for (std::size_t k = 0; k < second; ++k) {
      tail = std::max(tail, transform(data, row * block + k, first, second));
    }
  }
  if (nodes == 1) return tail;
  for (std::size_t p = 0; p < panels; ++p) {
    for (std::size_t jk = 0; jk < block; ++jk) {
      tail = std::max(tail, transform(data, p * nodes * block + jk, nodes, block));
    }
  }
  return tail;
}

std::vector<double> cell_points(const VarianceCell& cell) {
  std::vector<double> q;
  for (const double x : chebyshev_points(cell.nodes, cell.low, cell.high)) {
    q.push_back(std::exp(cell.nodes == 1 ? cell.low : x));
  }
  return q;
}

}  // namespace

std::vector<VarianceCell> variance_cells(std::span<const double> variances, std::size_t few) {
  std::vector<double> x;
  for (const double q : variances) {
    if (q > 0) x.push_back(std::log(q));
  }
  std::sort(x.begin(), x.end());
  std::vector<VarianceCell> single;
  for (const double value : x) {
    if (single.empty() || value > single.back().high + 1e-13) single.push_back({value, value, 1});
    if (single.size() > few) break;
  }
  if (single.size() <= few) return single;
  std::vector<VarianceCell> cells;
  for (const double value : x) {
    if (cells.empty() || value > cells.back().low + std::log(2)) cells.push_back({value, value, 1});
    cells.back().high = value;
  }
  for (VarianceCell& cell : cells) {
    if (cell.high > cell.low) cell.nodes = nodes_per_cell;
  }
  return cells;
}

SigmaGrid sigma_grid(PairSampler& sampler, const VariancePairs& pairs, bool far, double tolerance) {
  SigmaGrid grid{.splits = 0, .nodes = most_nodes, .far = far};
  std::size_t nodes = 3;
  const auto resolved = [&](const std::pair<double, double>& q, std::size_t panel, bool beyond) {
    const std::vector<double> c = slope_coefficients(sampler, q, grid, panel, beyond);
    nodes = std::max(nodes, std::min(most_nodes, needed(c, tolerance / 10) + 2));
    return tail_of(c) <= tolerance;
  };
  for (const auto& q : pairs) {
    while (!resolved(q, grid.splits, false) && grid.splits < most_splits) ++grid.splits;
  }
  nodes = 3;
  for (const auto& q : pairs) {
    for (std::size_t p = 0; p <= grid.splits; ++p) {
      resolved(q, p, false);
      if (far) resolved(q, p, true);
    }
  }
  grid.nodes = nodes;
  return grid;
}

DualTable dual_table(PairSampler& sampler, const SigmaGrid& grid, const VarianceCell& first,
                     const VarianceCell& second) {
  DualTable table;
  table.first_nodes = first.nodes;
  table.second_nodes = second.nodes;
  const std::vector<double> q1 = cell_points(first);
  const std::vector<double> q2 = cell_points(second);
  const std::size_t block = first.nodes * second.nodes;
  const bool same = first.low == second.low && first.nodes == second.nodes;
  table.mean_slope.resize(grid.size() * block);
  table.slope.resize(grid.size() * block);
  table.bend.resize(block);
  const auto put = [&](const PairSamples& samples, std::size_t j, std::size_t k) {
    const std::size_t place = j * second.nodes + k;
    for (std::size_t i = 0; i < grid.size(); ++i) {
      table.mean_slope[i * block + place] = samples.mean_slope[i];
      table.slope[i * block + place] = samples.slope[i];
    }
    table.bend[place] = samples.bend;
  };
  for (std::size_t j = 0; j < first.nodes; ++j) {
    for (std::size_t k = same ? j : 0; k < second.nodes; ++k) {
      const PairSamples samples = sampler.samples(q1[j], q2[k], grid);
      table.error = std::max(table.error, samples.error);
      put(samples, j, k);
      if (same) put(samples, k, j);
    }
  }
  const double tails =
      transform_all(table.mean_slope, grid.panels(), grid.nodes, first.nodes, second.nodes) +
      transform_all(table.slope, grid.panels(), grid.nodes, first.nodes, second.nodes) +
      transform_all(table.bend, 1, 1, first.nodes, second.nodes);
  table.error += tails;
  return table;
}

void append_contracted(const DualTable& table, std::span<const double> polynomials, bool transposed,
                       std::vector<double>& out) {
  const std::size_t first = table.first_nodes;
  const std::size_t second = table.second_nodes;
  const std::size_t kept = transposed ? first : second;
  const auto contract = [&](const double* block) {
    for (std::size_t k = 0; k < kept; ++k) {
      double sum = 0;
      for (std::size_t j = 0; j < polynomials.size(); ++j) {
        sum += polynomials[j] * (transposed ? block[k * second + j] : block[j * second + k]);
      }
      out.push_back(sum);
    }
  };
  const std::size_t size = first * second;
  for (std::size_t i = 0; i * size < table.slope.size(); ++i) {
    contract(&table.mean_slope[i * size]);
    contract(&table.slope[i * size]);
  }
  contract(table.bend.data());
}

}  // namespace wideband

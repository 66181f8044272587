// Moments of random networks against their closed forms, on the whole circle and on grids.
#include "wideband/circle/width_moments.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "wideband/circle/basis.hpp"
#include "wideband/circle/continuum_blocks.hpp"
#include "wideband/circle/projected_blocks.hpp"
#include "wideband/data/circle_points.hpp"
#include "wideband/math/statistics.hpp"

namespace wideband::width_moments_test {
namespace {

constexpr Index cutoff = 4, d = 9, width = 8, seeds = 4000;

// B_m of `seeds` independent networks, on a grid of n samples or, n = 0, on the whole circle.
std::vector<Matrix> blocks(Index n, double beta_b) {
  std::vector<Matrix> list;
  const Vector angles = grid_angles(std::max<Index>(n, 1));
  std::vector<ProjectedBlocks> grid;
  if (n > 0)
    grid.emplace_back(angles, grid_fourier_basis(n, cutoff) / std::sqrt(static_cast<double>(n)));
  for (Index s = 0; s < seeds; ++s) {
    const Key key = Key(77).child("law").child(s);
    if (n == 0) {
      list.push_back(initial_continuum_blocks(key, {width}, cutoff, beta_b).front());
    } else {
      list.push_back(grid.front().block(ArcNetwork(initial_network(key, width, beta_b), angles)));
    }
  }
  return list;
}

// m |plane block - mean|_Fro^2 of every draw.
Vector plane_squares(const std::vector<Matrix>& list, const WidthMoments& moments, Index k,
                     Index l) {
  Vector squares(static_cast<Index>(list.size()));
  for (Index s = 0; s < squares.size(); ++s) {
    Matrix block = list[static_cast<std::size_t>(s)].block(plane_start(k), plane_start(l),
                                                           plane_size(k), plane_size(l));
    if (k == l) block.diagonal().array() -= moments.eigenvalues()(k);
    squares(s) = width * block.squaredNorm();
  }
  return squares;
}

// 45 entries, 15 planes and 4 operators: five standard errors each.
void expect_moments(Index n, double beta_b) {
  const std::vector<Matrix> list = blocks(n, beta_b);
  const WidthMoments moments({.cutoff = cutoff, .beta_b = beta_b, .grid = n});
  const Matrix entries = moments.entries();
  for (Index p = 0; p < d; ++p) {
    for (Index q = 0; q <= p; ++q) {
      Vector values(seeds);
      for (Index s = 0; s < seeds; ++s) values(s) = list[static_cast<std::size_t>(s)](p, q);
      const double mean = p == q ? moments.eigenvalues()(basis_frequency(p)) : 0;
      const Summary s = summary(values);
      EXPECT_TRUE(test::near(s.mean, mean, 5 * s.standard_error + 1e-15)) << n << " " << p << q;
      const Summary squares = summary(width * (values.array() - mean).square().matrix());
      EXPECT_TRUE(test::near(squares.mean, entries(p, q), 5 * squares.standard_error + 1e-15))
          << n << " " << p << q;
    }
  }
  for (Index k = 0; k <= cutoff; ++k) {
    for (Index l = 0; l <= k; ++l) {
      const Summary s = summary(plane_squares(list, moments, k, l));
      EXPECT_TRUE(test::near(s.mean, moments.planes()(k, l), 5 * s.standard_error + 1e-15))
          << n << " " << k << l;
    }
  }
}

TEST(WidthMomentsLaw, ContinuumBlocksHaveTheirMoments) {
  expect_moments(0, 1);
  expect_moments(0, 0);
}

// Coarse grids, n > 4 cutoff just so; their eigenvalues differ from the continuum by some
// percent.
TEST(WidthMomentsLaw, GridBlocksHaveTheirMoments) {
  expect_moments(18, 1);
  expect_moments(17, 1);
}

TEST(WidthMomentsLaw, OddAndEvenPlanesVanishForEveryNetwork) {
  // Also after the biases of trained networks are set back to zero; with bias they mix.
  ShallowNetwork network = initial_network(Key(5), 50);
  EXPECT_LE(continuum_block(network, 4).block(5, 3, 2, 2).norm(), 1e-15);  // k = 3, l = 2
  network.b = gaussians(Key(6), 50);
  EXPECT_GE(continuum_block(network, 4).block(5, 3, 2, 2).norm(), 1e-3);
}

}  // namespace
}  // namespace wideband::width_moments_test

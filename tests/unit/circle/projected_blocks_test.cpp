#include "wideband/circle/projected_blocks.hpp"

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/circle/basis.hpp"
#include "wideband/data/circle_points.hpp"

namespace wideband::projected_blocks_test {
namespace {

using test::eps;

ShallowNetwork biased_network(Index m, double beta_b) {
  ShallowNetwork network = initial_network(Key(21), m, beta_b);
  network.b = 0.5 * gaussians(Key(22), m);
  return network;
}

TEST(ProjectedBlocks, AgreeWithTheDenseGram) {
  // Sums over n = 97 samples and m = 40 neurons, entries of U'A U up to |A| < 4.
  for (const double beta_b : {0.0, 1.0}) {
    const Vector angles = random_angles(97, Key(20));
    const Matrix U = plane_frame(fourier_basis(angles, 6));
    const ShallowNetwork network = biased_network(40, beta_b);
    const Matrix expected = plain_projected_block(network, angles, U);
    const ProjectedBlocks blocks(angles, U);
    EXPECT_TRUE(
        test::near(blocks.block(ArcNetwork(network, angles)), expected, 4 * (97 + 40) * eps));
  }
}

TEST(ProjectedBlocks, NestedWidthsAreThoseOfNarrowerNetworks) {
  const Vector angles = grid_angles(64);
  const Matrix U = plane_frame(grid_fourier_basis(64, 4));
  const ProjectedBlocks blocks(angles, U);
  const ShallowNetwork network = initial_network(Key(5), 200);
  const std::vector<Matrix> nested =
      blocks.nested_blocks(network, ActiveArcs(angles, network), {7, 64, 200});
  const std::vector<Index> widths{7, 64, 200};
  for (std::size_t i = 0; i < widths.size(); ++i) {
    const ShallowNetwork narrow = initial_network(Key(5), widths[i]);
    EXPECT_TRUE(test::near(nested[i], plain_projected_block(narrow, angles, U),
                           4 * static_cast<double>(64 + widths[i]) * eps));
  }
  EXPECT_EQ(nested[1], blocks.nested_blocks(network, ActiveArcs(angles, network), {64}).front());
}

TEST(ProjectedBlocks, RefuseOtherSamples) {
  const Vector angles = grid_angles(64);
  const ProjectedBlocks blocks(angles, grid_fourier_basis(64, 4));
  const ShallowNetwork network = initial_network(Key(5), 3);
  EXPECT_THROW(blocks.block(ArcNetwork(network, grid_angles(32))), std::invalid_argument);
  EXPECT_THROW(ProjectedBlocks(angles, grid_fourier_basis(32, 4)), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::projected_blocks_test

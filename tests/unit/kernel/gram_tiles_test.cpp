#include "wideband/kernel/gram_tiles.hpp"

#include <gtest/gtest.h>

#include "support/kernel_points.hpp"

namespace wideband::gram_tiles_test {
namespace {

// Same bits at any number of threads and any tile; exact symmetry; pairs counted by blocks.
template <class Real>
void expect_same_bits(Index n, Index d, const char* text) {
  const Architecture net = parse_architecture(text);
  const Matrix X = test::gaussian_rows(n, d, 5), Z = test::gaussian_rows(n / 2, d, 6);
  KernelOptions options{.threads = 1};
  const KernelResult<Real> once = kernel<Real>(X, net, options);
  const KernelResult<Real> cross = kernel<Real>(X, Z, net, options);
  EXPECT_EQ(once.ntk, MatrixOf<Real>(once.ntk.transpose()));
  EXPECT_EQ(once.nngp, MatrixOf<Real>(once.nngp.transpose()));
  EXPECT_GE(once.pairs, static_cast<std::uint64_t>(n * (n + 1) / 2));
  EXPECT_LE(once.pairs, static_cast<std::uint64_t>(n * (n + 1) / 2 + n * InputRows::block));
  EXPECT_EQ(cross.pairs, static_cast<std::uint64_t>(n * (n / 2)));
  for (const Index threads : {2, 5}) {
    for (const Index tile : {1, 300}) {
      options.threads = threads;
      options.tile = tile;
      const KernelResult<Real> again = kernel<Real>(X, net, options);
      EXPECT_EQ(again.nngp, once.nngp);
      EXPECT_EQ(again.ntk, once.ntk);
      EXPECT_EQ(kernel<Real>(X, Z, net, options).ntk, cross.ntk);
    }
  }
}

TEST(GramTiles, GiveTheSameBitsAtAnyThreadsAndTile) {
  expect_same_bits<double>(530, 20, "dense W=1.4 b=0.1 | relu | dense W=1.4 b=0.1");
  expect_same_bits<float>(530, 20, "dense W=1.4 | relu | dense W=1.4");
  expect_same_bits<double>(270, 3, "dense | residual(dense b=0.1 | relu | dense) | relu | dense");
}

}  // namespace
}  // namespace wideband::gram_tiles_test

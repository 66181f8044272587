#include "wideband/experiment/circle/seed_blocks.hpp"

#include <map>

#include <gtest/gtest.h>

namespace wideband::seed_blocks_test {
namespace {

TEST(SeedBlocks, CoverEverySizeAndRepetitionOnce) {
  const std::vector<Index> sizes = {64, 128, 4096, 65536, 100};
  std::map<Index, Index> covered;
  for (const SeedBlock& block :
       seed_blocks(sizes, 10, [](Index n) { return static_cast<double>(n) * 1e-4; })) {
    EXPECT_GT(block.count, 0);
    for (const Index n : block.sizes) {
      EXPECT_EQ(block.first, covered[n]) << "blocks of a size follow one another";
      covered[n] += block.count;
    }
  }
  for (const Index n : sizes) EXPECT_EQ(covered[n], 10) << n;
}

TEST(SeedBlocks, JoinSmallSizesAndCutLargeOnes) {
  const auto blocks = seed_blocks({1, 2, 3, 40}, 10, [](Index n) { return n >= 40 ? 4 : 0.03; });
  ASSERT_EQ(blocks.size(), 5U);
  EXPECT_EQ(blocks[0].sizes, (std::vector<Index>{1, 2}));  // .3 s each
  EXPECT_EQ(blocks[1].sizes, (std::vector<Index>{40}));    // 40 s in three blocks
  EXPECT_EQ(blocks[4].sizes, (std::vector<Index>{3}));
  EXPECT_TRUE(seed_blocks({}, 10, [](Index) { return 1.0; }).empty());
}

TEST(SeedBlocks, NeverCutOneRepetition) {
  const auto blocks = seed_blocks({5}, 1, [](Index) { return 1000.0; });
  ASSERT_EQ(blocks.size(), 1U);
  EXPECT_EQ(blocks[0].count, 1);
}

}  // namespace
}  // namespace wideband::seed_blocks_test

#include "wideband/experiment/circle/seed_blocks.hpp"

#include <algorithm>
#include <cmath>

namespace wideband {
namespace {

constexpr double least_seconds = 0.5;
constexpr double most_seconds = 15;

void add_cut(std::vector<SeedBlock>& blocks, Index n, Index seeds, double seconds) {
  const auto count = std::min(seeds, static_cast<Index>(std::ceil(seconds / most_seconds)));
  for (Index i = 0; i < count; ++i) {
    const Index first = i * seeds / count;
    blocks.push_back({{n}, first, (i + 1) * seeds / count - first});
  }
}

}  // namespace

std::vector<SeedBlock> seed_blocks(const std::vector<Index>& sizes, Index seeds,
                                   const std::function<double(Index)>& seconds) {
  std::vector<SeedBlock> blocks;
  SeedBlock group{{}, 0, seeds};
  double grouped = 0;
  const auto flush = [&] {
    if (!group.sizes.empty()) blocks.push_back(group);
    group.sizes.clear();
    grouped = 0;
  };
  for (const Index n : sizes) {
    const double all = seconds(n) * static_cast<double>(seeds);
    if (all > most_seconds) {
      add_cut(blocks, n, seeds, all);
      continue;
    }
    group.sizes.push_back(n);
    grouped += all;
    if (grouped >= least_seconds) flush();
  }
  flush();
  return blocks;
}

}  // namespace wideband

// Cuts sizes and repetitions into tasks: small sizes together, large ones in blocks of repetitions.
#pragma once

#include <functional>
#include <vector>

#include "wideband/core/types.hpp"

namespace wideband {

/// Repetitions first, ..., first + count - 1 of every size in `sizes`.
struct SeedBlock {
  std::vector<Index> sizes;
  Index first = 0;
  Index count = 0;
};

/// Blocks that cover every size and repetition once, of half a second to fifteen seconds each where
/// a repetition takes less: sizes whose repetitions all take less than half a second join their
/// neighbors, those that take more than fifteen are cut.
///
/// seconds  of one repetition of a size
std::vector<SeedBlock> seed_blocks(const std::vector<Index>& sizes, Index seeds,
                                   const std::function<double(Index)>& seconds);

}  // namespace wideband

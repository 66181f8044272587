// Judged claims in words: for the terminal, and sentence by sentence for the report.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "wideband/experiment/claim.hpp"

namespace wideband {

struct TextOptions {
  std::size_t width = 80;  // columns of the terminal; at least 40 are used
  bool color = false;      // ANSI colors on the verdicts
};

/// The table that ends a run: verdict, kind and statement of each claim, its finding (or the
/// comparison that decides), and a last line that counts the verdicts. Ends with a newline.
std::string claims_text(const std::vector<Claim>& claims, const TextOptions& options);

/// "0.2341 +- 0.0012 measured, 0.2336 predicted"; an identity says by how much it misses. The
/// standard error is shown, not z times it.
std::string comparison_text(const Comparison& comparison);

/// The comparison that decides, with its label; if it is too uncertain, how uncertain.
std::string decisive_text(const Claim& claim, const Judgement& judgement);

/// "7 hold, 1 fails, 2 are inconclusive", leaving out what does not occur.
std::string verdict_count_text(const std::vector<Claim>& claims);

}  // namespace wideband

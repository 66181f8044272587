// The statements that circle-alignment judges.
#pragma once

#include <vector>

#include "wideband/experiment/circle/alignment_results.hpp"

namespace wideband {

/// The perturbation sum is a prediction where its root is below this.
inline constexpr double valid_distance = 0.2;

/// Every claim for which the series hold a comparison, in the order of the gallery page.
std::vector<Claim> alignment_claims(const std::vector<AlignmentSeries>& series);

}  // namespace wideband

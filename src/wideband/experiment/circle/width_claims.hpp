// The statements that circle-width judges.
#pragma once

#include <vector>

#include "wideband/experiment/circle/width_results.hpp"

namespace wideband {

/// Every claim for which the series hold a comparison, in the order of the gallery page.
std::vector<Claim> width_claims(const std::vector<WidthSeries>& series);

}  // namespace wideband

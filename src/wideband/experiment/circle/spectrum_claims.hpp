// The statements that circle-spectrum judges.
#pragma once

#include <vector>

#include "wideband/experiment/circle/spectrum_results.hpp"

namespace wideband {

/// Every claim for which the results hold a comparison, in the order of the gallery page.
std::vector<Claim> spectrum_claims(const SpectrumResults& results);

}  // namespace wideband

// The statements that circle-sampling judges about training on random angles.
#pragma once

#include <vector>

#include "wideband/experiment/circle/sampling_modes.hpp"

namespace wideband {

/// Every claim for which the groups hold a comparison, in the order of the gallery page.
std::vector<Claim> modes_claims(const std::vector<ModeGroup>& groups);

}  // namespace wideband

// The statements that circle-sampling judges about the matrices of samples.
#pragma once

#include <vector>

#include "wideband/experiment/circle/sampling_moments.hpp"

namespace wideband {

/// Every claim for which the groups hold a comparison, in the order of the gallery page.
std::vector<Claim> sampling_claims(const std::vector<SampleGroup>& groups);

}  // namespace wideband

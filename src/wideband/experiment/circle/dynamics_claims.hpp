// The statements that circle-dynamics judges.
#pragma once

#include <vector>

#include "wideband/experiment/circle/dynamics_results.hpp"

namespace wideband {

/// Every claim for which the flows hold a comparison, in the order of the gallery page.
std::vector<Claim> dynamics_claims(const std::vector<DynamicsFlow>& flows);

}  // namespace wideband

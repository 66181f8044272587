// The statements that circle-preconditioning judges.
#pragma once

#include <vector>

#include "wideband/experiment/circle/preconditioning_results.hpp"

namespace wideband {

/// Every claim for which the groups hold a comparison, in the order of the gallery page.
std::vector<Claim> preconditioning_claims(const std::vector<PreconditioningGroup>& groups);

}  // namespace wideband

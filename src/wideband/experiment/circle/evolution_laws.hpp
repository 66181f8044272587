// What theory decides about circle-evolution: laws of a step and of the start, limits in m and eta.
#pragma once

#include <vector>

#include "wideband/experiment/circle/evolution_results.hpp"

namespace wideband {

/// Laws and theory; claims without a comparison are left out.
std::vector<Claim> evolution_laws(const EvolutionResults& results);

}  // namespace wideband

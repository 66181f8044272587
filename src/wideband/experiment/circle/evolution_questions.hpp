// What no theory decides about circle-evolution: the published statements, put to the measurement.
#pragma once

#include <vector>

#include "wideband/experiment/circle/evolution_results.hpp"

namespace wideband {

/// Open questions; those without a comparison are left out. They presuppose no answer: a verdict of
/// either kind is a result.
std::vector<Claim> evolution_questions(const EvolutionResults& results);

}  // namespace wideband

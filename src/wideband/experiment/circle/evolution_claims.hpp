// The statements that circle-evolution judges.
#pragma once

#include <vector>

#include "wideband/experiment/circle/evolution_results.hpp"

namespace wideband {

/// Every claim for which the results hold a comparison, in the order of the gallery page: laws and
/// theory of evolution_laws.hpp, then the open questions of evolution_questions.hpp. Groups in
/// which a seed stopped early take part in none.
std::vector<Claim> evolution_claims(const EvolutionResults& results);

}  // namespace wideband

#include "wideband/experiment/circle/evolution_claims.hpp"

#include <utility>

#include "wideband/experiment/circle/evolution_laws.hpp"
#include "wideband/experiment/circle/evolution_questions.hpp"

namespace wideband {

std::vector<Claim> evolution_claims(const EvolutionResults& results) {
  EvolutionResults complete;
  for (const EvolutionGroup& group : results.groups) {
    if (group.complete()) complete.groups.push_back(group);
  }
  std::vector<Claim> claims = evolution_laws(complete);
  for (Claim& claim : evolution_questions(complete)) claims.push_back(std::move(claim));
  return claims;
}

}  // namespace wideband

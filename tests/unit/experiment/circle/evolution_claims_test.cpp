#include "wideband/experiment/circle/evolution_claims.hpp"

#include <set>

#include <gtest/gtest.h>

#include "support/evolution_fixture.hpp"
#include "support/experiment.hpp"

namespace wideband::evolution_claims_test {
namespace {

TEST(EvolutionClaims, HoldForResultsThatSatisfyThem) {
  const std::vector<Claim> claims = evolution_claims(test::made_up_evolution());
  EXPECT_EQ(claims.size(), 16U);
  std::set<std::string> ids;
  for (const Claim& claim : claims) {
    EXPECT_TRUE(test::has_verdict(claim, Verdict::holds));
    EXPECT_TRUE(ids.insert(claim.id).second) << claim.id;
  }
}

TEST(EvolutionClaims, RunsThatStoppedTakeNoPart) {
  EvolutionResults results = test::made_up_evolution();
  for (EvolutionGroup& group : results.groups) group.data["stopped"](2, 0) = 17;
  EXPECT_TRUE(evolution_claims(results).empty());
}

}  // namespace
}  // namespace wideband::evolution_claims_test

#include "wideband/experiment/circle/evolution_laws.hpp"

#include <cmath>
#include <functional>
#include <set>
#include <utility>

#include <gtest/gtest.h>

#include "support/evolution_fixture.hpp"
#include "support/experiment.hpp"

namespace wideband::evolution_laws_test {
namespace {

struct Broken {
  std::string claim;
  std::string how;
  std::function<void(EvolutionGroup&)> harm;  // applied to every group
};

std::vector<Broken> broken_results() {
  return {
      {"step-law", "a rate without its factor 2",
       [](EvolutionGroup& g) { g.data["step_defect"].array() += 0.1; }},
      {"coupling-sum", "couplings scaled by 1.1",
       [](EvolutionGroup& g) { g.data["coupling_mismatch"].array() += 0.1; }},
      {"common-start", "another start of the frozen branch",
       [](EvolutionGroup& g) { g.data["loss_frozen_matched"].col(0) *= 1.001; }},
      {"common-start", "a first step that is not linear",
       [](EvolutionGroup& g) { g.data["distance"].col(1).array() += 0.1; }},
      {"frozen-monotone", "a frozen loss that rises once",
       [](EvolutionGroup& g) { g.data["loss_frozen_published"].col(9) *= 1.1; }},
      {"start-loss", "a loss scaled by .9",
       [](EvolutionGroup& g) { g.data["loss_evolving"].col(0) *= 0.9; }},
      {"wide-limit", "a distance that falls like m^(-.4)",
       [](EvolutionGroup& g) { g.data["distance"] *= std::pow(static_cast<double>(g.m), 0.6); }},
      {"eta-collapse", "losses on the step axis", [](EvolutionGroup& g) {
         if (g.eta < 0.15) return;
         for (Index p = 0; p < g.snapshots(); ++p)
           g.data["loss_evolving"].col(p) *= std::exp((g.eta < 0.3 ? 1.0 : 0.9) * g.time(p) / 50);
       }}};
}

TEST(EvolutionLaws, EachFailsOnDataThatBreakIt) {
  std::set<std::string> broken;
  for (const Broken& example : broken_results()) {
    EvolutionResults results = test::made_up_evolution();
    for (EvolutionGroup& group : results.groups) example.harm(group);
    const Claim claim = test::claim_named(evolution_laws(results), example.claim);
    EXPECT_TRUE(test::has_verdict(claim, Verdict::fails)) << example.how;
    broken.insert(example.claim);
  }
  for (const Claim& claim : evolution_laws(test::made_up_evolution()))
    EXPECT_TRUE(broken.count(claim.id)) << "nothing breaks " << claim.id;
}

TEST(EvolutionLaws, HoldForMeasuredRuns) {
  for (const Claim& claim : evolution_laws(test::small_evolution())) {
    if (claim.kind != ClaimKind::law) continue;
    EXPECT_TRUE(test::has_verdict(claim, Verdict::holds));
  }
}

TEST(EvolutionLaws, ExpectNoDecayBeyondStability) {
  EvolutionResults results;
  results.groups.push_back(test::made_up_group({"sparse", 128, 0.1, -1}));
  EvolutionGroup& group = results.groups.front();
  group.published_eta_scale = 2.5;
  for (Index p = 0; p < group.snapshots(); ++p)
    group.data["loss_frozen_published"].col(p) *= std::pow(1.5, static_cast<double>(p));
  const Claim claim = test::claim_named(evolution_laws(results), "frozen-monotone");
  EXPECT_TRUE(test::has_verdict(claim, Verdict::holds));
  EXPECT_EQ(claim.comparisons.size(), 1U);
  EXPECT_EQ(evolution_statuses(results).size(), 1U);
}

TEST(EvolutionLaws, NarrowNetworksAreNotTakenForTheLimit) {
  EvolutionResults results;
  for (const Index m : {512, 1024})
    results.groups.push_back(test::made_up_group({"sparse", m, 0.1, 1}));
  for (const Claim& claim : evolution_laws(results)) EXPECT_NE(claim.id, "wide-limit");
}

}  // namespace
}  // namespace wideband::evolution_laws_test

#include "wideband/experiment/circle/preconditioning_claims.hpp"

#include <functional>
#include <set>

#include <gtest/gtest.h>

#include "support/experiment.hpp"
#include "support/preconditioning_fixture.hpp"

namespace wideband::preconditioning_claims_test {
namespace {

using test::small_preconditioning;

// Six seeds decide what the claims say, not always within their resolution.
TEST(PreconditioningClaims, DoNotFailOnTheMeasuredFlows) {
  std::set<std::string> ids;
  for (const Claim& claim : preconditioning_claims(small_preconditioning())) {
    if (claim.kind != ClaimKind::open) {
      EXPECT_NE(judge(claim).verdict, Verdict::fails)
          << test::has_verdict(claim, Verdict::holds).message();
    }
    if (claim.kind == ClaimKind::law) {
      EXPECT_TRUE(test::has_verdict(claim, Verdict::holds));
    }
    EXPECT_TRUE(ids.insert(claim.id).second) << claim.id;
  }
  EXPECT_EQ(ids.size(), 8U);
}

struct Broken {
  std::string claim;
  std::string how;
  std::function<void(PreconditioningGroup&)> harm;
};

FlowGroup& flow_of(PreconditioningGroup& group, Preconditioning flow) {
  return group.flows[static_cast<std::size_t>(flow)];
}

std::vector<Broken> broken_flows() {
  return {{"geometric", "a rate of 1.001",
           [](PreconditioningGroup& g) { g.geometric_error.setConstant(0.03); }},
          {"coordinates", "a step in float32",
           [](PreconditioningGroup& g) {
             for (PrecisionCurves& curves : g.precise) curves.distance = 1e-7;
           }},
          {"perpendicular", "an outside that moves",
           [](PreconditioningGroup& g) {
             for (PrecisionCurves& curves : g.precise) curves.perpendicular = 1e-3;
           }},
          {"limit", "a limit without the drive of r_perp",
           [](PreconditioningGroup& g) { flow_of(g, Preconditioning::theory).loss_train *= 1.01; }},
          {"floor", "the energy without its factor 1/2",
           [](PreconditioningGroup& g) { flow_of(g, Preconditioning::theory).floor *= 2; }},
          {"deviation", "rates of another preconditioner",
           [](PreconditioningGroup& g) {
             flow_of(g, Preconditioning::theory).rate_deviation.array() += 1;
           }},
          {"edges", "the kernel scaled by 1.5",
           [](PreconditioningGroup& g) { flow_of(g, Preconditioning::corrected).rates *= 1.5; }},
          {"agreement", "three times the level", [](PreconditioningGroup& g) {
             Vector& deviation = flow_of(g, Preconditioning::theory).rate_deviation;
             deviation *= 0.3 / deviation.mean();
           }}};
}

TEST(PreconditioningClaims, EachFailsOnDataThatBreakIt) {
  std::set<std::string> broken;
  for (const Broken& example : broken_flows()) {
    std::vector<PreconditioningGroup> groups = small_preconditioning();
    for (PreconditioningGroup& group : groups) example.harm(group);
    const Claim claim = test::claim_named(preconditioning_claims(groups), example.claim);
    EXPECT_TRUE(test::has_verdict(claim, Verdict::fails)) << example.how;
    broken.insert(example.claim);
  }
  for (const Claim& claim : preconditioning_claims(small_preconditioning()))
    EXPECT_TRUE(broken.count(claim.id)) << "nothing breaks " << claim.id;
}

// The bound follows from steps, step and conditions, and lies above what is measured.
TEST(PreconditioningClaims, LeaveOutWhatRoundingDecides) {
  std::vector<PreconditioningGroup> groups = small_preconditioning();
  for (const PreconditioningGroup& group : groups) {
    for (const PrecisionCurves& curves : group.precise) {
      EXPECT_LE(curves.distance, curves.rounding);
      EXPECT_LT(curves.rounding, 1e-9);
    }
  }
  PrecisionCurves& curves = groups[0].precise[static_cast<std::size_t>(Preconditioning::theory)];
  curves.distance = 1e-7;
  curves.rounding = 1e-6;
  const Claim claim = test::claim_named(preconditioning_claims(groups), "coordinates");
  EXPECT_TRUE(test::has_verdict(claim, Verdict::holds));
  EXPECT_EQ(claim.finding, "theory, base4, K = 3, n = 128: not judged, rounding may add 1e-06.");
}

// d = 7 coordinates: the rates of 8192 samples are within 10 %.
TEST(PreconditioningClaimsFull, TheoryAndEmpiricalRatesAgreeAtLargeSamples) {
  PreconditioningConfig config;
  config.sizes = {8192};
  config.cutoff = 3;
  config.steps = 1;
  config.seeds = 6;
  config.probes = 64;
  const auto groups = preconditioning_groups({test::preconditioning_point(config)});
  const Claim claim = test::claim_named(preconditioning_claims(groups), "agreement");
  EXPECT_NE(judge(claim).verdict, Verdict::fails)
      << test::has_verdict(claim, Verdict::holds).message();
}

}  // namespace
}  // namespace wideband::preconditioning_claims_test

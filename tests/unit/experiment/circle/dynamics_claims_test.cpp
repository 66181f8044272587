#include "wideband/experiment/circle/dynamics_claims.hpp"

#include <functional>
#include <set>

#include <gtest/gtest.h>

#include "support/dynamics_fixture.hpp"
#include "support/experiment.hpp"

namespace wideband::dynamics_claims_test {
namespace {

using test::small_flows;

TEST(DynamicsClaims, HoldForTheMeasuredFlows) {
  const std::vector<Claim> claims = dynamics_claims(small_flows());
  EXPECT_EQ(claims.size(), 9U);
  for (const Claim& claim : claims) EXPECT_TRUE(test::has_verdict(claim, Verdict::holds));
}

struct Broken {
  std::string claim;
  std::string how;
  std::function<void(std::vector<DynamicsFlow>&)> harm;
};

// Flows of the fixture: bias n = 64 base4, swap4, n = 256 base4, swap4, then nobias; 1.98; 2.02;
// trained bias, nobias.
std::vector<Broken> broken_flows() {
  using Flows = std::vector<DynamicsFlow>;
  return {
      {"decay-sample", "a coefficient off by 1e-9",
       [](Flows& f) { f[0].result.sample_error(0) = 1e-9; }},
      {"decay-fourier", "an eigenvalue scaled by 1.1",
       [](Flows& f) { f[0].result.factor = f[0].result.factor.array().pow(1.1); }},
      {"amplitude-free", "decay that scales with the amplitude",
       [](Flows& f) {
         f[1].result.amplitude.col(2) = f[1].result.amplitude.col(2).array().square();
       }},
      {"loss-is-sum", "a factor 2", [](Flows& f) { f[0].result.loss *= 2; }},
      {"grid-size", "one grid for both", [](Flows& f) { f[2].result.factor = f[0].result.factor; }},
      {"nobias-odd-constant", "sine for cosine moves an odd plane",
       [](Flows& f) { f.back().result.odd_drift(0) = 1e-3; }},
      {"low-first", "two planes exchanged",
       [](Flows& f) { std::swap(f[0].result.reached(2), f[0].result.reached(3)); }},
      {"steps", "one step more", [](Flows& f) { f[0].result.reached(1) += 1; }},
      {"stability", "growth at .99 of the limit",
       [](Flows& f) { std::swap(f[8].result.amplitude, f[10].result.amplitude); }}};
}

TEST(DynamicsClaims, EachFailsOnDataThatBreakIt) {
  std::set<std::string> broken;
  for (const Broken& example : broken_flows()) {
    std::vector<DynamicsFlow> flows = small_flows();
    example.harm(flows);
    const Claim claim = test::claim_named(dynamics_claims(flows), example.claim);
    EXPECT_TRUE(test::has_verdict(claim, Verdict::fails)) << example.how;
    broken.insert(example.claim);
  }
  for (const Claim& claim : dynamics_claims(small_flows()))
    EXPECT_TRUE(broken.count(claim.id)) << "nothing breaks " << claim.id;
}

}  // namespace
}  // namespace wideband::dynamics_claims_test

#include "wideband/experiment/circle/sampling_mode_claims.hpp"

#include <cmath>
#include <functional>
#include <set>

#include <gtest/gtest.h>

#include "support/experiment.hpp"
#include "support/sampling_fixture.hpp"

namespace wideband::sampling_mode_claims_test {
namespace {

using test::small_modes;

// Twelve seeds decide what the claims say, not always within their resolution.
TEST(ModesClaims, DoNotFailOnTheMeasuredTrainings) {
  std::set<std::string> ids;
  for (const Claim& claim : modes_claims(small_modes())) {
    EXPECT_NE(judge(claim).verdict, Verdict::fails)
        << test::has_verdict(claim, Verdict::holds).message();
    EXPECT_TRUE(ids.insert(claim.id).second) << claim.id;
  }
  EXPECT_EQ(ids.size(), 4U);
}

// Many seeds of a short training, which decide the size of the excitation.
const std::vector<ModeGroup>& many_modes() {
  static const std::vector<ModeGroup> groups = [] {
    SamplingConfig config;
    config.sizes = {256};
    config.cutoff = 6;
    config.seeds = 80;
    config.steps = 20;
    config.step_rule = "fixed";
    config.exact_limit = 0;
    return mode_groups({test::sampling_point(config)});
  }();
  return groups;
}

TEST(ModesClaims, SeeAHalvedAndADoubledExcitation) {
  const auto verdict = [](double factor) {
    std::vector<ModeGroup> groups = many_modes();
    for (ModeGroup& group : groups) group.start_norm /= factor;
    return judge(test::claim_named(modes_claims(groups), "absent-mode-size")).verdict;
  };
  EXPECT_EQ(verdict(1), Verdict::holds);
  EXPECT_EQ(verdict(0.5), Verdict::fails);
  EXPECT_EQ(verdict(2), Verdict::fails);
}

struct Broken {
  std::string claim;
  std::string how;
  std::function<void(ModeGroup&)> harm;
};

std::vector<Broken> broken_modes() {
  return {{"leakage", "a float32 iteration", [](ModeGroup& g) { g.exact_error.array() += 1e-7; }},
          {"absent-modes", "excitation that does not fall with n",
           [](ModeGroup& g) { g.start_norm /= std::sqrt(static_cast<double>(g.n)); }},
          {"absent-mode-size", "a factor 3, twelve seeds", [](ModeGroup& g) { g.start_norm /= 3; }},
          {"departure", "departures that come earlier",
           [](ModeGroup& g) { g.departure.array() = 1e6 / static_cast<double>(g.n); }}};
}

TEST(ModesClaims, EachFailsOnDataThatBreakIt) {
  std::set<std::string> broken;
  for (const Broken& example : broken_modes()) {
    std::vector<ModeGroup> groups = small_modes();
    for (ModeGroup& group : groups) example.harm(group);
    const Claim claim = test::claim_named(modes_claims(groups), example.claim);
    EXPECT_TRUE(test::has_verdict(claim, Verdict::fails)) << example.how;
    broken.insert(example.claim);
  }
  for (const Claim& claim : modes_claims(small_modes()))
    EXPECT_TRUE(broken.count(claim.id)) << "nothing breaks " << claim.id;
}

}  // namespace
}  // namespace wideband::sampling_mode_claims_test

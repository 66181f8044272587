#include "wideband/experiment/circle/sampling_claims.hpp"

#include <cmath>
#include <functional>
#include <set>

#include <gtest/gtest.h>

#include "support/experiment.hpp"
#include "support/sampling_fixture.hpp"

namespace wideband::sampling_claims_test {
namespace {

using test::small_samples;

TEST(SamplingClaims, HoldForTheMeasuredSamples) {
  std::set<std::string> ids;
  for (const Claim& claim : sampling_claims(small_samples())) {
    EXPECT_TRUE(test::has_verdict(claim, Verdict::holds));
    EXPECT_TRUE(ids.insert(claim.id).second) << claim.id;
  }
  EXPECT_EQ(ids.size(), 10U);
}

struct Broken {
  std::string claim;
  std::string how;
  std::function<void(SampleGroup&)> harm;
};

double size(const SampleGroup& group) {
  return static_cast<double>(group.n);
}

std::vector<Broken> broken_samples() {
  return {
      {"trace", "sqrt2 missing from one column", [](SampleGroup& g) { g.gram.col(5) /= 2; }},
      {"mode-mixing", "a kernel scaled by 1.1",
       [](SampleGroup& g) { g.mixing.col(1).array() += 0.05; }},
      {"mean-gram", "columns scaled", [](SampleGroup& g) { g.gram *= 1.1; }},
      {"mean-compressed", "a kernel scaled by 1.1", [](SampleGroup& g) { g.compressed *= 1.1; }},
      {"fro-moments", "a factor 1.1 in G", [](SampleGroup& g) { g.gram_fro *= 1.1; }},
      {"fro-moments", "a factor 1.1 in H", [](SampleGroup& g) { g.compressed_fro *= 1.1; }},
      {"fro-moments", "a factor 1.1 in E", [](SampleGroup& g) { g.action_fro *= 1.1; }},
      {"fro-moments", "E that decays", [](SampleGroup& g) { g.action_fro /= std::sqrt(size(g)); }},
      {"empirical-coefficients", "a factor 1.3",
       [](SampleGroup& g) { g.coefficient_square *= 1.3; }},
      {"slopes", "decay like 1/n", [](SampleGroup& g) { g.gram_max /= std::sqrt(size(g)); }},
      {"action-slope", "a logarithm",
       [](SampleGroup& g) { g.action_max *= std::pow(std::log(size(g)), 2); }},
      {"coordinates", "the whole self term",
       [](SampleGroup& g) { g.coordinate_diagonal.array() += 1.5 / size(g); }},
      {"envelopes", "errors of the size of the bound", [](SampleGroup& g) { g.gram_max *= 2.5; }}};
}

TEST(SamplingClaims, EachFailsOnDataThatBreakIt) {
  std::set<std::string> broken;
  for (const Broken& example : broken_samples()) {
    std::vector<SampleGroup> groups = small_samples();
    for (SampleGroup& group : groups) {
      if (example.claim != "mode-mixing" || group.mixing.size() > 0) example.harm(group);
    }
    const Claim claim = test::claim_named(sampling_claims(groups), example.claim);
    EXPECT_TRUE(test::has_verdict(claim, Verdict::fails)) << example.how;
    broken.insert(example.claim);
  }
  for (const Claim& claim : sampling_claims(small_samples()))
    EXPECT_TRUE(broken.count(claim.id)) << "nothing breaks " << claim.id;
}

TEST(SamplingClaims, OfOneSampleAreIdentitiesOnly) {
  std::vector<SampleGroup> groups = {small_samples()[0]};
  groups[0].from_file = true;
  const std::vector<Claim> claims = sampling_claims(groups);
  ASSERT_EQ(claims.size(), 2U);
  EXPECT_EQ(claims[0].id, "trace");
  EXPECT_EQ(claims[1].id, "mode-mixing");
}

}  // namespace
}  // namespace wideband::sampling_claims_test

#include "wideband/experiment/kernel/regression_claims.hpp"

#include <functional>
#include <set>

#include <gtest/gtest.h>

#include "support/experiment.hpp"
#include "support/regression_fixture.hpp"

namespace wideband::regression_claims_test {
namespace {

using test::plausible_results;

TEST(RegressionClaims, HoldForPlausibleResults) {
  const std::vector<Claim> claims = regression_claims(plausible_results());
  EXPECT_EQ(claims.size(), 4U);
  for (const Claim& claim : claims) EXPECT_TRUE(test::has_verdict(claim, Verdict::holds));
}

struct Broken {
  std::string claim;
  std::string how;
  std::function<void(RegressionResults&)> harm;
};

std::vector<Broken> broken_results() {
  return {{"loo-error", "training errors in the place of leave-one-out",
           [](RegressionResults& r) {
             for (RidgeResult& one : r.front().ridges) one.leave_one_out.mean /= 2;
           }},
          {"loo-pick", "a pick at the end of the grid",
           [](RegressionResults& r) { r.back().ridges.back().leave_one_out.mean = 0.01; }},
          {"bound", "an ill-conditioned kernel",
           [](RegressionResults& r) { r.back().ridges.front().bound = 0.1; }},
          {"likelihood-pick", "the smallest likelihood", [](RegressionResults& r) {
             for (RidgeResult& one : r.front().ridges) one.log_marginal_likelihood *= -1;
           }}};
}

TEST(RegressionClaims, EachFailsOnDataThatBreakIt) {
  std::set<std::string> broken;
  for (const Broken& example : broken_results()) {
    RegressionResults results = plausible_results();
    example.harm(results);
    const Claim claim = test::claim_named(regression_claims(results), example.claim);
    EXPECT_TRUE(test::has_verdict(claim, Verdict::fails)) << example.how;
    broken.insert(example.claim);
  }
  for (const Claim& claim : regression_claims(plausible_results()))
    EXPECT_TRUE(broken.count(claim.id)) << "nothing breaks " << claim.id;
}

}  // namespace
}  // namespace wideband::regression_claims_test

#include "wideband/experiment/claims_json.hpp"

#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace wideband::claims_json_test {
namespace {

TEST(ClaimsJson, HoldsEverythingThatTheVerdictFollowedFrom) {
  Claim claim;
  claim.id = "slope";
  claim.kind = ClaimKind::theory;
  claim.statement = "the \"slope\" is -1/2";
  claim.source = "circle.md 2.4";
  claim.finding = "slope -0.498";
  claim.comparisons = {{.label = "fro",
                        .measured = -.498,
                        .predicted = -.5,
                        .standard_error = .002,
                        .repetitions = 100},
                       {.label = "max",
                        .measured = std::numeric_limits<double>::infinity(),
                        .predicted = 0.1,
                        .relation = Relation::at_most,
                        .rounding = 1e-15}};
  const auto json = nlohmann::json::parse(claims_json({claim}));
  ASSERT_EQ(json.size(), 1u);
  EXPECT_EQ(json[0]["id"], "slope");
  EXPECT_EQ(json[0]["kind"], "theory");
  EXPECT_EQ(json[0]["verdict"], "fails");
  EXPECT_EQ(json[0]["statement"], claim.statement);
  EXPECT_EQ(json[0]["decided_by"], 1);
  const auto& fro = json[0]["comparisons"][0];
  EXPECT_EQ(fro["measured"], -.498) << "all digits";
  EXPECT_EQ(fro["verdict"], "holds");
  EXPECT_EQ(fro["relation"], "equal");
  EXPECT_NEAR(fro["allowed"].get<double>(), fro["z"].get<double>() * .002, 1e-15);
  EXPECT_EQ(json[0]["comparisons"][1]["measured"], "inf");
  EXPECT_EQ(json[0]["comparisons"][1]["z"], 0);
}

TEST(ClaimsJson, NoClaimsAreAnEmptyList) {
  EXPECT_EQ(claims_json({}), "[]\n");
}

}  // namespace
}  // namespace wideband::claims_json_test

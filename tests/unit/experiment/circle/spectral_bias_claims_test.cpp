#include "wideband/experiment/circle/spectral_bias_claims.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wideband::spectral_bias_claims_test {
namespace {

Claim claim(const std::string& id, ClaimKind kind, double measured) {
  Claim claim;
  claim.id = id;
  claim.kind = kind;
  claim.statement = "technical words";
  claim.comparisons = {{.label = "x", .measured = measured, .predicted = 1, .rounding = .01}};
  return claim;
}

PartOutcome part(const std::string& experiment, std::vector<Claim> claims) {
  PartOutcome part{experiment, {}};
  part.outcome.claims = std::move(claims);
  return part;
}

TEST(SpectralBiasClaims, SayInPlainWordsWhatAPartHasJudged) {
  const std::vector<Claim> claims = spectral_bias_claims(
      {part("circle-dynamics",
            {claim("low-first", ClaimKind::law, 1), claim("not-in-the-thesis", ClaimKind::law, 1)}),
       part("circle-width", {claim("slope-fro", ClaimKind::theory, 2)})});
  ASSERT_EQ(claims.size(), 2u);
  EXPECT_EQ(claims[0].id, "circle-dynamics/low-first");
  EXPECT_THAT(claims[0].statement, ::testing::StartsWith("Low frequencies are learned first"));
  EXPECT_EQ(judge(claims[0]).verdict, Verdict::holds);
  EXPECT_EQ(claims[1].kind, ClaimKind::theory);
  EXPECT_EQ(judge(claims[1]).verdict, Verdict::fails) << "a failing claim is not hidden";
}

TEST(SpectralBiasClaims, TakeEveryOpenQuestionOfTheEvolution) {
  const std::vector<Claim> claims = spectral_bias_claims(
      {part("circle-evolution", {claim("law", ClaimKind::law, 1), claim("a", ClaimKind::open, 1),
                                 claim("b", ClaimKind::open, 2)})});
  ASSERT_EQ(claims.size(), 2u);
  EXPECT_EQ(claims[0].id, "circle-evolution/a");
  EXPECT_EQ(claims[1].statement, "technical words");
}

}  // namespace
}  // namespace wideband::spectral_bias_claims_test

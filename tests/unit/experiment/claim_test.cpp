#include "wideband/experiment/claim.hpp"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "wideband/core/status.hpp"

namespace wideband::claim_test {
namespace {

// Student's t with 99 degrees of freedom, P(|T| > z) = 1e-3 (standard tables: 3.3915).
constexpr double z_of_100_repetitions = 3.3915;

Claim one(const Comparison& comparison) {
  Claim claim;
  claim.id = "example";
  claim.comparisons = {comparison};
  return claim;
}

Verdict verdict(const Comparison& comparison) {
  return judge(one(comparison)).verdict;
}

TEST(Claim, AMeasurementWithinItsErrorBarHoldsIfTheBarIsShort) {
  EXPECT_EQ(verdict({.measured = 1.03, .predicted = 1, .standard_error = .01, .repetitions = 100}),
            Verdict::holds);
  EXPECT_EQ(verdict({.measured = 1.04, .predicted = 1, .standard_error = .01, .repetitions = 100}),
            Verdict::fails);
  EXPECT_EQ(verdict({.measured = 1.03, .predicted = 1, .standard_error = .02, .repetitions = 100}),
            Verdict::inconclusive)
      << "the bar .068 exceeds 5 % of the prediction";
}

TEST(Claim, CriticalValueIsStudentsAndFamilyWise) {
  Claim claim = one({.measured = 1, .predicted = 1, .standard_error = .01, .repetitions = 100});
  EXPECT_TRUE(test::near(judge(claim).critical_value, z_of_100_repetitions, 5e-4));
  claim.comparisons.resize(10, claim.comparisons.front());
  // P(|T| > z) = 1e-4 with 99 degrees of freedom (standard tables: 4.0535 +- .02).
  EXPECT_TRUE(test::near(judge(claim).critical_value, 4.0535, .02));
}

TEST(Claim, AnIdentityUsesItsRoundingBound) {
  EXPECT_EQ(verdict({.measured = 1 + 1e-15, .predicted = 1, .rounding = 2e-15}), Verdict::holds);
  EXPECT_EQ(verdict({.measured = 1 + 1e-14, .predicted = 1, .rounding = 2e-15}), Verdict::fails);
  EXPECT_EQ(verdict({.measured = 1e-16, .predicted = 0, .rounding = 1e-15}), Verdict::holds)
      << "a prediction of zero has no relative resolution";
  EXPECT_EQ(verdict({.measured = 1, .predicted = 1, .rounding = .1}), Verdict::inconclusive);
}

TEST(Claim, TheModelErrorExcusesADeviationButNotALongErrorBar) {
  Comparison comparison{
      .measured = 1.04, .predicted = 1, .standard_error = .005, .repetitions = 100};
  EXPECT_EQ(verdict(comparison), Verdict::fails);
  comparison.model_error = .05;
  EXPECT_EQ(verdict(comparison), Verdict::holds);
  comparison.standard_error = .05;
  EXPECT_EQ(verdict(comparison), Verdict::inconclusive);
}

TEST(Claim, BoundsCareAboutOneSideOnly) {
  Comparison bound{.measured = .2,
                   .predicted = 1,
                   .relation = Relation::at_most,
                   .standard_error = .05,
                   .repetitions = 100};
  EXPECT_EQ(verdict(bound), Verdict::holds) << "far below: a bar of .17 does not matter";
  bound.measured = .95;
  EXPECT_EQ(verdict(bound), Verdict::inconclusive);
  bound.measured = 1.3;
  EXPECT_EQ(verdict(bound), Verdict::fails);
  bound.relation = Relation::at_least;
  EXPECT_EQ(verdict(bound), Verdict::holds);
  bound.measured = .2;
  EXPECT_EQ(verdict(bound), Verdict::fails);
}

TEST(Claim, ZeroIsResolvedAbsolutely) {
  Claim claim = one({.measured = .001, .predicted = 0, .standard_error = .001, .repetitions = 100});
  EXPECT_EQ(judge(claim).verdict, Verdict::inconclusive);
  claim.absolute_resolution = .01;
  EXPECT_EQ(judge(claim).verdict, Verdict::holds);
}

TEST(Claim, NaNFailsWhereverItStands) {
  const double nan = std::nan("");
  EXPECT_EQ(verdict({.measured = nan, .predicted = 1, .rounding = 1}), Verdict::fails);
  EXPECT_EQ(verdict({.measured = 1, .predicted = nan, .rounding = 1}), Verdict::fails);
  EXPECT_EQ(verdict({.measured = 1, .predicted = 1, .rounding = nan}), Verdict::fails);
  EXPECT_EQ(verdict({.measured = 1, .predicted = 1, .standard_error = nan, .repetitions = 9}),
            Verdict::fails);
  EXPECT_EQ(verdict({.measured = 1, .predicted = 1, .rounding = .01, .model_error = nan}),
            Verdict::fails);
  EXPECT_EQ(verdict({.measured = infinity, .predicted = 1, .rounding = .01}), Verdict::fails);
}

TEST(Claim, OneFailureDecidesElseOneDoubt) {
  const Comparison good{.label = "good", .measured = 1, .predicted = 1, .rounding = .01};
  const Comparison vague{.label = "vague", .measured = 1.05, .predicted = 1, .rounding = .1};
  const Comparison bad{.label = "bad", .measured = 2, .predicted = 1, .rounding = .01};
  Claim claim;
  claim.comparisons = {good, vague, good};
  EXPECT_EQ(judge(claim).verdict, Verdict::inconclusive);
  EXPECT_EQ(judge(claim).worst, 1u);
  claim.comparisons.push_back(bad);
  EXPECT_EQ(judge(claim).verdict, Verdict::fails);
  EXPECT_EQ(judge(claim).worst, 3u);
  EXPECT_THAT(judge(claim).comparisons,
              ::testing::ElementsAre(Verdict::holds, Verdict::inconclusive, Verdict::holds,
                                     Verdict::fails));
}

TEST(Claim, RefusesComparisonsThatCannotBeJudged) {
  EXPECT_THROW(judge(Claim{}), std::invalid_argument);
  EXPECT_THROW(verdict({.measured = 1, .predicted = 1}), std::invalid_argument);
  EXPECT_THROW(verdict({.measured = 1, .predicted = 1, .standard_error = 1, .repetitions = 1}),
               std::invalid_argument);
}

}  // namespace
}  // namespace wideband::claim_test

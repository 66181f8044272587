#include "wideband/experiment/circle/evolution_questions.hpp"

#include <cmath>
#include <functional>
#include <set>
#include <utility>

#include <gtest/gtest.h>

#include "support/evolution_fixture.hpp"
#include "support/experiment.hpp"

namespace wideband::evolution_questions_test {
namespace {

struct Broken {
  std::string claim;
  std::string how;
  std::function<void(EvolutionGroup&)> harm;  // applied to every group
};

// Exchanges what happens between the first and the last eigen snapshot.
void reverse_time(EvolutionGroup& group, const std::string& cosine) {
  Matrix& values = group.data[cosine];
  const Index planes = group.cutoff + 1;
  const Matrix first = values.leftCols(planes);
  values.leftCols(planes) = Matrix(values.rightCols(planes));
  values.rightCols(planes) = first;
}

std::vector<Broken> broken_results() {
  return {{"published-by-step", "evolving worse at every width",
           [](EvolutionGroup& g) { g.data["loss_frozen_published"] *= 0.01; }},
          {"published-by-time", "evolving better at every width",
           [](EvolutionGroup& g) { g.data["loss_frozen_matched"] *= 100; }},
          {"growth-absolute", "growth in the high planes",
           [](EvolutionGroup& g) { g.data["strength"].rightCols(1).array() += 50; }},
          {"growth-relative", "the same relative growth elsewhere",
           [](EvolutionGroup& g) { g.data["strength"].rightCols(1) *= 30; }},
          {"alignment-falls", "alignment that rises",
           [](EvolutionGroup& g) { reverse_time(g, "cosine_exclusive"); }},
          {"alignment-order", "alignment that rises most at high k",
           [](EvolutionGroup& g) { reverse_time(g, "cosine_exclusive"); }},
          {"strength-explains-rate", "interference that takes two thirds",
           [](EvolutionGroup& g) { g.data["integral_D"] *= 3; }},
          {"carry-over", "the other branch leads with 11 and 12",
           [](EvolutionGroup& g) {
             if (g.target == "sparse-11-12")
               std::swap(g.data["loss_evolving"], g.data["loss_frozen_matched"]);
           }},
          {"matchings-agree", "shared matching that sees nothing move",
           [](EvolutionGroup& g) { g.data["cosine_shared"].setConstant(0.95); }}};
}

TEST(EvolutionQuestions, EachFailsOnDataThatBreakIt) {
  std::set<std::string> broken;
  for (const Broken& example : broken_results()) {
    EvolutionResults results = test::made_up_evolution();
    for (EvolutionGroup& group : results.groups) example.harm(group);
    const Claim claim = test::claim_named(evolution_questions(results), example.claim);
    EXPECT_TRUE(test::has_verdict(claim, Verdict::fails)) << example.how;
    broken.insert(example.claim);
  }
  for (const Claim& claim : evolution_questions(test::made_up_evolution()))
    EXPECT_TRUE(broken.count(claim.id)) << "nothing breaks " << claim.id;
}

TEST(EvolutionQuestions, AreOpen) {
  for (const Claim& claim : evolution_questions(test::made_up_evolution()))
    EXPECT_EQ(claim.kind, ClaimKind::open) << claim.id;
}

TEST(EvolutionQuestions, NeedTwoSeeds) {
  EvolutionResults results = test::made_up_evolution();
  for (EvolutionGroup& group : results.groups) {
    for (auto& [name, values] : group.data) values = Matrix(values.topRows(1));
  }
  EXPECT_TRUE(evolution_questions(results).empty());
}

}  // namespace
}  // namespace wideband::evolution_questions_test

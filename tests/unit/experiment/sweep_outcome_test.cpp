#include "wideband/experiment/sweep_outcome.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/experiment.hpp"
#include "support/tiny_experiment.hpp"
#include "wideband/experiment/plan.hpp"
#include "wideband/experiment/toml_deck.hpp"

namespace wideband::sweep_outcome_test {
namespace {

using ::testing::ElementsAre;

Outcome outcome_of(const Experiment& experiment, const std::string& text) {
  const Deck deck = read_deck(experiment.name, experiment.defaults, text, "d.toml", {});
  const Plan plan = plan_of(experiment, deck);
  Records records;
  for (const TaskSettings& task : plan.tasks) records.emplace_back(experiment.run(task.settings));
  return sweep_outcome(experiment, collected(plan, std::move(records)));
}

TEST(SweepOutcome, OfOnePointIsThatOfTheExperiment) {
  const Outcome outcome = outcome_of(test::tiny_experiment(), "sizes = [4, 8]");
  EXPECT_THAT(outcome.tables[0].columns(), ElementsAre("power", "n", "sum", "predicted"));
  EXPECT_THAT(outcome.statuses, ElementsAre("summed"));
}

TEST(SweepOutcome, SeparatesPointsThatNoTableTellsApart) {
  const Outcome outcome =
      outcome_of(test::tiny_experiment(), "sizes = [4]\n[sweep]\nseed = [3, 5]\npower = [0, 1]");
  ASSERT_EQ(outcome.tables.size(), 1U);
  EXPECT_THAT(outcome.tables[0].columns(), ElementsAre("seed", "power", "n", "sum", "predicted"))
      << "power has a column already";
  EXPECT_EQ(outcome.tables[0].rows().size(), 4U);
  ASSERT_EQ(outcome.claims.size(), 1U) << "one statement, one claim";
  EXPECT_EQ(outcome.claims[0].comparisons.size(), 4U);
  EXPECT_EQ(outcome.claims[0].comparisons[0].label, "power = 0, seed = 3: n = 4");
  EXPECT_EQ(outcome.statuses.front(), "power = 0, seed = 3: summed");
}

TEST(SweepOutcome, LeavesComparedKeysTogether) {
  Experiment tiny = test::tiny_experiment();
  tiny.compared = {"power"};
  const Outcome outcome = outcome_of(tiny, "sizes = [4]\n[sweep]\npower = [0, 1]");
  EXPECT_THAT(outcome.statuses, ElementsAre("summed"));
  EXPECT_EQ(outcome.tables[0].rows().size(), 2U);
}

TEST(SweepOutcome, NamesFiguresAndClaimsOfTheirOwnNumbersApart) {
  Experiment tiny = test::tiny_experiment();
  const auto plain = tiny.outcome;
  tiny.outcome = [plain](std::vector<PointRecords> points) {
    const auto power = std::get<Index>(value_of(points.front().config, "power"));
    Outcome outcome = plain(std::move(points));
    outcome.claims[0].statement += fmt::format(" for p = {}", power);
    outcome.claims[0].finding = "as Gauss said.";
    outcome.figures.push_back({.name = "sums", .title = "Sums"});
    return outcome;
  };
  const Outcome outcome = outcome_of(tiny, "sizes = [4]\n[sweep]\npower = [0, 1]");
  ASSERT_EQ(outcome.claims.size(), 2U);
  EXPECT_EQ(outcome.claims[1].id, "closed-form-power-1");
  EXPECT_EQ(outcome.claims[1].finding, "power = 1: as Gauss said.");
  ASSERT_EQ(outcome.figures.size(), 2U);
  EXPECT_EQ(outcome.figures[0].name, "sums-power-0");
  EXPECT_EQ(outcome.figures[1].title, "Sums (power = 1)");
}

TEST(SweepOutcome, RefusesTablesOfOneNameWithOtherColumns) {
  Experiment tiny = test::tiny_experiment();
  tiny.outcome = [](std::vector<PointRecords> points) {
    const auto power = std::get<Index>(value_of(points.front().config, "power"));
    return Outcome{.tables = {Table("t", {power == 0 ? "n" : "m"})}};
  };
  EXPECT_THROW(outcome_of(tiny, "[sweep]\npower = [0, 1]"), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::sweep_outcome_test

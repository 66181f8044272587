#include "wideband/experiment/plan.hpp"

#include <new>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/messages.hpp"
#include "support/tiny_experiment.hpp"
#include "wideband/core/error.hpp"

namespace wideband::plan_test {
namespace {

using ::testing::ElementsAre;

Deck deck(const std::string& text) {
  const Experiment tiny = test::tiny_experiment();
  return read_deck(tiny.name, tiny.defaults, text, "d.toml", {});
}

TEST(Plan, ListsEqualTasksOnce) {
  const Plan plan = plan_of(test::tiny_experiment(), deck("[sweep]\nsizes = [[4, 8], [8, 16]]"));
  ASSERT_EQ(plan.tasks.size(), 3u);
  EXPECT_EQ(plan.tasks[0].label, "n = 4");
  EXPECT_THAT(plan.members[0], ElementsAre(0, 1));
  EXPECT_THAT(plan.members[1], ElementsAre(1, 2));
}

TEST(Plan, RefusesEqualPoints) {
  EXPECT_THROW(plan_of(test::tiny_experiment(), deck("[sweep]\npower = [1, 1]")),
               std::invalid_argument);
}

TEST(Plan, TakesTheLongestFirst) {
  const Plan plan = plan_of(test::tiny_experiment(), deck("sizes = [4, 16, 8]"));
  EXPECT_THAT(longest_first(plan, {0, 1, 2}), ElementsAre(1, 2, 0));
}

TEST(Plan, PutsRecordsTogetherInTheOrderOfTheDeck) {
  const Experiment tiny = test::tiny_experiment();
  const Plan plan = plan_of(tiny, deck("[sweep]\nsizes = [[4, 8], [8, 16]]"));
  Records records;
  for (const TaskSettings& task : plan.tasks) records.push_back(tiny.run(task.settings));
  const std::vector<PointRecords> points = collected(plan, records);
  ASSERT_EQ(points.size(), 2u);
  ASSERT_EQ(points[0].finished.size(), 2u);
  EXPECT_EQ(points[0].finished[0].second.scalar("sum"), 6);
  EXPECT_EQ(points[0].finished[1].second.scalar("sum"), 28);
  EXPECT_EQ(points[1].finished[0].second.scalar("sum"), 28);
  EXPECT_EQ(points[1].finished[1].second.scalar("sum"), 120);
}

TEST(Plan, ChecksEveryPoint) {
  EXPECT_EQ(test::message_of<std::invalid_argument>([] {
              plan_of(test::tiny_experiment(), deck("[sweep]\npower = [1, 2]\nsizes = [[1], [2]]"));
            }),
            "[tiny] a single square is no sum");
}

TEST(Plan, AFailingTaskKeepsItsKindAndGainsItsLabel) {
  const TaskSettings task{"n = 3", {{"n", Index{3}, {}}, {"power", Index{1}, {}}}, {}};
  const auto failing = [&](auto failure) {
    return test::tiny_experiment([failure](Index) { throw failure; });
  };
  EXPECT_EQ(test::message_of<NumericalError>(
                [&] { labeled_run(failing(NumericalError("no convergence")), task); }),
            "n = 3: no convergence");
  EXPECT_EQ(test::message_of<std::invalid_argument>(
                [&] { labeled_run(failing(std::invalid_argument("bad")), task); }),
            "n = 3: bad");
  EXPECT_EQ(
      test::message_of<UnavailableError>([&] { labeled_run(failing(std::bad_alloc()), task); }),
      "n = 3: not enough memory");
}

}  // namespace
}  // namespace wideband::plan_test

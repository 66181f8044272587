#include "wideband/experiment/estimate.hpp"

#include <chrono>
#include <thread>

#include <gtest/gtest.h>

#include "support/temporary_folder.hpp"
#include "support/tiny_experiment.hpp"
#include "wideband/experiment/task_store.hpp"

namespace wideband::estimate_test {
namespace {

TEST(Estimate, SchedulesOnTheWorkerThatIsFreeFirst) {
  EXPECT_EQ(schedule_length({}, 2), 0);
  EXPECT_EQ(schedule_length({3, 2, 2, 1}, 1), 8);
  EXPECT_EQ(schedule_length({3, 2, 2, 1}, 2), 4);
  EXPECT_EQ(schedule_length({5, 1, 1}, 3), 5);
}

// Tasks and probe wait 1 ms per term, which is what they cost: the speed is that of the reference.
TEST(Estimate, ScalesCostsByTheSpeedOfTheProbe) {
  const test::TemporaryFolder folder;
  const Experiment tiny = test::tiny_experiment(
      [](Index n) { std::this_thread::sleep_for(std::chrono::milliseconds(n)); });
  const Deck deck = read_deck("tiny", tiny.defaults, "sizes = [40, 30, 20]", "", {});
  const Estimate first = estimate(tiny, deck, folder.path(), 1);
  EXPECT_EQ(first.tasks, 3);
  EXPECT_EQ(first.stored, 0);
  EXPECT_GT(first.probe_seconds, .1);
  EXPECT_LT(first.speed, 1);
  EXPECT_NEAR(first.seconds * first.speed, .09 + .001, 1e-12);
  EXPECT_GT(first.bytes, 1e6);
  TaskStore(folder.path() / "tasks", {.experiment = "tiny"})
      .save(tiny.tasks(deck.settings).front(), Record());
  const Estimate second = estimate(tiny, deck, folder.path(), 1);
  EXPECT_EQ(second.stored, 1);
  EXPECT_NEAR(second.seconds * second.speed, .05 + .001, 1e-12);
}

TEST(Estimate, LeavesTheFolderAlone) {
  const test::TemporaryFolder folder;
  const Experiment tiny = test::tiny_experiment();
  estimate(tiny, read_deck("tiny", tiny.defaults, "", "", {}), folder.path() / "run", 2);
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "run"));
}

}  // namespace
}  // namespace wideband::estimate_test

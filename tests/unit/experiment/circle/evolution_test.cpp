#include "wideband/experiment/circle/evolution.hpp"

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/evolution_fixture.hpp"
#include "support/experiment.hpp"

namespace wideband::evolution_test {
namespace {

TEST(EvolutionTasks, AreWidthsAndBlocksOfSeeds) {
  const std::vector<EvolutionTask> tasks = evolution_tasks(EvolutionConfig{});
  EXPECT_EQ(tasks.size(), 20U);
  EXPECT_EQ(tasks[0].m, 128);
  EXPECT_EQ(tasks[0].targets.size(), 5U);
  EXPECT_EQ(tasks[1].first_seed, 1);
  EvolutionConfig cheap = test::small_evolution_config();
  cheap.seeds = 5;
  Index seeds = 0;
  for (const EvolutionTask& task : evolution_tasks(cheap)) seeds += task.seeds;
  EXPECT_EQ(seeds, 10);
  EXPECT_EQ(evolution_tasks(cheap).size(), 2U) << "seeds of cheap runs share a task";
}

TEST(EvolutionRecord, IsAFunctionOfItsTask) {
  EvolutionTask task = evolution_tasks(test::small_evolution_config()).front();
  task.steps = 20;
  const auto losses = [](const EvolutionTask& t) {
    return evolution_record(t).array("sparse.loss_evolving").values;
  };
  EXPECT_EQ(losses(task), losses(task));
  EvolutionTask other = task;
  other.seed = 2;
  EXPECT_NE(losses(task), losses(other));
}

TEST(EvolutionRecord, CenteredRunsStartFromTheTargetAlone) {
  EvolutionTask task = evolution_tasks(test::small_evolution_config()).front();
  task.steps = 20;
  task.centered = true;
  const Record record = evolution_record(task);
  const double power = energy(target("sparse")) * static_cast<double>(task.n) / 2;
  for (const char* branch : {"evolving", "frozen_matched", "frozen_published"}) {
    const auto losses = record.array(std::string("sparse.loss_") + branch).values;
    // n terms of about 1, residuals rounded with |f_0| < 10.
    EXPECT_TRUE(test::relatively_near(losses.front(), power, 96 * 2.3e-16 + 20 * 2.3e-16))
        << branch;
    EXPECT_LT(losses.back(), power);
  }
}

TEST(EvolutionRecord, ReadsPhasesInTheConventionAskedFor) {
  EvolutionTask task = evolution_tasks(test::small_evolution_config()).front();
  task.steps = 20;
  const auto final_loss = [&](const char* convention) {
    task.phase_convention = convention;
    return evolution_record(task).array("sparse.loss_evolving").values.back();
  };
  EXPECT_NE(final_loss("cosine"), final_loss("sine"));
}

TEST(CircleEvolution, RefusesGridsTooCoarseForCutoffAndTargets) {
  const Experiment experiment = circle_evolution();
  EvolutionConfig config = test::small_evolution_config();
  config.sizes = {24};  // sparse-11-12 needs 25
  EXPECT_THROW(experiment.validate(settings_of(config)), std::invalid_argument);
  config.sizes = {25};
  EXPECT_NO_THROW(experiment.validate(settings_of(config)));
  config.cutoff = 13;
  EXPECT_THROW(experiment.validate(settings_of(config)), std::invalid_argument);
  config = test::small_evolution_config();
  config.targets = {"sparce"};
  EXPECT_THROW(experiment.validate(settings_of(config)), std::invalid_argument);
  config = test::small_evolution_config();
  config.eta = 0;
  EXPECT_THROW(experiment.validate(settings_of(config)), std::invalid_argument);
}

TEST(CircleEvolution, RunsAtTheSmallestSizes) {
  const Experiment experiment = circle_evolution();
  EvolutionConfig config;
  config.sizes = {7};
  config.widths = {1};
  config.targets = {"base4"};
  config.steps = 1;
  config.seeds = 1;
  config.cutoff = 3;
  const Outcome outcome = experiment.outcome({test::all_records(experiment, settings_of(config))});
  EXPECT_FALSE(outcome.tables.empty());
  for (const Claim& claim : outcome.claims) EXPECT_NO_THROW(judge(claim)) << claim.id;
  for (const Figure& figure : outcome.figures)
    EXPECT_NO_THROW(gnuplot_script(figure, "figure.svg")) << figure.name;
}

TEST(CircleEvolution, BeyondStabilityReportsAStatus) {
  const Experiment experiment = circle_evolution();
  EvolutionConfig config = test::small_evolution_config();
  config.eta = 50;
  config.widths = {24};
  const Outcome outcome = experiment.outcome({test::all_records(experiment, settings_of(config))});
  EXPECT_FALSE(outcome.statuses.empty());
  for (const Claim& claim : outcome.claims) EXPECT_NO_THROW(judge(claim)) << claim.id;
}

}  // namespace
}  // namespace wideband::evolution_test

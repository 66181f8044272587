// Runs the experiment that docs/howto/add_an_experiment.md writes out.
#include <gtest/gtest.h>

#include "wideband/experiment/experiment.hpp"

namespace wideband {
Experiment sample_mean();
}

namespace wideband::add_an_experiment_test {
namespace {

Outcome outcome_with(double factor) {
  const Experiment experiment = sample_mean();
  experiment.validate(experiment.defaults);
  PointRecords point{experiment.defaults, {}};
  for (const TaskSettings& task : experiment.tasks(experiment.defaults)) {
    Record record;
    record.put("mean", Vector(factor * experiment.run(task.settings).vector("mean")));
    point.finished.push_back({task.settings, record});
  }
  return experiment.outcome({point});
}

TEST(AddAnExperiment, TheExperimentOfThePageHoldsItsClaim) {
  const Outcome outcome = outcome_with(1);
  ASSERT_EQ(outcome.claims.size(), 1U);
  EXPECT_EQ(judge(outcome.claims[0]).verdict, Verdict::holds);
  EXPECT_EQ(outcome.tables.at(0).rows().size(), 3U);
}

TEST(AddAnExperiment, TheClaimFailsOnMeansOfTwiceTheSize) {
  EXPECT_EQ(judge(outcome_with(2).claims.at(0)).verdict, Verdict::fails);
}

}  // namespace
}  // namespace wideband::add_an_experiment_test

#include "wideband/experiment/circle/dynamics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/dynamics_fixture.hpp"
#include "support/experiment.hpp"
#include "support/messages.hpp"

namespace wideband::dynamics_test {
namespace {

TEST(DynamicsTasks, CoverEveryFlowOnce) {
  DynamicsConfig config;
  Index flows = 0;
  for (const DynamicsTask& task : dynamics_tasks(config)) {
    flows += static_cast<Index>(task.sizes.size());
    EXPECT_EQ(task.kernel.size(), task.sizes.size());
    EXPECT_EQ(task.seed, 0) << "nothing of a flow from zero on a grid is random";
    EXPECT_EQ(task.eta, 0) << "a kernel flow has no eta of its own";
  }
  EXPECT_EQ(flows, 2 * 2 * 2);
  config.model = "trained";
  flows = 0;
  for (const DynamicsTask& task : dynamics_tasks(config)) {
    flows += static_cast<Index>(task.sizes.size());
    EXPECT_EQ(task.eta_scale, 0);
    EXPECT_EQ(task.seed, config.seed);
  }
  EXPECT_EQ(flows, 2 * 2 * 2 * 2);
}

TEST(DynamicsConfig, RefusesWhatHasNoMeaning) {
  const auto message = [](auto change) {
    DynamicsConfig config;
    change(config);
    return test::message_of<std::invalid_argument>([&] { validate_dynamics(config); });
  };
  EXPECT_THAT(message([](DynamicsConfig& c) { c.targets = {"base5"}; }),
              ::testing::HasSubstr("did you mean \"base4\"?"));
  EXPECT_THAT(message([](DynamicsConfig& c) { c.sizes = {16}; }),
              ::testing::HasSubstr("n >= 2 cutoff + 1 = 17"));
  EXPECT_THAT(message([](DynamicsConfig& c) {
                c.start = "gaussian";
                c.sampling = "iid";
              }),
              ::testing::HasSubstr("needs \"sampling\" = \"grid\""));
  EXPECT_THAT(message([](DynamicsConfig& c) {
                c.model = "trained";
                c.kernel = {"K0"};
              }),
              ::testing::HasSubstr("\"kernel\" holds \"K0\""));
  EXPECT_NO_THROW(validate_dynamics(DynamicsConfig{}));
}

TEST(CircleDynamics, RunsEveryKindOfFlow) {
  const Experiment experiment = circle_dynamics();
  std::vector<DynamicsConfig> configs(4, test::small_kernel_config());
  for (DynamicsConfig& config : configs) {
    config.sizes = {33};
    config.steps = 20;
  }
  configs[1].sampling = "iid";
  configs[1].seeds = 2;
  configs[2].start = "gaussian";
  configs[2].seeds = 2;
  configs[3].model = "trained";
  configs[3].widths = {8};
  std::vector<PointRecords> points;
  for (const DynamicsConfig& config : configs)
    points.push_back(test::all_records(experiment, settings_of(config)));
  const Outcome outcome = experiment.outcome(points);
  EXPECT_EQ(outcome.tables.size(), 3U);
  for (const Figure& figure : outcome.figures)
    EXPECT_NO_THROW(gnuplot_script(figure, "figure.svg")) << figure.name;
  for (const Claim& claim : outcome.claims)
    EXPECT_TRUE(test::has_verdict(claim, Verdict::holds)) << claim.id;
}

TEST(CircleDynamics, ZeroStepsAreARun) {
  const Experiment experiment = circle_dynamics();
  DynamicsConfig config = test::small_kernel_config();
  config.steps = 0;
  const Outcome outcome = experiment.outcome({test::all_records(experiment, settings_of(config))});
  for (const Figure& figure : outcome.figures)
    EXPECT_NO_THROW(gnuplot_script(figure, "figure.svg")) << figure.name;
  for (const Claim& claim : outcome.claims) EXPECT_NO_THROW(judge(claim)) << claim.id;
}

}  // namespace
}  // namespace wideband::dynamics_test

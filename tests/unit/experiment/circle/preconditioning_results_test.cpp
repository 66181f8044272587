#include "wideband/experiment/circle/preconditioning_results.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/preconditioning_fixture.hpp"

namespace wideband::preconditioning_results_test {
namespace {

TEST(PreconditioningGroups, HoldEverySeedOfEveryTarget) {
  const auto& groups = test::small_preconditioning();
  ASSERT_EQ(groups.size(), 4U);
  for (const PreconditioningGroup& group : groups) {
    EXPECT_EQ(group.seeds(), 6);
    EXPECT_EQ(group.flow(Preconditioning::corrected).planes.size(), 6U);
    EXPECT_TRUE(group.stable());
    EXPECT_EQ(group.contains_target(), group.target.name == "base4");
  }
}

TEST(PredictedCoefficient, IsOneRateInsideAndNoneOutside) {
  PreconditioningGroup group = test::small_preconditioning()[2];
  const Index last = static_cast<Index>(group.snapshots.size()) - 1;
  EXPECT_TRUE(test::near(predicted_coefficient(group, Preconditioning::theory, 3, last),
                         std::pow(0.6, 60), 1e-25));
  EXPECT_EQ(predicted_coefficient(group, Preconditioning::empirical, 7, last), 1);
  const double lambda = 127 * 0.351321183642 / 128 + 1.5 / 128;
  EXPECT_TRUE(
      test::relatively_near(predicted_coefficient(group, Preconditioning::baseline, 1, last),
                            std::pow(1 - 0.4 * lambda, 60), 1e-9));
}

TEST(PredictedFloor, IsTheEnergyBeyondTheBlock) {
  const auto& groups = test::small_preconditioning();
  EXPECT_EQ(predicted_floor(groups[0]), 0);
  // five has .25 cos 7g beyond K = 3: loss/n (1/4) .25^2 (1 - 7/128).
  EXPECT_TRUE(test::near(predicted_floor(groups[2]), 0.0625 / 4 * (1 - 7.0 / 128), 1e-15));
}

// Step, rate and count by hand; a flow is named once.
TEST(PreconditioningStatuses, NameFlowsWithUnstableSteps) {
  PreconditioningGroup group = test::small_preconditioning()[0];
  EXPECT_TRUE(preconditioning_statuses({group}).empty());
  group.flows[static_cast<std::size_t>(Preconditioning::baseline)].growth[1] = 1.25;
  group.flows[static_cast<std::size_t>(Preconditioning::theory)].growth[2] = 1;
  group.flows[static_cast<std::size_t>(Preconditioning::theory)].diverged[2] = 40;
  EXPECT_EQ(
      preconditioning_statuses({group}),
      (std::vector<std::string>{"unstable: baseline flow, base4, n = 128, 1 of 6 seeds, eta "
                                "lambda_max(A) up to 2.25, at least 2",
                                "unstable: theory flow, base4, n = 128, 1 of 6 seeds, |1 - "
                                "eta rate| up to 1, at least 1; 1 diverged by the last step"}));
}

TEST(PreconditioningTables, HaveTheColumnsOfTheContract) {
  const std::vector<Table> tables = preconditioning_tables(test::small_preconditioning());
  EXPECT_EQ(tables[0].name(), "preconditioning");
  EXPECT_EQ(tables[0].columns(), (std::vector<std::string>{"target", "n", "K", "flow", "quantity",
                                                           "mean", "std", "seeds"}));
  EXPECT_EQ(tables[0].rows().size(), 4U * 4 * 7);
  EXPECT_EQ(tables[1].name(), "modes");
}

}  // namespace
}  // namespace wideband::preconditioning_results_test

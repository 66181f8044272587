#include "wideband/experiment/circle/preconditioning_results.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/preconditioning_fixture.hpp"

namespace wideband {
namespace {

TEST(PreconditioningGroups, HoldEverySeedOfEveryTarget) {
  const auto& groups = test::small_preconditioning();
  ASSERT_EQ(groups.size(), 6U);
  for (const PreconditioningGroup& group : groups) {
    EXPECT_EQ(group.seeds(), 6);
    EXPECT_EQ(group.flow(Flow::corrected).planes.size(), 6U);
    EXPECT_FALSE(group.diverged());
    EXPECT_EQ(group.contains_target(), group.target.name == "base4");
  }
}

TEST(PredictedCoefficient, IsOneRateInsideAndNoneOutside) {
  PreconditioningGroup group = test::small_preconditioning()[3];
  const Index last = static_cast<Index>(group.snapshots.size()) - 1;
  EXPECT_TRUE(
      test::near(predicted_coefficient(group, Flow::theory, 3, last), std::pow(0.92, 400), 1e-25));
  EXPECT_EQ(predicted_coefficient(group, Flow::empirical, 7, last), 1);
  const double lambda = 255 * 0.351321183642 / 256 + 1.5 / 256;
  EXPECT_TRUE(test::relatively_near(predicted_coefficient(group, Flow::baseline, 1, last),
                                    std::pow(1 - 0.08 * lambda, 400), 1e-9));
}

TEST(PredictedFloor, IsTheEnergyBeyondTheBlock) {
  const auto& groups = test::small_preconditioning();
  EXPECT_EQ(predicted_floor(groups[0]), 0);
  // five has .25 cos 7g beyond K = 3: loss/n (1/4) .25^2 (1 - 7/256).
  EXPECT_TRUE(test::near(predicted_floor(groups[3]), 0.0625 / 4 * (1 - 7.0 / 256), 1e-15));
}

TEST(PreconditioningTables, HaveTheColumnsOfTheContract) {
  const std::vector<Table> tables = preconditioning_tables(test::small_preconditioning());
  EXPECT_EQ(tables[0].name(), "preconditioning");
  EXPECT_EQ(tables[0].columns(), (std::vector<std::string>{"target", "n", "K", "flow", "quantity",
                                                           "mean", "std", "seeds"}));
  EXPECT_EQ(tables[0].rows().size(), 6U * 4 * 7);
  EXPECT_EQ(tables[1].name(), "modes");
}

}  // namespace
}  // namespace wideband

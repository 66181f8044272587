#include "wideband/experiment/circle/evolution_curves.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/evolution_fixture.hpp"

namespace wideband::evolution_curves_test {
namespace {

TEST(DrawnSnapshots, KeepTheEndsAndFewBetween) {
  const EvolutionGroup group = test::made_up_group({"sparse", 128, 0.01, -1});
  const std::vector<Index> drawn = drawn_snapshots(group);
  EXPECT_EQ(drawn.front(), 1);
  EXPECT_EQ(drawn.back(), group.snapshots() - 1);
  EXPECT_LT(drawn.size(), 90U);
}

TEST(Curve, IsTheSeedMeanWithABandOfOneDeviation) {
  EvolutionGroup group = test::made_up_group({"sparse", 128, 0.1, -1});
  const SnapshotValues values = [](const EvolutionGroup& g, Index p) {
    return g.over_seeds("loss_evolving", p);
  };
  const Index first = drawn_snapshots(group).front();
  const Summary s = summary(values(group, first));
  const Series linear = curve(group, "loss", 0, values, false);
  EXPECT_TRUE(test::near(linear.y[0], s.mean, 1e-12));
  EXPECT_TRUE(test::near(linear.high[0] - linear.y[0], s.std, 1e-12));
  EXPECT_TRUE(test::near(linear.y[0] - linear.low[0], s.std, 1e-12));
  const Series log = curve(group, "loss", 0, values, true);
  EXPECT_TRUE(test::near(log.high[0] / log.y[0], log.y[0] / log.low[0], 1e-12));
  group.data["loss_evolving"].setConstant(std::nan(""));
  EXPECT_TRUE(curve(group, "loss", 0, values, true).x.empty());
}

TEST(ShownWidths, AreAtMostFourWithBothEnds) {
  EvolutionResults results;
  for (Index m = 16; m <= 1024; m *= 2)
    results.groups.push_back(test::made_up_group({"sparse", m, 0.1, -1}));
  const EvolutionFamily family = families(results).front();
  const auto shown = shown_widths(family);
  ASSERT_EQ(shown.size(), 4U);
  EXPECT_EQ(shown.front()->m, 16);
  EXPECT_EQ(shown.back()->m, 1024);
  EXPECT_EQ(extreme_widths(family).size(), 2U);
}

TEST(FamilyNames, TellStepSizesApartWhereThereAreSeveral) {
  const EvolutionResults results = test::made_up_evolution();
  const std::vector<EvolutionFamily> list = families(results);
  EXPECT_EQ(family_name(list[0], results), "sparse-n64-eta0-1");
  EXPECT_EQ(family_title(list[0], results), "sparse, n = 64, eta = 0.1");
  EvolutionResults one;
  one.groups.push_back(results.groups[0]);
  EXPECT_EQ(family_name(families(one)[0], one), "sparse");
}

}  // namespace
}  // namespace wideband::evolution_curves_test

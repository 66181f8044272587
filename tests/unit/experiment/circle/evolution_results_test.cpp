#include "wideband/experiment/circle/evolution_results.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/evolution_fixture.hpp"
#include "wideband/core/status.hpp"

namespace wideband::evolution_results_test {
namespace {

EvolutionResults with_leads(std::vector<double> leads) {
  EvolutionResults results;
  Index m = 128;
  for (const double lead : leads) {
    results.groups.push_back(test::made_up_group({"sparse", m, 0.1, lead}));
    m *= 2;
  }
  return results;
}

Crossover last_crossover(const EvolutionResults& results) {
  return crossover(families(results).front(), results.groups.front().snapshots() - 1);
}

TEST(EvolutionResults, GroupBlocksOfSeedsInOrder) {
  const EvolutionResults& results = test::small_evolution();
  ASSERT_EQ(results.groups.size(), 4U);
  for (const EvolutionGroup& group : results.groups) {
    EXPECT_EQ(group.seeds(), 2);
    EXPECT_TRUE(group.complete());
    EXPECT_EQ(group.of("loss_evolving").cols(), group.snapshots());
    EXPECT_EQ(group.of("strength").cols(), group.snapshots() * 4);
  }
  EXPECT_THROW(results.groups[0].of("loss"), std::invalid_argument);
}

TEST(EvolutionResults, BlockSizeChangesNoBit) {
  const EvolutionConfig config = test::small_evolution_config();
  Point<EvolutionConfig, EvolutionTask> point{config, {}};
  for (EvolutionTask task : evolution_tasks(config)) {
    const Index last = task.first_seed + task.seeds;
    task.seeds = 1;
    for (; task.first_seed < last; ++task.first_seed)
      point.finished.push_back({task, evolution_record(task)});
  }
  const EvolutionResults single = evolution_results({point});
  for (std::size_t i = 0; i < single.groups.size(); ++i) {
    EXPECT_EQ(single.groups[i].of("loss_evolving"),
              test::small_evolution().groups[i].of("loss_evolving"));
    EXPECT_EQ(single.groups[i].of("lambda_max"),
              test::small_evolution().groups[i].of("lambda_max"));
  }
}

TEST(Families, AreGroupsThatDifferInWidthOnly) {
  const EvolutionResults results = test::made_up_evolution();
  const std::vector<EvolutionFamily> list = families(results);
  ASSERT_EQ(list.size(), 4U);
  EXPECT_EQ(list[0].widths.size(), 2U);
  EXPECT_EQ(list[0].widths[1]->m, 8192);
  EXPECT_EQ(list[2].eta, 0.2);
}

TEST(Crossover, IsLinearInTheLogarithmOfTheWidth) {
  // Delta = -1, 1 at m = 128, 256: zero half way, at 128 sqrt 2; the seeds wobble by 1 %.
  const Crossover c = last_crossover(with_leads({-1, 1}));
  EXPECT_TRUE(test::relatively_near(c.width, 128 * std::sqrt(2.0), 0.01));
  EXPECT_LE(c.low, c.width);
  EXPECT_GE(c.high, c.width);
  // The largest of several: Delta = 1, -1, 3 crosses last between 256 and 512, at a quarter.
  const Crossover last = last_crossover(with_leads({1, -1, 3}));
  EXPECT_TRUE(test::relatively_near(last.width, 256 * std::exp2(0.25), 0.01));
}

TEST(Crossover, IsInfiniteWithoutAChangeOfSign) {
  EXPECT_EQ(last_crossover(with_leads({1, 2})).width, -infinity);
  EXPECT_EQ(last_crossover(with_leads({-1, -2})).width, infinity);
}

TEST(CrossoverSnapshot, IsFromWhereDeltaStaysNegative) {
  EvolutionGroup group = test::made_up_group({"sparse", 128, 0.1, -1});
  const Index last = group.snapshots() - 1;
  group.data["loss_evolving"].col(last - 4) *= 100;
  EXPECT_EQ(crossover_snapshot(group), last - 3);
  group.data["loss_evolving"].col(last) *= 100;
  EXPECT_EQ(crossover_snapshot(group), -1);
}

TEST(EvolvingLossAt, InterpolatesLogarithms) {
  EvolutionGroup group = test::made_up_group({"sparse", 128, 0.1, -1});
  const Index p = 10;
  const double t = (group.time(p) + group.time(p + 1)) / 2;
  const Vector expected = (group.over_seeds("loss_evolving", p).array() *
                           group.over_seeds("loss_evolving", p + 1).array())
                              .sqrt();
  EXPECT_TRUE(test::near(evolving_loss_at(group, t), expected, 1e-12));
  EXPECT_TRUE(test::near(evolving_loss_at(group, 1e9),
                         group.over_seeds("loss_evolving", group.snapshots() - 1), 1e-12));
}

TEST(EvolutionStatuses, NameTheRunsThatStopped) {
  EvolutionResults results = test::made_up_evolution();
  EXPECT_TRUE(evolution_statuses(results).empty());
  results.groups[1].data["stopped"](2, 0) = 17;
  ASSERT_EQ(evolution_statuses(results).size(), 1U);
  EXPECT_NE(evolution_statuses(results)[0].find("diverged at step 17"), std::string::npos);
}

}  // namespace
}  // namespace wideband::evolution_results_test

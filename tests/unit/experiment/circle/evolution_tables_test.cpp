#include "wideband/experiment/circle/evolution_tables.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/evolution_fixture.hpp"

namespace wideband {
namespace {

Table named(const std::vector<Table>& tables, const std::string& name) {
  return *std::find_if(tables.begin(), tables.end(),
                       [&](const Table& table) { return table.name() == name; });
}

using Columns = std::vector<std::string>;

Columns leading(const Table& table, std::size_t count) {
  return {table.columns().begin(), table.columns().begin() + static_cast<std::ptrdiff_t>(count)};
}

TEST(EvolutionTables, HaveTheColumnsOfTheContract) {
  const std::vector<Table> tables = evolution_tables(test::small_evolution());
  EXPECT_EQ(leading(named(tables, "evolution"), 10),
            (Columns{"target", "n", "m", "eta", "branch", "step", "time", "loss_mean", "loss_std",
                     "seeds"}));
  EXPECT_EQ(
      leading(named(tables, "evolution_time"), 9),
      (Columns{"target", "n", "m", "eta", "branch", "time", "loss_mean", "loss_std", "seeds"}));
  EXPECT_EQ(leading(named(tables, "strength"), 10),
            (Columns{"target", "n", "m", "eta", "branch", "step", "time", "k", "mu_mean",
                     "rms_cos_mean"}));
  EXPECT_EQ(leading(named(tables, "rates"), 9),
            (Columns{"target", "n", "m", "eta", "step", "time", "R", "D", "R_frozen"}));
}

TEST(EvolutionTables, ShowAllBranchesOnTheSameSteps) {
  const std::vector<Table> tables = evolution_tables(test::small_evolution());
  const std::size_t snapshots = snapshot_steps(600).size();
  EXPECT_EQ(named(tables, "evolution").rows().size(), 4 * 3 * snapshots);
  EXPECT_EQ(named(tables, "evolution_time").rows().size(), 4 * 3 * snapshots);
  const std::vector<Cell> last = named(tables, "evolution").rows().back();
  EXPECT_EQ(std::get<std::string>(last[4]), "frozen_published");
  EXPECT_EQ(std::get<Index>(last[5]), 600);
  const EvolutionGroup& group = test::small_evolution().groups.back();
  EXPECT_TRUE(test::relatively_near(std::get<double>(last[6]),
                                    600 * group.of("published_eta").mean(), 1e-14));
}

TEST(EvolutionTables, LeaveCellsOfStoppedRunsEmpty) {
  EvolutionResults results = test::made_up_evolution();
  EvolutionGroup& group = results.groups.front();
  const Index last = group.snapshots() - 1;
  for (auto& [name, values] : group.data) {
    if (values.cols() == group.snapshots()) values.col(last).setConstant(std::nan(""));
  }
  group.data["stopped"].setConstant(3);
  const Table table = named(evolution_tables(results), "rates");
  const std::vector<Cell>& row = table.rows()[static_cast<std::size_t>(last)];
  EXPECT_TRUE(std::holds_alternative<std::monostate>(row[6]));
}

TEST(EvolutionTables, NameWidthsOutsideTheMeasuredOnes) {
  EvolutionResults results;
  results.groups.push_back(test::made_up_group({"sparse", 128, 0.1, -1}));
  results.groups.push_back(test::made_up_group({"sparse", 256, 0.1, -2}));
  const Table table = named(evolution_tables(results), "crossover");
  EXPECT_EQ(std::get<std::string>(table.rows().back()[5]), "> 256");
}

TEST(PredictedStartCosines, FallWithTheAlignmentMoments) {
  // 2.43^2/m at k = 2 (docs/theory/circle.md): cos^2 = 1 - 5.905/(4 m).
  EXPECT_TRUE(test::near(predicted_start_cosines(1024, 2)(2),
                         std::sqrt(1 - 2.43 * 2.43 / (4 * 1024)), 1e-5));
  EXPECT_TRUE(std::isnan(predicted_start_cosines(8, 8)(8)));
}

TEST(Present, DropsNaN) {
  const Vector values = (Vector(3) << 1, std::nan(""), 2).finished();
  EXPECT_EQ(present(values), (Vector(2) << 1, 2).finished());
}

}  // namespace
}  // namespace wideband

#include "wideband/experiment/circle/evolution_tables.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/evolution_fixture.hpp"

namespace wideband::evolution_tables_test {
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

// Seen with compare_times beyond the run: every one of them gave the rows of the last step again.
TEST(EvolutionTables, HoldEveryReadingOnce) {
  EvolutionResults results;
  EvolutionGroup group = test::made_up_group({"sparse", 128, 0.1, -1});
  group.compare_times = {20, 20.001, 100, 4096, 8192};
  results.groups.push_back(group);
  const Table table = named(evolution_tables(results), "branches");
  std::set<std::pair<std::string, std::string>> rows;
  for (const auto& row : table.rows()) {
    EXPECT_TRUE(rows.insert({std::get<std::string>(row[4]), std::get<std::string>(row[5])}).second)
        << std::get<std::string>(row[4]);
  }
  EXPECT_EQ(rows.size(), 3U * 3 + 1);  // the last step, t = 20, t = 100; end of frozen_published
}

// Distances of the made-up runs are proportional to 1/m, the same in every seed.
TEST(EvolutionTables, ShowHowFastTheDistanceFallsWithTheWidth) {
  EvolutionResults results;
  for (const Index m : {128, 256, 1024})
    results.groups.push_back(test::made_up_group({"sparse", m, 0.1, -1}));
  const Table table = named(evolution_tables(results), "wide");
  EXPECT_EQ(table.columns(), (Columns{"target", "n", "eta", "time", "m_from", "m_to", "exponent",
                                      "low", "high", "seeds"}));
  ASSERT_EQ(table.rows().size(), 2U * 3);  // two pairs at t = 20, 50, 100
  for (const auto& row : table.rows()) {
    for (const std::size_t column : {6U, 7U, 8U})
      EXPECT_TRUE(test::near(std::get<double>(row[column]), -1, 1e-12));
  }
  EXPECT_EQ(std::get<Index>(table.rows().back()[4]), 256);
  EXPECT_EQ(std::get<Index>(table.rows().back()[5]), 1024);
}

// e_k of sparse, 0, 2, 5, 6: at the start the planes k <= 3 hold less than all of the energy.
TEST(EvolutionTables, ShowTheEnergyOfEveryPlane) {
  const Table table = named(evolution_tables(test::small_evolution()), "strength");
  ASSERT_EQ(table.columns().back(), "energy_mean");
  double sum = 0;
  for (std::size_t k = 0; k < 4; ++k) sum += std::get<double>(table.rows()[k].back());
  EXPECT_GT(sum, 0.3);
  EXPECT_LT(sum, 1);
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
}  // namespace wideband::evolution_tables_test

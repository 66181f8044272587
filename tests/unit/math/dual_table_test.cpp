#include "wideband/math/dual_table.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "support/compare.hpp"

namespace wideband::dual_table_test {
namespace {

TEST(VarianceCells, FewValuesHaveCellsOfTheirOwn) {
  const std::vector<double> few = {2, 0.5, 2, 2 * (1 + 1e-15), 0};
  const auto cells = variance_cells(few);
  ASSERT_EQ(cells.size(), 2U);
  EXPECT_EQ(cells[0].nodes, 1U);
  EXPECT_EQ(cells[0].low, std::log(0.5));
}

TEST(VarianceCells, ManyValuesShareCellsOfAFactorOfTwo) {
  std::vector<double> many;
  for (int i = 0; i < 100; ++i) many.push_back(std::exp(0.03 * i));
  const auto cells = variance_cells(many);
  EXPECT_EQ(cells.size(), 5U);
  for (const VarianceCell& cell : cells) {
    EXPECT_LE(cell.high - cell.low, std::log(2) + 1e-12);
    EXPECT_GT(cell.nodes, 1U);
  }
}

TEST(SigmaGridOf, SplitsTowardZeroForLargeVariances) {
  const Phi f = phi(PhiFamily::erf);
  PairSampler narrow(f, 100, 100, {});
  PairSampler wide(f, 0.1, 0.1, {});
  EXPECT_GT(sigma_grid(narrow, {{100, 100}}, false, 1e-12).splits, 0U);
  EXPECT_EQ(sigma_grid(wide, {{0.1, 0.1}}, false, 1e-12).splits, 0U);
}

TEST(SigmaGridOf, FindsThePanelOfASigma) {
  const SigmaGrid grid{.splits = 3, .nodes = 5, .far = false};
  for (const double sigma : {0.0, 1e-9, 0.05, 0.1, 0.2, 0.4, 0.7, SigmaGrid::end}) {
    const auto [panel, t] = grid.place(sigma);
    EXPECT_LE(grid.lower(panel), sigma * (1 + 1e-15));
    EXPECT_GE(grid.upper(panel) * (1 + 1e-15), sigma);
    EXPECT_TRUE(test::near(
        grid.lower(panel) + (t + 1) / 2 * (grid.upper(panel) - grid.lower(panel)), sigma, 1e-15));
  }
}

TEST(DualTableOf, ContractionsGiveTheSamplesBack) {
  const Phi f = phi(PhiFamily::erf);
  PairSampler sampler(f, 0.5, 0.9, {});
  const SigmaGrid grid = sigma_grid(sampler, {{0.9, 0.9}}, false, 1e-13);
  const VarianceCell first{std::log(0.5), std::log(0.6), 10};
  const VarianceCell second{std::log(0.8), std::log(0.9), 9};
  const DualTable table = dual_table(sampler, grid, first, second);
  EXPECT_LE(table.error, 1e-11);
  const auto left = first.polynomials(std::log(0.55));
  const auto right = second.polynomials(std::log(0.83));
  std::vector<double> row;
  append_contracted(table, left, false, row);
  std::vector<double> column;
  append_contracted(table, right, true, column);
  ASSERT_EQ(row.size(), (2 * grid.size() + 1) * 9);
  ASSERT_EQ(column.size(), (2 * grid.size() + 1) * 10);
  double from_row = 0;
  double from_column = 0;
  for (std::size_t k = 0; k < 9; ++k) from_row += row[row.size() - 9 + k] * right[k];
  for (std::size_t j = 0; j < 10; ++j) from_column += column[column.size() - 10 + j] * left[j];
  EXPECT_TRUE(test::near(from_row, bend_of(f, 0.55, 0.83), 1e-12));
  EXPECT_TRUE(test::near(from_column, from_row, 1e-14));
}

}  // namespace
}  // namespace wideband::dual_table_test

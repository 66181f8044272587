#include "wideband/experiment/circle/width_results.hpp"

#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/width_points.hpp"

namespace wideband::width_results_test {
namespace {

// Two seeds of hand-made blocks, d = 3, at one width.
WidthSeries handmade() {
  WidthConfig config = test::small_width_config();
  WidthTask task{1, {16}, 1, "bias", 0, 0, 2};
  const WidthMoments moments({.cutoff = 1});
  const double l0 = moments.eigenvalues()(0), l1 = moments.eigenvalues()(1);
  Record record;
  Matrix blocks(2, 6);
  blocks << l0 + 0.5, 0.25, l1, 0, 0.125, l1 - 0.25,  //
      l0, 0, l1, 0, 1, l1;
  record.put("blocks.16", blocks);
  record.put("op", Matrix(Matrix::Ones(2, 1)));
  record.put("tail", Vector(Vector::Ones(2)));
  record.put("twin", Matrix(Matrix::Zero(2, 2)));
  return width_series({{config, {{task, record}}}}).front();
}

TEST(WidthSeries, NormsCountTheTriangleTwice) {
  const WidthSeries series = handmade();
  EXPECT_TRUE(test::near(series.max(0, 0), 0.5, 1e-15));
  EXPECT_TRUE(test::near(series.max(1, 0), 1, 1e-15));
  const double square = 0.25 + 2 * 0.0625 + 2 * 0.015625 + 0.0625;
  EXPECT_TRUE(test::near(series.fro(0, 0), std::sqrt(square), 1e-15));
  EXPECT_TRUE(test::near(series.fro(1, 0), std::sqrt(2.0), 1e-15));
}

TEST(WidthSeries, PlacesAreThePlanesOfTheLargestEntry) {
  const auto places = largest_places(handmade(), 0);
  EXPECT_EQ(places(0, 0), 0);
  EXPECT_EQ(places(0, 1), 0);
  EXPECT_EQ(places(1, 0), 1);
  EXPECT_EQ(places(1, 1), 1);
}

TEST(WidthSeries, PlaneMomentsAreMeanSquares) {
  const PlaneMoments planes = measured_planes(handmade(), 0);
  EXPECT_TRUE(test::near(planes.mean(0, 0), 16 * 0.25 / 2, 1e-14));
  EXPECT_TRUE(test::near(planes.mean(1, 0), 16 * 0.0625 / 2, 1e-14));
  EXPECT_TRUE(test::near(planes.mean(1, 1), 16 * (2 * 0.015625 + 0.0625 + 2) / 2, 1e-13));
}

TEST(WidthSeries, ExceedancesAreShares) {
  EXPECT_EQ(exceedances(handmade(), 0.75)(0), 0.5);
  EXPECT_LE(exceedance_bound(handmade(), 1 << 20, 0.1), 1e-15);
  EXPECT_EQ(exceedance_bound(handmade(), 1, 0.1), 1);
}

TEST(WidthTables, HoldARowPerWidthAndMetric) {
  WidthConfig config = test::small_width_config();
  config.seeds = 10;
  const std::vector<Table> tables = width_tables(width_series({test::width_point(config)}));
  const Table& width = tables.front();
  EXPECT_EQ(width.name(), "width");
  EXPECT_EQ(width.rows().size(), 12);
  const std::vector<std::string> start(width.columns().begin(), width.columns().begin() + 17);
  EXPECT_EQ(start, (std::vector<std::string>{"m", "K", "kernel", "operator", "n", "metric", "mean",
                                             "std", "rms", "q05", "q10", "q50", "q90", "q95",
                                             "predicted_rms", "envelope", "seeds"}));
  // Continuum: no grid size; an exact rms for Fro, an envelope for max.
  EXPECT_TRUE(std::holds_alternative<std::monostate>(width.rows()[0][4]));
  EXPECT_TRUE(std::holds_alternative<double>(width.rows()[0][15]));
  EXPECT_TRUE(std::holds_alternative<double>(width.rows()[1][14]));
  std::set<std::string> names;
  for (const Table& table : tables) names.insert(table.name());
  EXPECT_EQ(names.size(), tables.size());
}

TEST(WidthTables, LeaveOutWhatOneSeedCannotSay) {
  WidthConfig config = test::small_width_config();
  config.seeds = 1;
  const std::vector<Table> tables = width_tables(width_series({test::width_point(config)}));
  EXPECT_TRUE(std::holds_alternative<std::monostate>(tables.front().rows()[0][7]));
}

}  // namespace
}  // namespace wideband::width_results_test

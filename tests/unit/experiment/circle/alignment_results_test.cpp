#include "wideband/experiment/circle/alignment_results.hpp"

#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "support/alignment_points.hpp"
#include "support/compare.hpp"
#include "wideband/circle/width_moments.hpp"

namespace wideband::alignment_results_test {
namespace {

AlignmentSeries small_series(Index seeds) {
  AlignmentConfig config = test::small_alignment_config();
  config.widths = {64, 256};
  config.seeds = seeds;
  return alignment_series({test::alignment_point(config)}).front();
}

TEST(AlignmentSeries, KeepsSeedsInOrder) {
  AlignmentConfig config = test::small_alignment_config();
  config.widths = {64};
  AlignmentTask task = alignment_tasks(config).front();
  Point<AlignmentConfig, AlignmentTask> point{config, {}};
  for (Index s = 0; s < 4; s += 2) {
    task.first = s;
    task.count = 2;
    point.finished.push_back({task, alignment_record(task)});
  }
  const AlignmentSeries series = alignment_series({point}).front();
  ASSERT_EQ(series.seeds(), 4);
  const Vector values = series.of_plane("shared", "fro", 0, 3);
  EXPECT_EQ(values(3), point.finished[1].record.matrix("shared.fro")(1, 3));
}

TEST(AlignmentSeries, PredictionsAreFirstOrderTheory) {
  AlignmentConfig config = test::small_alignment_config();
  config.operator_cutoff = 400;
  config.seeds = 1;
  config.widths = {16};
  const AlignmentSeries series = alignment_series({test::alignment_point(config)}).front();
  EXPECT_TRUE(test::near(series.predicted_rms(0, 2), 2.43 / 4, 0.002));
  EXPECT_EQ(series.splitting_square(0), 0);
  // Var of half the trace and of the traceless part make up the diagonal block.
  const Matrix planes = WidthMoments({.cutoff = 6}).planes();
  EXPECT_TRUE(test::near(2 * series.center_variance(3) + series.splitting_square(3) / 2,
                         planes(3, 3), 1e-15));
}

TEST(AlignmentTables, HoldARowPerWidthPlaneAndMatching) {
  const std::vector<Table> tables = alignment_tables({small_series(4)});
  const Table& table = tables.front();
  EXPECT_EQ(table.name(), "alignment");
  EXPECT_EQ(table.rows().size(), 2 * 7 * 2);
  const std::vector<std::string> start(table.columns().begin(), table.columns().begin() + 12);
  EXPECT_EQ(start, (std::vector<std::string>{"m", "k", "n", "matching", "projector_fro_mean",
                                             "projector_fro_std", "projector_fro_rms",
                                             "predicted_rms", "rms_cos_mean", "eigenvalue_mean",
                                             "splitting_mean", "seeds"}));
  EXPECT_EQ(table.columns().back(), "angle_max_mean");
  EXPECT_EQ(table.columns()[table.columns().size() - 2], "angle_min_mean");
  EXPECT_TRUE(std::holds_alternative<std::monostate>(table.rows()[0][2]));
  std::set<std::string> names;
  for (const Table& each : tables) names.insert(each.name());
  EXPECT_EQ(names.size(), tables.size());
}

TEST(AlignmentTables, LeaveOutWhatOneSeedCannotSay) {
  EXPECT_TRUE(std::holds_alternative<std::monostate>(
      alignment_tables({small_series(1)}).front().rows()[0][5]));
}

TEST(AlignmentStatuses, FlagPlanesInTheNullSpace) {
  EXPECT_TRUE(alignment_statuses({small_series(2)}).empty());
  AlignmentConfig config = test::small_alignment_config();
  config.operator_kind = "grid";
  config.sizes = {64};
  config.widths = {2};
  config.seeds = 1;
  EXPECT_EQ(alignment_statuses(alignment_series({test::alignment_point(config)})).size(), 1);
}

}  // namespace
}  // namespace wideband::alignment_results_test

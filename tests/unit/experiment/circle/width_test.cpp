#include "wideband/experiment/circle/width.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/width_points.hpp"
#include "wideband/circle/basis.hpp"
#include "wideband/circle/continuum_blocks.hpp"
#include "wideband/circle/projected_blocks.hpp"
#include "wideband/data/circle_points.hpp"

namespace wideband::width_test {
namespace {

TEST(WidthTasks, CoverEverySeedOnce) {
  WidthConfig config;
  config.widths = {64, 32, 1 << 20};  // seconds of work: several tasks
  config.seeds = 77;
  const std::vector<WidthTask> tasks = width_tasks(config);
  EXPECT_GT(tasks.size(), 1);
  Index next = 0;
  for (const WidthTask& task : tasks) {
    EXPECT_EQ(task.first, next);
    EXPECT_EQ(task.widths, (std::vector<Index>{32, 64, 1 << 20}));
    next += task.count;
  }
  EXPECT_EQ(next, 77);
}

TEST(WidthTasks, TakeEveryGrid) {
  WidthConfig config = test::small_width_config();
  config.operator_kind = "grid";
  config.sizes = {64, 128};
  config.seeds = 3;
  const std::vector<WidthTask> tasks = width_tasks(config);
  ASSERT_EQ(tasks.size(), 2);
  EXPECT_EQ(tasks[0].n, 64);
  EXPECT_EQ(tasks[1].n, 128);
}

TEST(WidthRecord, HoldsTheBlocksOfTheNetworks) {
  for (const Index n : {0, 64}) {
    const WidthTask task{9, {16, 40}, 3, "bias", n, 2, 2};
    const Record record = width_record(task);
    const ShallowNetwork network = initial_network(Key(9).child("network").child(3), 40);
    const Matrix B =
        n == 0 ? continuum_block(network, 3)
               : plain_projected_block(network, grid_angles(n), grid_fourier_basis(n, 3) / 8);
    const Matrix entries = record.matrix("blocks.40");
    // Entry (2, 1) of the lower triangle is its fourth; sums of 40 neurons and n samples.
    EXPECT_TRUE(test::near(entries(1, 4), B(2, 1), 1e-13)) << n;
    EXPECT_EQ(record.matrix("op").cols(), 2);
    EXPECT_EQ(record.vector("tail").size(), 2);
  }
}

TEST(WidthRecord, DoesNotDependOnTheBlockSize) {
  const Record whole = width_record({1, {32, 1500}, 4, "nobias", 0, 0, 4});
  const Record part = width_record({1, {32, 1500}, 4, "nobias", 0, 2, 2});
  for (const std::string name : {"blocks.32", "blocks.1500", "op", "twin"})
    EXPECT_EQ(Matrix(whole.matrix(name).bottomRows(2)), part.matrix(name)) << name;
}

TEST(CircleWidth, RefusesGridsThatCannotHoldTheBasis) {
  const Experiment experiment = circle_width();
  WidthConfig config;
  config.operator_kind = "grid";
  config.sizes = {20};
  EXPECT_THROW(experiment.validate(settings_of(config)), std::invalid_argument);
  config.operator_kind = "continuum";  // sizes are unused
  EXPECT_NO_THROW(experiment.validate(settings_of(config)));
  config.widths = {0};
  EXPECT_THROW(experiment.validate(settings_of(config)), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::width_test

#include "wideband/experiment/kernel/regression.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/experiment.hpp"
#include "support/messages.hpp"
#include "support/regression_fixture.hpp"
#include "support/temporary_folder.hpp"
#include "wideband/core/error.hpp"
#include "wideband/dynamics/predictor.hpp"
#include "wideband/experiment/kernel/image_table.hpp"
#include "wideband/kernel/kernel.hpp"

namespace wideband::regression_test {
namespace {

TEST(RegressionTasks, AreOneForEachNetworkAndLaw) {
  const std::vector<RegressionTask> tasks = regression_tasks(RegressionConfig{});
  ASSERT_EQ(tasks.size(), 6U);
  EXPECT_EQ(tasks[1].law, "ntk_gp");
  EXPECT_EQ(tasks[1].net, tasks[0].net);
}

// At the same absolute ridge.
TEST(RegressionRecord, IsWhatRefittingWithoutEachRowGives) {
  const test::TemporaryFolder folder;
  RegressionConfig config = test::small_regression_config(folder.path());
  config.rows = 40;
  config.ridges = {0.05};
  const RegressionTask task = regression_tasks(config).front();
  const auto results = regression_results({{config, {{task, regression_record(task)}}}});
  const RidgeResult& measured = results.front().ridges.front();

  const ImageTable train = read_images(task.data, "train", 40, 10);
  const Matrix K = nngp(train.inputs, parse_architecture(task.net));
  const Matrix& y = train.targets;
  const double r = 0.05 * K.trace() / 40;
  EXPECT_TRUE(test::relatively_near(measured.absolute, r, 1e-14));
  double sum = 0;
  for (Index left = 0; left < 40; ++left) {
    std::vector<Index> kept;
    for (Index i = 0; i < 40; ++i) {
      if (i != left) kept.push_back(i);
    }
    const Matrix A = K(kept, kept);
    const Matrix targets = y(kept, Eigen::all);
    Matrix row(1, 39);
    for (Index i = 0; i < 39; ++i) row(0, i) = K(left, kept[static_cast<std::size_t>(i)]);
    const Predictor refit(A, targets, {.ridge = r, .ridge_scale = RidgeScale::absolute});
    const Matrix mean = refit.test(infinity, row).mean;
    sum += (mean - y.row(left)).squaredNorm() / 10;
  }
  EXPECT_TRUE(test::relatively_near(measured.leave_one_out.mean, sum / 40, 1e-10));
}

TEST(RegressionRecord, SaysThatTheDataSetIsMissing) {
  const test::TemporaryFolder folder;
  RegressionTask task = regression_tasks(RegressionConfig{}).front();
  task.data = folder.path().string();
  EXPECT_THAT(test::message_of<UnavailableError>([&] { regression_record(task); }),
              ::testing::HasSubstr("dataset-fashion-mnist"));
}

TEST(TableRegression, RefusesUnknownNetworks) {
  RegressionConfig config;
  config.nets = {"dense | rleu | dense"};
  EXPECT_THROW(table_regression().validate(settings_of(config)), std::invalid_argument);
}

TEST(TableRegression, RunsOnASmallTable) {
  const test::TemporaryFolder folder;
  const Experiment regression = table_regression();
  const RegressionConfig config = test::small_regression_config(folder.path());
  const Outcome outcome = regression.outcome({test::all_records(regression, settings_of(config))});
  EXPECT_EQ(outcome.tables.at(0).rows().size(), 2U * 3 * 2);
  EXPECT_EQ(outcome.figures.size(), 2U);
  for (const Claim& claim : outcome.claims) EXPECT_NO_THROW(judge(claim)) << claim.id;
  EXPECT_TRUE(test::has_verdict(test::claim_named(outcome.claims, "bound"), Verdict::holds));
}

}  // namespace
}  // namespace wideband::regression_test

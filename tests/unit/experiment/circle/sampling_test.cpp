#include "wideband/experiment/circle/sampling.hpp"

#include <algorithm>
#include <numbers>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/experiment.hpp"
#include "support/temporary_folder.hpp"
#include "wideband/core/file.hpp"
#include "wideband/linalg/product.hpp"

namespace wideband::sampling_test {
namespace {

TEST(SamplingTasks, CoverAllSizesAndSeeds) {
  SamplingConfig config;
  Index work = 0;
  for (const SamplingTask& task : sampling_tasks(config)) {
    EXPECT_EQ(task.steps, 0);
    EXPECT_TRUE(task.target.empty()) << "a task may hold only what its record depends on";
    for (const Index n : task.sizes) work += n * task.count;
  }
  EXPECT_EQ(work, 100 * (32768 - 64));
}

TEST(SamplingTasks, TrainEveryTargetWhereStepsAreAskedFor) {
  SamplingConfig config;
  config.sizes = {64, 4096};
  config.seeds = 2;
  config.steps = 10;
  config.targets = {"base4", "eight"};
  std::vector<std::string> trained;
  for (const SamplingTask& task : sampling_tasks(config)) {
    if (task.steps == 0) continue;
    trained.push_back(task.target);
    EXPECT_EQ(task.eta, 0);
    EXPECT_EQ(task.eta_scale, 0.05);
    EXPECT_EQ(task.exact, task.sizes.front() <= 1024);
  }
  EXPECT_EQ(trained, (std::vector<std::string>{"base4", "base4", "eight", "eight"}));
}

TEST(SamplingRecord, DoesNotDependOnTheBlocksOfSeeds) {
  set_blas_threads(1);
  SamplingTask all;
  all.sizes = {40};
  all.count = 3;
  all.cutoff = 2;
  all.kernel = "bias";
  SamplingTask last = all;
  last.first = 2;
  last.count = 1;
  const Matrix whole = sampling_record(all).matrix("n40.compressed");
  EXPECT_EQ(whole.row(2), sampling_record(last).matrix("n40.compressed").row(0));
  EXPECT_NE(whole.row(0), whole.row(1));
}

SamplingConfig small_config() {
  SamplingConfig config;
  config.sizes = {9, 16};
  config.cutoff = 4;
  config.seeds = 1;
  config.steps = 3;
  return config;
}

TEST(CircleSampling, RunsAtTheSmallestSizes) {
  set_blas_threads(1);
  const Experiment experiment = circle_sampling();
  const Outcome outcome =
      experiment.outcome({test::all_records(experiment, settings_of(small_config()))});
  ASSERT_EQ(outcome.tables.front().name(), "concentration");
  EXPECT_EQ(outcome.tables.front().rows().size(), 12U);  // two sizes, six metrics
  EXPECT_TRUE(std::any_of(outcome.tables.begin(), outcome.tables.end(),
                          [](const Table& table) { return table.name() == "modes"; }));
  EXPECT_FALSE(outcome.claims.empty());
  for (const Claim& claim : outcome.claims) EXPECT_NO_THROW(judge(claim)) << claim.id;
}

TEST(CircleSampling, MeasuresTheAnglesOfAFile) {
  set_blas_threads(1);
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "angles.txt";
  std::string text;
  for (int i = 0; i < 32; ++i) text += std::to_string(-3.0 + 0.2 * i) + "\n";
  write_file(path, text);
  SamplingConfig config;
  config.cutoff = 3;
  config.angles = path.string();
  const Experiment experiment = circle_sampling();
  const Outcome outcome = experiment.outcome({test::all_records(experiment, settings_of(config))});
  const auto& rows = outcome.tables.front().rows();
  ASSERT_EQ(rows.size(), 6U);
  EXPECT_EQ(std::get<Index>(rows[0][0]), 32);
  EXPECT_TRUE(std::holds_alternative<std::monostate>(rows[0][5])) << "one sample has no std";
  for (const Claim& claim : outcome.claims)
    EXPECT_TRUE(test::has_verdict(claim, Verdict::holds)) << claim.id;
}

// Steps that leave the residual finite, beyond the range of float, and beyond that of double.
TEST(CircleSampling, ReportsAStepBeyondStability) {
  set_blas_threads(1);
  for (const Index steps : {30, 100, 3000}) {
    SamplingConfig config = small_config();
    config.seeds = 2;
    config.steps = steps;
    config.step_rule = "fixed";
    config.eta = 8;
    const Experiment experiment = circle_sampling();
    const Outcome outcome =
        experiment.outcome({test::all_records(experiment, settings_of(config))});
    ASSERT_EQ(outcome.statuses.size(), 2U) << steps;
    EXPECT_THAT(outcome.statuses[0], ::testing::HasSubstr("unstable: base4, n = 9, 2 of 2 seeds"));
    EXPECT_EQ(outcome.statuses[0].find("diverged") != std::string::npos, steps > 30);
    for (const Claim& claim : outcome.claims)
      EXPECT_FALSE(claim.kind == ClaimKind::law && judge(claim).verdict == Verdict::fails)
          << claim.id;
  }
}

TEST(CircleSampling, TakesTheScaledStepAtTwoForUnstable) {
  set_blas_threads(1);
  SamplingConfig config = small_config();
  config.eta_scale = 2;
  const Experiment experiment = circle_sampling();
  EXPECT_EQ(
      experiment.outcome({test::all_records(experiment, settings_of(config))}).statuses.size(), 2U);
  config.eta_scale = 1.999;
  EXPECT_TRUE(
      experiment.outcome({test::all_records(experiment, settings_of(config))}).statuses.empty());
}

TEST(CircleSampling, RefusesBadConfigs) {
  const Experiment experiment = circle_sampling();
  const auto refused = [&](const std::function<void(SamplingConfig&)>& change) {
    SamplingConfig config;
    change(config);
    EXPECT_THROW(experiment.validate(settings_of(config)), std::invalid_argument);
  };
  refused([](SamplingConfig& c) { c.sizes = {20}; });
  refused([](SamplingConfig& c) { c.targets = {"base5"}; });
  refused([](SamplingConfig& c) { c.kernel = "K2"; });
  refused([](SamplingConfig& c) { c.sampling = "grid"; });
  refused([](SamplingConfig& c) { c.eta = 0; });
  refused([](SamplingConfig& c) { c.steps = -1; });
  refused([](SamplingConfig& c) { c.seeds = 0; });
}

}  // namespace
}  // namespace wideband::sampling_test

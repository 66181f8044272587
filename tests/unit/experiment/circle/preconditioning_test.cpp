#include "wideband/experiment/circle/preconditioning.hpp"

#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/experiment.hpp"
#include "wideband/circle/basis.hpp"
#include "wideband/linalg/product.hpp"

namespace wideband::preconditioning_test {
namespace {

PreconditioningConfig small_config() {
  PreconditioningConfig config;
  config.sizes = {5, 16};
  config.cutoff = 2;
  config.steps = 3;
  config.seeds = 1;
  config.probes = 8;
  return config;
}

TEST(PreconditioningTasks, CoverTargetsSizesAndSeeds) {
  PreconditioningConfig config;
  config.targets = {"base4", "five"};
  Index work = 0;
  for (const PreconditioningTask& task : preconditioning_tasks(config)) {
    EXPECT_EQ(task.mode_cutoff, 4) << "the modes of the block unless asked for more";
    for (const Index n : task.sizes) work += n * task.count;
  }
  EXPECT_EQ(work, 2 * 10 * (8192 - 64));
}

TEST(PreconditioningRecord, DoesNotDependOnTheBlocksOfSeeds) {
  set_blas_threads(1);
  PreconditioningConfig config = small_config();
  config.sizes = {40};
  config.seeds = 3;
  PreconditioningTask all = preconditioning_tasks(config).at(0);
  PreconditioningTask last = all;
  last.first = 2;
  last.count = 1;
  const Matrix whole = preconditioning_record(all).matrix("n40.theory.loss_train");
  const Matrix part = preconditioning_record(last).matrix("n40.theory.loss_train");
  EXPECT_EQ(whole.row(2), part.row(0));
  EXPECT_NE(whole.row(0), whole.row(1));
}

TEST(CirclePreconditioning, RunsAtTheSmallestSizes) {
  set_blas_threads(1);
  const Experiment experiment = circle_preconditioning();
  const Outcome outcome =
      experiment.outcome({test::all_records(experiment, settings_of(small_config()))});
  EXPECT_EQ(outcome.tables.at(0).rows().size(), 2U * 4 * 7);
  for (const Claim& claim : outcome.claims) EXPECT_NO_THROW(judge(claim)) << claim.id;
}

Outcome outcome_of(const PreconditioningConfig& config) {
  set_blas_threads(1);
  const Experiment experiment = circle_preconditioning();
  return experiment.outcome({test::all_records(experiment, settings_of(config))});
}

// Steps that leave the residual finite, and that do not: either way no law is blamed.
TEST(CirclePreconditioning, ReportsStepsBeyondStability) {
  for (const Index steps : {30, 2000}) {
    PreconditioningConfig config = small_config();
    config.sizes = {64};
    config.seeds = 2;
    config.steps = steps;
    config.eta = 4;
    const Outcome outcome = outcome_of(config);
    ASSERT_EQ(outcome.statuses.size(), 4U);
    EXPECT_THAT(outcome.statuses[0],
                ::testing::HasSubstr("unstable: baseline flow, base4, n = 64, 2 of 2 seeds, eta "
                                     "lambda_max(A) up to 2."));
    EXPECT_EQ(outcome.statuses[2].find("diverged") != std::string::npos, steps == 2000);
    for (const Claim& claim : outcome.claims) {
      EXPECT_FALSE(claim.kind == ClaimKind::law && judge(claim).verdict == Verdict::fails)
          << claim.id;
    }
  }
}

// Between 2/fastest rate of the preconditioned blocks and 2/lambda_max(A) the baseline is stable.
TEST(CirclePreconditioning, JudgesEveryFlowByItsOwnRates) {
  PreconditioningConfig config = small_config();
  config.sizes = {64};
  config.eta = 2.5;
  const Outcome outcome = outcome_of(config);
  ASSERT_EQ(outcome.statuses.size(), 3U);
  EXPECT_THAT(outcome.statuses[1], ::testing::HasSubstr("empirical flow"));
  EXPECT_THAT(outcome.statuses[1], ::testing::HasSubstr("|1 - eta rate| up to 1.5"));
}

// Samples with hardly more points than columns: G may be nearly singular.
TEST(CirclePreconditioning, BlamesNoLawForIllConditionedSamples) {
  for (const Index cutoff : {4, 16}) {
    PreconditioningConfig config;
    config.sizes = {basis_size(cutoff), basis_size(cutoff) + 7};
    config.cutoff = cutoff;
    config.seeds = 3;
    config.eta = 0.5;
    config.steps = 50;
    config.probes = 64;
    config.targets = {"base4", "five"};
    for (const Claim& claim : outcome_of(config).claims) {
      if (claim.kind == ClaimKind::open) continue;
      EXPECT_NE(judge(claim).verdict, Verdict::fails)
          << test::has_verdict(claim, Verdict::holds).message();
    }
  }
}

TEST(CirclePreconditioning, RefusesBadConfigs) {
  const Experiment experiment = circle_preconditioning();
  const auto refused = [&](const std::function<void(PreconditioningConfig&)>& change) {
    PreconditioningConfig config;
    change(config);
    EXPECT_THROW(experiment.validate(settings_of(config)), std::invalid_argument);
  };
  refused([](PreconditioningConfig& c) { c.sizes = {8}; });
  refused([](PreconditioningConfig& c) { c.mode_cutoff = 40; });
  refused([](PreconditioningConfig& c) { c.targets = {"base"}; });
  refused([](PreconditioningConfig& c) { c.probes = 8; });
  refused([](PreconditioningConfig& c) { c.eta = 0; });
  refused([](PreconditioningConfig& c) { c.steps = 0; });
}

}  // namespace
}  // namespace wideband::preconditioning_test

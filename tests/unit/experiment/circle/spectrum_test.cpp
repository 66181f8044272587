#include "wideband/experiment/circle/spectrum.hpp"

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/experiment.hpp"
#include "wideband/circle/spectrum.hpp"

namespace wideband::spectrum_test {
namespace {

TEST(SpectrumTasks, GroupSizesUntilATaskIsWorthIt) {
  const std::vector<SpectrumTask> tasks = spectrum_tasks(SpectrumConfig{});
  // continuum, networks, everything up to 2^20, and 1001 that is left.
  ASSERT_EQ(tasks.size(), 4U);
  EXPECT_EQ(tasks[2].sizes, (std::vector<Index>{16, 64, 1024, 2048, 4096, 131072, 1048576}));
  EXPECT_EQ(tasks[3].sizes, std::vector<Index>{1001});
  EXPECT_EQ(tasks[2].seed, 0) << "a task may hold only what its record depends on";
}

TEST(SpectrumRecord, IsAFunctionOfItsTask) {
  const SpectrumTask task{"stock", {}, {}, 0, 3, 4, 100};
  EXPECT_EQ(spectrum_record(task).matrix("values"), spectrum_record(task).matrix("values"));
  SpectrumTask other = task;
  other.seed = 4;
  EXPECT_NE(spectrum_record(task).matrix("values"), spectrum_record(other).matrix("values"));
}

TEST(SpectrumRecord, HoldsLowAndSpreadFrequencies) {
  const Record record = spectrum_record({"grid", {64}, {"bias"}, 10, 0, 0, 0});
  const Vector low = record.vector("bias.64.low.alias");
  ASSERT_EQ(low.size(), 11);
  EXPECT_EQ(low(3), grid_eigenvalue(AngleKernel::bias, 64, 3));
  const Vector spread = record.vector("bias.64.spread.k");
  EXPECT_EQ(spread(0), 0);
  EXPECT_EQ(spread(spread.size() - 1), 32);
}

// 2368 = 64 37 takes the chirp path, 2304 does not.
TEST(CircleSpectrum, CountsTheSizesThatTransformSlowly) {
  const auto cost = [](Index n) {
    SpectrumConfig config;
    config.sizes = {n};
    return circle_spectrum().tasks(settings_of(config)).at(2).cost;
  };
  EXPECT_GT(cost(2368).bytes - 1e6, 3 * (cost(2304).bytes - 1e6));
}

TEST(CircleSpectrum, RunsAtTheSmallestSizes) {
  Experiment experiment = circle_spectrum();
  SpectrumConfig config;
  config.sizes = {1, 2, 3};
  config.cutoff = 0;
  config.kernel = {"K1"};
  config.networks = 2;
  config.neurons = 1;
  const Outcome outcome = experiment.outcome({test::all_records(experiment, settings_of(config))});
  EXPECT_EQ(outcome.tables.at(0).rows().size(), 3U);
  for (const Claim& claim : outcome.claims) EXPECT_NO_THROW(judge(claim)) << claim.id;
}

}  // namespace
}  // namespace wideband::spectrum_test

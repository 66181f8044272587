#include "wideband/experiment/circle/dynamics_flow.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "wideband/circle/spectrum.hpp"
#include "wideband/dynamics/decay.hpp"

namespace wideband::dynamics_flow_test {
namespace {

DynamicsOptions small_options() {
  DynamicsOptions options;
  options.n = 64;
  options.target = target("base4");
  options.eta_scale = .05;
  options.steps = 100;
  options.cutoff = 8;
  return options;
}

TEST(DynamicsSnapshots, BeginWithZeroEndWithTheLastAndAscend) {
  for (const Index steps : {0, 1, 7, 1000, 20000}) {
    const std::vector<Index> chosen = dynamics_snapshots(steps);
    EXPECT_EQ(chosen.front(), 0);
    EXPECT_EQ(chosen.back(), steps);
    EXPECT_TRUE(std::is_sorted(chosen.begin(), chosen.end()));
    EXPECT_LT(chosen.size(), 90U);
  }
}

TEST(DynamicsMeasurement, FollowsTheDecayFactors) {
  const DynamicsMeasurement flow = dynamics_measurement(small_options());
  const std::vector<Index> steps = dynamics_snapshots(100);
  const double eta = .05 / grid_eigenvalue(AngleKernel::bias, 64, 0);
  EXPECT_TRUE(test::near(flow.eta(0), eta, 1e-15));
  for (std::size_t i = 0; i < steps.size(); ++i) {
    for (Index k = 0; k <= 3; ++k) {
      const double factor = decay_factor(eta * grid_eigenvalue(AngleKernel::bias, 64, k), steps[i]);
      const auto row = static_cast<Index>(i);
      EXPECT_TRUE(test::near(flow.amplitude(row, k), factor * flow.initial(0, k), 1e-11));
      EXPECT_TRUE(test::near(flow.factor(row, k), factor, 1e-12));
    }
  }
  EXPECT_LT(flow.sample_error(0), 1e-12);
  EXPECT_EQ(flow.reached(0), static_cast<double>(*steps_to_level(
                                 eta * grid_eigenvalue(AngleKernel::bias, 64, 0), reached_level)));
}

TEST(DynamicsMeasurement, StartsAtTheTarget) {
  // |U_k'y| = a_k sqrt(n/2) for k >= 1, a_0 sqrt(n).
  const DynamicsMeasurement flow = dynamics_measurement(small_options());
  EXPECT_TRUE(test::near(flow.initial(0, 0), 8, 1e-13));
  EXPECT_TRUE(test::near(flow.initial(0, 1), .9 * std::sqrt(32.0), 1e-13));
  EXPECT_TRUE(test::near(flow.loss(0, 0), energy(target("base4")) / 2, 1e-14));
}

TEST(DynamicsMeasurement, DivergesToInfinityWithoutNaN) {
  DynamicsOptions options = small_options();
  options.eta_scale = 100;
  options.steps = 400;
  const DynamicsMeasurement flow = dynamics_measurement(options);
  EXPECT_FALSE(flow.amplitude.array().isNaN().any());
  EXPECT_FALSE(flow.predicted_loss.array().isNaN().any());
  EXPECT_TRUE(std::isinf(flow.loss(0, flow.loss.cols() - 1)));
}

TEST(DynamicsMeasurement, OfANetworkWithoutBiasLeavesOddPlanesAlone) {
  DynamicsOptions options = small_options();
  options.kernel = AngleKernel::nobias;
  options.width = 16;
  options.eta = .2048;
  options.seeds = 2;
  const DynamicsMeasurement flow = dynamics_measurement(options);
  EXPECT_LT(flow.odd_drift.maxCoeff(), 1e-12);
  EXPECT_GT(flow.odd_drift.maxCoeff(), 0);
  EXPECT_NE(flow.initial(0, 1), flow.initial(1, 1)) << "repetitions are different draws";
  EXPECT_LT(flow.loss(0, flow.loss.cols() - 1), flow.loss(0, 0));
}

TEST(DynamicsMeasurement, SurvivesTheRecord) {
  const DynamicsMeasurement flow = dynamics_measurement(small_options());
  Record record;
  put_flow(record, "3.", flow);
  const DynamicsMeasurement read = dynamics_measurement_from(record, "3.");
  EXPECT_EQ(read.amplitude, flow.amplitude);
  EXPECT_EQ(read.reached, flow.reached);
  EXPECT_EQ(read.predicted_loss, flow.predicted_loss);
  EXPECT_EQ(read.largest_eigenvalue, flow.largest_eigenvalue);
}

}  // namespace
}  // namespace wideband::dynamics_flow_test

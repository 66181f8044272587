#include "wideband/experiment/circle/sampling_modes.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/sampling_fixture.hpp"
#include "wideband/circle/spectrum.hpp"

namespace wideband::sampling_modes_test {
namespace {

TEST(LogSnapshots, StartAtZeroAndEndAtTheLast) {
  for (const Index steps : {0, 1, 2, 37, 2000}) {
    const std::vector<Index> snapshots = log_snapshots(steps);
    EXPECT_EQ(snapshots.front(), 0);
    EXPECT_EQ(snapshots.back(), steps);
    for (std::size_t i = 1; i < snapshots.size(); ++i) EXPECT_GT(snapshots[i], snapshots[i - 1]);
  }
}

TEST(ModeGroups, StartFromTheTarget) {
  const ModeGroup& group = test::small_modes()[3];
  EXPECT_EQ(group.n, 512);
  EXPECT_EQ(group.seeds(), 12);
  EXPECT_TRUE(is_active(group, 3));
  EXPECT_FALSE(is_active(group, 4));
  EXPECT_EQ(coefficients(group, 0, 0), Vector::Ones(12));
  EXPECT_EQ(predicted_coefficient(group, 0, 0), 1);
  EXPECT_EQ(group.exact.size(), 0);
  EXPECT_GT(test::small_modes()[0].exact.size(), 0);
  EXPECT_FALSE(is_unstable(group));
  EXPECT_TRUE(modes_statuses(test::small_modes()).empty());
}

// By hand: of f = cos g on the sample the plane k >= 2 takes 2/n of |r_0|^2 in the mean at step 0,
// and after one step first order in eta gives w = 1 - eta (lambda_k + lambda_1 + self term).
TEST(PredictedExcitation, FollowsFirstOrderPerturbation) {
  ModeGroup group = test::small_modes()[0];
  group.target = {"one", {{1, 1.0, 0.0}}};
  group.eta.setConstant(1e-6);
  EXPECT_TRUE(test::near(predicted_excitation(group, 4, 0), std::sqrt(2.0 / 64), 1e-14));
  const double lambda = continuum_eigenvalue(AngleKernel::bias, 1);
  const double other = continuum_eigenvalue(AngleKernel::bias, 4);
  const double self = (1.5 - lambda) / 64;
  // w = f_1 + lambda_4 (f_4 - f_1)/(lambda_4 - lambda_1), f_4 - f_1 = -eta (63/64)(difference).
  const double w = 1 - 1e-6 * (lambda + self + other * 63 / 64);
  EXPECT_TRUE(test::near(predicted_excitation(group, 4, 1), w * std::sqrt(2.0 / 64), 1e-12));
}

TEST(ModesTables, HaveTheColumnsOfTheContract) {
  const std::vector<Table> tables = modes_tables(test::small_modes());
  EXPECT_EQ(tables[0].name(), "modes");
  const std::vector<std::string> start = {
      "kernel", "n",    "sampling", "target",           "width",           "eta",
      "mode",   "step", "time",     "coefficient_mean", "coefficient_std", "predicted"};
  const std::vector<std::string>& columns = tables[0].columns();
  EXPECT_TRUE(std::equal(start.begin(), start.end(), columns.begin()));
  EXPECT_EQ(tables[1].rows().size(), 16U);  // four sizes, four modes of base4
}

}  // namespace
}  // namespace wideband::sampling_modes_test

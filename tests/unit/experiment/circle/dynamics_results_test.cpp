#include "wideband/experiment/circle/dynamics_results.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/dynamics_fixture.hpp"

namespace wideband::dynamics_results_test {
namespace {

using test::small_flows;

TEST(DynamicsTables, ModesHaveTheContractsColumns) {
  const std::vector<Table> tables = dynamics_tables(small_flows());
  const Table& modes = tables.front();
  EXPECT_EQ(modes.name(), "modes");
  EXPECT_EQ(
      modes.columns(),
      (std::vector<std::string>{"kernel", "n", "sampling", "target", "width", "eta", "mode", "step",
                                "time", "coefficient_mean", "coefficient_std", "predicted"}));
  std::size_t rows = 0;
  for (const DynamicsFlow& flow : small_flows())
    rows += flow.steps.size() * static_cast<std::size_t>(flow.cutoff + 1);
  EXPECT_EQ(modes.rows().size(), rows);
  // A kernel flow has no width, and one repetition has no deviation.
  EXPECT_TRUE(std::holds_alternative<std::monostate>(modes.rows().front()[4]));
  EXPECT_TRUE(std::holds_alternative<std::monostate>(modes.rows().front()[10]));
  EXPECT_TRUE(std::holds_alternative<Index>(modes.rows().back()[4]));
}

TEST(FlowCoefficients, StartAtOneOrWhereEmptyAtZero) {
  const DynamicsFlow& flow = small_flows().front();
  EXPECT_TRUE(is_active(flow, 3));
  EXPECT_FALSE(is_active(flow, 5));
  EXPECT_EQ(coefficients(flow, 0, 3)(0), 1);
  EXPECT_LT(coefficients(flow, 0, 5)(0), 1e-14);
  EXPECT_EQ(predicted_coefficient(flow, 0, 5), 0);
  EXPECT_EQ(predicted_coefficient(flow, 0, 3), 1);
}

TEST(DynamicsStatuses, NameWhatDiverged) {
  const std::vector<std::string> statuses = dynamics_statuses(small_flows());
  ASSERT_EQ(statuses.size(), 2U);  // 2.02, with and without bias
  EXPECT_THAT(statuses[0], ::testing::HasSubstr("diverging after 300 steps: bias, n = 64, base4"));
  EXPECT_THAT(statuses[0], ::testing::HasSubstr("eta lambda_max = 2.02"));
}

}  // namespace
}  // namespace wideband::dynamics_results_test

#include "wideband/experiment/kernel/regression_results.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/regression_fixture.hpp"

namespace wideband::regression_results_test {
namespace {

TEST(MeanSquare, AveragesOverRowsAndOutputs) {
  const MeanSquare square = mean_square((Matrix(2, 2) << 1, 1, 3, 1).finished());
  EXPECT_TRUE(test::near(square.mean, 3, 1e-15));
  EXPECT_TRUE(test::near(square.standard_error, 2, 1e-14));  // of 1 and 5: std sqrt 8, over sqrt 2
}

TEST(RegressionResults, SurviveTheRecord) {
  const RegressionResult result = test::plausible_results().front();
  const RegressionTask task{"data", 4000, 10000, result.net, result.law, {}};
  const RegressionResults read =
      regression_results({{RegressionConfig{}, {{task, regression_record_of(result)}}}});
  ASSERT_EQ(read.size(), 1U);
  EXPECT_EQ(read[0].law, "nngp");
  ASSERT_EQ(read[0].ridges.size(), 3U);
  EXPECT_EQ(read[0].ridges[1].leave_one_out.mean, result.ridges[1].leave_one_out.mean);
  EXPECT_EQ(read[0].ridges[2].bound, result.ridges[2].bound);
}

TEST(Picks, AreOfTheSmallestErrorAndTheLargestAccuracy) {
  RegressionResult result = test::plausible_results().front();
  EXPECT_EQ(picked(result).ridge, 1e-2);
  result.ridges[2].accuracy = 0.9;
  EXPECT_EQ(most_accurate(result).ridge, 1e-1);
}

TEST(RegressionTables, BeginWithTheContractsColumns) {
  const std::vector<Table> tables = regression_tables(test::plausible_results());
  ASSERT_EQ(tables.size(), 1U);
  const std::vector<std::string> expected = {
      "net", "law", "ridge", "accuracy", "rmse", "log_marginal_likelihood", "loo_rmse"};
  EXPECT_TRUE(std::equal(expected.begin(), expected.end(), tables[0].columns().begin()));
  const auto& rows = tables[0].rows();
  ASSERT_EQ(rows.size(), 9U);
  EXPECT_TRUE(test::near(std::get<double>(rows[1][4]), std::sqrt(0.02), 1e-15));
  EXPECT_TRUE(std::holds_alternative<std::monostate>(rows[3][5])) << "no likelihood under ntk";
  EXPECT_EQ(std::get<double>(rows[6][5]), 8500);
}

}  // namespace
}  // namespace wideband::regression_results_test

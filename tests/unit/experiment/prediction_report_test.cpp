#include "wideband/experiment/prediction_report.hpp"

#include <cmath>
#include <map>
#include <numbers>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/compare.hpp"

namespace wideband::prediction_report_test {
namespace {

using Rows = std::map<std::string, double>;  // everything but the value, and the value

Rows rows_of(const std::string& text) {
  Rows rows;
  std::istringstream lines(text);
  std::string line;
  std::getline(lines, line);
  EXPECT_EQ(line, "report,time,index,output,quantity,value");
  while (std::getline(lines, line)) {
    const std::size_t comma = line.rfind(',');
    rows[line.substr(0, comma)] = std::stod(line.substr(comma + 1));
  }
  return rows;
}

PredictionJob job_with(const std::string& law, const std::string& report) {
  PredictionRequest request;
  request.y = std::string("y.csv");
  request.kernel = std::string("k.h5");
  request.law = law;
  request.report = report;
  request.ridge = "1";
  request.ridge_scale = "absolute";
  request.time = "2";
  return prediction_job(request);
}

// Two points with kernel [[3, 1], [1, 3]] and ridge 1: everything by hand.
class PredictionReportTest : public ::testing::Test {
 protected:
  Rows rows(const std::string& law, const std::string& report,
            const std::vector<RidgeError>& grid = {}) const {
    const PredictionJob job = job_with(law, report);
    PredictionInputs inputs;
    inputs.y = Matrix{{1}, {-1}};
    return rows_of(report_text(job, inputs, Predictor(K_, inputs.y, job.options), grid));
  }
  const Matrix K_{{3, 1}, {1, 3}};
};

TEST_F(PredictionReportTest, LikelihoodByHand) {
  const Rows row = rows("nngp", "likelihood");
  // A = [[4, 1], [1, 4]]: y'A^-1 y = 2/3, det A = 15.
  EXPECT_TRUE(test::near(row.at("likelihood,,,,data_fit"), 2.0 / 3, 1e-14));
  EXPECT_TRUE(test::near(row.at("likelihood,,,,log_det"), std::log(15.0), 1e-14));
  EXPECT_TRUE(test::near(row.at("likelihood,,,,log_marginal_likelihood"),
                         -1.0 / 3 - .5 * std::log(15.0) - std::log(2 * std::numbers::pi), 1e-14));
  EXPECT_EQ(row.at("likelihood,,,,ridge_absolute"), 1);
  EXPECT_EQ(row.size(), 4U) << "no gradient without a net";
}

TEST_F(PredictionReportTest, LeaveOneOutByHand) {
  const Rows row = rows("nngp", "loo", {{.1, .2}});
  // From the other point alone: 1/4 times its target; variance 4 - 1/4.
  EXPECT_TRUE(test::near(row.at("loo,,0,0,mean"), -.25, 1e-14));
  EXPECT_TRUE(test::near(row.at("loo,,0,0,residual"), 1.25, 1e-14));
  EXPECT_TRUE(test::near(row.at("loo,,1,,variance"), 3.75, 1e-14));
  EXPECT_EQ(row.at("loo_grid,,0,,ridge"), .1);
  EXPECT_EQ(row.at("loo_grid,,0,,error"), .2);
  EXPECT_EQ(rows("ntk", "loo").count("loo,,1,,variance"), 0U) << "ntk is no process";
}

TEST_F(PredictionReportTest, ModesByHand) {
  const Rows row = rows("ntk", "modes");
  EXPECT_TRUE(test::near(row.at("modes,,0,,eigenvalue"), 4, 1e-14));
  EXPECT_TRUE(test::near(row.at("modes,,1,,eigenvalue"), 2, 1e-14));
  // kappa = 1/2, z = 3 for the antisymmetric mode, which holds all of y.
  EXPECT_TRUE(test::near(row.at("modes,,1,,half_life"), std::log(2.0) / 1.5, 1e-14));
  EXPECT_TRUE(test::near(row.at("modes,2,0,,residual"), 0, 1e-14));
  EXPECT_TRUE(test::near(row.at("modes,2,1,,learned"), 1 - std::exp(-3.0), 1e-14));
}

TEST(RidgeGrid, IsHalfDecadesFromTenToTheMinusTenToTen) {
  const std::vector<double> grid = ridge_grid();
  ASSERT_EQ(grid.size(), 23U);
  EXPECT_TRUE(test::relatively_near(grid.front(), 1e-10, 1e-15));
  EXPECT_TRUE(test::relatively_near(grid[1], std::sqrt(10.0) * 1e-10, 1e-15));
  EXPECT_TRUE(test::relatively_near(grid.back(), 10, 1e-15));
}

}  // namespace
}  // namespace wideband::prediction_report_test

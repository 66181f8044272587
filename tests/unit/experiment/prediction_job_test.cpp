#include "wideband/experiment/prediction_job.hpp"

#include <cmath>
#include <regex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/messages.hpp"
#include "support/temporary_folder.hpp"
#include "wideband/core/error.hpp"
#include "wideband/core/file.hpp"
#include "wideband/data/csv.hpp"
#include "wideband/data/npy.hpp"
#include "wideband/experiment/hdf5_store.hpp"

namespace wideband::prediction_job_test {
namespace {

using ::testing::HasSubstr;

// The golden flow: x1 = (1, 2, -1), x2 = (0.5, -1, 3), y = (1, -1), net dense | relu | dense.
class PredictionJobTest : public ::testing::Test {
 protected:
  PredictionJobTest() {
    write("x.csv", "1,2,-1\n.5,-1,3\n");
    write("z.csv", "0,1,0\n1,1,1\n2,0,0\n");
    write("y.csv", "1\n-1\n");
    request_.net = "dense | relu | dense";
    request_.x = file("x.csv");
    request_.y = file("y.csv");
  }
  std::string file(const std::string& name) const { return (folder_.path() / name).string(); }
  void write(const char* name, const char* text) const { write_file(file(name), text); }
  void ran(const std::string& out) {
    request_.out = file(out);
    OutputFiles files;
    run(prediction_job(request_), files);
    files.publish();
  }
  // The mean of the .csv table in the order of its rows.
  std::vector<double> mean_of(const std::string& name) const {
    const Matrix table = read_table(name);
    return {table.col(3).begin(), table.col(3).end()};
  }
  Matrix read_table(const std::string& name) const {
    const std::string text = read_file(file(name));
    write_file(file("table.csv"), std::regex_replace(text, std::regex("inf"), "-1"));
    return read_csv(std::filesystem::path(file("table.csv")));
  }

  test::TemporaryFolder folder_;
  PredictionRequest request_;
};

TEST_F(PredictionJobTest, TheGoldenFlow) {
  request_.time = "2,0,inf";
  ran("p.csv");
  const std::vector<double> mean = mean_of("p.csv");
  ASSERT_EQ(mean.size(), 6U);
  EXPECT_TRUE(test::near(mean[0], 0.8725695303010218, 1e-14));
  EXPECT_TRUE(test::near(mean[1], -0.9753115178995935, 1e-14));
  EXPECT_TRUE(test::near(mean[2], 0, 0)) << "times keep their order";
  EXPECT_TRUE(test::near(mean[4], 1, 1e-14));
}

TEST_F(PredictionJobTest, KernelFilesAndNetsAgree) {
  request_.z = file("z.csv");
  request_.time = "1,inf";
  request_.ridge = "1e-3";
  request_.covariance = true;
  ran("net.npy");
  for (const auto& [x, z, out] : {std::array<const char*, 3>{"x.csv", "", "xx.h5"},
                                  {"z.csv", "x.csv", "zx.h5"},
                                  {"z.csv", "", "zz.h5"}}) {
    KernelRequest kernel;
    kernel.net = request_.net;
    kernel.x = file(x);
    if (*z != '\0') kernel.z = file(z);
    kernel.out = file(out);
    OutputFiles files;
    run(kernel_job(kernel), files);
    files.publish();
  }
  request_.net = request_.x = request_.z = "";
  request_.kernel = file("xx.h5");
  request_.cross = file("zx.h5");
  request_.prior = file("zz.h5");
  ran("file.npy");
  for (const char* suffix : {".npy", "_covariance.npy", "_mean_train.npy"}) {
    EXPECT_EQ(read_file(file(std::string("net") + suffix)),
              read_file(file(std::string("file") + suffix)))
        << suffix;
  }
}

TEST_F(PredictionJobTest, EveryLawAndRuleHasItsFiles) {
  request_.z = file("z.csv");
  request_.covariance = true;
  for (const char* law : {"ntk", "nngp", "ntk_gp"}) {
    for (const char* rule : {"flow", "descent", "heavy_ball", "heavy_ball_flow"}) {
      request_.law = law;
      request_.rule = rule;
      request_.rate = "auto";
      request_.time = "0,3,inf";
      ran("p.h5");
      const Hdf5Input input(file("p.h5"));
      EXPECT_EQ(input.text("law"), law);
      EXPECT_EQ(input.text("rule"), rule);
      EXPECT_EQ(input.matrix("bound").values.cols(), 3);
      EXPECT_EQ(input.matrix("eigenvalues").values.rows(), 2);
      EXPECT_EQ(input.number("rank"), 2);
      EXPECT_GT(input.number("rate"), 0);
      EXPECT_TRUE(test::relatively_near(*input.number("kappa"), *input.number("rate") / 2, 1e-15));
      for (const char* name : {"preserved", "asymmetry", "relative_residual", "prediction_bound",
                               "ridge_absolute", "error_estimate"}) {
        EXPECT_TRUE(input.number(name).has_value()) << name;
      }
    }
  }
}

TEST_F(PredictionJobTest, SamplesHaveTheMomentsAndRepeat) {
  request_.z = file("z.csv");
  request_.law = "nngp";
  request_.samples = "5";
  ran("a.npy");
  ran("b.npy");
  EXPECT_EQ(read_file(file("a_samples.npy")), read_file(file("b_samples.npy")));
  EXPECT_THAT(read_file(file("a_samples.npy")), HasSubstr("'shape': (1, 5, 3, 1), }"));
  request_.seed = "1";
  ran("c.npy");
  EXPECT_NE(read_file(file("a_samples.npy")), read_file(file("c_samples.npy")));
}

TEST_F(PredictionJobTest, TheRidgeOfLeastLeftOutErrorIsTaken) {
  request_.ridge = "loo";
  request_.report = "loo";
  request_.law = "nngp";
  ran("p.csv");
  const std::string report = read_file(file("p_report.csv"));
  EXPECT_THAT(report, HasSubstr("loo_grid,,22,,ridge,10\n"));
  EXPECT_THAT(report, HasSubstr("loo,,1,0,residual,"));
}

TEST_F(PredictionJobTest, ScoresAtThePoints) {
  write("y.csv", "0\n1\n");
  request_.one_hot = true;
  request_.y_test = file("y.csv");
  request_.time = "0,inf";
  ran("p.h5");
  const Hdf5Input input(file("p.h5"));
  EXPECT_TRUE(test::near(input.matrix("rmse").values(0, 0), .5, 1e-15));
  EXPECT_TRUE(test::near(input.matrix("rmse").values(1, 0), 0, 1e-14));
  EXPECT_EQ(input.matrix("accuracy").values(1, 0), 1);
}

TEST_F(PredictionJobTest, OtherLossesAreIntegrated) {
  write("y.csv", "0\n1\n");
  request_.one_hot = true;
  request_.loss = "softmax";
  request_.time = "1,0,5";
  request_.z = file("z.csv");
  ran("p.npy");
  EXPECT_THAT(read_file(file("p.npy")), HasSubstr("'shape': (3, 3, 2), }"));
  EXPECT_THAT(read_file(file("p.json")), HasSubstr("\"status\": [\"ok\",\"ok\",\"ok\"]"));
}

TEST_F(PredictionJobTest, LikelihoodsHaveGradientsWithANet) {
  request_.net = "dense W=1.5 b=0.1 | erf | dense W=1.5 b=0.1";
  request_.law = "ntk_gp";
  request_.ridge = "0.1";
  request_.report = "likelihood";
  ran("p.csv");
  const std::string report = read_file(file("p_report.csv"));
  for (const char* quantity :
       {"log_marginal_likelihood", "gradient:W", "gradient:b", "gradient:ridge"}) {
    EXPECT_THAT(report, HasSubstr(std::string(",") + quantity + ","));
  }
}

TEST_F(PredictionJobTest, AFitRaisesTheLikelihoodAndItsNetIsStored) {
  request_.net = "dense W=1.5 b=0.1 | erf | dense W=1.5 b=0.1";
  request_.law = "nngp";
  request_.ridge = "0.1";
  request_.report = "likelihood";
  const auto likelihood = [&](const std::string& fields) {
    request_.fit = fields;
    ran("p.csv");
    const std::string report = read_file(file("p_report.csv"));
    const std::string name = "log_marginal_likelihood,";
    return std::stod(report.substr(report.find(name) + name.size()));
  };
  const double before = likelihood("");
  EXPECT_GT(likelihood("W,ridge"), before);
  EXPECT_THAT(read_file(file("p.json")), ::testing::Not(HasSubstr("W=1.5")));
  request_.fit = "Q";
  EXPECT_THROW(ran("p.csv"), std::invalid_argument);
}

TEST_F(PredictionJobTest, EqualRequestsGiveEqualBytes) {
  request_.time = "1,inf";
  ran("a.h5");
  ran("b.h5");
  EXPECT_EQ(read_file(file("a.h5")), read_file(file("b.h5")));
}

TEST_F(PredictionJobTest, BeyondTheMemoryLimitNothingIsComputed) {
  request_.memory_limit = "10";
  request_.out = file("p.h5");
  OutputFiles files;
  EXPECT_THAT(test::message_of<UnavailableError>([&] { run(prediction_job(request_), files); }),
              HasSubstr("the limit is 10 B; would fit"));
}

TEST_F(PredictionJobTest, ThePlanNeedsNoKernel) {
  const PredictionPlan predicted = plan(prediction_job(request_));
  EXPECT_EQ(predicted.work_bytes, 8U * (4 * 4 + 4));
  EXPECT_THAT(predicted.text, HasSubstr("predict n 2, m 2, o 1, T 1"));
}

TEST_F(PredictionJobTest, AStopLeavesNothing) {
  request_.out = file("p.h5");
  OutputFiles files;
  EXPECT_THROW(run(prediction_job(request_), files, {{}, [](const Progress&) { return false; }}),
               Stopped);
}

}  // namespace
}  // namespace wideband::prediction_job_test

#include "wideband/experiment/prediction_inputs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/messages.hpp"
#include "support/temporary_folder.hpp"
#include "wideband/core/file.hpp"

namespace wideband::prediction_inputs_test {
namespace {

using ::testing::HasSubstr;

class PredictionInputsTest : public ::testing::Test {
 protected:
  PredictionInputsTest() {
    write("x.csv", "1,2,-1\n.5,-1,3\n");
    write("z.csv", "0,1,0\n1,1,1\n2,0,0\n");
    write("y.csv", "1\n-1\n");
    write("k.csv", "2,.5\n.5,2\n");
    request_.y = file("y.csv");
  }
  std::string file(const char* name) const { return (folder_.path() / name).string(); }
  void write(const char* name, const char* text) const { write_file(file(name), text); }
  void use_net() {
    request_.net = "dense | relu | dense";
    request_.x = file("x.csv");
  }
  PredictionInputs read() const {
    const PredictionJob job = prediction_job(request_);
    PredictionInputs inputs = read_inputs(job);
    add_kernels(inputs, job, {});
    return inputs;
  }
  std::string refused() const {
    return test::message_of<std::invalid_argument>([&] { read(); });
  }

  test::TemporaryFolder folder_;
  PredictionRequest request_;
};

TEST_F(PredictionInputsTest, ANetGivesTheKernelsThatItsLawReads) {
  use_net();
  request_.z = file("z.csv");
  PredictionInputs inputs = read();
  EXPECT_EQ(inputs.Theta_xx.rows(), 2);
  EXPECT_EQ(inputs.Theta_zx.rows(), 3);
  EXPECT_EQ(inputs.K_xx.size(), 0);
  EXPECT_EQ(inputs.variance_z.size(), 3U);
  EXPECT_GT(inputs.error_estimate, 0);
  request_.covariance = true;
  inputs = read();
  EXPECT_EQ(inputs.K_xx.rows(), 2);
  EXPECT_EQ(inputs.K_zz.rows(), 3);
  EXPECT_EQ(inputs.Theta_zz.size(), 0);
  request_.law = "ntk_gp";
  inputs = read();
  EXPECT_EQ(inputs.Theta_zz.rows(), 3);
  EXPECT_EQ(inputs.K_xx.size(), 0);
}

TEST_F(PredictionInputsTest, AKernelFileIsCheckedAgainstTheTargets) {
  request_.kernel = file("k.csv");
  EXPECT_EQ(read().points(), 2);
  write("y.csv", "1\n2\n3\n");
  EXPECT_THAT(refused(), HasSubstr("k.csv is 2 x 2, expected 3 x 3"));
}

TEST_F(PredictionInputsTest, ATransposedCrossKernelIsNamed) {
  request_.kernel = file("k.csv");
  request_.cross = file("c.csv");
  write("c.csv", "1,2,3\n4,5,6\n");
  EXPECT_THAT(refused(), HasSubstr("transpose it"));
  write("c.csv", "1,2\n3,4\n5,6\n");
  EXPECT_EQ(read().points(), 3);
  write("c.csv", "1,2,3,4\n");
  EXPECT_THAT(refused(), HasSubstr("expected 2 columns, one for each training point"));
  request_.covariance = true;
  request_.law = "nngp";
  write("c.csv", "1,2\n3,4\n5,6\n");
  EXPECT_THAT(refused(), HasSubstr("needs --prior"));
}

TEST_F(PredictionInputsTest, LabelsBecomeColumns) {
  request_.kernel = file("k.csv");
  request_.one_hot = true;
  request_.y_test = file("y.csv");
  write("y.csv", "0\n1\n");
  const PredictionInputs inputs = read();
  EXPECT_TRUE(test::near(inputs.y, Matrix{{.5, -.5}, {-.5, .5}}, 0)) << "less 1/C";
  EXPECT_TRUE(test::near(inputs.y_test, inputs.y, 0));
  request_.loss = "softmax";
  EXPECT_TRUE(test::near(read().y, Matrix{{1, 0}, {0, 1}}, 0));
  write("y.csv", "0\n.5\n");
  EXPECT_THAT(refused(), HasSubstr("y.csv: row 1 is 0.5"));
}

TEST_F(PredictionInputsTest, ScalesTestPointsByTheTrainingPoints) {
  use_net();
  request_.scale = "standardize";
  request_.z = file("x.csv");
  const PredictionInputs inputs = read();
  EXPECT_EQ(inputs.X, inputs.Z);
  EXPECT_TRUE(test::near(inputs.X, Matrix{{1, 1, -1}, {-1, -1, 1}}, 1e-15));
}

TEST_F(PredictionInputsTest, ShapesThatDisagreeAreNamed) {
  use_net();
  request_.y_test = file("y.csv");
  request_.z = file("z.csv");
  EXPECT_THAT(refused(), HasSubstr("y.csv is 2 x 1, expected 3 x 1"));
  request_.y_test.clear();
  write("z.csv", "1,2\n");
  EXPECT_THAT(refused(), HasSubstr("z.csv has 2"));
  request_.z.clear();
  write("y.csv", "1\n2\n3\n");
  EXPECT_THAT(refused(), HasSubstr("x.csv has 2 rows"));
  write("y.csv", "1\n2\n");
  request_.f0 = file("f.csv");
  write("f.csv", "1\n");
  EXPECT_THAT(refused(), HasSubstr("f.csv is 1 x 1, expected 2 x 1"));
}

}  // namespace
}  // namespace wideband::prediction_inputs_test

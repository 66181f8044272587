#include "wideband/dynamics/gaussian_process.hpp"

#include <array>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/kernels.hpp"
#include "wideband/core/error.hpp"

namespace wideband::gaussian_process_test {
namespace {

const Matrix K = test::feature_kernel(8, 30, Key(1));
const Matrix y = test::normal_matrix(8, 2, Key(2));

TEST(Evidence, OfOneSampleIsADensity) {
  const TrainedKernel kernel(Matrix::Constant(1, 1, 2), Matrix::Constant(1, 1, 3),
                             {.ridge = .5, .ridge_scale = RidgeScale::absolute});
  const Evidence result = evidence(kernel);
  EXPECT_TRUE(test::near(result.data_fit, 9 / 2.5, 1e-15));
  EXPECT_TRUE(test::near(result.log_det, std::log(2.5), 1e-15));
  const double expected = -(9 / 2.5 + std::log(2.5) + std::log(2 * std::numbers::pi)) / 2;
  EXPECT_TRUE(test::near(result.log_marginal_likelihood, expected, 1e-15));
}

TEST(Evidence, IsTheSameByCholeskyAndByModes) {
  const TrainedKernel one(K, y, {.ridge = .2});
  TrainedKernel other(K, y, {.ridge = 1});
  other.spectrum();
  other.set_ridge(.2);
  EXPECT_NE(one.factor(), nullptr);
  EXPECT_EQ(other.factor(), nullptr);
  EXPECT_TRUE(test::near(evidence(one).log_marginal_likelihood,
                         evidence(other).log_marginal_likelihood, 1e-11));
  EXPECT_TRUE(test::near(evidence_ridge_derivative(one), evidence_ridge_derivative(other), 1e-11));
  const Matrix tangent = test::feature_kernel(8, 9, Key(4));
  const std::array<MatrixView, 1> tangents{tangent};
  EXPECT_TRUE(test::near(evidence_gradient(one, tangents)[0], evidence_gradient(other, tangents)[0],
                         1e-11));
}

TEST(Evidence, RefusesSingularKernels) {
  const TrainedKernel kernel(Matrix::Ones(3, 3), Matrix::Ones(3, 1), {});
  EXPECT_THROW(evidence(kernel), NumericalError);
  EXPECT_THROW(leave_one_out(kernel, {}), NumericalError);
  EXPECT_THROW(evidence_ridge_derivative(kernel), NumericalError);
}

TEST(LeaveOneOutOf, IsTheSameByCholeskyAndByModes) {
  const TrainedKernel kernel(K, y, {.ridge = .2});
  const std::array ridges{1e-3, .2, 5.0};
  const auto many = leave_one_out(kernel, ridges);
  const auto one = leave_one_out(kernel, {});
  ASSERT_EQ(many.size(), 3U);
  ASSERT_EQ(one.size(), 1U);
  EXPECT_EQ(one[0].ridge, kernel.ridge());
  EXPECT_EQ(many[1].ridge, kernel.ridge());
  EXPECT_TRUE(test::near(one[0].mean, many[1].mean, 1e-12));
  for (std::size_t i = 0; i < 8; ++i) {
    EXPECT_TRUE(test::near(one[0].variance[i], many[1].variance[i], 1e-12));
    EXPECT_GT(many[2].variance[i], many[1].variance[i]);
  }
}

TEST(LeaveOneOutOf, BeginsAGridBelowTheResolution) {
  const TrainedKernel kernel(Matrix::Ones(3, 3), Vector{{1.0, 2.0, 3.0}}, {});
  const std::array ridges{1e-18, 1e-2};
  const auto many = leave_one_out(kernel, ridges);
  // Two repeated inputs predict the third by their mean.
  EXPECT_TRUE(test::near(many[0].mean, Vector{{2.5, 2.0, 1.5}}, 1e-12));
}

TEST(GaussianProcess, RefusesWrongShapesAndRidges) {
  const TrainedKernel kernel(K, y, {.ridge = .2});
  const Matrix tangent = Matrix::Zero(3, 3);
  const std::array<MatrixView, 1> tangents{tangent};
  EXPECT_THROW(evidence_gradient(kernel, tangents), std::invalid_argument);
  const std::array ridges{-1.0};
  EXPECT_THROW(leave_one_out(kernel, ridges), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::gaussian_process_test

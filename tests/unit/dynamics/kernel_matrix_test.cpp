#include "wideband/dynamics/kernel_matrix.hpp"

#include <cmath>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/kernels.hpp"
#include "wideband/core/error.hpp"

namespace wideband::kernel_matrix_test {
namespace {

TEST(CheckedKernel, KeepsASymmetricMatrixToTheBit) {
  const Matrix Theta = test::feature_kernel(130, 200, Key(1));
  const KernelMatrix K = checked_kernel(Theta, 0);
  EXPECT_EQ(K.values, Theta);
  EXPECT_EQ(K.asymmetry, 0);
  EXPECT_EQ(K.trace, Theta.diagonal().sum());
  EXPECT_TRUE(test::relatively_near(K.norm, Theta.cwiseAbs().rowwise().sum().maxCoeff(), 1e-13));
}

TEST(CheckedKernel, AveragesSmallAsymmetriesAndReportsThem) {
  Matrix Theta = test::feature_kernel(70, 100, Key(2));
  Theta(68, 3) += 1e-13;
  const KernelMatrix K = checked_kernel(Theta, 0);
  EXPECT_EQ(K.values, Matrix(K.values.transpose()));
  EXPECT_EQ(K.values(3, 68), (Theta(68, 3) + Theta(3, 68)) / 2);
  const double scale = std::sqrt(Theta(68, 68) * Theta(3, 3));
  EXPECT_TRUE(test::relatively_near(K.asymmetry, 1e-13 / scale, 1e-2));  // 1e-13 itself rounds
}

TEST(CheckedKernel, RefusesLargeOnesUnlessTheKernelErrorExplainsThem) {
  Matrix Theta = test::feature_kernel(10, 20, Key(3));
  Theta(7, 3) += 1e-6;
  EXPECT_THROW(checked_kernel(Theta, 0), std::invalid_argument);
  EXPECT_NO_THROW(checked_kernel(Theta, 1e-5));
}

TEST(Copied, IsACopy) {
  const Matrix A = test::normal_matrix(5, 3, Key(4));
  EXPECT_EQ(copied(A), A);
  EXPECT_EQ(copied(Matrix(0, 0)).size(), 0);
}

TEST(CheckedKernel, RefusesWhatIsNoKernel) {
  EXPECT_THROW(checked_kernel(Matrix(0, 0), 0), std::invalid_argument);
  EXPECT_THROW(checked_kernel(Matrix::Ones(2, 3), 0), std::invalid_argument);
  EXPECT_THROW(checked_kernel(-Matrix::Identity(2, 2), 0), NumericalError);
  Matrix Theta = Matrix::Identity(4, 4);
  Theta(2, 1) = std::nan("");
  try {
    checked_kernel(Theta, 0);
    FAIL();
  } catch (const std::invalid_argument& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("row 2, column 1"));
  }
}

}  // namespace
}  // namespace wideband::kernel_matrix_test

#include "wideband/linalg/cholesky.hpp"

#include <cmath>
#include <stdexcept>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/core/error.hpp"

namespace wideband::cholesky_test {
namespace {

using test::eps;

// Diagonally dominant, condition number below 4.
Matrix positive_matrix(Index n) {
  Matrix A(n, n);
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < n; ++j) {
      A(i, j) = std::cos(1.7 * static_cast<double>(i * j + i + j)) / static_cast<double>(n);
    }
  }
  A = ((A + A.transpose()) / 2).eval();
  A.diagonal().array() += 2;
  return A;
}

double bound(Index n) {
  return 100 * eps * static_cast<double>(n);
}

TEST(Cholesky, SolvesAndInverts) {
  for (const Index n : {1, 2, 5, 33, 100}) {
    const Matrix A = positive_matrix(n);
    const Cholesky factor(A);
    const Matrix X = Matrix::Ones(n, 3) + Matrix::Identity(n, 3);
    EXPECT_EQ(factor.size(), n);
    EXPECT_TRUE(test::near(factor.solve(A * X), X, bound(n)));
    const Matrix inverse = factor.inverse();
    EXPECT_TRUE(test::near(inverse * A, Matrix::Identity(n, n), bound(n)));
    EXPECT_EQ(inverse, Matrix(inverse.transpose()));
    EXPECT_TRUE(test::near(factor.inverse_diagonal(), inverse.diagonal(), bound(n)));
  }
}

TEST(Cholesky, HalfSolvesGiveTheEnergy) {
  const Matrix A = positive_matrix(20);
  const Cholesky factor(A);
  const Matrix B = Matrix::Ones(20, 2);
  const Matrix H = factor.half_solve(B);
  EXPECT_TRUE(test::near(H.transpose() * H, B.transpose() * factor.solve(B), bound(20)));
}

TEST(Cholesky, KnowsADeterminant) {
  Matrix A(2, 2);
  A << 4, 2, 2, 5;  // determinant 16
  EXPECT_TRUE(test::near(Cholesky(A).log_determinant(), std::log(16.0), 8 * eps));
}

TEST(Cholesky, ReadsTheLowerTriangleOnly) {
  Matrix A(2, 2);
  A << 4, 99, 2, 5;
  EXPECT_TRUE(test::near(Cholesky(A).log_determinant(), std::log(16.0), 8 * eps));
}

TEST(Cholesky, RefusesIndefiniteMatricesByTheirMinor) {
  Matrix A(2, 2);
  A << 1, 2, 2, 1;
  EXPECT_THROW(Cholesky{A}, NumericalError);
  EXPECT_FALSE(positive_factor(A).has_value());
  EXPECT_TRUE(positive_factor(Matrix::Identity(2, 2)).has_value());
}

TEST(Cholesky, RefusesNaNAndWrongShapes) {
  EXPECT_THROW(Cholesky{Matrix::Constant(2, 2, std::nan(""))}, std::invalid_argument);
  EXPECT_THROW(Cholesky{Matrix::Zero(2, 3)}, std::invalid_argument);
  const Cholesky factor(Matrix::Identity(2, 2));
  EXPECT_THROW(factor.solve(Matrix::Zero(3, 1)), std::invalid_argument);
  EXPECT_THROW(factor.half_solve(Matrix::Zero(3, 1)), std::invalid_argument);
}

TEST(Cholesky, OfNothingIsNothing) {
  const Cholesky factor(Matrix(0, 0));
  EXPECT_EQ(factor.solve(Matrix(0, 2)).cols(), 2);
  EXPECT_EQ(factor.inverse().size(), 0);
  EXPECT_EQ(factor.inverse_diagonal().size(), 0);
  EXPECT_EQ(factor.log_determinant(), 0);
}

}  // namespace
}  // namespace wideband::cholesky_test

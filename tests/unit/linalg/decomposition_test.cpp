#include "wideband/linalg/decomposition.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/core/error.hpp"

namespace wideband::decomposition_test {
namespace {

using test::eps;

const double nan = std::nan("");

Matrix entries(Index rows, Index cols, double phase) {
  Matrix A(rows, cols);
  for (Index i = 0; i < rows; ++i) {
    for (Index j = 0; j < cols; ++j) {
      A(i, j) =
          std::sin(phase + 12.9898 * static_cast<double>(i) + 78.233 * static_cast<double>(j));
    }
  }
  return A;
}

// Backward errors of LAPACK are a small multiple of n eps |A|; ten covers the constants.
double bound(const Matrix& A) {
  return 10 * eps * static_cast<double>(std::max(A.rows(), A.cols())) * std::max(1.0, A.norm());
}

TEST(SymmetricEigen, DiagonalizesAtAwkwardSizes) {
  for (const Index n : {1, 2, 3, 7, 26, 33, 100}) {
    Matrix A = entries(n, n, 0.4);
    A = (A + A.transpose()).eval();
    const SymmetricEigen eigen = symmetric_eigen(A);
    const Matrix& V = eigen.vectors;
    EXPECT_TRUE(test::near(A * V, V * eigen.values.asDiagonal(), bound(A)));
    EXPECT_TRUE(test::near(V.transpose() * V, Matrix::Identity(n, n), bound(A)));
    EXPECT_TRUE(std::is_sorted(eigen.values.begin(), eigen.values.end()));
    EXPECT_TRUE(test::near(symmetric_eigenvalues(A), eigen.values, bound(A)));
  }
}

TEST(SymmetricModes, AreTheSameByBothDrivers) {
  for (const Index n : {0, 1, 2, 7, 33, 100}) {
    Matrix A = entries(n, n, 0.4);
    A = (A + A.transpose()).eval();
    for (const EigenDriver driver : {EigenDriver::automatic, EigenDriver::divide_and_conquer,
                                     EigenDriver::relatively_robust}) {
      const SymmetricModes eigen = symmetric_modes(A, driver);
      const Matrix& V = eigen.modes;  // in rows
      EXPECT_TRUE(test::near(V * A, eigen.values.asDiagonal() * V, bound(A)));
      EXPECT_TRUE(test::near(V * V.transpose(), Matrix::Identity(n, n), bound(A)));
      EXPECT_TRUE(std::is_sorted(eigen.values.begin(), eigen.values.end()));
    }
  }
}

TEST(SymmetricEigen, ReadsTheLowerTriangleOnly) {
  Matrix A(2, 2);
  A << 2, 77, 1, 2;
  EXPECT_TRUE(test::near(symmetric_eigenvalues(A), Vector{{1.0, 3.0}}, 8 * eps));
  EXPECT_TRUE(test::near(symmetric_eigen(A).values, Vector{{1.0, 3.0}}, 8 * eps));
}

TEST(SymmetricEigen, KnowsTheSecondDifference) {
  // Eigenvalues of tridiag(-1, 2, -1) are 4 sin^2(pi k / (2 (n + 1))).
  const Index n = 50;
  Matrix A = Matrix::Zero(n, n);
  A.diagonal().setConstant(2);
  A.diagonal(-1).setConstant(-1);
  const Vector values = symmetric_eigenvalues(A);
  for (Index k = 1; k <= n; ++k) {
    const double sine = std::sin(std::numbers::pi * static_cast<double>(k) / (2 * (n + 1)));
    EXPECT_TRUE(test::near(values[k - 1], 4 * sine * sine, bound(A)));
  }
}

TEST(Eigenvalues, OfARotationAreComplex) {
  Matrix A(3, 3);
  A << 0, -1, 0, 1, 0, 0, 0, 0, 5;
  Eigen::VectorXcd values = eigenvalues(A);
  std::sort(values.begin(), values.end(), [](auto a, auto b) { return a.imag() < b.imag(); });
  EXPECT_LE(std::abs(values[0] - std::complex<double>(0, -1)), 8 * eps);
  EXPECT_LE(std::abs(values[1] - 5.0), 16 * eps);
  EXPECT_LE(std::abs(values[2] - std::complex<double>(0, 1)), 8 * eps);
}

TEST(SingularValues, AreRootsOfTheGramSpectrum) {
  const Matrix A = entries(9, 4, 0.9);
  const Vector values = singular_values(A);
  const Vector squares = symmetric_eigenvalues(A.transpose() * A);
  ASSERT_EQ(values.size(), 4);
  for (Index i = 0; i < 4; ++i) {
    EXPECT_TRUE(test::near(values[i] * values[i], squares[3 - i], bound(A) * A.norm()));
  }
  EXPECT_EQ(operator_norm(A), values[0]);
  EXPECT_TRUE(test::near(singular_values(A.transpose()), values, bound(A)));
}

TEST(OrthonormalFrame, SpansTheColumnsInOrder) {
  const Matrix A = entries(40, 7, 0.2) + Matrix::Identity(40, 7);
  const Matrix Q = orthonormal_frame(A);
  EXPECT_TRUE(test::near(Q.transpose() * Q, Matrix::Identity(7, 7), bound(A)));
  const Matrix R = Q.transpose() * A;
  EXPECT_TRUE(test::near(Q * R, A, bound(A)));
  for (Index i = 0; i < 7; ++i) {
    EXPECT_GT(R(i, i), 0);
    for (Index j = 0; j < i; ++j) EXPECT_TRUE(test::near(R(i, j), 0, bound(A)));
  }
}

TEST(OrthonormalFrame, RefusesDependentColumns) {
  Matrix A = entries(10, 3, 0.2);
  A.col(2) = A.col(0) - 3 * A.col(1);
  EXPECT_THROW(orthonormal_frame(A), NumericalError);
  EXPECT_THROW(orthonormal_frame(Matrix::Zero(4, 1)), NumericalError);
  EXPECT_THROW(orthonormal_frame(Matrix::Zero(2, 3)), std::invalid_argument);
}

TEST(Solve, InvertsProducts) {
  const Matrix A = entries(12, 12, 0.5) + 4 * Matrix::Identity(12, 12);
  const Matrix X = entries(12, 3, 0.8);
  EXPECT_TRUE(test::near(solve(A, A * X), X, bound(A)));
  const Matrix S = A.transpose() * A;
  EXPECT_TRUE(test::near(solve_positive(S, S * X), X, bound(S) * 100));  // condition below 100
}

TEST(Solve, RefusesSingularAndIndefiniteMatrices) {
  Matrix A(2, 2);
  A << 1, 2, 2, 4;
  EXPECT_THROW(solve(A, Matrix::Ones(2, 1)), NumericalError);
  EXPECT_THROW(solve(Matrix::Zero(2, 2), Matrix::Ones(2, 1)), NumericalError);
  A << 1, 2, 2, 1;
  EXPECT_NO_THROW(solve(A, Matrix::Ones(2, 1)));
  EXPECT_THROW(solve_positive(A, Matrix::Ones(2, 1)), NumericalError);
}

TEST(Decomposition, RefusesNaNAndWrongShapes) {
  const Matrix bad = Matrix::Constant(2, 2, nan);
  const Matrix good = Matrix::Identity(2, 2);
  EXPECT_THROW(symmetric_eigen(bad), std::invalid_argument);
  EXPECT_THROW(symmetric_eigenvalues(bad), std::invalid_argument);
  EXPECT_THROW(eigenvalues(bad), std::invalid_argument);
  EXPECT_THROW(singular_values(bad), std::invalid_argument);
  EXPECT_THROW(operator_norm(bad), std::invalid_argument);
  EXPECT_THROW(orthonormal_frame(bad), std::invalid_argument);
  EXPECT_THROW(solve(bad, good), std::invalid_argument);
  EXPECT_THROW(solve(good, bad), std::invalid_argument);
  EXPECT_THROW(solve_positive(bad, good), std::invalid_argument);
  EXPECT_THROW(symmetric_eigen(Matrix::Zero(2, 3)), std::invalid_argument);
  EXPECT_THROW(symmetric_modes(bad), std::invalid_argument);
  EXPECT_THROW(eigenvalues(Matrix::Zero(2, 3)), std::invalid_argument);
  EXPECT_THROW(solve(Matrix::Zero(2, 3), good), std::invalid_argument);
  EXPECT_THROW(solve(good, Matrix::Zero(3, 1)), std::invalid_argument);
}

TEST(Decomposition, OfNothingIsNothing) {
  EXPECT_EQ(symmetric_eigen(Matrix(0, 0)).values.size(), 0);
  EXPECT_EQ(eigenvalues(Matrix(0, 0)).size(), 0);
  EXPECT_EQ(singular_values(Matrix(0, 3)).size(), 0);
  EXPECT_EQ(orthonormal_frame(Matrix(4, 0)).rows(), 4);
  EXPECT_EQ(solve(Matrix(0, 0), Matrix(0, 2)).cols(), 2);
}

}  // namespace
}  // namespace wideband::decomposition_test

#include "wideband/linalg/product.hpp"

#include <cmath>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"

namespace wideband::product_test {
namespace {

using test::eps;

// Entries in [-1, 1] without structure, and the same for every run.
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

Matrix plain_product(const Matrix& A, const Matrix& B) {
  Matrix C = Matrix::Zero(A.rows(), B.cols());
  for (Index i = 0; i < A.rows(); ++i) {
    for (Index j = 0; j < B.cols(); ++j) {
      for (Index l = 0; l < A.cols(); ++l) C(i, j) += A(i, l) * B(l, j);
    }
  }
  return C;
}

// Two sums of k products of entries below 1 in any order differ by at most 2 k eps k.
double bound(Index k) {
  return 2 * eps * static_cast<double>(k * k);
}

TEST(Product, AgreesWithPlainLoopsAtAwkwardSizes) {
  for (const Index n : {1, 2, 3, 7, 17, 65}) {
    for (const Index k : {1, 2, 5, 31, 97}) {
      for (const Index m : {1, 4, 9, 33}) {
        const Matrix A = entries(n, k, 0.1);
        const Matrix B = entries(k, m, 0.7);
        ASSERT_TRUE(test::near(product(A, B), plain_product(A, B), bound(k)));
        ASSERT_TRUE(
            test::near(transposed_product(A.transpose().eval(), B), plain_product(A, B), bound(k)));
      }
    }
  }
}

TEST(Product, TakesBlocksOfLargerMatrices) {
  const Matrix A = entries(20, 30, 0.2);
  const Matrix B = entries(30, 25, 0.4);
  const Matrix expected = plain_product(A.block(3, 5, 6, 11), B.block(2, 4, 11, 7));
  EXPECT_TRUE(test::near(product(A.block(3, 5, 6, 11), B.block(2, 4, 11, 7)), expected, bound(11)));
  const Matrix column = product(A.block(3, 5, 6, 11), B.block(2, 4, 11, 1));
  EXPECT_TRUE(test::near(column, expected.leftCols(1), bound(11)));
  const Matrix wanted = plain_product(A.block(3, 5, 6, 11).transpose(), A.block(3, 2, 6, 9));
  EXPECT_TRUE(
      test::near(transposed_product(A.block(3, 5, 6, 11), A.block(3, 2, 6, 9)), wanted, bound(6)));
}

TEST(Product, OfEmptyShapesIsZero) {
  EXPECT_EQ(product(Matrix(3, 0), Matrix(0, 2)), Matrix::Zero(3, 2));
  EXPECT_EQ(transposed_product(Matrix(0, 3), Matrix(0, 2)), Matrix::Zero(3, 2));
  EXPECT_EQ(product(Matrix(0, 3), Matrix(3, 2)).rows(), 0);
  EXPECT_EQ(gram(Matrix(0, 3)), Matrix::Zero(3, 3));
}

TEST(Product, RefusesShapesThatDoNotFit) {
  EXPECT_THROW(product(Matrix(2, 3), Matrix(2, 3)), std::invalid_argument);
  EXPECT_THROW(transposed_product(Matrix(2, 3), Matrix(3, 2)), std::invalid_argument);
}

TEST(Gram, IsTheTransposedProductAndSymmetricToTheBit) {
  for (const Index k : {1, 2, 33, 130}) {
    for (const Index n : {1, 2, 31, 32, 33, 65, 100}) {
      const Matrix A = entries(k, n, 0.3);
      const Matrix C = gram(A);
      ASSERT_TRUE(test::near(C, plain_product(A.transpose(), A), bound(k)));
      ASSERT_EQ(C, Matrix(C.transpose()));
    }
  }
}

TEST(Blas, TakesItsThreadsAndDescribesItself) {
  set_blas_threads(1);
  EXPECT_THAT(blas_description(), ::testing::HasSubstr("OpenBLAS"));
  EXPECT_THAT(blas_description(), ::testing::HasSubstr("kernel"));
  EXPECT_THROW(set_blas_threads(0), std::invalid_argument);
}

TEST(MirrorLower, CopiesTheLowerTriangle) {
  for (const Index n : {0, 1, 31, 32, 33, 70}) {
    Matrix C(n, n);
    for (Index i = 0; i < n; ++i) {
      for (Index j = 0; j < n; ++j) C(i, j) = static_cast<double>(i * n + j);
    }
    const Matrix lower = C;
    mirror_lower(C);
    for (Index i = 0; i < n; ++i) {
      for (Index j = 0; j <= i; ++j) {
        EXPECT_EQ(C(i, j), lower(i, j));
        EXPECT_EQ(C(j, i), lower(i, j));
      }
    }
  }
}

}  // namespace
}  // namespace wideband::product_test

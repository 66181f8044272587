#include "wideband/math/compensated.hpp"

#include <cmath>
#include <stdexcept>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/random/key.hpp"

namespace wideband::compensated_test {
namespace {

using test::eps;

using Exact = boost::multiprecision::cpp_bin_float_50;

Matrix normal(Index rows, Index cols, const char* name) {
  const Vector stream = gaussians(Key(5).child(name), rows * cols);
  return Eigen::Map<const Matrix>(stream.data(), rows, cols);
}

TEST(CompensatedResidual, KeepsWhatCancels) {
  for (const Index n : {1, 7, 8, 9, 40, 101}) {
    const Matrix A = normal(n, n, "A");
    const Matrix X = normal(n, 3, "X");
    const double shift = 0.37;
    const Matrix B = A * X + shift * X;  // rounded, so that the residual is rounding alone
    const Matrix residual = compensated_residual(B, A, X, shift);
    for (Index i = 0; i < n; ++i) {
      for (Index k = 0; k < 3; ++k) {
        Exact sum = B(i, k) - Exact(shift) * X(i, k);
        for (Index j = 0; j < n; ++j) sum -= Exact(A(i, j)) * X(j, k);
        const auto exact = static_cast<double>(sum);
        const double size = A.row(i).cwiseAbs().dot(X.col(k).cwiseAbs()) + std::abs(X(i, k));
        const double n2 = static_cast<double>((n + 2) * (n + 2));
        EXPECT_TRUE(
            test::near(residual(i, k), exact, eps * std::abs(exact) + n2 * eps * eps * size));
      }
    }
  }
}

TEST(CompensatedResidual, ReadsBlocksOfLargerMatrices) {
  const Matrix A = normal(6, 6, "A");
  const Matrix X = normal(3, 2, "X");
  const Matrix inner = A.block(1, 2, 3, 3);
  EXPECT_EQ(compensated_residual(X, A.block(1, 2, 3, 3), X), compensated_residual(X, inner, X));
}

TEST(CompensatedResidual, RefusesWrongShapes) {
  EXPECT_THROW(compensated_residual(Matrix(2, 1), Matrix(2, 3), Matrix(3, 1)),
               std::invalid_argument);
  EXPECT_THROW(compensated_residual(Matrix(3, 1), Matrix(3, 3), Matrix(3, 2)),
               std::invalid_argument);
  EXPECT_EQ(compensated_residual(Matrix(0, 2), Matrix(0, 0), Matrix(0, 2)).cols(), 2);
}

}  // namespace
}  // namespace wideband::compensated_test

// Leaving samples out is refitting without them; the evidence is a density, its gradient a slope.
#include <array>
#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/exact.hpp"
#include "support/kernels.hpp"
#include "wideband/dynamics/predictor.hpp"

namespace wideband::gaussian_process_test {
namespace {

constexpr Index n = 9;

Matrix without(const Matrix& A, Index i) {
  Matrix rest(A.rows() - 1, A.cols());
  rest << A.topRows(i), A.bottomRows(A.rows() - 1 - i);
  return rest;
}

TEST(LeaveOneOutLaw, IsRefittingWithoutTheSample) {
  const Matrix K = test::feature_kernel(n, 20, Key(1));
  const Matrix y = test::normal_matrix(n, 2, Key(2));
  const Predictor predictor(K, y);
  const std::array ridges{0.0, 1e-4, .1, 3.0};
  for (const LeaveOneOut& left : predictor.leave_one_out(ridges)) {
    for (Index i = 0; i < n; ++i) {
      const Matrix rest = without(without(K, i).transpose(), i);
      const Matrix row = without(K.row(i).transpose(), i).transpose();
      const Matrix A = rest + left.ridge * Matrix::Identity(n - 1, n - 1);
      EXPECT_TRUE(test::near(Matrix(left.mean.row(i)), row * solve(A, without(y, i)), 1e-9));
      const double variance = K(i, i) + left.ridge - (row * solve(A, row.transpose()))(0, 0);
      EXPECT_TRUE(
          test::relatively_near(left.variance[static_cast<std::size_t>(i)], variance, 1e-9));
    }
  }
}

TEST(EvidenceLaw, IsTheGaussianDensity) {
  const Matrix K = test::feature_kernel(n, 20, Key(3));
  const Matrix y = test::normal_matrix(n, 2, Key(4));
  for (const double ridge : {0.0, 1e-3, .5}) {
    const Predictor predictor(K, y, {.ridge = ridge});
    test::ExactMatrix A = test::exact(K);
    test::add_to_diagonal(A, predictor.ridge());
    test::Exact total = 0;
    for (Index k = 0; k < 2; ++k) {
      const test::ExactVector column = test::exact(y.col(k).transpose())[0];
      const test::ExactSolution solution = test::solve(A, column);
      for (std::size_t i = 0; i < column.size(); ++i) total += column[i] * solution.x[i];
      total += log(solution.determinant);
    }
    const double expected =
        -(static_cast<double>(total) + 2 * n * std::log(2 * std::numbers::pi)) / 2;
    EXPECT_TRUE(test::relatively_near(predictor.log_marginal_likelihood(), expected, 1e-9));
  }
}

TEST(EvidenceLaw, GradientIsItsSlope) {
  const Matrix K = test::feature_kernel(n, 20, Key(5));
  const Matrix direction = test::feature_kernel(n, 6, Key(6));
  const Matrix y = test::normal_matrix(n, 3, Key(7));
  for (const RidgeScale scale : {RidgeScale::relative, RidgeScale::absolute}) {
    const auto value = [&](double shift, double ridge) {
      return Predictor(K + shift * direction, y, {.ridge = ridge, .ridge_scale = scale})
          .log_marginal_likelihood();
    };
    const Predictor predictor(K, y, {.ridge = .3, .ridge_scale = scale});
    const std::array<MatrixView, 1> tangents{direction};
    // Five points: h^4 of the fifth derivative and eps |value|/h, both below 1e-9.
    const double h = 2e-4;
    const auto slope = [&](auto at) {
      return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
    };
    const double by_kernel = slope([&](double x) { return value(x, .3); });
    const double by_ridge = slope([&](double x) { return value(0, .3 + x); });
    EXPECT_TRUE(test::relatively_near(predictor.log_marginal_likelihood_gradient(tangents)[0],
                                      by_kernel, 1e-9));
    EXPECT_TRUE(test::relatively_near(predictor.log_marginal_likelihood_ridge_derivative(),
                                      by_ridge, 1e-9));
  }
}

}  // namespace
}  // namespace wideband::gaussian_process_test

#include "wideband/dynamics/training_solution.hpp"

#include <array>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/kernels.hpp"

namespace wideband::training_solution_test {
namespace {

const KernelMatrix K = checked_kernel(test::feature_kernel(10, 25, Key(1)), 0);
const Matrix b = test::normal_matrix(10, 2, Key(2));

TEST(RidgeSolution, IsTheSameByCholeskyAndByModes) {
  Matrix A = K.values;
  A.diagonal().array() += .3;
  const RidgeSystem system{K, .3, b};
  const TrainingSolution one = ridge_solution(system, Cholesky(A), smallest_with_ridge(K, .3, {}));
  const TrainingSolution other = ridge_solution(system, kernel_spectrum(K));
  EXPECT_TRUE(test::near(one.alpha, other.alpha, 1e-13));
  EXPECT_TRUE(test::near(one.change, K.values * one.alpha, 1e-13));
  EXPECT_TRUE(test::near(other.change, one.change, 1e-13));
  EXPECT_EQ(one.certificate.rank, 10);
  EXPECT_LT(one.change_bound.maxCoeff(), 1e-13);
}

TEST(RidgeSolution, LeavesUnresolvedModesOut) {
  const KernelMatrix flat = checked_kernel(test::feature_kernel(10, 4, Key(3)), 0);
  const KernelSpectrum spectrum = kernel_spectrum(flat);
  const TrainingSolution solution = ridge_solution({flat, 0, b}, spectrum);
  EXPECT_EQ(solution.certificate.rank, 4);
  const Matrix outside = spectrum.modes.topRows(6) * solution.alpha;
  EXPECT_TRUE(test::near(outside, Matrix::Zero(6, 2), 1e-13));
  EXPECT_TRUE(test::near(solution.change, flat.values * solution.alpha, 1e-12));
}

TEST(TimedSolutions, GiveAlphaAndWhatItFits) {
  const KernelSpectrum spectrum = kernel_spectrum(K);
  const std::array times{0.0, 1.0, 20.0};
  const auto solutions =
      timed_solutions(K, spectrum, spectrum_deviation(K, spectrum), b, {Flow{}, .1, .05, times});
  ASSERT_EQ(solutions.size(), 3U);
  EXPECT_EQ(solutions[0].alpha.norm(), 0);
  for (const TrainingSolution& one : solutions) {
    EXPECT_TRUE(test::near(one.change, K.values * one.alpha, 1e-13));
    EXPECT_LT(one.certificate.relative_residual, 1e-14);
    EXPECT_EQ(one.certificate.ridge, .05);
  }
}

TEST(PredictionBounds, AddTheirTermsForEveryPoint) {
  TrainingSolution solution;
  solution.alpha = Matrix::Zero(2, 1);
  solution.error = {.correction = Vector{{1.0, 2.0}}, .energy = 10, .root = 2, .row = .5};
  Matrix Theta_zx(2, 2);
  Theta_zx << 3, -4, 0, 0;
  // |3 - 8| + sqrt(variance) 10 + 5/2, and 5/2 in the place of the root of the variance
  const std::array variance{9.0, 4.0};
  EXPECT_EQ(prediction_bounds(Theta_zx, variance, {solution})[0][0], 5 + 30 + 2.5);
  EXPECT_EQ(prediction_bounds(Theta_zx, variance, {solution})[0][1], 20);
  EXPECT_EQ(prediction_bounds(Theta_zx, {}, {solution})[0][0], 5 + 25 + 2.5);
  EXPECT_EQ(prediction_bounds(Theta_zx, {}, {solution})[0][1], 0);
}

TEST(PowerIteration, FindsTheLargestEigenvalue) {
  const KernelMatrix known =
      checked_kernel(test::kernel_of_spectrum(Vector{{.1, .5, 1, 3}}, Key(4)), 0);
  EXPECT_TRUE(test::relatively_near(power_iteration(known), 3, 1e-3));
  EXPECT_EQ(power_iteration(checked_kernel(Matrix::Zero(2, 2), 0)), 0);
}

}  // namespace
}  // namespace wideband::training_solution_test

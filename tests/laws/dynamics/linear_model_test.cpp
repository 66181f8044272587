// A linear model is its own kernel: prediction is ridge regression on its features.
#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/kernels.hpp"
#include "wideband/dynamics/ensemble.hpp"
#include "wideband/dynamics/predictor.hpp"

namespace wideband::linear_model_test {
namespace {

constexpr Index n = 7, m = 4;

TEST(LinearModelLaw, PredictionIsPrimalRidgeRegression) {
  for (const Index p : {3, 7, 20}) {
    const Matrix F = test::normal_matrix(n, p, Key(1).child(p));
    const Matrix Fz = test::normal_matrix(m, p, Key(2).child(p));
    const Matrix y = test::normal_matrix(n, 2, Key(3));
    for (const double r : {1e-3, .1, 10.0}) {
      const Matrix w = solve(F.transpose() * F + r * Matrix::Identity(p, p), F.transpose() * y);
      const Predictor predictor(F * F.transpose(), y,
                                {.ridge = r, .ridge_scale = RidgeScale::absolute});
      EXPECT_TRUE(test::near(predictor.test(infinity, Fz * F.transpose()).mean, Fz * w, 1e-10));
      EXPECT_TRUE(test::near(predictor.train(infinity).mean, F * w, 1e-10));
    }
  }
}

TEST(LinearModelLaw, WithoutRidgeTheWeightsMoveLeast) {
  // Among interpolants w + N u, N the null space of F, the one of least norm is F'(FF')^-1 y.
  const Index p = 12;
  const Matrix F = test::normal_matrix(n, p, Key(4)), Fz = test::normal_matrix(m, p, Key(5));
  const Matrix y = test::normal_matrix(n, 1, Key(6));
  const Matrix w = F.transpose() * solve(F * F.transpose(), y);
  const Predictor predictor(F * F.transpose(), y);
  EXPECT_TRUE(test::near(predictor.test(infinity, Fz * F.transpose()).mean, Fz * w, 1e-10));
  const Matrix V = symmetric_eigen(F.transpose() * F).vectors.leftCols(p - n);  // null space
  for (Index k = 0; k < 20; ++k) {
    const Matrix other = w + V * test::normal_matrix(p - n, 1, Key(7).child(k));
    EXPECT_TRUE(test::near(F * other, y, 1e-10));
    EXPECT_GT(other.norm(), w.norm());
  }
}

TEST(LinearModelLaw, ConflictingLabelsKeepHalfTheirDifference) {
  Matrix F = test::normal_matrix(n, 20, Key(8));
  F.row(3) = F.row(1);
  Matrix y = test::normal_matrix(n, 1, Key(9));
  const Prediction prediction = Predictor(F * F.transpose(), y).train(infinity);
  const double difference = y(3, 0) - y(1, 0);
  EXPECT_TRUE(test::near(y(3, 0) - prediction.mean(3, 0), difference / 2, 1e-10));
  EXPECT_TRUE(test::near(y(1, 0) - prediction.mean(1, 0), -difference / 2, 1e-10));
  EXPECT_TRUE(test::near(prediction.mean(0, 0), y(0, 0), 1e-10));
  EXPECT_EQ(prediction.certificate.rank, n - 1);
}

// f(x) = F1(x) w1 + F2(x) w2 with w1 ~ N(0, I), w2 = 0 at the start, both trained by steps with
// momentum, or w1 alone: w_t = M_t w_0 + (terms in y), propagated as matrices.
struct Model {
  Matrix F = test::normal_matrix(n + m, 9, Key(10));   // drawn at random
  Matrix F2 = test::normal_matrix(n + m, 5, Key(11));  // trained from zero
};

Matrix trained_covariance(const Model& model, bool with_second, double momentum, double kappa,
                          int steps) {
  Matrix G = model.F;
  if (with_second) {
    G.conservativeResize(n + m, 14);
    G.rightCols(5) = model.F2;
  }
  const Index p = G.cols();
  const Matrix Gx = G.topRows(n), Gz = G.bottomRows(m);
  Matrix M = Matrix::Zero(p, 9);
  M.topRows(9).setIdentity();
  Matrix velocity = Matrix::Zero(p, 9);
  for (int s = 0; s < steps; ++s) {
    velocity = momentum * velocity + Gx.transpose() * (Gx * M);
    M -= kappa * velocity;
  }
  return (Gz * M) * (Gz * M).transpose();
}

TEST(LinearModelLaw, CovariancesAreThoseOfTrainedModels) {
  const Model model;
  const Matrix K = model.F * model.F.transpose();
  const Matrix Theta = K + model.F2 * model.F2.transpose();
  const Matrix K_xx = K.topLeftCorner(n, n), K_zx = K.bottomLeftCorner(m, n),
               K_zz = K.bottomRightCorner(m, m);
  const Matrix Theta_xx = Theta.topLeftCorner(n, n), Theta_zx = Theta.bottomLeftCorner(m, n);
  const EnsembleKernels kernels{
      .K_xx = K_xx, .Theta_xx = Theta_xx, .K_zx = K_zx, .Theta_zx = Theta_zx, .K_zz = K_zz};
  const Matrix y = test::normal_matrix(n, 1, Key(12));
  for (const double momentum : {0.0, .7}) {
    const Rule rule = momentum == 0 ? Rule(Descent{}) : Rule(HeavyBall{momentum});
    const PredictOptions options{.rule = rule, .learning_rate = .1};
    const double kappa = .1 / n;
    for (const int steps : {1, 5, 60}) {
      EXPECT_TRUE(test::near(*ensemble(kernels, y, steps, Law::nngp, options).covariance,
                             trained_covariance(model, false, momentum, kappa, steps), 1e-10));
      EXPECT_TRUE(test::near(*ensemble(kernels, y, steps, Law::ntk, options).covariance,
                             trained_covariance(model, true, momentum, kappa, steps), 1e-10));
    }
  }
}

}  // namespace
}  // namespace wideband::linear_model_test

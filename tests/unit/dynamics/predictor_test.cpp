#include "wideband/dynamics/predictor.hpp"

#include <array>
#include <cmath>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "support/kernels.hpp"
#include "wideband/core/error.hpp"

namespace wideband::predictor_test {
namespace {

using test::eps;

const Matrix Theta = test::feature_kernel(9, 30, Key(1));
const Matrix Theta_zx = test::normal_matrix(4, 9, Key(2));
const Matrix y = test::normal_matrix(9, 2, Key(3));

TEST(Predictor, GoldenFlowOfTheFirstNet) {
  // dense | relu | dense at (1, 2, -1) and (0.5, -1, 3): Theta_ii = |x_i|^2/3.
  Matrix kernel(2, 2);
  kernel << 2, -0.1174615328946790, -0.1174615328946790, 10.25 / 3;
  const Prediction prediction = Predictor(kernel, Vector{{1.0, -1.0}}).train(2);
  EXPECT_TRUE(
      test::near(prediction.mean, Vector{{0.8725695303010218, -0.9753115178995935}}, 8 * eps));
}

TEST(Predictor, TestAtTheTrainingPointsIsTrain) {
  for (const Rule& rule :
       {Rule(Flow{}), Rule(Descent{}), Rule(HeavyBall{.5}), Rule(HeavyBallFlow{.5})}) {
    for (const double ridge : {0.0, .1}) {
      const Predictor predictor(Theta, y, {.rule = rule, .ridge = ridge});
      const std::array times{0.0, 1.0, 7.0, 1000.0, infinity};
      const auto train = predictor.train(times);
      const auto test = predictor.test(times, Theta);
      for (std::size_t t = 0; t < times.size(); ++t) {
        EXPECT_TRUE(test::near(train[t].mean, test[t].mean, 1e-12)) << rule.index() << t;
        EXPECT_TRUE(test::near(train[t].mean, predictor.train(times[t]).mean, 1e-12));
        EXPECT_EQ(test[t].status, Status::ok);
      }
    }
  }
}

TEST(Predictor, RidgeAtInfinityIsASolve) {
  for (const auto scale : {RidgeScale::relative, RidgeScale::absolute}) {
    const Predictor predictor(Theta, y, {.ridge = .1, .ridge_scale = scale});
    const double r = scale == RidgeScale::absolute ? .1 : .1 * Theta.trace() / 9;
    EXPECT_TRUE(test::relatively_near(predictor.ridge(), r, 4 * eps));
    const Matrix A = Theta + r * Matrix::Identity(9, 9);
    const Prediction prediction = predictor.test(infinity, Theta_zx);
    EXPECT_TRUE(test::near(prediction.mean, Theta_zx * solve(A, y), 1e-12));
    EXPECT_LT(prediction.certificate.relative_residual, 1e-15);
    EXPECT_TRUE(test::relatively_near(prediction.certificate.ridge, r, 4 * eps));
    const Vector values = symmetric_eigenvalues(Theta);
    EXPECT_TRUE(test::relatively_near(prediction.certificate.largest, values(8), 1e-2));
    // The same from the eigensystem, which a finite time brings.
    const std::array times{1.0, infinity};
    EXPECT_TRUE(test::near(predictor.test(times, Theta_zx)[1].mean, prediction.mean, 1e-12));
  }
}

TEST(Predictor, StartsFromTheGivenOutputs) {
  const Matrix f0 = test::normal_matrix(9, 2, Key(4)), f0_test = test::normal_matrix(4, 2, Key(5));
  const Predictor predictor(Theta, y);
  EXPECT_EQ(predictor.train(0, f0).mean, f0);
  EXPECT_EQ(predictor.test(0, Theta_zx, {.f0_train = f0, .f0_test = f0_test}).mean, f0_test);
  const Matrix change = Predictor(Theta, y - f0).test(3, Theta_zx).mean;
  EXPECT_TRUE(test::near(predictor.test(3, Theta_zx, {.f0_train = f0, .f0_test = f0_test}).mean,
                         f0_test + change, 1e-13));
}

TEST(Predictor, PreservesWhatNoModeReaches) {
  Matrix kernel = Matrix::Ones(2, 2);  // one input twice, with two labels
  const Predictor predictor(kernel, Vector{{1.0, 0.0}});
  const Prediction prediction = predictor.train(infinity);
  EXPECT_TRUE(test::near(prediction.mean, Vector{{.5, .5}}, 4 * eps));
  EXPECT_EQ(prediction.certificate.rank, 1);
  EXPECT_TRUE(test::near(prediction.certificate.preserved, std::sqrt(.5), 4 * eps));
  EXPECT_EQ(prediction.status, Status::ok);
  EXPECT_EQ(predictor.train(1e20).status, Status::unresolved);
  // The peer says that it has learned both labels.
  const Predictor peer(kernel, Vector{{1.0, 0.0}}, {.peer_train_rule = true});
  EXPECT_TRUE(test::near(peer.train(infinity).mean, Vector{{1.0, 0.0}}, 0));
}

TEST(Predictor, PeerTrainRuleLeavesTheRidgeOut) {
  const Predictor peer(Theta, y, {.ridge = .5, .peer_train_rule = true});
  const Vector lambda = symmetric_eigen(Theta).values;
  const Matrix V = symmetric_eigen(Theta).vectors;
  const Vector psi = (-(lambda.array() + peer.ridge()) * 5 * peer.kappa()).exp();
  const Vector learned = (1 - psi.array()).matrix();
  const Matrix expected = V * learned.asDiagonal() * V.transpose() * y;
  EXPECT_TRUE(test::near(peer.train(5).mean, expected, 1e-13));
}

TEST(Predictor, DivergesBeyondTheStableRate) {
  Predictor predictor(Theta, y, {.rule = Descent{}});
  const double most = predictor.max_learning_rate();
  EXPECT_TRUE(
      test::relatively_near(most, 2 * 18 / predictor.eigenvalues().front(), 1e-12));  // c = 1/18
  EXPECT_EQ(predictor.automatic_learning_rate(), most / 2);
  predictor.set_learning_rate(.99 * most);
  EXPECT_EQ(predictor.train(100).status, Status::ok);
  EXPECT_EQ(predictor.train(infinity).status, Status::ok);
  predictor.set_learning_rate(1.1 * most);
  EXPECT_EQ(predictor.train(100).status, Status::diverged);
  EXPECT_GT(predictor.train(100).mean.norm(), 1e3);
  EXPECT_EQ(predictor.train(infinity).status, Status::diverged);
  EXPECT_TRUE(std::isnan(predictor.train(infinity).mean(0, 0)));
  EXPECT_TRUE(std::isnan(predictor.test(infinity, Theta_zx).mean(0, 0)));
  EXPECT_EQ(predictor.test(infinity, Theta_zx).certificate.prediction_bound[0], infinity);
}

TEST(Predictor, ModesFallOneByOne) {
  for (const double ridge : {0.0, .2}) {
    const Predictor predictor(Theta, y, {.ridge = ridge});
    const std::array times{0.0, 2.0, 50.0, infinity};
    const Matrix residual = predictor.mode_residual(times);
    const Matrix V = symmetric_eigen(Theta).vectors.rowwise().reverse();
    for (Index t = 0; t < 4; ++t) {
      const Matrix now = y - predictor.train(times[static_cast<std::size_t>(t)]).mean;
      EXPECT_TRUE(test::near(Matrix(residual.row(t).transpose()),
                             Matrix((V.transpose() * now).rowwise().norm()), 1e-13));
    }
    const std::array half{predictor.half_lives()[3]};
    EXPECT_TRUE(test::near(predictor.learned_fraction(half)(0, 3), .5, 4 * eps));
    EXPECT_EQ(predictor.learned_fraction(times)(3, 8), 1);
    EXPECT_EQ(predictor.learned_fraction(times)(0, 8), 0);
  }
}

TEST(Predictor, AnotherRidgeIsAnotherPredictor) {
  Predictor predictor(Theta, y, {.ridge = .1});
  predictor.train(1);
  predictor.set_ridge(.3);
  const Predictor other(Theta, y, {.ridge = .3});
  EXPECT_TRUE(test::near(predictor.test(infinity, Theta_zx).mean,
                         other.test(infinity, Theta_zx).mean, 1e-12));
  EXPECT_EQ(predictor.ridge(), other.ridge());
}

TEST(Predictor, RefusesBadInput) {
  EXPECT_THROW(Predictor(Theta, Matrix::Zero(3, 1)), std::invalid_argument);
  EXPECT_THROW(Predictor(Theta, Matrix(9, 0)), std::invalid_argument);
  EXPECT_THROW(Predictor(Theta, y, {.learning_rate = 0}), std::invalid_argument);
  EXPECT_THROW(Predictor(Theta, y, {.ridge = -1}), std::invalid_argument);
  EXPECT_THROW(Predictor(Theta, y, {.rule = HeavyBall{2}}), std::invalid_argument);
  const Predictor predictor(Theta, y, {.rule = Descent{}});
  EXPECT_THROW(predictor.train(-1), std::invalid_argument);
  EXPECT_THROW(predictor.train(.5), std::invalid_argument);
  EXPECT_THROW(predictor.test(1, Matrix::Zero(4, 3)), std::invalid_argument);
  EXPECT_THROW(predictor.train(1, Matrix::Zero(1, 1)), std::invalid_argument);
  EXPECT_THROW(predictor.test(1, Theta_zx, {.f0_test = Matrix::Zero(4, 2)}), std::invalid_argument);
  const std::vector<double> variance(3);
  EXPECT_THROW(predictor.test(1, Theta_zx, {.variance_z = variance}), std::invalid_argument);
  EXPECT_THROW(predictor.test(1, Matrix::Constant(4, 9, std::nan(""))), std::invalid_argument);
}

TEST(PredictionsAt, IsOneCall) {
  EXPECT_EQ(predictions_at(Theta, y, 3), Predictor(Theta, y).train(3).mean);
}

}  // namespace
}  // namespace wideband::predictor_test

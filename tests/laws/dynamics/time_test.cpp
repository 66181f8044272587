// Laws of time: beginning, composition, limits, and what step by step integration gives.
#include <algorithm>
#include <array>
#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/kernels.hpp"
#include "wideband/dynamics/ensemble.hpp"
#include "wideband/dynamics/predictor.hpp"

namespace wideband::time_test {
namespace {

// Kernels of training (n) and test points from common features; `features` < n makes them singular.
struct Problem {
  explicit Problem(Index features) {
    const Matrix joint = test::feature_kernel(12, features, Key(1).child(features));
    Theta = joint.topLeftCorner(8, 8);
    Theta_zx = joint.bottomLeftCorner(4, 8);
  }
  Matrix Theta, Theta_zx;
  Matrix y = test::normal_matrix(8, 2, Key(2));
  Matrix f0 = test::normal_matrix(8, 2, Key(3));
  Matrix f0_test = test::normal_matrix(4, 2, Key(4));
};

TEST(TimeLaw, BeginsAtTheStartAndEndsAtTheLimit) {
  for (const Index features : {5, 30}) {
    const Problem p(features);
    for (const double ridge : {0.0, .1}) {
      for (const Rule& rule :
           {Rule(Flow{}), Rule(Descent{}), Rule(HeavyBall{}), Rule(HeavyBallFlow{})}) {
        const Predictor predictor(p.Theta, p.y, {.rule = rule, .ridge = ridge});
        const TestOptions start{.f0_train = p.f0, .f0_test = p.f0_test};
        EXPECT_TRUE(test::near(predictor.train(0, p.f0).mean, p.f0, 1e-14));
        EXPECT_TRUE(test::near(predictor.test(0, p.Theta_zx, start).mean, p.f0_test, 1e-14));
        // Late, but not so late that null modes of size eps lambda move: eps kappa t/(1 - m) <
        // 1e-10.
        const double late = 1e4;
        const auto limit = predictor.test(infinity, p.Theta_zx, start);
        EXPECT_TRUE(test::near(predictor.test(late, p.Theta_zx, start).mean, limit.mean, 1e-10))
            << features << " " << ridge << " " << rule.index();
        EXPECT_TRUE(test::near(predictor.train(late, p.f0).mean,
                               predictor.train(infinity, p.f0).mean, 1e-10))
            << features << " " << ridge << " " << rule.index();
      }
    }
  }
}

TEST(TimeLaw, FlowsAndDescentCompose) {
  for (const Index features : {5, 30}) {
    const Problem p(features);
    for (const Rule& rule : {Rule(Flow{}), Rule(Descent{})}) {
      const Predictor predictor(p.Theta, p.y, {.rule = rule});
      const Matrix train = predictor.train(3, p.f0).mean;
      const Matrix test =
          predictor.test(3, p.Theta_zx, {.f0_train = p.f0, .f0_test = p.f0_test}).mean;
      const auto whole = predictor.test(8, p.Theta_zx, {.f0_train = p.f0, .f0_test = p.f0_test});
      const auto again = predictor.test(5, p.Theta_zx, {.f0_train = train, .f0_test = test});
      EXPECT_TRUE(test::near(again.mean, whole.mean, 1e-12));
      EXPECT_TRUE(test::near(predictor.train(5, train).mean, predictor.train(8, p.f0).mean, 1e-12));
    }
  }
}

// v <- m v + gradient, f <- f - eta v of the loss with its ridge penalty, in function space: the
// coefficients of f_t - f_0 in the kernel move by -kappa times the residual plus r alpha.
Matrix stepped_alpha(const Problem& p, double momentum, double kappa, double ridge, int steps) {
  const Matrix A = p.Theta + ridge * Matrix::Identity(8, 8);
  Matrix alpha = Matrix::Zero(8, 2), velocity = Matrix::Zero(8, 2);
  for (int s = 0; s < steps; ++s) {
    velocity = momentum * velocity + A * alpha - (p.y - p.f0);
    alpha -= kappa * velocity;
  }
  return alpha;
}

TEST(TimeLaw, StepsAreTheirOwnRecursion) {
  for (const Index features : {5, 30}) {
    const Problem p(features);
    for (const double m : {0.0, .5, .9}) {
      for (const double ridge : {0.0, .2}) {
        const Rule rule = m == 0 ? Rule(Descent{}) : Rule(HeavyBall{m});
        const Predictor predictor(
            p.Theta, p.y, {.rule = rule, .ridge = ridge, .ridge_scale = RidgeScale::absolute});
        for (const int steps : {1, 2, 7, 50}) {
          const Matrix alpha = stepped_alpha(p, m, predictor.kappa(), ridge, steps);
          const TestOptions start{.f0_train = p.f0, .f0_test = p.f0_test};
          EXPECT_TRUE(test::near(predictor.test(steps, p.Theta_zx, start).mean,
                                 p.f0_test + p.Theta_zx * alpha, 1e-12));
          EXPECT_TRUE(test::near(predictor.train(steps, p.f0).mean, p.f0 + p.Theta * alpha, 1e-12));
        }
      }
    }
  }
}

// Classical Runge-Kutta of order 4 for alpha' = kappa (b - A alpha), or with its momentum.
Matrix integrated_alpha(const Problem& p, const Predictor& predictor, bool heavy, double time) {
  const Matrix A = p.Theta + predictor.ridge() * Matrix::Identity(8, 8);
  const Matrix b = p.y - p.f0;
  const double damping = .1, kappa = predictor.kappa();  // (1 - .9), time in steps, eta = 1
  const int steps = 4000;
  const double h = time / steps;
  Matrix state = Matrix::Zero(16, 2);  // alpha above its velocity
  const auto rate = [&](const Matrix& s) {
    Matrix change(16, 2);
    const Matrix force = kappa * (b - A * s.topRows(8));
    change.topRows(8) = heavy ? Matrix(s.bottomRows(8)) : force;
    change.bottomRows(8) = force - damping * s.bottomRows(8);
    return change;
  };
  for (int s = 0; s < steps; ++s) {
    const Matrix k1 = rate(state), k2 = rate(state + h / 2 * k1), k3 = rate(state + h / 2 * k2),
                 k4 = rate(state + h * k3);
    state += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
  }
  return state.topRows(8);
}

TEST(TimeLaw, FlowsAreWhatAnIntegratorFinds) {
  for (const Index features : {5, 30}) {
    const Problem p(features);
    for (const bool heavy : {false, true}) {
      for (const double ridge : {0.0, .2}) {
        const Rule rule = heavy ? Rule(HeavyBallFlow{.9}) : Rule(Flow{});
        const Predictor predictor(p.Theta, p.y, {.rule = rule, .ridge = ridge});
        for (const double time : {.5, 20.0}) {
          const Matrix alpha = integrated_alpha(p, predictor, heavy, time);
          const TestOptions start{.f0_train = p.f0, .f0_test = p.f0_test};
          EXPECT_TRUE(test::near(predictor.test(time, p.Theta_zx, start).mean,
                                 p.f0_test + p.Theta_zx * alpha, 1e-10))
              << features << heavy << ridge << time;
        }
      }
    }
  }
}

TEST(TimeLaw, DescentTendsToFlowAtFirstOrder) {
  const Problem p(30);
  std::array<double, 6> errors{};
  for (int k = 0; k < 6; ++k) {
    const double eta = .02 / (1 << k);
    const Predictor flow(p.Theta, p.y, {.learning_rate = eta});
    const Predictor descent(p.Theta, p.y, {.rule = Descent{}, .learning_rate = eta});
    const double steps = std::round(10 / eta);
    errors[static_cast<std::size_t>(k)] =
        (flow.train(steps).mean - descent.train(steps).mean).norm();
  }
  const double order = std::log2(errors[0] / errors[5]) / 5;
  EXPECT_TRUE(test::near(order, 1, .01));
}

TEST(TimeLaw, HeavyBallReachesAnyTime) {
  const Problem p(30);
  const Predictor predictor(p.Theta, p.y, {.rule = HeavyBall{.9}});
  EXPECT_TRUE(test::near(predictor.train(1e12).mean, predictor.train(infinity).mean, 1e-12));
  EXPECT_TRUE(test::near(predictor.train(1e15 + 1).mean, p.y, 1e-12));
}

TEST(TimeLaw, EnsembleCovariancesBeginAtThePriorAndEndAtTheLimit) {
  const Problem p(30);
  const Matrix joint = test::feature_kernel(12, 30, Key(1).child(Index{30}));
  const Matrix K = joint + test::feature_kernel(12, 20, Key(8));
  const Matrix K_xx = K.topLeftCorner(8, 8), K_zx = K.bottomLeftCorner(4, 8),
               K_zz = K.bottomRightCorner(4, 4), Theta_zz = joint.bottomRightCorner(4, 4);
  const EnsembleKernels kernels{.K_xx = K_xx,
                                .Theta_xx = p.Theta,
                                .K_zx = K_zx,
                                .Theta_zx = p.Theta_zx,
                                .K_zz = K_zz,
                                .Theta_zz = Theta_zz};
  for (const Law law : {Law::nngp, Law::ntk, Law::ntk_gp}) {
    const Matrix prior = law == Law::ntk_gp ? Theta_zz : K_zz;
    EXPECT_TRUE(test::near(*ensemble(kernels, p.y, 0, law).covariance, prior, 1e-15));
    EXPECT_TRUE(test::near(*ensemble(kernels, p.y, 1e9, law).covariance,
                           *ensemble(kernels, p.y, infinity, law).covariance, 1e-10));
  }
}

}  // namespace
}  // namespace wideband::time_test

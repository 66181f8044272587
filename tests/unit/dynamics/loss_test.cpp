#include "wideband/dynamics/loss.hpp"

#include <cmath>
#include <stdexcept>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/kernels.hpp"

namespace wideband::loss_test {
namespace {

const Matrix f = test::normal_matrix(4, 3, Key(1));

Matrix distributions() {
  Matrix y = test::normal_matrix(4, 3, Key(2)).cwiseAbs();
  for (Index i = 0; i < 4; ++i) y.row(i) /= y.row(i).sum();
  return y;
}

TEST(Loss, GradientsAreDifferences) {
  const Matrix y = distributions();
  for (const Loss& loss : {half_mean_loss(), logistic_loss(), softmax_loss()}) {
    const Matrix gradient = loss.evaluate(f, y).gradient;
    const double h = 1e-5;  // h^2 of the third derivative and eps/h of rounding: 1e-10
    for (Index i = 0; i < 4; ++i) {
      for (Index k = 0; k < 3; ++k) {
        Matrix above = f, below = f;
        above(i, k) += h;
        below(i, k) -= h;
        const double slope =
            (loss.evaluate(above, y).value - loss.evaluate(below, y).value) / (2 * h);
        EXPECT_TRUE(test::near(gradient(i, k), slope, 1e-9)) << loss.name;
      }
    }
  }
}

TEST(Loss, KnownValues) {
  EXPECT_EQ(half_mean_loss().evaluate(Matrix::Constant(2, 1, 3), Matrix::Zero(2, 1)).value, 4.5);
  const double log_two = std::log(2.0);
  EXPECT_TRUE(test::near(logistic_loss().evaluate(Matrix::Zero(2, 2), Matrix::Ones(2, 2)).value,
                         log_two, 1e-15));
  EXPECT_TRUE(
      test::near(softmax_loss().evaluate(Matrix::Zero(2, 4), Matrix::Constant(2, 4, .25)).value,
                 2 * log_two, 1e-15));
}

TEST(Loss, SurvivesLargeOutputs) {
  for (const double large : {-800.0, 800.0}) {
    const LossValue one =
        logistic_loss().evaluate(Matrix::Constant(1, 1, large), Matrix::Constant(1, 1, .5));
    EXPECT_TRUE(test::near(one.value, 400, 1e-12));
    EXPECT_TRUE(test::near(one.gradient(0, 0), large > 0 ? .5 : -.5, 1e-15));
    Matrix outputs(1, 2), y(1, 2);
    outputs << large, 0;
    y << .5, .5;
    EXPECT_TRUE(test::near(softmax_loss().evaluate(outputs, y).value, 400, 1e-12));
  }
}

TEST(Loss, ChecksItsTargets) {
  EXPECT_NO_THROW(logistic_loss().check(Matrix::Ones(2, 2)));
  EXPECT_THROW(logistic_loss().check(Matrix::Constant(2, 2, 1.5)), std::invalid_argument);
  EXPECT_THROW(softmax_loss().check(Matrix::Ones(2, 2)), std::invalid_argument);
  EXPECT_NO_THROW(softmax_loss().check(distributions()));
  EXPECT_FALSE(half_mean_loss().check);
}

}  // namespace
}  // namespace wideband::loss_test

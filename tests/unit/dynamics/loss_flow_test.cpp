#include "wideband/dynamics/loss_flow.hpp"

#include <array>
#include <cmath>
#include <stdexcept>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/kernels.hpp"
#include "wideband/dynamics/predictor.hpp"

namespace wideband::loss_flow_test {
namespace {

const Matrix Theta = test::feature_kernel(6, 20, Key(1));
const Matrix Theta_zx = test::normal_matrix(3, 6, Key(2));
const Matrix y = test::normal_matrix(6, 2, Key(3));
const Matrix f0 = test::normal_matrix(6, 2, Key(4));
const Matrix f0_test = test::normal_matrix(3, 2, Key(5));

// A tolerance of 1e-10 per step, hundreds of steps at most.
constexpr double tolerance = 1e-7;

LossFlowOptions precise() {
  LossFlowOptions options;
  options.relative_tolerance = 1e-10;
  options.absolute_tolerance = 1e-10;
  return options;
}

TEST(LossFlow, OfTheSquareIsTheClosedForm) {
  const std::array times{0.0, .7, 5.0, 40.0};
  LossFlowOptions options = precise();
  options.learning_rate = .5;
  const auto with_f0 = [&](LossFlowOptions base) {
    return LossFlowOptions{.learning_rate = base.learning_rate,
                           .momentum = base.momentum,
                           .relative_tolerance = base.relative_tolerance,
                           .absolute_tolerance = base.absolute_tolerance,
                           .f0_train = f0,
                           .f0_test = f0_test};
  };
  for (const bool heavy : {false, true}) {
    if (heavy) options.momentum = .6;
    const Rule rule = heavy ? Rule(HeavyBallFlow{.6}) : Rule(Flow{});
    const Predictor predictor(Theta, y, {.rule = rule, .learning_rate = .5});
    const Trajectory path =
        loss_flow(Theta, Theta_zx, y, half_mean_loss(), times, with_f0(options));
    const auto train = predictor.train(times, f0);
    const auto test = predictor.test(times, Theta_zx, {.f0_train = f0, .f0_test = f0_test});
    for (std::size_t t = 0; t < times.size(); ++t) {
      EXPECT_TRUE(test::near(path.train[t], train[t].mean, tolerance)) << heavy << t;
      EXPECT_TRUE(test::near(path.test[t], test[t].mean, tolerance)) << heavy << t;
      EXPECT_EQ(path.status[t], Status::ok);
      EXPECT_TRUE(test::near(path.loss[t], (train[t].mean - y).squaredNorm() / 24, tolerance));
    }
    EXPECT_EQ(path.state.time, 40);
  }
}

TEST(LossFlow, GoesOnFromItsState) {
  const std::array all{3.0, 9.0};
  const std::array first{3.0};
  const std::array second{9.0};
  for (const bool heavy : {false, true}) {
    LossFlowOptions options = precise();
    if (heavy) options.momentum = .5;
    const Matrix labels = (y.array() > 0).cast<double>();
    const Trajectory whole = loss_flow(Theta, Theta_zx, labels, logistic_loss(), all, options);
    options.start = loss_flow(Theta, Theta_zx, labels, logistic_loss(), first, options).state;
    const Trajectory rest = loss_flow(Theta, Theta_zx, labels, logistic_loss(), second, options);
    EXPECT_TRUE(test::near(rest.train[0], whole.train[1], tolerance));
    EXPECT_TRUE(test::near(rest.test[0], whole.test[1], tolerance));
  }
}

TEST(LossFlow, FindsTheLimitOfASquareAndOfSoftLabels) {
  const std::array forever{infinity};
  LossFlowOptions options;
  options.learning_rate = 10;
  const Trajectory square = loss_flow(Theta, Matrix(), y, half_mean_loss(), forever, options);
  EXPECT_EQ(square.status[0], Status::ok);
  EXPECT_TRUE(test::near(square.train[0], y, 1e-6));
  const Matrix labels = Matrix::Constant(6, 2, .25);
  const Trajectory soft = loss_flow(Theta, Matrix(), labels, logistic_loss(), forever, options);
  EXPECT_EQ(soft.status[0], Status::ok);
  EXPECT_TRUE(test::near(soft.train[0], Matrix::Constant(6, 2, -std::log(3.0)), 1e-6));
  EXPECT_TRUE(soft.test.empty());
}

TEST(LossFlow, OfSeparableLabelsHasNoLimit) {
  const std::array forever{1.0, infinity};
  Matrix labels = Matrix::Zero(6, 3);
  for (Index i = 0; i < 6; ++i) labels(i, i % 3) = 1;
  LossFlowOptions options;
  options.max_steps = 200;
  const Trajectory path = loss_flow(Theta, Matrix(), labels, softmax_loss(), forever, options);
  EXPECT_EQ(path.status[0], Status::ok);
  EXPECT_EQ(path.status[1], Status::not_converged);
  EXPECT_LT(path.loss[1], path.loss[0]);
  EXPECT_EQ(path.steps, 200);
  EXPECT_GT(path.evaluations, 0);
}

TEST(LossFlow, LeavesTheNullSpaceAlone) {
  const std::array forever{infinity};
  const Trajectory path =
      loss_flow(Matrix::Ones(2, 2), Matrix(), Vector{{1.0, 0.0}}, half_mean_loss(), forever, {});
  EXPECT_EQ(path.status[0], Status::ok);
  EXPECT_TRUE(test::near(path.train[0], Vector{{.5, .5}}, 1e-7));
}

TEST(LossFlow, RefusesBadInput) {
  const std::array times{1.0};
  const std::array backward{2.0, 1.0};
  EXPECT_THROW(loss_flow(Theta, Matrix(), y, half_mean_loss(), backward), std::invalid_argument);
  EXPECT_THROW(loss_flow(Theta, Matrix(), y, logistic_loss(), times), std::invalid_argument);
  EXPECT_THROW(loss_flow(Theta, Matrix::Zero(2, 2), y, half_mean_loss(), times),
               std::invalid_argument);
  EXPECT_THROW(loss_flow(Theta, Matrix(), Matrix::Zero(2, 1), half_mean_loss(), times),
               std::invalid_argument);
  EXPECT_THROW(validate(LossFlowOptions{.learning_rate = 0}), std::invalid_argument);
  EXPECT_THROW(validate(LossFlowOptions{.momentum = 1.0}), std::invalid_argument);
  EXPECT_THROW(validate(LossFlowOptions{.max_steps = 0}), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::loss_flow_test

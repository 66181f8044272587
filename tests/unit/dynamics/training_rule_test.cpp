#include "wideband/dynamics/training_rule.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/core/status.hpp"

namespace wideband::training_rule_test {
namespace {

using test::eps;

using Exact = boost::multiprecision::cpp_bin_float_100;

// The recursion of heavy ball in 100 digits, step by step; momentum 0 is descent.
struct ExactMode {
  Exact residual, gain;
};

ExactMode stepped(double momentum, double kappa, double z, int steps) {
  const Exact m = momentum, x = Exact(kappa) * z;
  Exact before = 1, now = 1 - x, sum = 0, velocity = 1;  // gain = kappa sum of u_1 ... u_t
  if (steps == 0) return {1, 0};
  Exact last_velocity = 0;
  for (int t = 1; t <= steps; ++t) {
    sum += velocity;
    const Exact next_velocity = (1 + m - x) * velocity - m * last_velocity;
    last_velocity = velocity;
    velocity = next_velocity;
    if (t == steps) break;
    const Exact next = (1 + m - x) * now - m * before;
    before = now;
    now = next;
  }
  return {now, Exact(kappa) * sum};
}

// The solution of the damped oscillator in 100 digits, away from the double root.
ExactMode oscillated(double momentum, double kappa, double z, double time) {
  const Exact a = (1 - Exact(momentum)) * time / 2;
  const Exact square = a * a - Exact(kappa) * z * time * time;
  const Exact s = sqrt(abs(square));
  const Exact residual =
      square > 0 ? exp(-a) * (cosh(s) + a * sinh(s) / s) : exp(-a) * (cos(s) + a * sin(s) / s);
  return {residual, (1 - residual) / z};
}

TEST(ModeResponse, FollowsTheStepsAtEveryStiffness) {
  for (const double m : {0.0, .3, .9, .99}) {
    for (const int steps : {0, 1, 2, 3, 10, 127, 1000}) {
      for (const double x : {1e-18, 1e-9, 1e-4, .01, .3, .999, 1.0, 1.2, 1.9}) {
        const double kappa = .25, z = x / kappa;
        const ExactMode exact = stepped(m, kappa, z, steps);
        const Rule rule = m == 0 ? Rule(Descent{}) : Rule(HeavyBall{m});
        const ModeResponse mode = mode_response(rule, kappa, z, steps);
        // Rounding of x or m by eps moves psi by at most eps t |dpsi|, and |psi| <= 2/(1 - m).
        const double tolerance = 8 * eps * (1 + steps * std::min(1.0, 100 * x) / (1 - m));
        EXPECT_TRUE(test::near(mode.residual, static_cast<double>(exact.residual), tolerance))
            << m << " " << steps << " " << x;
        EXPECT_TRUE(
            test::relatively_near(mode.gain, static_cast<double>(exact.gain), tolerance + 40 * eps))
            << m << " " << steps << " " << x;
      }
    }
  }
}

TEST(ModeResponse, DescentIsHeavyBallWithoutMomentum) {
  for (const double x : {0.0, 1e-12, .1, .7, 1.0, 1.5, 1.99, 2.5}) {
    for (const double steps : {0.0, 1.0, 5.0, 100.0}) {
      const ModeResponse one = mode_response(Descent{}, 1, x, steps);
      const ModeResponse other = mode_response(HeavyBall{0}, 1, x, steps);
      const double size = std::max(1.0, std::abs(one.residual));
      EXPECT_TRUE(test::near(one.residual, other.residual, 400 * eps * size)) << x;
      EXPECT_TRUE(test::near(one.gain, other.gain, 400 * eps * size * std::max(1.0, steps))) << x;
    }
  }
}

TEST(ModeResponse, HeavyBallPassesItsDoubleRoot) {
  const double m = .64;  // roots meet at 1 + m - x = 2 sqrt m, x = (1 - .8)^2
  for (const double x : {.04, .04 + 1e-9, .04 - 1e-9, .04 + 1e-15}) {
    for (const int steps : {5, 40, 200}) {
      const ExactMode exact = stepped(m, 1, x, steps);
      const ModeResponse mode = mode_response(HeavyBall{m}, 1, x, steps);
      EXPECT_TRUE(test::near(mode.residual, static_cast<double>(exact.residual), 1e-13));
      EXPECT_TRUE(test::relatively_near(mode.gain, static_cast<double>(exact.gain), 1e-13));
    }
  }
}

TEST(ModeResponse, KeepsSlowModesOverManySteps) {
  // kappa z = 1e-18 over 1e18-fold times: psi = exp(-t x), of which (1 - x)^t would see nothing.
  const double steps = 9007199254740992;  // 2^53
  const double x = 1 / steps;
  EXPECT_TRUE(
      test::relatively_near(mode_response(Descent{}, 1, x, steps).residual, std::exp(-1), 1e-14));
  // Heavy ball: a slow mode moves at x/(1 - m).
  const double slow = 0.5 * x;
  EXPECT_TRUE(test::relatively_near(mode_response(HeavyBall{.5}, 1, slow, steps).residual,
                                    std::exp(-1), 1e-12));
}

TEST(ModeResponse, HasItsLimitsAtZero) {
  EXPECT_EQ(mode_response(Flow{}, .5, 0, 3).gain, 1.5);
  EXPECT_EQ(mode_response(Descent{}, .5, 0, 3).gain, 1.5);
  EXPECT_EQ(mode_response(Flow{}, .5, 1e-320, 3).gain, 1.5);
  EXPECT_EQ(mode_response(HeavyBall{.5}, .5, 0, 2).gain, .5 * (1 + 1.5));
  for (const double t : {0.0, .1, 1.0, 30.0, 1e6}) {
    // kappa t^2 int_0^1 e^-2av (..) at z = 0: kappa [t/g - (1 - e^-gt)/g^2], g = 1 - m
    const double g = .1;
    const double expected =
        t < .5 ? .5 * t * t * (.5 - g * t / 6 + g * g * t * t / 24 - g * g * g * t * t * t / 120)
               : .5 * (t / g + std::expm1(-g * t) / (g * g));
    EXPECT_TRUE(
        test::relatively_near(mode_response(HeavyBallFlow{.9}, .5, 0, t).gain, expected, 1e-8))
        << t;
  }
  for (const Rule& rule :
       {Rule(Flow{}), Rule(Descent{}), Rule(HeavyBall{}), Rule(HeavyBallFlow{})}) {
    const ModeResponse start = mode_response(rule, .5, 1, 0);
    EXPECT_EQ(start.residual, 1);
    EXPECT_EQ(start.gain, 0);
  }
}

TEST(ModeResponse, HeavyBallFlowIsTheDampedOscillator) {
  for (const double m : {0.0, .5, .9, .999}) {
    for (const double t : {1e-3, .3, 1.0, 4.0, 50.0, 3000.0}) {
      for (const double x : {1e-12, 1e-5, .01, .24, .3, 5.0}) {
        const ExactMode exact = oscillated(m, 2, x / 2, t);
        const ModeResponse mode = mode_response(HeavyBallFlow{m}, 2, x / 2, t);
        // The phase sqrt(x) t rounds.
        const double tolerance = 20 * eps * (1 + std::sqrt(x) * t);
        EXPECT_TRUE(test::near(mode.residual, static_cast<double>(exact.residual), tolerance))
            << m << " " << t << " " << x;
        const double size = std::max(static_cast<double>(exact.gain), 1e-3 / x);
        EXPECT_TRUE(test::near(mode.gain, static_cast<double>(exact.gain),
                               (tolerance + 100 * eps) *
                                   (x * t * t < 1 ? static_cast<double>(exact.gain) : 2000 * size)))
            << m << " " << t << " " << x;
      }
    }
  }
}

TEST(ModeResponse, HeavyBallFlowIsContinuousWhereItsRootsMeet) {
  for (const double t : {.5, 2.0, 2.5, 2.6, 4.0, 30.0}) {
    const double critical = .25 * .25;  // ((1 - m)/2)^2 with m = 1/2
    const double a = t / 4;
    const double expected = std::exp(-a) * (1 + a);
    for (const double shift : {0.0, 1e-15, -1e-15, 1e-12, -1e-12}) {
      const ModeResponse mode = mode_response(HeavyBallFlow{.5}, 1, critical * (1 + shift), t);
      EXPECT_TRUE(test::near(mode.residual, expected, 1e-11)) << t << " " << shift;
      EXPECT_TRUE(test::relatively_near(mode.gain, (1 - expected) / critical, 1e-11));
    }
  }
}

TEST(ModeBounds, HoldOverTheWholeRange) {
  for (const Rule& rule : {Rule(Flow{}), Rule(Descent{}), Rule(HeavyBall{.6}), Rule(HeavyBall{.95}),
                           Rule(HeavyBallFlow{.6}), Rule(HeavyBallFlow{.95})}) {
    for (const double t : {0.0, 1.0, 2.0, 9.0, 40.0, 1000.0}) {
      for (const double z_min : {0.0, 1e-4, .05, .8}) {
        for (const double z_max : {.9, 1.5, 1.95}) {
          const ModeBounds bounds = mode_bounds(rule, 1, z_min, z_max, t);
          for (int i = 0; i <= 200; ++i) {
            const double z = z_min + (z_max - z_min) * i / 200.0;
            const double h = 1e-6;
            const ModeResponse mode = mode_response(rule, 1, z, t);
            const ModeResponse next = mode_response(rule, 1, z + h, t);
            EXPECT_LE(std::abs(mode.residual), bounds.residual + 1e-12);
            EXPECT_LE(std::abs(mode.gain), bounds.gain * (1 + 1e-12));
            // Differences carry 1e-14/h of rounding and h/2 of the second derivative.
            const double slack = 1e-8 + 1e-6 * t * t;
            EXPECT_LE(std::abs(next.residual - mode.residual) / h, bounds.residual_slope + slack)
                << rule.index() << " " << t << " " << z;
            EXPECT_LE(std::abs(next.gain - mode.gain) / h,
                      bounds.gain_slope + slack * std::max(1.0, t))
                << rule.index() << " " << t << " " << z;
          }
        }
      }
    }
  }
}

TEST(LearningRate, IsBoundedForSteps) {
  EXPECT_EQ(loss_factor(LossScale::half_mean, 4, 2), 1.0 / 8);
  EXPECT_EQ(loss_factor(LossScale::half_sum, 4, 2), 1);
  EXPECT_EQ(loss_factor(LossScale::mean, 4, 2), .25);
  EXPECT_EQ(loss_factor(LossScale::per_sample, 4, 2), .25);
  EXPECT_EQ(max_learning_rate(Flow{}, .5, 4), infinity);
  EXPECT_EQ(max_learning_rate(Descent{}, .5, 4), 1);
  EXPECT_EQ(max_learning_rate(HeavyBall{.5}, .5, 4), 1.5);
  EXPECT_EQ(automatic_learning_rate(Flow{}, .5, 4), .5);
  EXPECT_EQ(automatic_learning_rate(HeavyBallFlow{.5}, .5, 4), .75);
  EXPECT_TRUE(is_stable(Flow{}, 1, 1e9));
  EXPECT_TRUE(is_stable(Descent{}, 1, 1.999));
  EXPECT_FALSE(is_stable(Descent{}, 1, 2));
  EXPECT_TRUE(is_stable(HeavyBall{.5}, 1, 2.9));
}

TEST(Rule, RefusesWhatMakesNoSense) {
  EXPECT_THROW(validate(Rule(HeavyBall{1})), std::invalid_argument);
  EXPECT_THROW(validate(Rule(HeavyBallFlow{-.1})), std::invalid_argument);
  EXPECT_THROW(validate_time(Flow{}, -1), std::invalid_argument);
  EXPECT_THROW(validate_time(Flow{}, std::nan("")), std::invalid_argument);
  EXPECT_THROW(validate_time(Descent{}, 1.5), std::invalid_argument);
  EXPECT_THROW(validate_time(Descent{}, 1e17), std::invalid_argument);
  EXPECT_NO_THROW(validate_time(Descent{}, infinity));
  EXPECT_NO_THROW(validate_time(HeavyBallFlow{}, 1.5));
}

}  // namespace
}  // namespace wideband::training_rule_test

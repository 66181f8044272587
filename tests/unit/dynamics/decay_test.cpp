#include "wideband/dynamics/decay.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"

namespace wideband::decay_test {
namespace {

using test::eps;

TEST(DecayFactor, EqualsThePowerOnEverySideOfOne) {
  for (const double x : {0.0, 1e-3, .5, .999, 1.0, 1.001, 1.5, 1.999, 2.0, 2.5}) {
    for (const Index step : {0, 1, 2, 7, 100}) {
      const double expected = std::pow(1 - x, static_cast<double>(step));
      // 1 - x rounds by eps/2, 100 steps; the factor's own bound with |log| <= 7.
      EXPECT_TRUE(test::relatively_near(decay_factor(x, step), expected, 1000 * eps))
          << x << " " << step;
    }
  }
}

TEST(DecayFactor, KeepsSlowModes) {
  // (1 - 1e-18)^(10^18) = exp(-1) to 1e-18; in doubles 1 - 1e-18 is 1.
  EXPECT_TRUE(test::near(decay_factor(1e-18, 1000000000000000000), std::exp(-1), 4 * eps));
}

TEST(DecayFactor, RefusesNegativeStepsAndNaN) {
  EXPECT_THROW(decay_factor(.5, -1), std::invalid_argument);
  EXPECT_THROW(decay_factor(std::nan(""), 1), std::invalid_argument);
}

TEST(StepsToLevel, IsTheFirstStepAtOrBelowTheLevel) {
  for (const double x : {1e-4, .01, .3, .9, 1.1, 1.7, 1.99}) {
    const auto steps = steps_to_level(x, .01);
    ASSERT_TRUE(steps.has_value());
    EXPECT_LE(std::abs(decay_factor(x, *steps)), .01 * (1 + 30 * eps)) << x;  // 1.1: (1/10)^2
    EXPECT_GT(std::abs(decay_factor(x, *steps - 1)), .01) << x;
  }
}

TEST(StepsToLevel, CountsExactPowersExactly) {
  EXPECT_EQ(steps_to_level(.5, .0625), 4);  // (1/2)^4
  EXPECT_EQ(steps_to_level(.9, .01), 2);    // (1/10)^2, 1 - .9 rounded
}

TEST(StepsToLevel, SpecialCases) {
  EXPECT_EQ(steps_to_level(1, .01), 1);
  EXPECT_EQ(steps_to_level(0, .01), std::nullopt);
  EXPECT_EQ(steps_to_level(2, .01), std::nullopt);
  EXPECT_EQ(steps_to_level(3, .01), std::nullopt);
  EXPECT_EQ(steps_to_level(-1e-17, .01), std::nullopt);
  EXPECT_THROW(steps_to_level(.5, 0), std::invalid_argument);
  EXPECT_THROW(steps_to_level(.5, 1), std::invalid_argument);
}

TEST(StabilityStatus, ChangesAtTwo) {
  EXPECT_EQ(stability(.99, 2), Stability::stable);
  EXPECT_EQ(stability(1, 2), Stability::marginal);
  EXPECT_EQ(stability(1.01, 2), Stability::diverging);
  EXPECT_EQ(to_string(Stability::diverging), "diverging");
  EXPECT_THROW(stability(0, 1), std::invalid_argument);
  EXPECT_THROW(stability(1, std::nan("")), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::decay_test

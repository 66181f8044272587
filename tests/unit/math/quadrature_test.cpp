#include "wideband/math/quadrature.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/core/error.hpp"

namespace wideband::quadrature_test {
namespace {

using test::eps;

TEST(Integrate, KnowsElementaryIntegrals) {
  const auto sine = [](double x) { return std::sin(x); };
  EXPECT_TRUE(test::near(integrate(sine, 0, std::numbers::pi).value, 2, 8 * eps));
  EXPECT_TRUE(test::near(integrate(sine, std::numbers::pi, 0).value, -2, 8 * eps));
  EXPECT_TRUE(test::near(integrate([](double x) { return std::exp(-x * x); }, -9, 9).value,
                         std::sqrt(std::numbers::pi), 16 * eps));
  const auto peak = [](double x) { return 1 / (1e-4 + x * x); };
  EXPECT_TRUE(test::relatively_near(integrate(peak, -1, 1).value, 200 * std::atan(100), 64 * eps));
  EXPECT_EQ(integrate(sine, 1, 1).value, 0);
}

TEST(Integrate, EstimatesItsError) {
  const auto oscillation = [](double x) { return std::cos(40 * x); };
  const Integral integral = integrate(oscillation, 0, 1);
  const double expected = std::sin(40.0) / 40;
  EXPECT_LE(std::abs(integral.value - expected), std::max(integral.error, 16 * eps));
  EXPECT_LE(integral.error, 1e-12);
}

TEST(Integrate, RefusesBadIntervalsAndPoles) {
  const auto one = [](double) { return 1.0; };
  EXPECT_THROW(integrate(one, 0, std::numeric_limits<double>::infinity()), std::invalid_argument);
  EXPECT_THROW(integrate(one, std::nan(""), 1), std::invalid_argument);
  EXPECT_THROW(integrate(one, 0, 1, 0), std::invalid_argument);
  EXPECT_THROW(integrate([](double x) { return 1 / x; }, -1, 1), NumericalError);
}

}  // namespace
}  // namespace wideband::quadrature_test

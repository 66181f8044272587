#include "wideband/math/quasi_newton.hpp"

#include <cmath>
#include <stdexcept>

#include <gtest/gtest.h>

#include "support/compare.hpp"

namespace wideband::quasi_newton_test {
namespace {

TEST(Maximize, ClimbsAnyHill) {
  const auto hill = [](const Vector& x) -> std::optional<Slope> {
    const Vector d{{x(0) - 3, x(1) + 2, x(2)}};
    const Vector stiff{{1.0, 100.0, 1e-2}};
    return Slope{7 - d.dot(stiff.cwiseProduct(d)) / 2, -stiff.cwiseProduct(d)};
  };
  const Maximum top = maximize(hill, Vector{{0.0, 0.0, 40.0}});
  EXPECT_TRUE(top.converged);
  EXPECT_TRUE(test::near(top.at, Vector{{3.0, -2.0, 0.0}}, 1e-5));
  EXPECT_TRUE(test::near(top.value, 7, 1e-8));
}

TEST(Maximize, FollowsABentValley) {
  const auto rosenbrock = [](const Vector& x) -> std::optional<Slope> {
    const double a = 1 - x(0), b = x(1) - x(0) * x(0);
    return Slope{-a * a - 100 * b * b, Vector{{2 * a + 400 * b * x(0), -200 * b}}};
  };
  const Maximum top = maximize(rosenbrock, Vector{{-1.2, 1.0}});
  EXPECT_TRUE(top.converged);
  EXPECT_TRUE(test::near(top.at, Vector{{1.0, 1.0}}, 1e-5));
  EXPECT_LT(top.iterations, 60);
}

TEST(Maximize, StaysWhereThereAreValues) {
  const auto logarithm = [](const Vector& x) -> std::optional<Slope> {
    if (x(0) <= 0) return std::nullopt;
    return Slope{std::log(x(0)) - x(0) / 1e-3, Vector{{1 / x(0) - 1e3}}};  // top at 1e-3
  };
  const Maximum top = maximize(logarithm, Vector{{2.0}});
  EXPECT_TRUE(top.converged);
  EXPECT_TRUE(test::relatively_near(top.at(0), 1e-3, 1e-3));
}

TEST(Maximize, SaysWhenItHasNotArrived) {
  const auto slope = [](const Vector& x) -> std::optional<Slope> {
    return Slope{x(0), Vector::Ones(1)};
  };
  const Maximum top = maximize(slope, Vector::Zero(1), {.max_iterations = 5});
  EXPECT_FALSE(top.converged);
  EXPECT_EQ(top.iterations, 5);
  EXPECT_LE(top.at(0), 10);  // five steps of at most 2
}

TEST(Maximize, RefusesBadInput) {
  const auto nowhere = [](const Vector&) -> std::optional<Slope> { return std::nullopt; };
  EXPECT_THROW(maximize(nowhere, Vector::Zero(1)), std::invalid_argument);
  EXPECT_THROW(maximize(nowhere, Vector(0)), std::invalid_argument);
  const auto wrong = [](const Vector&) -> std::optional<Slope> {
    return Slope{1, Vector::Zero(3)};
  };
  EXPECT_THROW(maximize(wrong, Vector::Zero(1)), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::quasi_newton_test

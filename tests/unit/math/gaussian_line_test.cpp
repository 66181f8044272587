#include "wideband/math/gaussian_line.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/core/error.hpp"

namespace wideband::gaussian_line_test {
namespace {

using test::eps;

double expectation(const LineRule& rule, const std::function<double(double)>& f) {
  double sum = 0;
  for (std::size_t i = 0; i < rule.z.size(); ++i) sum += rule.weight[i] * f(rule.z[i]);
  return sum;
}

TEST(LineRuleOf, IntegratesMoments) {
  const LineRule rule = line_rule({});
  EXPECT_TRUE(test::near(expectation(rule, [](double) { return 1; }), 1, 16 * eps));
  EXPECT_TRUE(test::near(expectation(rule, [](double z) { return std::pow(z, 4); }), 3, 64 * eps));
  EXPECT_TRUE(test::near(expectation(rule, [](double z) { return std::cos(30 * z); }),
                         std::exp(-450), 16 * eps));
}

TEST(LineRuleOf, ResolvesBendsAtItsCuts) {
  // E |z - t| = 2 density(t) + t erf(t / sqrt 2).
  const double t = 0.3;
  const LineRule rule = line_rule({.cuts = {t}});
  const double expected =
      2 * std::exp(-t * t / 2) / std::sqrt(2 * std::acos(-1.0)) + t * std::erf(t / std::sqrt(2.0));
  EXPECT_TRUE(
      test::near(expectation(rule, [&](double z) { return std::abs(z - t); }), expected, 16 * eps));
}

TEST(LineRuleOf, ResolvesNarrowFunctions) {
  // E 1/cosh^2 against a shift of the scale: E tanh(az)^2 + E 1/cosh^2(az) = 1.
  const double scale = 1e4;
  const LineRule rule = line_rule({.scale = scale});
  const double narrow = expectation(rule, [&](double z) {
    return std::pow(std::cosh(std::min(300.0, std::abs(scale * z))), -2);
  });
  // int 1/cosh^2(az) dz = 2/a, density nearly constant over it.
  EXPECT_TRUE(test::relatively_near(narrow, 2 / scale / std::sqrt(2 * std::acos(-1.0)), 1e-8));
}

TEST(LineRadius, GrowsWithTheFunction) {
  EXPECT_EQ(line_radius([](double x) { return std::tanh(x); }, 1, "tanh"), 9.5);
  EXPECT_EQ(line_radius([](double x) { return std::exp(x); }, 3, "exp"), 19);
  EXPECT_THROW(line_radius([](double x) { return std::exp(x * x); }, 1, "square"), NumericalError);
}

}  // namespace
}  // namespace wideband::gaussian_line_test

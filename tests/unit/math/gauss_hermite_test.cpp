#include "wideband/math/gauss_hermite.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"

namespace wideband::gauss_hermite_test {
namespace {

using test::eps;

TEST(GaussHermiteRuleOf, ThreePointsAreKnown) {
  const GaussHermiteRule rule = gauss_hermite_rule(3);
  const double root_pi = std::sqrt(std::numbers::pi);
  EXPECT_TRUE(test::near(rule.x[0], -std::sqrt(1.5), 4 * eps));
  EXPECT_TRUE(test::near(rule.x[1], 0, 4 * eps));
  EXPECT_TRUE(test::near(rule.weight[0], root_pi / 6, 8 * eps));
  EXPECT_TRUE(test::near(rule.weight[1], 2 * root_pi / 3, 8 * eps));
}

TEST(GaussHermiteRuleOf, IntegratesPolynomials) {
  const GaussHermiteRule rule = gauss_hermite_rule(25);
  double sum = 0;
  double square = 0;
  for (std::size_t i = 0; i < rule.x.size(); ++i) {
    sum += rule.weight[i];
    square += rule.weight[i] * std::pow(rule.x[i], 48);
  }
  EXPECT_TRUE(test::relatively_near(sum, std::sqrt(std::numbers::pi), 64 * eps));
  EXPECT_TRUE(test::relatively_near(square, std::tgamma(24.5), 1e-12));
  EXPECT_THROW(gauss_hermite_rule(0), std::invalid_argument);
}

TEST(ProductRule, IsExactForPolynomials) {
  const GaussHermiteRule rule = gauss_hermite_rule(10);
  const ProductRuleValues values =
      product_rule(phi(PhiFamily::monomial, {2}), rule, 2, 3, half_angle(0.25, false));
  const double k = std::sqrt(6.0) / 2;
  EXPECT_TRUE(test::relatively_near(values.K, 6 + 2 * k * k, 64 * eps));
  EXPECT_TRUE(test::relatively_near(values.Kdot, 4 * k, 64 * eps));
}

}  // namespace
}  // namespace wideband::gauss_hermite_test

#include "wideband/math/dual_polynomial.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/math/plain_dual.hpp"

namespace wideband::dual_polynomial_test {
namespace {

using test::eps;

TEST(PolynomialDual, IsTheMonomial) {
  std::vector<double> c;
  for (int n = 0; n <= 7; ++n) {
    c.assign(static_cast<std::size_t>(n), 0);
    c.push_back(1);
    for (const bool opposite : {false, true}) {
      const HalfAngle angle = half_angle(0.2, opposite);
      const Dual polynomial = polynomial_dual(c, 0.5, 2, angle);
      const Dual monomial = monomial_dual(n, 0.5, 2, angle);
      EXPECT_TRUE(test::near(polynomial.angle.s, monomial.angle.s, 8 * eps));
      const double scale =
          std::sqrt(monomial_slope_variance(n, 0.5) * monomial_slope_variance(n, 2));
      EXPECT_TRUE(test::near(polynomial.slope, monomial.slope, 32 * eps * scale));
    }
    EXPECT_TRUE(
        test::relatively_near(polynomial_variance(c, 2), monomial_variance(n, 2), 16 * eps));
    EXPECT_TRUE(test::relatively_near(polynomial_slope_variance(c, 2),
                                      monomial_slope_variance(n, 2), 16 * eps));
  }
}

TEST(PolynomialDual, AgreesWithThePlainFormula) {
  const std::vector<double> c = {0.3, -1, 0.5, 0.2};
  const HalfAngle angle = half_angle(0.3, true);
  const Dual result = polynomial_dual(c, 0.7, 1.6, angle);
  const PlainDual<double> plain =
      plain_polynomial<double>(c, {0.7, 1.6, covariance(0.7, 1.6, angle), 0});
  EXPECT_TRUE(
      test::near(covariance(polynomial_variance(c, 0.7), polynomial_variance(c, 1.6), result.angle),
                 plain.K, 32 * eps));
  EXPECT_TRUE(test::near(result.slope, plain.Kdot, 32 * eps));
}

TEST(MonomialDual, OfTheFirstDegreeIsTheIdentity) {
  const HalfAngle angle = half_angle(1e-30, true);
  const Dual result = monomial_dual(1, 0.5, 2, angle);
  EXPECT_TRUE(test::relatively_near(result.angle.c, 1e-30, 4 * eps));
  EXPECT_TRUE(test::near(result.slope, 1, eps));
}

TEST(MonomialDual, EvenPowersOfOppositeVariablesAreOne) {
  EXPECT_EQ(monomial_dual(4, 1, 1, half_angle(0, true)).angle.s, 0);
  EXPECT_EQ(monomial_dual(0, 1, 1, half_angle(0.4, true)).angle.s, 0);
}

TEST(MonomialDual, VariancesAreDoubleFactorials) {
  EXPECT_EQ(monomial_variance(4, 2), 105 * 16);
  EXPECT_EQ(monomial_slope_variance(4, 2), 16 * 15 * 8);
  EXPECT_EQ(monomial_slope_variance(0, 2), 0);
}

TEST(HermiteDual, IsThePowerAtUnitVariance) {
  const HalfAngle angle = half_angle(0.2, false);
  for (const int n : {0, 1, 5, 40}) {
    const Dual result = hermite_dual(n, 1, 1, angle);
    EXPECT_TRUE(test::near(cosine(result.angle), std::pow(0.6, n), 4 * eps));
    EXPECT_TRUE(test::near(result.slope, n == 0 ? 0 : n * std::pow(0.6, n - 1), 64 * eps));
    EXPECT_EQ(hermite_variance(n, 1), 1);
    EXPECT_EQ(hermite_slope_variance(n, 1), n);
  }
}

TEST(HermiteDual, OtherVariancesBringLowerDegrees) {
  // h_2(sqrt q x) = q h_2(x) + (q - 1)/sqrt 2.
  const Dual result = hermite_dual(2, 3, 3, {});
  EXPECT_TRUE(test::near(hermite_variance(2, 3) * cosine(result.angle), 2, 16 * eps));
  EXPECT_TRUE(test::near(hermite_variance(2, 3), 11, 16 * eps));
}

}  // namespace
}  // namespace wideband::dual_polynomial_test

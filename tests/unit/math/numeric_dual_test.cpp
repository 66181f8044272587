#include "wideband/math/numeric_dual.hpp"

#include <cmath>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "support/messages.hpp"
#include "wideband/core/error.hpp"

namespace wideband::numeric_dual_test {
namespace {

using test::eps;

Phi custom_erf() {
  return custom(
      "my_erf", [](double x) { return std::erf(x); },
      [](double x) { return 2 / std::sqrt(std::acos(-1.0)) * std::exp(-x * x); });
}

std::vector<HalfAngle> angles() {
  std::vector<HalfAngle> all;
  for (const double m : {0.0, 1e-18, 1e-9, 1e-4, 0.03, 0.2, 0.5}) {
    all.push_back(half_angle(m, false));
    all.push_back(half_angle(m, true));
  }
  return all;
}

// Families with a closed form take the numeric route too, which is then judged.
void expect_closed(const Phi& f, const NumericDual& numeric, const std::vector<double>& variances) {
  const double bound = numeric.error_estimate() + 4 * eps;
  for (const double q1 : variances) {
    const NumericDual::Row first = numeric.row(q1);
    EXPECT_TRUE(test::relatively_near(first.variance, dual_variance(f, q1), 16 * eps));
    for (const double q2 : variances) {
      const NumericDual::Row second = numeric.row(q2);
      for (const HalfAngle angle : angles()) {
        const Dual measured = numeric.dual(first, second, angle);
        const Dual expected = dual(f, q1, q2, angle);
        const double scale = std::sqrt(dual_slope_variance(f, q1) * dual_slope_variance(f, q2));
        EXPECT_TRUE(test::near(2 * measured.angle.s, 2 * expected.angle.s, bound))
            << name_of(f.family) << " " << q1 << " " << q2 << " " << angle.s;
        EXPECT_TRUE(test::near(std::sqrt(measured.angle.s), std::sqrt(expected.angle.s), bound));
        EXPECT_TRUE(test::near(measured.slope, expected.slope, bound * scale))
            << name_of(f.family) << " " << q1 << " " << q2 << " " << angle.s;
      }
    }
  }
}

TEST(NumericDualOf, FewVariancesAgreeWithTheClosedForms) {
  const std::vector<double> variances = {0.4, 0.4, 2.5};
  for (const PhiFamily family : {PhiFamily::erf, PhiFamily::gelu}) {
    const NumericDual numeric(phi(family), variances);
    EXPECT_LE(numeric.error_estimate(), 1e-12);
    EXPECT_GT(numeric.integrals(), 0U);
    expect_closed(phi(family), numeric, variances);
  }
}

TEST(NumericDualOf, CornersAgreeWithTheClosedForms) {
  const std::vector<double> variances = {0.4};
  for (const PhiFamily family : {PhiFamily::relu, PhiFamily::abs}) {
    const NumericDual numeric(phi(family), variances);
    EXPECT_LE(numeric.error_estimate(), 1e-12);
    expect_closed(phi(family), numeric, variances);
  }
}

TEST(NumericDualOf, SpreadVariancesAgreeWithTheClosedForms) {
  std::vector<double> variances;
  for (int i = 0; i < 20; ++i) variances.push_back(0.6 * std::exp(0.05 * i));
  const NumericDual numeric(phi(PhiFamily::erf), variances);
  EXPECT_LE(numeric.error_estimate(), 1e-12);
  expect_closed(phi(PhiFamily::erf), numeric, {variances[0], variances[7], variances[19]});
}

TEST(NumericDualOf, TheSeriesRuleAgreesWithTheClosedForm) {
  const std::vector<double> variances = {0.4, 1.1};
  const NumericDual numeric(phi(PhiFamily::erf), variances,
                            {.tolerance = 1e-12, .quadrature = {QuadratureRule::hermite}});
  expect_closed(phi(PhiFamily::erf), numeric, variances);
}

TEST(NumericDualOf, AllRulesAgreeOnTanh) {
  const std::vector<double> variances = {0.8};
  const HalfAngle angle = half_angle(0.2, true);
  const NumericDual automatic(phi(PhiFamily::tanh), variances);
  const Dual expected = automatic.dual(0.8, 0.8, angle);
  for (const QuadratureRule rule :
       {QuadratureRule::polar, QuadratureRule::cartesian, QuadratureRule::hermite}) {
    const NumericDual other(phi(PhiFamily::tanh), variances,
                            {.tolerance = 1e-6, .quadrature = {rule}});
    const Dual measured = other.dual(0.8, 0.8, angle);
    EXPECT_TRUE(test::near(measured.angle.c, expected.angle.c, 1e-6));
    EXPECT_TRUE(test::near(measured.slope, expected.slope, 1e-6));
  }
}

TEST(NumericDualOf, OddFunctionsOfOppositeVariablesAreOpposite) {
  const NumericDual numeric(phi(PhiFamily::tanh), std::vector<double>{1.0});
  EXPECT_EQ(numeric.dual(1, 1, half_angle(0, true)).angle.c, 0);
  EXPECT_EQ(numeric.dual(1, 1, half_angle(0, false)).angle.s, 0);
}

TEST(NumericDualOf, KinksOffZeroAreCut) {
  // hard_tanh of a large variable is nearly sign; of a small one the identity.
  const NumericDual numeric(phi(PhiFamily::hard_tanh), std::vector<double>{1e-2, 1.0});
  const HalfAngle angle = half_angle(0.2, false);
  EXPECT_TRUE(test::near(numeric.dual(1e-2, 1e-2, angle).angle.s, 0.2, 1e-12));
  // E phi'(u) phi'(u) is the probability that |u| < 1.
  EXPECT_TRUE(test::near(numeric.slope_variance(1), std::erf(std::sqrt(0.5)), 8 * eps));
}

TEST(NumericDualOf, KinksOffZeroNeedFewVariances) {
  std::vector<double> variances;
  for (int i = 0; i < 40; ++i) variances.push_back(1 + 0.01 * i);
  const std::string message =
      test::message_of<NumericalError>([&] { NumericDual(phi(PhiFamily::hard_tanh), variances); });
  EXPECT_THAT(message, ::testing::HasSubstr("scale the inputs to one norm"));
}

TEST(NumericDualOf, SpreadVariancesOfAKinkAtZero) {
  std::vector<double> variances;
  for (int i = 0; i < 8; ++i) variances.push_back(1 + 0.01 * i);
  const NumericDual numeric(phi(PhiFamily::elu), variances, {.tolerance = 1e-8});
  EXPECT_LE(numeric.error_estimate(), 1e-8);
  const NumericDual pair(phi(PhiFamily::elu), std::vector<double>{1.02, 1.06},
                         {.tolerance = 1e-10});
  const HalfAngle angle = half_angle(0.2, true);
  const Dual measured = numeric.dual(1.02, 1.06, angle);
  const Dual expected = pair.dual(1.02, 1.06, angle);
  EXPECT_TRUE(test::near(measured.angle.s, expected.angle.s, 1e-8));
  EXPECT_TRUE(test::near(measured.slope, expected.slope, 1e-8));
}

TEST(NumericDualOf, CustomFunctionsAreJudgedLikeNamedOnes) {
  const NumericDual numeric(custom_erf(), std::vector<double>{0.7});
  const HalfAngle angle = half_angle(0.3, false);
  EXPECT_TRUE(test::near(numeric.dual(0.7, 0.7, angle).angle.s,
                         dual(phi(PhiFamily::erf), 0.7, 0.7, angle).angle.s, 1e-12));
}

TEST(NumericDualOf, AZeroRowIsIndependent) {
  const std::vector<double> variances = {0.0, 1.3};
  const Phi f = phi(PhiFamily::sigmoid);
  const NumericDual numeric(f, variances);
  const Dual result = numeric.dual(0, 1.3, half_angle(0.1, false));
  // E sigmoid = 1/2 by symmetry.
  EXPECT_TRUE(test::near(covariance(numeric.variance(0), numeric.variance(1.3), result.angle), 0.25,
                         8 * eps));
  EXPECT_EQ(numeric.dual(0, 0, {}).angle.s, 0);
  EXPECT_EQ(numeric.dual(0, 0, {}).slope, 1.0 / 16);
}

TEST(NumericDualOf, GaussHermiteIsTheTensorRule) {
  // Of degree 25 the rule is exact for polynomials of degree 49.
  const Phi f = phi(PhiFamily::monomial, {3});
  const NumericDual numeric(f, std::vector<double>{0.5, 2.0},
                            {.quadrature = {QuadratureRule::gauss_hermite, 25}});
  const HalfAngle angle = half_angle(0.2, false);
  EXPECT_TRUE(
      test::near(numeric.dual(0.5, 2, angle).angle.s, dual(f, 0.5, 2, angle).angle.s, 1e-13));
  EXPECT_LE(numeric.error_estimate(), 1e-12);
  // For tanh of a large variable it is far off, and says so.
  const NumericDual coarse(phi(PhiFamily::tanh), std::vector<double>{100.0},
                           {.quadrature = {QuadratureRule::gauss_hermite, 25}});
  EXPECT_GT(coarse.error_estimate(), 1e-3);
}

TEST(NumericDualOf, RefusesWhatItCannotMeet) {
  const std::vector<double> one = {1.0};
  EXPECT_THROW(NumericDual(phi(PhiFamily::exp_normalized), one), std::invalid_argument);
  EXPECT_THROW(NumericDual(phi(PhiFamily::tanh), one, {.tolerance = 0}), std::invalid_argument);
  EXPECT_THROW(NumericDual(phi(PhiFamily::tanh), std::vector<double>{-1.0}), std::invalid_argument);
  const NumericDual numeric(phi(PhiFamily::tanh), one);
  EXPECT_THROW(numeric.row(2), std::invalid_argument);
  // Hermite coefficients of a corner fall too slowly.
  const std::string message = test::message_of<NumericalError>(
      [&] { NumericDual(phi(PhiFamily::relu), one, {.quadrature = {QuadratureRule::hermite}}); });
  EXPECT_THAT(message, ::testing::HasSubstr("relu: tail"));
}

TEST(NumericDualOf, AnUndeclaredKinkIsNoticed) {
  // Polar panels end at 0 alone: the corners at -1 and 1 are as good as undeclared.
  const std::string message = test::message_of<NumericalError>([] {
    NumericDual(phi(PhiFamily::hard_tanh), std::vector<double>{1.0},
                {.tolerance = 1e-12, .quadrature = {QuadratureRule::polar}});
  });
  EXPECT_THAT(message, ::testing::HasSubstr("is a kink undeclared?"));
}

TEST(NumericDual, LayoutDescribesRows) {
  std::vector<double> variances;
  for (int i = 0; i < 20; ++i) variances.push_back(0.5 + 0.1 * i);
  const NumericDual tanh(phi(PhiFamily::tanh), variances);
  const NumericDual::Layout layout = tanh.layout();
  const NumericDual::Row row = tanh.row(0.9), column = tanh.column(0.9);
  EXPECT_TRUE(layout.odd);
  ASSERT_EQ(layout.widths.size(), layout.offsets.size());
  EXPECT_EQ(column.cell, row.cell);
  EXPECT_EQ(column.right, row.right);
  EXPECT_EQ(layout.widths[row.cell], row.right.size());
  EXPECT_EQ(row.left.size(), layout.offsets.back() + (2 * (layout.splits + 1) * layout.nodes + 1) *
                                                         layout.widths.back());
  const NumericDual product(phi(PhiFamily::tanh), variances,
                            {.quadrature = {.rule = QuadratureRule::gauss_hermite, .degree = 9}});
  EXPECT_EQ(product.layout().nodes, 0U);
}

}  // namespace
}  // namespace wideband::numeric_dual_test

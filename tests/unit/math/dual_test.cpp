#include "wideband/math/dual.hpp"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "support/messages.hpp"
#include "wideband/core/error.hpp"

namespace wideband::dual_test {
namespace {

using test::eps;

double value_of(const Phi& f, double q1, double q2, HalfAngle angle) {
  const Dual result = dual(f, q1, q2, angle);
  return covariance(dual_variance(f, q1), dual_variance(f, q2), result.angle);
}

// Families with a closed form, with parameters where they have to be given.
std::vector<Phi> closed_families() {
  std::vector<Phi> all;
  for (const std::string& name : phi_names()) {
    if (name == "custom") continue;
    const PhiFamily family = phi_family(name);
    const bool needs = !keys(family).empty() && std::isnan(keys(family).front().standard);
    const Phi f = needs ? phi(family, {3}) : phi(family);
    if (has_closed_dual(f)) all.push_back(f);
  }
  return all;
}

TEST(DualOf, TwentyOneFamiliesAreClosed) {
  EXPECT_EQ(closed_families().size(), 21U);
  EXPECT_FALSE(has_closed_dual(phi(PhiFamily::tanh)));
}

TEST(DualOf, AZeroRowIsIndependentOfEveryOther) {
  // K = phi(0) E phi(v); at phi(0) and phi'(0) the mean of the one-sided values.
  for (const Phi& f : closed_families()) {
    if (f.family == PhiFamily::exp_normalized) continue;
    const Dual result = dual(f, 0, 0.8, half_angle(0.1, false));
    const Dual both = dual(f, 0, 0, half_angle(0, false));
    EXPECT_TRUE(test::near(dual_variance(f, 0), value(f, 0) * value(f, 0), 4 * eps))
        << name_of(f.family);
    EXPECT_TRUE(test::near(dual_slope_variance(f, 0), derivative(f, 0) * derivative(f, 0), 4 * eps))
        << name_of(f.family);
    EXPECT_TRUE(test::near(both.slope, derivative(f, 0) * derivative(f, 0), 4 * eps))
        << name_of(f.family);
    const double independent = std::fmax(0, value_of(f, 0.8, 0.8, {}));  // (E phi)^2
    const double K = covariance(dual_variance(f, 0), dual_variance(f, 0.8), result.angle);
    EXPECT_TRUE(test::near(std::abs(K), std::abs(value(f, 0)) * std::sqrt(independent), 4 * eps))
        << name_of(f.family);
    EXPECT_TRUE(std::isfinite(result.slope)) << name_of(f.family);
  }
}

TEST(DualOf, ZeroRowsOfTheFamiliesWithCorners) {
  EXPECT_EQ(dual(phi(PhiFamily::relu), 0, 2, {}).slope, 0.25);
  EXPECT_EQ(dual_slope_variance(phi(PhiFamily::relu), 0), 0.25);
  EXPECT_EQ(dual_slope_variance(phi(PhiFamily::rectified_monomial, {1}), 0), 0.25);
  EXPECT_TRUE(test::near(value_of(phi(PhiFamily::step), 0, 2, {}), 0.25, eps));
  EXPECT_TRUE(test::near(value_of(phi(PhiFamily::rectified_monomial, {0}), 0, 2, {}), 0.25, eps));
  EXPECT_EQ(value_of(phi(PhiFamily::sign), 0, 2, {}), 0);
}

TEST(DualOf, MembersAreBetween0And1AndSymmetricInTheArguments) {
  for (const Phi& f : closed_families()) {
    for (const double m : {0.0, 1e-20, 1e-3, 0.4, 0.5}) {
      for (const bool opposite : {false, true}) {
        const HalfAngle angle = half_angle(m, opposite);
        const Dual one = dual(f, 0.4, 1.9, angle);
        const Dual two = dual(f, 1.9, 0.4, angle);
        EXPECT_GE(std::min(one.angle.s, one.angle.c), 0) << name_of(f.family);
        EXPECT_TRUE(test::near(one.angle.s + one.angle.c, 1, eps)) << name_of(f.family);
        EXPECT_TRUE(test::near(one.angle.s, two.angle.s, 4 * eps)) << name_of(f.family);
        EXPECT_TRUE(test::near(one.slope, two.slope, 8 * eps * std::abs(one.slope) + 4 * eps))
            << name_of(f.family);
      }
    }
  }
}

TEST(DualOf, OnTheDiagonalThePairIsTheSample) {
  for (const Phi& f : closed_families()) {
    const Dual result = dual(f, 0.7, 0.7, half_angle(0, false));
    EXPECT_EQ(result.angle.s, 0) << name_of(f.family);
    EXPECT_TRUE(test::relatively_near(result.slope, dual_slope_variance(f, 0.7), 16 * eps))
        << name_of(f.family);
  }
}

TEST(DualOf, ZeroFunctionsHaveNoAngle) {
  EXPECT_EQ(dual(phi(PhiFamily::abrelu, {0, 0}), 1, 1, half_angle(0, false)).angle.s, 0.5);
  EXPECT_EQ(dual(phi(PhiFamily::erf, {0, 1, 0}), 1, 1, half_angle(0, false)).angle.s, 0.5);
  EXPECT_EQ(dual(phi(PhiFamily::polynomial, {0}), 1, 1, half_angle(0, false)).angle.s, 0.5);
}

TEST(DualOf, SaysWhichDerivativesAreDistributions) {
  EXPECT_TRUE(has_distributional_derivative(phi(PhiFamily::sign)));
  EXPECT_TRUE(has_distributional_derivative(phi(PhiFamily::step)));
  EXPECT_TRUE(has_distributional_derivative(phi(PhiFamily::rectified_monomial, {0})));
  EXPECT_FALSE(has_distributional_derivative(phi(PhiFamily::rectified_monomial, {1})));
  EXPECT_FALSE(has_distributional_derivative(phi(PhiFamily::relu)));
}

TEST(DualOf, RefusesWhatHasNoClosedFormOrNoExpectation) {
  EXPECT_THROW(dual(phi(PhiFamily::tanh), 1, 1, {}), std::invalid_argument);
  EXPECT_THROW(dual_variance(phi(PhiFamily::elu), 1), std::invalid_argument);
  EXPECT_THROW(dual_slope_variance(phi(PhiFamily::silu), 1), std::invalid_argument);
  const std::string message = test::message_of<NumericalError>([] {
    dual_variance(phi(PhiFamily::gaussian, {1, 0.25}), 1);
  });
  EXPECT_THAT(message, ::testing::HasSubstr("4 b q < 1"));
}

TEST(DualOf, HugeVariancesStayFinite) {
  for (const Phi& f : closed_families()) {
    const bool bounded = f.family != PhiFamily::exp && f.family != PhiFamily::monomial &&
                         f.family != PhiFamily::rectified_monomial &&
                         f.family != PhiFamily::hermite && f.family != PhiFamily::polynomial;
    if (!bounded) continue;
    const Dual result = dual(f, 1e100, 2e99, half_angle(0.1, false));
    EXPECT_TRUE(std::isfinite(result.angle.s) && std::isfinite(result.slope)) << name_of(f.family);
  }
}

}  // namespace
}  // namespace wideband::dual_test

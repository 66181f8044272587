// Values, derivatives and kinks of the activation functions.
#include <algorithm>
#include <cmath>
#include <numbers>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/math/phi.hpp"

namespace wideband::phi_value_test {
namespace {

using test::eps;

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<Phi> named_functions() {
  std::vector<Phi> all;
  for (const std::string& name : phi_names()) {
    if (name == "custom" || name == "exp_normalized") continue;
    const PhiFamily family = phi_family(name);
    const bool needs = !keys(family).empty() && std::isnan(keys(family).front().standard);
    if (!needs) {
      all.push_back(phi(family));
      continue;
    }
    for (const double n : {0.0, 1.0, 2.0, 5.0}) all.push_back(phi(family, {n}));
  }
  all.push_back(phi(PhiFamily::polynomial, {0.2, -1, 0.5, 0.1}));
  all.push_back(phi(PhiFamily::erf, {1.5, 0.7, 0.2}));
  all.push_back(phi(PhiFamily::cos, {1.5, 0.7, 0.2}));
  return all;
}

TEST(PhiDerivative, IsTheLimitOfDifferences) {
  for (const Phi& f : named_functions()) {
    for (const double x : {-3.1, -1.2, -0.4, 0.3, 0.9, 2.2}) {
      const double h = 1e-3;
      const auto central = [&](double step) {
        return (value(f, x + step) - value(f, x - step)) / (2 * step);
      };
      const double difference = (4 * central(h / 2) - central(h)) / 3;
      // Truncation h^4 phi^(5)/480, rounding eps phi/h.
      const double scale = std::max({1.0, std::abs(value(f, x)), std::abs(derivative(f, x))});
      EXPECT_TRUE(test::near(derivative(f, x), difference, 1e-10 * scale)) << name_of(f.family);
    }
  }
}

TEST(PhiValue, KnownValues) {
  EXPECT_TRUE(test::near(value(phi(PhiFamily::gelu), 1), 0.8413447460685429, eps));
  EXPECT_TRUE(test::near(value(phi(PhiFamily::probit), -1), 0.15865525393145705, eps));
  EXPECT_TRUE(test::near(value(phi(PhiFamily::softplus), 0), std::numbers::ln2, eps));
  EXPECT_TRUE(test::near(value(phi(PhiFamily::softplus), 800), 800, eps));
  EXPECT_TRUE(test::near(value(phi(PhiFamily::silu), -800), 0, eps));
  EXPECT_TRUE(test::near(value(phi(PhiFamily::hermite, {2}), 3), 8 / std::sqrt(2.0), 8 * eps));
  EXPECT_TRUE(
      test::near(value(phi(PhiFamily::rbf, {2}), 0.5), std::sin(1.0) + std::cos(1.0), 4 * eps));
  EXPECT_EQ(value(phi(PhiFamily::leaky_relu), -2), -0.02);
  EXPECT_EQ(value(phi(PhiFamily::hard_tanh), 7), 1);
  EXPECT_EQ(value(phi(PhiFamily::selu), 1), 1.0507009873554805);
}

TEST(PhiValue, AtAJumpIsTheMeanOfTheSides) {
  EXPECT_EQ(value(phi(PhiFamily::step), 0), 0.5);
  EXPECT_EQ(value(phi(PhiFamily::sign), 0), 0);
  EXPECT_EQ(value(phi(PhiFamily::rectified_monomial, {0}), 0), 0.5);
  EXPECT_EQ(derivative(phi(PhiFamily::relu), 0), 0.5);
  EXPECT_EQ(derivative(phi(PhiFamily::rectified_monomial, {1}), 0), 0.5);
  EXPECT_EQ(derivative(phi(PhiFamily::abs), 0), 0);
  EXPECT_EQ(derivative(phi(PhiFamily::hard_tanh), -1), 0.5);
  EXPECT_EQ(derivative(phi(PhiFamily::elu, {0.5}), 0), 0.75);
}

TEST(PhiKinks, AreWherePhiOrItsDerivativeJumps) {
  EXPECT_THAT(kinks(phi(PhiFamily::relu)), ElementsAre(0));
  EXPECT_THAT(kinks(phi(PhiFamily::hard_tanh)), ElementsAre(-1, 1));
  EXPECT_THAT(kinks(phi(PhiFamily::elu)), IsEmpty());
  EXPECT_THAT(kinks(phi(PhiFamily::elu, {0.5})), ElementsAre(0));
  EXPECT_THAT(kinks(phi(PhiFamily::abrelu, {2, 2})), IsEmpty());
  EXPECT_THAT(kinks(phi(PhiFamily::leaky_relu)), ElementsAre(0));
  EXPECT_THAT(kinks(phi(PhiFamily::rectified_monomial, {1})), ElementsAre(0));
  EXPECT_THAT(kinks(phi(PhiFamily::rectified_monomial, {2})), IsEmpty());
  EXPECT_THAT(kinks(phi(PhiFamily::tanh)), IsEmpty());
}

TEST(PhiValue, AKernelWithoutAFunctionHasNone) {
  EXPECT_THROW(value(phi(PhiFamily::exp_normalized), 1), std::invalid_argument);
  EXPECT_THROW(derivative(phi(PhiFamily::exp_normalized), 1), std::invalid_argument);
}

TEST(PhiValue, CustomCallsTheUser) {
  const Phi f = custom(
      "square", [](double x) { return x * x; }, [](double x) { return 2 * x; });
  EXPECT_EQ(value(f, 3), 9);
  EXPECT_EQ(derivative(f, 3), 6);
}

}  // namespace
}  // namespace wideband::phi_value_test

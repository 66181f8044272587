#include "wideband/math/phi.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/messages.hpp"

namespace wideband::phi_test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(PhiFamilyOf, NamesRoundTripAndTyposAreNamed) {
  EXPECT_EQ(phi_names().size(), 29U);
  for (const std::string& name : phi_names()) EXPECT_EQ(name_of(phi_family(name)), name);
  const std::string message =
      test::message_of<std::invalid_argument>([] { phi_family("leaky_rleu"); });
  EXPECT_THAT(message, HasSubstr("did you mean \"leaky_relu\"?"));
}

TEST(PhiOf, FillsInDefaults) {
  EXPECT_THAT(phi(PhiFamily::erf).parameters, ElementsAre(1, 1, 0));
  EXPECT_THAT(phi(PhiFamily::erf, {2}).parameters, ElementsAre(2, 1, 0));
  EXPECT_THAT(phi(PhiFamily::gaussian).parameters, ElementsAre(1, -1));
  EXPECT_THAT(phi(PhiFamily::polynomial, {1, 0, -0.5}).parameters, ElementsAre(1, 0, -0.5));
  EXPECT_TRUE(phi(PhiFamily::relu).parameters.empty());
}

TEST(PhiOf, RefusesValuesThatTheFamilyDoesNotAllow) {
  EXPECT_THROW(phi(PhiFamily::relu, {1}), std::invalid_argument);
  EXPECT_THROW(phi(PhiFamily::erf, {1, 1, 0, 0}), std::invalid_argument);
  EXPECT_THROW(phi(PhiFamily::erf, {std::nan("")}), std::invalid_argument);
  EXPECT_THROW(phi(PhiFamily::monomial, {2.5}), std::invalid_argument);
  EXPECT_THROW(phi(PhiFamily::monomial, {-1}), std::invalid_argument);
  EXPECT_THROW(phi(PhiFamily::hermite, {151}), std::invalid_argument);
  EXPECT_THROW(phi(PhiFamily::rbf, {-1}), std::invalid_argument);
  EXPECT_THROW(phi(PhiFamily::custom), std::invalid_argument);
  EXPECT_THROW(phi(PhiFamily::polynomial, std::vector<double>(152, 1)), std::invalid_argument);
  EXPECT_THAT(test::message_of<std::invalid_argument>([] { phi(PhiFamily::monomial); }),
              HasSubstr("monomial needs a value for n"));
  EXPECT_THAT(test::message_of<std::invalid_argument>([] { phi(PhiFamily::polynomial); }),
              HasSubstr("polynomial needs a value for c"));
}

TEST(CustomPhi, TakesAFunctionWithItsDerivative) {
  const Phi steep = custom(
      "steep", [](double x) { return std::tanh(50 * x); },
      [](double x) { return 50 / std::pow(std::cosh(50 * x), 2); });
  EXPECT_EQ(steep.name, "steep");
  const Phi corner = custom(
      "corner", [](double x) { return std::max(x, 0.0); }, [](double x) { return x > 0 ? 1 : 0; },
      {0});
  EXPECT_THAT(corner.kinks, ElementsAre(0));
  const Phi two = custom(
      "two", [](double x) { return std::abs(x - 0.11) + std::abs(x + 1.3); },
      [](double x) { return (x > 0.11 ? 1 : -1) + (x > -1.3 ? 1 : -1); }, {0.11, -1.3});
  EXPECT_THAT(two.kinks, ElementsAre(-1.3, 0.11));
}

TEST(CustomPhi, RefusesWrongDerivativesAndUndeclaredKinks) {
  const auto square = [](double x) { return x * x; };
  EXPECT_THROW(custom("wrong", square, [](double x) { return 2.00001 * x; }),
               std::invalid_argument);
  const std::string message = test::message_of<std::invalid_argument>([] {
    custom(
        "corner", [](double x) { return std::max(x, 0.0); },
        [](double x) { return x > 0 ? 1 : 0; });
  });
  EXPECT_THAT(message, HasSubstr("is a kink undeclared?"));
  EXPECT_THROW(custom("empty", {}, {}), std::invalid_argument);
  EXPECT_THROW(custom(
                   "pole", [](double x) { return 1 / x; }, [](double x) { return -1 / x / x; }),
               std::invalid_argument);
  EXPECT_THROW(custom("kink", square, [](double x) { return 2 * x; },
                      {std::numeric_limits<double>::infinity()}),
               std::invalid_argument);
}

}  // namespace
}  // namespace wideband::phi_test

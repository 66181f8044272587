#include "wideband/experiment/claims_text.hpp"

#include <algorithm>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wideband::claims_text_test {
namespace {

using ::testing::HasSubstr;

Claim claim(double measured, const std::string& statement) {
  Claim claim;
  claim.id = statement;
  claim.statement = statement;
  claim.comparisons = {{.label = "n = 64", .measured = measured, .predicted = 1, .rounding = 1e-3}};
  return claim;
}

TEST(ClaimsText, ShowsVerdictsAndTheComparisonThatDecides) {
  const std::string text = claims_text({claim(1.0002, "One is one."), claim(2, "Two is one.")}, {});
  EXPECT_EQ(text,
            "holds         law     One is one.\n"
            "                        n = 64: 1, off by 0.0002\n"
            "fails         law     Two is one.\n"
            "                        n = 64: 2 measured, predicted 1\n"
            "1 holds, 1 fails\n");
}

TEST(ClaimsText, StaysWithinTheWidth) {
  std::string statement;
  for (int i = 0; i < 40; ++i) statement += "λ_k decreases ";
  for (const std::size_t width : {40u, 64u, 100u}) {
    std::istringstream lines(claims_text({claim(1, statement)}, {.width = width}));
    std::string line;
    while (std::getline(lines, line)) {
      // λ takes two bytes and one column.
      const auto wide = std::count(line.begin(), line.end(), '\xce');
      EXPECT_LE(static_cast<std::ptrdiff_t>(line.size()) - wide,
                static_cast<std::ptrdiff_t>(width));
    }
  }
}

TEST(ClaimsText, ColorsOnlyWhereAsked) {
  EXPECT_THAT(claims_text({claim(1, "a")}, {.color = true}), HasSubstr("\033[32mholds"));
  EXPECT_THAT(claims_text({claim(1, "a")}, {}), ::testing::Not(HasSubstr("\033")));
}

TEST(ClaimsText, NumbersAreAsLongAsTheirErrorBars) {
  EXPECT_EQ(
      comparison_text(
          {.measured = 0.23412, .predicted = 0.2336, .standard_error = 0.0012, .repetitions = 9}),
      "0.2341 +- 0.0012 measured, predicted 0.2336");
  EXPECT_EQ(comparison_text({.measured = 1.2e-9,
                             .predicted = 1e-9,
                             .relation = Relation::at_most,
                             .standard_error = 3e-10,
                             .repetitions = 9}),
            "1.2e-09 +- 3e-10 measured, at most predicted 1e-09");
  EXPECT_EQ(
      comparison_text({.measured = 31.2, .predicted = 30, .standard_error = 12, .repetitions = 9}),
      "31 +- 12 measured, predicted 30");
}

TEST(ClaimsText, SaysHowUncertainAnInconclusiveClaimIs) {
  Claim vague = claim(1, "One is about one.");
  vague.comparisons = {
      {.label = "a", .measured = 1, .predicted = 1, .standard_error = .001, .repetitions = 100},
      {.label = "b", .measured = 1, .predicted = 1, .standard_error = .1, .repetitions = 100}};
  EXPECT_THAT(claims_text({vague}, {.width = 200}),
              HasSubstr("b: 1.00 +- 0.10 measured, predicted 1; the error bar of 3.6 standard "
                        "errors, 0.36, is too long"));
}

TEST(ClaimsText, CountsVerdicts) {
  EXPECT_EQ(verdict_count_text({}), "no claims");
  EXPECT_EQ(verdict_count_text({claim(1, "a"), claim(1, "b"), claim(3, "c")}), "2 hold, 1 fails");
}

}  // namespace
}  // namespace wideband::claims_text_test

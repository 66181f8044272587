#include "wideband/experiment/stored_claims.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include <gtest/gtest.h>

#include "wideband/experiment/claims_json.hpp"

namespace wideband::stored_claims_test {
namespace {

TEST(StoredClaims, ReadBackWhatWasWritten) {
  Claim law{.id = "law", .statement = "a = b", .source = "Euler", .finding = "it does"};
  law.comparisons = {{.label = "x", .measured = 1.0 / 3, .predicted = 1.0 / 3, .rounding = 1e-16},
                     {.label = "y", .measured = std::nan(""), .rounding = 1}};
  Claim bound{.id = "bound", .kind = ClaimKind::open, .resolution = .1, .absolute_resolution = .2};
  bound.comparisons = {{.label = "z",
                        .measured = std::numeric_limits<double>::infinity(),
                        .predicted = 2,
                        .relation = Relation::at_most,
                        .standard_error = .1,
                        .repetitions = 10,
                        .model_error = .3}};
  const std::string text = claims_json({law, bound});
  EXPECT_EQ(claims_json(claims_from_json(text)), text);
  EXPECT_EQ(claims_from_json("[]").size(), 0u);
}

TEST(StoredClaims, RefuseOtherText) {
  EXPECT_THROW(claims_from_json("{"), std::invalid_argument);
  EXPECT_THROW(claims_from_json("[{}]"), std::invalid_argument);
  EXPECT_THROW(claims_from_json("[3]"), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::stored_claims_test

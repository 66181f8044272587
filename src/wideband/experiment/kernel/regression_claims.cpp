#include "wideband/experiment/kernel/regression_claims.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace wideband {
namespace {

std::string label_of(const RegressionResult& result, const RidgeResult& ridge) {
  return fmt::format("{}, {}, n = {}, ridge {}", result.law, result.net, result.rows, ridge.ridge);
}

Claim error_claim(const RegressionResults& results) {
  Claim claim{"loo-error", ClaimKind::theory,
              "The leave-one-out error, from the training rows alone, is the test error within "
              "their joint error bar, at the ridge that it picks.",
              "Rasmussen & Williams 2006, section 5.4; docs/theory/kernels/prediction.md"};
  claim.resolution = 0.1;
  for (const RegressionResult& result : results) {
    const RidgeResult& pick = picked(result);
    Comparison comparison;
    comparison.label = label_of(result, pick) + ", mean square";
    comparison.measured = pick.leave_one_out.mean;
    comparison.predicted = pick.test.mean;
    comparison.standard_error =
        std::hypot(pick.leave_one_out.standard_error, pick.test.standard_error);
    comparison.repetitions = std::min(result.rows, result.test_rows);
    claim.comparisons.push_back(comparison);
  }
  return claim;
}

Claim pick_claim(const RegressionResults& results) {
  Claim claim{
      "loo-pick", ClaimKind::theory,
      "The ridge that leave-one-out picks is within 0.5 % accuracy of the best on the grid.",
      "Rasmussen & Williams 2006, section 5.4"};
  for (const RegressionResult& result : results) {
    const RidgeResult& pick = picked(result);
    const RidgeResult& best = most_accurate(result);
    claim.comparisons.push_back(
        {.label = fmt::format("{}, best {:.4f} at {}", label_of(result, pick), best.accuracy,
                              best.ridge),
         .measured = pick.accuracy,
         .predicted = best.accuracy - 0.005,
         .relation = Relation::at_least,
         .rounding = 1e-12});
  }
  return claim;
}

Claim bound_claim(const RegressionResults& results) {
  Claim claim{"bound", ClaimKind::law,
              "The certified error of every test output is below a thousandth of the root mean "
              "square error: rounding decides no prediction.",
              "docs/theory/kernels/prediction.md"};
  for (const RegressionResult& result : results) {
    const auto worst = std::max_element(
        result.ridges.begin(), result.ridges.end(),
        [](const RidgeResult& a, const RidgeResult& b) { return a.bound < b.bound; });
    claim.comparisons.push_back({.label = label_of(result, *worst),
                                 .measured = worst->bound,
                                 .predicted = 1e-3 * std::sqrt(worst->test.mean),
                                 .relation = Relation::at_most,
                                 .rounding = 1e-12});
  }
  return claim;
}

Claim likelihood_claim(const RegressionResults& results) {
  Claim claim{"likelihood-pick", ClaimKind::open,
              "The ridge of largest marginal likelihood is within 0.5 % accuracy of the best too.",
              "no theory: labels are no Gaussian process"};
  for (const RegressionResult& result : results) {
    if (result.law == "ntk") continue;
    const auto likely = std::max_element(
        result.ridges.begin(), result.ridges.end(), [](const RidgeResult& a, const RidgeResult& b) {
          return a.log_marginal_likelihood < b.log_marginal_likelihood;
        });
    claim.comparisons.push_back({.label = label_of(result, *likely),
                                 .measured = likely->accuracy,
                                 .predicted = most_accurate(result).accuracy - 0.005,
                                 .relation = Relation::at_least,
                                 .rounding = 1e-12});
  }
  return claim;
}

}  // namespace

std::vector<Claim> regression_claims(const RegressionResults& results) {
  std::vector<Claim> claims;
  for (Claim& claim : std::vector<Claim>{error_claim(results), pick_claim(results),
                                         bound_claim(results), likelihood_claim(results)}) {
    if (!claim.comparisons.empty()) claims.push_back(std::move(claim));
  }
  return claims;
}

}  // namespace wideband

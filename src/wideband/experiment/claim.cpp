#include "wideband/experiment/claim.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include <fmt/format.h>

#include "wideband/math/statistics.hpp"

namespace wideband {
namespace {

constexpr double family_wise_error = 1e-3;

bool statistical(const Comparison& comparison) {
  return comparison.repetitions > 0;
}

// Signed distance beyond the prediction: positive where the relation is broken.
double excess(const Comparison& comparison) {
  const double difference = comparison.measured - comparison.predicted;
  switch (comparison.relation) {
    case Relation::equal:
      return std::abs(difference);
    case Relation::at_most:
      return difference;
    case Relation::at_least:
      return -difference;
  }
  return std::numeric_limits<double>::quiet_NaN();
}

bool resolved(const Claim& claim, const Comparison& comparison, double q) {
  if (comparison.relation != Relation::equal && excess(comparison) <= -q) return true;
  if (!statistical(comparison) && comparison.predicted == 0 && claim.absolute_resolution == 0) {
    return true;
  }
  return q <=
         std::max(claim.resolution * std::abs(comparison.predicted), claim.absolute_resolution);
}

Verdict verdict_of(const Claim& claim, const Comparison& comparison) {
  const double q = allowance(comparison, claim.comparisons.size());
  const bool within = excess(comparison) <= std::max(q, comparison.model_error);
  if (!within || std::isnan(q) || std::isnan(comparison.model_error)) return Verdict::fails;
  return resolved(claim, comparison, q) ? Verdict::holds : Verdict::inconclusive;
}

// How much of what is allowed is used up; the comparison that uses most decides.
double strain(const Comparison& comparison, std::size_t comparisons) {
  const double e = std::max(excess(comparison), 0.0);
  const double allowed = std::max(allowance(comparison, comparisons), comparison.model_error);
  return e == 0 ? 0 : e / allowed;
}

std::size_t worst_of(const Claim& claim, Verdict verdict, const std::vector<Verdict>& verdicts) {
  const auto first = std::find(verdicts.begin(), verdicts.end(), verdict);
  auto worst = static_cast<std::size_t>(first - verdicts.begin());
  if (verdict == Verdict::fails) return worst;
  for (std::size_t i = worst + 1; i < verdicts.size(); ++i) {
    const double here = strain(claim.comparisons[i], verdicts.size());
    if (verdicts[i] == verdict && here > strain(claim.comparisons[worst], verdicts.size())) {
      worst = i;
    }
  }
  return worst;
}

void check(const Claim& claim) {
  if (claim.comparisons.empty()) {
    throw std::invalid_argument(fmt::format("[judge] {} has no comparison", claim.id));
  }
  for (const Comparison& comparison : claim.comparisons) {
    if (comparison.repetitions == 1 || comparison.repetitions < 0) {
      throw std::invalid_argument(fmt::format("[judge] {}, {}: expected 2 repetitions, got {}",
                                              claim.id, comparison.label, comparison.repetitions));
    }
    if (comparison.repetitions == 0 && comparison.rounding == 0 && comparison.model_error == 0) {
      throw std::invalid_argument(
          fmt::format("[judge] {}, {}: expected repetitions, a rounding bound or a model error",
                      claim.id, comparison.label));
    }
  }
}

}  // namespace

double critical_value(Index repetitions, std::size_t comparisons_in_claim) {
  if (repetitions == 0) return 0;
  return two_sided_critical_value(family_wise_error / static_cast<double>(comparisons_in_claim),
                                  static_cast<double>(repetitions - 1));
}

double allowance(const Comparison& comparison, std::size_t comparisons_in_claim) {
  if (!statistical(comparison)) return comparison.rounding;
  return critical_value(comparison.repetitions, comparisons_in_claim) * comparison.standard_error;
}

Judgement judge(const Claim& claim) {
  check(claim);
  Judgement judgement;
  Index most_repetitions = 0;
  for (const Comparison& comparison : claim.comparisons) {
    judgement.comparisons.push_back(verdict_of(claim, comparison));
    most_repetitions = std::max(most_repetitions, comparison.repetitions);
  }
  const auto among = [&](Verdict verdict) {
    return std::count(judgement.comparisons.begin(), judgement.comparisons.end(), verdict) > 0;
  };
  judgement.verdict = among(Verdict::fails)          ? Verdict::fails
                      : among(Verdict::inconclusive) ? Verdict::inconclusive
                                                     : Verdict::holds;
  judgement.worst = worst_of(claim, judgement.verdict, judgement.comparisons);
  judgement.critical_value = critical_value(most_repetitions, claim.comparisons.size());
  return judgement;
}

std::string to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::holds:
      return "holds";
    case Verdict::fails:
      return "fails";
    case Verdict::inconclusive:
      return "inconclusive";
  }
  return "";
}

std::string to_string(ClaimKind kind) {
  switch (kind) {
    case ClaimKind::law:
      return "law";
    case ClaimKind::theory:
      return "theory";
    case ClaimKind::open:
      return "open";
  }
  return "";
}

}  // namespace wideband

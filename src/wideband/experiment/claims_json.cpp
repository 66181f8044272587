#include "wideband/experiment/claims_json.hpp"

#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace wideband {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return fmt::format("{}", value);
  return value;
}

const char* name(Relation relation) {
  switch (relation) {
    case Relation::equal:
      return "equal";
    case Relation::at_most:
      return "at_most";
    case Relation::at_least:
      return "at_least";
  }
  return "";
}

Json comparison_json(const Comparison& comparison, Verdict verdict, std::size_t count) {
  return {{"label", comparison.label},
          {"measured", number(comparison.measured)},
          {"relation", name(comparison.relation)},
          {"predicted", number(comparison.predicted)},
          {"standard_error", number(comparison.standard_error)},
          {"repetitions", comparison.repetitions},
          {"z", number(critical_value(comparison.repetitions, count))},
          {"rounding", number(comparison.rounding)},
          {"model_error", number(comparison.model_error)},
          {"allowed", number(allowance(comparison, count))},
          {"verdict", to_string(verdict)}};
}

Json claim_json(const Claim& claim) {
  const Judgement judgement = judge(claim);
  Json comparisons = Json::array();
  for (std::size_t i = 0; i < claim.comparisons.size(); ++i) {
    comparisons.push_back(
        comparison_json(claim.comparisons[i], judgement.comparisons[i], claim.comparisons.size()));
  }
  return {{"id", claim.id},
          {"kind", to_string(claim.kind)},
          {"verdict", to_string(judgement.verdict)},
          {"statement", claim.statement},
          {"source", claim.source},
          {"finding", claim.finding},
          {"resolution", number(claim.resolution)},
          {"absolute_resolution", number(claim.absolute_resolution)},
          {"decided_by", judgement.worst},
          {"comparisons", std::move(comparisons)}};
}

}  // namespace

std::string claims_json(const std::vector<Claim>& claims) {
  Json list = Json::array();
  for (const Claim& claim : claims) list.push_back(claim_json(claim));
  return list.dump(2) + '\n';
}

}  // namespace wideband

#include "wideband/experiment/stored_claims.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace wideband {
namespace {

using Json = nlohmann::json;

double number(const Json& value) {
  if (!value.is_string()) return value.get<double>();
  const auto word = value.get<std::string>();
  if (word == "inf") return std::numeric_limits<double>::infinity();
  if (word == "-inf") return -std::numeric_limits<double>::infinity();
  if (word == "nan") return std::nan("");
  throw std::invalid_argument(fmt::format("[claims] \"{}\" is no number", word));
}

Relation relation(const std::string& word) {
  if (word == "equal") return Relation::equal;
  if (word == "at_most") return Relation::at_most;
  if (word == "at_least") return Relation::at_least;
  throw std::invalid_argument(fmt::format("[claims] \"{}\" is no relation", word));
}

ClaimKind kind(const std::string& word) {
  for (const ClaimKind candidate : {ClaimKind::law, ClaimKind::theory, ClaimKind::open}) {
    if (to_string(candidate) == word) return candidate;
  }
  throw std::invalid_argument(fmt::format("[claims] \"{}\" is no kind of claim", word));
}

Comparison comparison(const Json& json) {
  return {.label = json.at("label"),
          .measured = number(json.at("measured")),
          .predicted = number(json.at("predicted")),
          .relation = relation(json.at("relation")),
          .standard_error = number(json.at("standard_error")),
          .repetitions = json.at("repetitions"),
          .rounding = number(json.at("rounding")),
          .model_error = number(json.at("model_error"))};
}

Claim claim(const Json& json) {
  Claim result;
  result.id = json.at("id");
  result.kind = kind(json.at("kind"));
  result.statement = json.at("statement");
  result.source = json.at("source");
  result.finding = json.at("finding");
  result.resolution = number(json.at("resolution"));
  result.absolute_resolution = number(json.at("absolute_resolution"));
  for (const Json& entry : json.at("comparisons")) {
    result.comparisons.push_back(comparison(entry));
  }
  return result;
}

}  // namespace

std::vector<Claim> claims_from_json(const std::string& text) {
  try {
    std::vector<Claim> claims;
    for (const Json& entry : Json::parse(text)) claims.push_back(claim(entry));
    return claims;
  } catch (const Json::exception& error) {
    throw std::invalid_argument(std::string("[claims] ") + error.what());
  }
}

}  // namespace wideband

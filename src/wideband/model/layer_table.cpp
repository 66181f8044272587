#include "wideband/model/layer_table.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "wideband/core/error.hpp"

namespace wideband {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double widest = 9007199254740992;  // 2^53: every width is a double

// Layers and parameterizations that the design knows and this version does not have.
const std::set<std::string>& later_names() {
  static const std::set<std::string> names = {"product",
                                              "conv",
                                              "conv_transpose",
                                              "conv_local",
                                              "avg_pool",
                                              "sum_pool",
                                              "max_pool",
                                              "global_avg_pool",
                                              "flatten",
                                              "attention",
                                              "global_sum_pool",
                                              "batch_norm",
                                              "graph_aggregation",
                                              "aggregate",
                                              "resize",
                                              "index",
                                              "recurrent",
                                              "lstm",
                                              "gru",
                                              "mup",
                                              "mean_field"};
  return names;
}

std::vector<LayerKey> activation_keys(PhiFamily family) {
  std::vector<LayerKey> list;
  for (const PhiKey& key : keys(family)) {
    list.push_back({std::string(key.name), key.standard, key.is_list, key.is_integer});
  }
  return list;
}

bool is_activation(const std::string& name) {
  const std::vector<std::string> names = phi_names();
  return name != "custom" && std::count(names.begin(), names.end(), name) > 0;
}

// The numbers of a key: given, or its default. Empty means none.
std::vector<double> numbers_of(const std::string& layer, const LayerKey& key,
                               const std::vector<LayerValue>& values) {
  for (const LayerValue& value : values) {
    if (value.key == key.name) return value.numbers;
  }
  if (key.may_be_none) return {};
  require(!std::isnan(key.standard), fmt::format("{} needs a value of \"{}\"", layer, key.name));
  return {key.standard};
}

void check_kind(const std::string& layer, const LayerKey& key, const std::vector<double>& numbers) {
  const auto refuse = [&](const char* expected) {
    throw std::invalid_argument(fmt::format("\"{}\" of {} is {}, expected {}", key.name, layer,
                                            value_text(numbers), expected));
  };
  if (numbers.empty() && !key.may_be_none) refuse(key.is_list ? "numbers" : "a number");
  if (numbers.size() > 1 && !key.is_list) refuse("one number");
  for (const double number : numbers) {
    if (!std::isfinite(number)) refuse("a finite number");
    if (key.is_integer && number != std::floor(number)) refuse("an integer");
    if (key.is_flag && number != 0 && number != 1) refuse("0 or 1");
  }
}

Layer dense_of(const std::vector<std::vector<double>>& numbers) {
  const double width = numbers[0][0];
  require(width >= 1 && width <= widest,
          fmt::format("\"width\" of dense is {}, expected at least 1 and at most 2^53", width));
  Dense dense{static_cast<Index>(width), numbers[1][0], std::nullopt};
  if (!numbers[2].empty()) dense.bias_std = numbers[2][0];
  return {dense};
}

}  // namespace

Parameterization parameterization_of(const std::string& name) {
  if (name == "ntk") return Parameterization::ntk;
  if (name == "standard") return Parameterization::standard;
  if (name == "mup" || name == "mean_field") refuse_layer(name);
  const std::string nearest = nearest_name(name, {"ntk", "standard", "mup", "mean_field"});
  throw std::invalid_argument(fmt::format(
      "unknown parameterization \"{}\", {}", name,
      nearest.empty() ? "expected ntk or standard" : fmt::format("did you mean \"{}\"?", nearest)));
}

std::vector<std::string> layer_names() {
  std::vector<std::string> names = {"dense", "layernorm", "dropout", "identity"};
  for (const std::string& name : phi_names()) {
    if (is_activation(name)) names.push_back(name);
  }
  return names;
}

const std::vector<std::string>& branch_names() {
  static const std::vector<std::string> names = {"sum", "concat", "residual"};
  return names;
}

void refuse_layer(const std::string& name) {
  if (later_names().contains(name)) {
    throw UnavailableError(fmt::format(
        "\"{}\" does not exist yet; there are {}, and the layers {}", name, "ntk: and standard:",
        fmt::format("{}, {}", fmt::join(layer_names(), ", "), fmt::join(branch_names(), ", "))));
  }
  std::vector<std::string> known = layer_names();
  known.insert(known.end(), branch_names().begin(), branch_names().end());
  known.insert(known.end(), later_names().begin(), later_names().end());
  const std::string nearest = nearest_name(name, known);
  throw std::invalid_argument(fmt::format("unknown layer \"{}\"{}", name,
                                          nearest.empty()
                                              ? "; `wideband kernel --help` lists the layers"
                                              : fmt::format(", did you mean \"{}\"?", nearest)));
}

std::vector<LayerKey> layer_keys(const std::string& name) {
  if (name == "dense") {
    return {{.name = "width", .standard = 1, .is_integer = true},
            {.name = "W", .standard = 1},
            {.name = "b", .standard = missing, .may_be_none = true}};
  }
  if (name == "layernorm") return {{.name = "eps", .standard = 1e-12}};
  if (name == "dropout") {
    return {{.name = "keep", .standard = 1}, {.name = "training", .standard = 0, .is_flag = true}};
  }
  if (name == "identity") return {};
  if (!is_activation(name)) refuse_layer(name);
  return activation_keys(phi_family(name));
}

void check_layer_key(const std::string& name, const std::string& key) {
  std::vector<std::string> known;
  for (const LayerKey& candidate : layer_keys(name)) known.push_back(candidate.name);
  if (std::count(known.begin(), known.end(), key) > 0) return;
  if (known.empty()) {
    throw std::invalid_argument(fmt::format("{} has no keys, got \"{}\"", name, key));
  }
  const std::string nearest = nearest_name(key, known);
  throw std::invalid_argument(
      fmt::format("{} has no key \"{}\"{}; its keys are {}", name, key,
                  nearest.empty() ? "" : fmt::format(", did you mean \"{}\"?", nearest),
                  fmt::join(known, ", ")));
}

Layers layer_of(const std::string& name, const std::vector<LayerValue>& values) {
  std::vector<std::vector<double>> numbers;
  for (const LayerKey& key : layer_keys(name)) {
    numbers.push_back(numbers_of(name, key, values));
    check_kind(name, key, numbers.back());
  }
  Layers layers;
  if (name == "dense") {
    layers.push_back(dense_of(numbers));
  } else if (name == "layernorm") {
    layers.push_back({LayerNorm{numbers[0][0]}});
  } else if (name == "dropout") {
    layers.push_back({Dropout{numbers[0][0], numbers[1][0] == 1}});
  } else if (name != "identity") {
    std::vector<double> parameters;
    for (const auto& list : numbers) parameters.insert(parameters.end(), list.begin(), list.end());
    layers.push_back({Activation{phi(phi_family(name), parameters)}});
  }
  for (const Layer& layer : layers) validate(layer);
  return layers;
}

std::string value_text(const std::vector<double>& numbers) {
  return numbers.empty() ? "none" : fmt::format("{}", fmt::join(numbers, ","));
}

}  // namespace wideband

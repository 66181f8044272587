#include "wideband/experiment/network_toml.hpp"

#include <cmath>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "wideband/core/error.hpp"
#include "wideband/core/file.hpp"
#include "wideband/model/layer_table.hpp"

namespace wideband {
namespace {

constexpr int deepest = 64;  // paths within paths

class Reader {
 private:
  // Runs `action` and puts the place in front of what it complains about.
  template <class Action>
  auto placed(const toml::node& node, Action&& action) const {
    try {
      return action();
    } catch (const std::invalid_argument& error) {
      fail(node, error.what());
    } catch (const UnavailableError& error) {
      throw UnavailableError(place_of(node.source()) + error.what());
    }
  }

 public:
  explicit Reader(const std::string& source) : source_(source) {}

  Architecture read(const toml::table& root) const {
    Architecture net;
    bool has_layers = false;
    for (const auto& [key, node] : root) {
      if (key == "parameterization") {
        const auto name = node.value_exact<std::string>();
        if (!name) fail(node, "\"parameterization\" is no string");
        net.parameterization = placed(node, [&] { return parameterization_of(printable(*name)); });
      } else if (key == "layers") {
        net.layers = path_of(node, 0);
        has_layers = true;
      } else {
        fail(node, unknown_key(std::string(key.str()), {"parameterization", "layers"}));
      }
    }
    if (!has_layers) fail(root, "it has no \"layers\"");
    return net;
  }

  [[noreturn]] void fail(const toml::source_region& region, const std::string& message) const {
    throw std::invalid_argument(place_of(region) + message);
  }

 private:
  std::string place_of(const toml::source_region& region) const {
    return fmt::format("[net] {}:{}:{}: ", source_, region.begin.line, region.begin.column);
  }

  [[noreturn]] void fail(const toml::node& node, const std::string& message) const {
    fail(node.source(), message);
  }

  static std::string unknown_key(const std::string& key, const std::vector<std::string>& known) {
    const std::string nearest = nearest_name(key, known);
    return fmt::format("unknown key \"{}\", {}", printable(key),
                       nearest.empty() ? fmt::format("expected \"{}\"", known.front())
                                       : fmt::format("did you mean \"{}\"?", nearest));
  }

  Layers path_of(const toml::node& node, int depth) const {
    if (depth > deepest) fail(node, fmt::format("more than {} paths within paths", deepest));
    if (!node.is_array()) fail(node, "expected a list of layers");
    Layers path;
    for (const toml::node& element : *node.as_array()) {
      if (!element.is_table()) fail(element, "expected a layer: {layer = \"dense\", ...}");
      Layers layers = layers_of(*element.as_table(), depth);
      path.insert(path.end(), layers.begin(), layers.end());
    }
    return path;
  }

  Layers layers_of(const toml::table& table, int depth) const {
    const toml::node* node = table.get("layer");
    if (node == nullptr) fail(table, "a layer without its name: add layer = \"dense\"");
    const auto name = node->value_exact<std::string>();
    if (!name) fail(*node, "\"layer\" is no string");
    for (const std::string& branches : branch_names()) {
      if (*name == branches) return {branches_of(*name, table, depth)};
    }
    std::vector<LayerValue> values;
    placed(*node, [&] { layer_keys(printable(*name)); });
    for (const auto& [key, value] : table) {
      if (key == "layer") continue;
      const std::string word(key.str());
      placed(value, [&] { check_layer_key(*name, printable(word)); });
      values.push_back({word, numbers_of(value)});
    }
    return placed(table, [&] { return layer_of(*name, values); });
  }

  Layer branches_of(const std::string& name, const toml::table& table, int depth) const {
    const toml::node* node = table.get("paths");
    if (node == nullptr) fail(table, fmt::format("a {} without \"paths\"", name));
    for (const auto& [key, value] : table) {
      if (key == "layer" || key == "paths") continue;
      fail(value, unknown_key(std::string(key.str()), {"paths", "layer"}));
    }
    if (!node->is_array()) fail(*node, "\"paths\" is no list of paths");
    std::vector<Layers> paths;
    for (const toml::node& path : *node->as_array()) paths.push_back(path_of(path, depth + 1));
    if (name == "residual") {
      if (paths.size() != 1) {
        fail(*node, fmt::format("residual holds one path, got {}", paths.size()));
      }
      return residual(std::move(paths.front()));
    }
    if (paths.size() < 2) fail(*node, fmt::format("{} holds two paths or more", name));
    return {Branches{name == "sum" ? Join::sum : Join::concat, std::move(paths)}};
  }

  std::vector<double> numbers_of(const toml::node& node) const {
    if (node.value_exact<std::string>() == "none") return {};
    if (const auto single = number_of(node)) return {*single};
    if (!node.is_array()) fail(node, "expected a number, a list of numbers, or \"none\"");
    std::vector<double> numbers;
    for (const toml::node& element : *node.as_array()) {
      const auto number = number_of(element);
      if (!number) fail(element, "expected a number");
      numbers.push_back(*number);
    }
    if (numbers.empty()) fail(node, "expected at least one number");
    return numbers;
  }

  static std::optional<double> number_of(const toml::node& node) {
    if (const auto whole = node.value_exact<int64_t>()) return static_cast<double>(*whole);
    if (const auto truth = node.value_exact<bool>()) return *truth ? 1 : 0;
    return node.value_exact<double>();
  }

  const std::string& source_;
};

}  // namespace

Architecture read_network(const std::string& text, const std::string& source) {
  const Reader reader(source);
  toml::table root;
  try {
    root = toml::parse(std::string_view(text));
  } catch (const toml::parse_error& error) {
    reader.fail(error.source(), std::string(error.description()));
  }
  return reader.read(root);
}

Architecture network_of(const std::string& argument) {
  if (!argument.ends_with(".toml")) return parse_architecture(argument);
  return read_network(read_file(argument), argument);
}

}  // namespace wideband

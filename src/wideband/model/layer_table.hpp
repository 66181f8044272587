// Layers by name: which there are, their keys, and the layer that given values make.
#pragma once

#include <string>
#include <vector>

#include "wideband/model/architecture.hpp"

namespace wideband {

struct LayerKey {
  std::string name;
  double standard;  // the default; NaN where the key must be given
  bool is_list = false;
  bool is_integer = false;
  bool is_flag = false;      // 0 or 1
  bool may_be_none = false;  // "none" says that the layer has no such part; it is the default
};

/// One value that a text gives to a key.
struct LayerValue {
  std::string key;
  std::vector<double> numbers;  // one, or several for a list; empty: "none"
};

/// The parameterization called "ntk" or "standard". Throws std::invalid_argument naming the
/// nearest, UnavailableError ("not yet") for those that come later.
Parameterization parameterization_of(const std::string& name);

/// Names of the layers that hold no paths: dense, layernorm, dropout, identity, and the
/// activations.
std::vector<std::string> layer_names();

/// Names of the layers that hold paths: sum, concat, residual.
const std::vector<std::string>& branch_names();

/// Throws UnavailableError ("not yet", with what there is) where `name` is a layer, or a prefix of
/// a parameterization, of a later version; std::invalid_argument naming the nearest otherwise.
[[noreturn]] void refuse_layer(const std::string& name);

/// The keys of a layer in the order in which values without a key fill them.
std::vector<LayerKey> layer_keys(const std::string& name);

/// Throws std::invalid_argument naming the nearest if the layer has no such key.
void check_layer_key(const std::string& name, const std::string& key);

/// The layer with these values over its defaults; none for "identity", which is an empty path.
/// Throws std::invalid_argument for a value that the key does not allow, or a key without a default
/// that is not given.
Layers layer_of(const std::string& name, const std::vector<LayerValue>& values);

/// "512", "1.5", "none", "1,0,-0.5": the fewest digits that read back equal.
std::string value_text(const std::vector<double>& numbers);

}  // namespace wideband

// The one description of a network, read as finite or as infinite.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "wideband/core/types.hpp"
#include "wideband/math/phi.hpp"

namespace wideband {

struct Layer;
using Layers = std::vector<Layer>;

enum class Parameterization { ntk, standard, mean_field, mup };  // the last two: not yet
enum class Join { sum, concat, product };                        // product: not yet

struct Dense {
  Index width = 1;
  double weight_std = 1.0;
  std::optional<double> bias_std = {};  // absent: no bias; 0: a bias that starts at zero
};
struct Activation {
  Phi phi;
};
/// Over channels, without trained scale: x / sqrt(|x|^2 / channels + epsilon).
struct LayerNorm {
  double epsilon = 1e-12;
};
struct Dropout {
  double keep = 1.0;
  bool training = false;
};
struct Branches {
  Join join = Join::sum;
  std::vector<Layers> paths;  // an empty path is the identity
};
struct Layer {
  std::variant<Dense, Activation, LayerNorm, Dropout, Branches> kind;
};

struct Architecture {
  Layers layers;
  Parameterization parameterization = Parameterization::ntk;
};

/// x + body(x).
Layer residual(Layers body);

/// The name of a layer in the text form: "dense", "relu", "sum".
std::string name_of(const Layer& layer);

/// Throws std::invalid_argument naming key, value and bound where a value is out of its range, or
/// a sum or concat has fewer than two paths; UnavailableError ("not yet") for the presets and joins
/// that come later.
void validate(const Layer& layer);
void validate(const Architecture& architecture);

/// The text form, for example "standard: dense 512 W=1.5 b=0.1 | relu | residual(dense 512 | erf)".
///
///   net   := ["ntk:" | "standard:"] path          path  := layer {"|" layer}
///   layer := name {[key "="] value} | ("sum" | "concat") "(" path ";" path {";" path} ")"
///          | "residual" "(" path ")"
///   value := number {"," number} | "none"
///
/// Spaces are free; values without a key fill the keys in order; "identity" is an empty path.
/// throws   std::invalid_argument naming the column and the nearest known name; UnavailableError
///          ("not yet") for layers and parameterizations that are known and do not exist yet
Architecture parse_architecture(std::string_view text);

/// The text form with every key, numbers in the fewest digits that read back equal. Throws
/// std::invalid_argument for a custom activation, which has no text form.
std::string to_string(const Architecture& architecture);

/// 64-bit hash of to_string.
std::uint64_t hash(const Architecture& architecture);

}  // namespace wideband

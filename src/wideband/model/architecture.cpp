#include "wideband/model/architecture.hpp"

#include <cmath>
#include <type_traits>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/model/layer_table.hpp"

namespace wideband {
namespace {

void check(bool holds, const char* key, double value, const char* expected) {
  if (holds) return;
  throw std::invalid_argument(fmt::format("\"{}\" is {}, expected {}", key, value, expected));
}

void check_std(const char* key, double value) {
  check(std::isfinite(value) && value >= 0, key, value, "a finite number >= 0");
}

void check_layer(const Dense& dense) {
  check(dense.width >= 1, "width", static_cast<double>(dense.width), "at least 1");
  check_std("W", dense.weight_std);
  if (dense.bias_std) check_std("b", *dense.bias_std);
}

void check_layer(const Activation& activation) {
  if (activation.phi.family != PhiFamily::custom) {
    phi(activation.phi.family, activation.phi.parameters);
  }
}

void check_layer(const LayerNorm& norm) {
  check_std("eps", norm.epsilon);
}

void check_layer(const Dropout& dropout) {
  check(dropout.keep > 0 && dropout.keep <= 1, "keep", dropout.keep, "in (0, 1]");
}

void check_layer(const Branches& branches) {
  if (branches.join == Join::product) refuse_layer("product");
  require(branches.paths.size() >= 2,
          fmt::format("a {} has {} paths, expected at least 2",
                      branches.join == Join::sum ? "sum" : "concat", branches.paths.size()));
  for (const Layers& path : branches.paths) {
    for (const Layer& layer : path) validate(layer);
  }
}

std::string text_of(const Layers& path);

std::string text_of(const Dense& dense) {
  return fmt::format("dense width={} W={} b={}", dense.width, dense.weight_std,
                     dense.bias_std ? fmt::format("{}", *dense.bias_std) : "none");
}

std::string text_of(const Activation& activation) {
  const Phi& phi = activation.phi;
  require(phi.family != PhiFamily::custom,
          fmt::format("[to_string] the custom activation \"{}\" has no text form", phi.name));
  std::string text(name_of(phi.family));
  const std::vector<PhiKey>& list = keys(phi.family);
  for (std::size_t i = 0; i < list.size() && i < phi.parameters.size(); ++i) {
    const auto begin = phi.parameters.begin() + static_cast<std::ptrdiff_t>(i);
    const auto end = list[i].is_list ? phi.parameters.end() : begin + 1;
    text += fmt::format(" {}={}", list[i].name, value_text({begin, end}));
  }
  return text;
}

std::string text_of(const LayerNorm& norm) {
  return fmt::format("layernorm eps={}", norm.epsilon);
}

std::string text_of(const Dropout& dropout) {
  return fmt::format("dropout keep={} training={}", dropout.keep, dropout.training ? 1 : 0);
}

std::string text_of(const Branches& branches) {
  const bool is_residual = branches.join == Join::sum && branches.paths.size() == 2 &&
                           branches.paths[0].empty() && !branches.paths[1].empty();
  if (is_residual) return fmt::format("residual({})", text_of(branches.paths[1]));
  std::string text;
  for (const Layers& path : branches.paths) {
    text += (text.empty() ? "" : " ; ") + text_of(path);
  }
  return fmt::format("{}({})", branches.join == Join::sum ? "sum" : "concat", text);
}

std::string text_of(const Layers& path) {
  std::string text;
  for (const Layer& layer : path) {
    text += text.empty() ? "" : " | ";
    text += std::visit([](const auto& kind) { return text_of(kind); }, layer.kind);
  }
  return text.empty() ? "identity" : text;
}

}  // namespace

Layer residual(Layers body) {
  return {Branches{Join::sum, {{}, std::move(body)}}};
}

std::string name_of(const Layer& layer) {
  return std::visit(
      [](const auto& kind) -> std::string {
        using Kind = std::decay_t<decltype(kind)>;
        if constexpr (std::is_same_v<Kind, Dense>) {
          return "dense";
        } else if constexpr (std::is_same_v<Kind, LayerNorm>) {
          return "layernorm";
        } else if constexpr (std::is_same_v<Kind, Dropout>) {
          return "dropout";
        } else if constexpr (std::is_same_v<Kind, Branches>) {
          return kind.join == Join::sum ? "sum" : kind.join == Join::concat ? "concat" : "product";
        } else {
          return kind.phi.family == PhiFamily::custom ? kind.phi.name
                                                      : std::string(name_of(kind.phi.family));
        }
      },
      layer.kind);
}

void validate(const Layer& layer) {
  std::visit([](const auto& kind) { check_layer(kind); }, layer.kind);
}

void validate(const Architecture& architecture) {
  if (architecture.parameterization == Parameterization::mup) refuse_layer("mup");
  if (architecture.parameterization == Parameterization::mean_field) refuse_layer("mean_field");
  for (const Layer& layer : architecture.layers) validate(layer);
}

std::string to_string(const Architecture& architecture) {
  validate(architecture);
  const bool is_standard = architecture.parameterization == Parameterization::standard;
  return fmt::format("{}: {}", is_standard ? "standard" : "ntk", text_of(architecture.layers));
}

std::uint64_t hash(const Architecture& architecture) {
  // FNV-1a
  std::uint64_t state = 0xcbf29ce484222325;
  for (const char c : to_string(architecture)) {
    state = (state ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }
  return state;
}

}  // namespace wideband

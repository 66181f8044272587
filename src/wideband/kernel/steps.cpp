#include "wideband/kernel/steps.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "wideband/model/shape.hpp"

namespace wideband {
namespace {

// A layer with the words that messages name it by.
struct Placed {
  Layer layer;
  std::string place;
};

bool is_identity(const Layer& layer) {
  const auto* dropout = std::get_if<Dropout>(&layer.kind);
  return dropout != nullptr && (!dropout->training || dropout->keep == 1);
}

class Flattening {
 public:
  explicit Flattening(Parameterization parameterization) : parameterization_(parameterization) {}

  // Appends a path and whatever was pushed into it; returns the width behind it.
  double append(const Layers& layers, const std::string& prefix, const std::vector<Placed>& pushed,
                double width) {
    std::vector<Placed> path;
    for (std::size_t i = 0; i < layers.size(); ++i) {
      if (is_identity(layers[i])) continue;
      path.push_back({layers[i], fmt::format("{}{}", prefix, i)});
    }
    path.insert(path.end(), pushed.begin(), pushed.end());
    for (std::size_t i = 0; i < path.size(); ++i) {
      const auto* branches = std::get_if<Branches>(&path[i].layer.kind);
      if (branches == nullptr) {
        width = single(path[i], width);
        continue;
      }
      std::vector<Placed> inner;
      const bool pushes = branches->join == Join::concat && i + 1 < path.size() &&
                          std::holds_alternative<Activation>(path[i + 1].layer.kind);
      if (pushes) inner.push_back(path[i + 1]);
      width = joined(*branches, path[i].place, inner, width);
      if (pushes) ++i;
    }
    return width;
  }

  std::vector<Step> take() { return std::move(steps_); }

 private:
  double single(const Placed& placed, double width) {
    Step step{.kind = StepKind::dense,
              .place = fmt::format("layer {} ({})", placed.place, name_of(placed.layer))};
    if (const auto* dense = std::get_if<Dense>(&placed.layer.kind)) {
      step.weight = dense->weight_std * dense->weight_std;
      step.bias = dense->bias_std.value_or(0) * dense->bias_std.value_or(0);
      if (parameterization_ == Parameterization::standard) {
        step.fan_in = width;
        step.bias_tangent = dense->bias_std ? 1 : 0;
      }
      width = static_cast<double>(dense->width);
    } else if (const auto* activation = std::get_if<Activation>(&placed.layer.kind)) {
      step.kind = StepKind::activation;
      step.phi = activation->phi;
    } else if (const auto* norm = std::get_if<LayerNorm>(&placed.layer.kind)) {
      step.kind = StepKind::layer_norm;
      step.epsilon = norm->epsilon;
    } else {
      step.kind = StepKind::dropout;
      step.keep = std::get<Dropout>(placed.layer.kind).keep;
    }
    steps_.push_back(std::move(step));
    return width;
  }

  double joined(const Branches& branches, const std::string& place,
                const std::vector<Placed>& pushed, double width) {
    const std::string name = fmt::format("layer {}", place);
    std::vector<std::size_t> ends;  // where the weight of a branch belongs
    std::vector<double> widths;
    for (std::size_t p = 0; p < branches.paths.size(); ++p) {
      steps_.push_back({.kind = StepKind::copy, .place = name, .below = p == 0 ? 0 : 1});
      widths.push_back(append(branches.paths[p], fmt::format("{}.{}.", place, p), pushed, width));
      if (branches.join == Join::concat) {
        ends.push_back(steps_.size());
        steps_.push_back({.kind = StepKind::scale, .place = name});
      }
      if (p > 0) steps_.push_back({.kind = StepKind::sum, .place = name});
    }
    steps_.push_back({.kind = StepKind::settle, .place = name});
    if (branches.join == Join::sum) return *std::max_element(widths.begin(), widths.end());
    double total = 0;
    for (const double w : widths) total += w;
    for (std::size_t p = 0; p < ends.size(); ++p) steps_[ends[p]].factor = widths[p] / total;
    return total;
  }

  Parameterization parameterization_;
  std::vector<Step> steps_;
};

Index longest(const Layers& layers) {
  Index count = 0;
  for (const Layer& layer : layers) {
    if (std::holds_alternative<Activation>(layer.kind)) ++count;
    const auto* branches = std::get_if<Branches>(&layer.kind);
    if (branches == nullptr) continue;
    Index deepest = 0;
    for (const Layers& path : branches->paths) deepest = std::max(deepest, longest(path));
    count += deepest;
  }
  return count;
}

}  // namespace

std::vector<Step> steps(const Architecture& architecture, Index d) {
  infer_shape(architecture, d);
  Flattening flattening(architecture.parameterization);
  flattening.append(architecture.layers, "", {}, static_cast<double>(d));
  return flattening.take();
}

int stack_depth(const std::vector<Step>& steps) {
  int depth = 1, deepest = 1;
  for (const Step& step : steps) {
    if (step.kind == StepKind::copy) deepest = std::max(deepest, ++depth);
    if (step.kind == StepKind::sum || step.kind == StepKind::settle) --depth;
  }
  return deepest;
}

Index nonlinear_layers(const Architecture& architecture) {
  return longest(architecture.layers);
}

}  // namespace wideband

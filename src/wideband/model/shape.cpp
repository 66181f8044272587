#include "wideband/model/shape.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "wideband/core/error.hpp"

namespace wideband {
namespace {

// What lies between two layers while the walk goes on.
struct Signal {
  Index width = 1;
  bool gaussian = false;
  bool pushable = false;
  bool is_input = true;
  int fresh_depth = -1;  // how deep in branches the dense layer sits whose weights are fresh here
  std::string reason = "the inputs are not random";  // why it is not Gaussian
  std::string fix = "put a dense layer in front of it";
};

class Walk {
 public:
  explicit Walk(Parameterization parameterization) : parameterization_(parameterization) {}

  Signal through(const Layers& path, Signal signal, const std::string& prefix, int depth) const {
    for (std::size_t i = 0; i < path.size(); ++i) {
      const std::string place = fmt::format("{}{}", prefix, i);
      signal = std::visit([&](const auto& kind) { return after(kind, signal, place, depth); },
                          path[i].kind);
    }
    return signal;
  }

 private:
  [[noreturn]] static void refuse(const std::string& place, const std::string& layer,
                                  const std::string& message) {
    throw std::invalid_argument(fmt::format("[net] layer {} ({}) {}", place, layer, message));
  }

  static void need_gaussian(const Signal& signal, const std::string& place,
                            const std::string& layer) {
    if (signal.gaussian) return;
    refuse(place, layer,
           fmt::format("needs Gaussian input, but {}: {}", signal.reason, signal.fix));
  }

  static Signal after(const Dense& dense, Signal, const std::string&, int depth) {
    return {.width = dense.width,
            .gaussian = true,
            .is_input = false,
            .fresh_depth = depth,
            .reason = "",
            .fix = ""};
  }

  static Signal after(const Activation& activation, Signal signal, const std::string& place, int) {
    const std::string name = name_of(Layer{activation});
    if (!signal.pushable) need_gaussian(signal, place, name);
    return {.width = signal.width,
            .is_input = false,
            .reason = fmt::format("the output of {} (layer {}) is not", name, place),
            .fix = "put a dense layer between them"};
  }

  static Signal after(const LayerNorm&, Signal signal, const std::string& place, int) {
    need_gaussian(signal, place, "layernorm");
    return signal;
  }

  static Signal after(const Dropout& dropout, Signal signal, const std::string& place, int) {
    if (signal.is_input) refuse(place, "dropout", "stands on the inputs: put a layer below it");
    if (!dropout.training || dropout.keep == 1) return signal;
    signal.gaussian = false;
    signal.pushable = false;
    signal.reason = fmt::format("dropout in training (layer {}) makes it a mixture", place);
    signal.fix = "put the activation in front of the dropout, or a dense layer after it";
    return signal;
  }

  Signal after(const Branches& branches, const Signal& signal, const std::string& place,
               int depth) const {
    std::vector<Signal> ends;
    for (std::size_t i = 0; i < branches.paths.size(); ++i) {
      ends.push_back(
          through(branches.paths[i], signal, fmt::format("{}.{}.", place, i), depth + 1));
    }
    return branches.join == Join::sum ? summed(ends, place, depth) : joined(ends, place, depth);
  }

  static int shared_freshness(const std::vector<Signal>& ends, int depth) {
    int shared = depth;
    for (const Signal& end : ends) shared = std::min(shared, end.fresh_depth);
    return shared;
  }

  Signal summed(const std::vector<Signal>& ends, const std::string& place, int depth) const {
    std::string stale;
    Signal sum{.width = ends.front().width,
               .gaussian = true,
               .is_input = false,
               .fresh_depth = shared_freshness(ends, depth),
               .reason = "",
               .fix = ""};
    for (std::size_t i = 0; i < ends.size(); ++i) {
      const Signal& end = ends[i];
      if (end.width != sum.width && parameterization_ == Parameterization::standard) {
        refuse(
            place, "sum",
            fmt::format("adds branches of widths {} and {}; under standard, where widths matter, "
                        "they must agree",
                        sum.width, end.width));
      }
      if (!end.gaussian && sum.gaussian) {
        sum.gaussian = false;
        sum.reason = end.reason;
        sum.fix = end.fix;
      }
      sum.width = std::max(sum.width, end.width);
      if (end.fresh_depth > depth) continue;
      if (!stale.empty()) {
        refuse(place, "sum",
               fmt::format("adds the branches {} and {}, which are correlated: all branches but "
                           "one must end in a dense layer of their own",
                           stale, i));
      }
      stale = fmt::format("{}", i);
    }
    return sum;
  }

  static Signal joined(const std::vector<Signal>& ends, const std::string& place, int depth) {
    Signal result{
        .width = 0,
        .pushable = true,
        .is_input = false,
        .fresh_depth = shared_freshness(ends, depth),
        .reason = fmt::format("the concat (layer {}) mixes channels of several kinds", place),
        .fix = "put a dense layer after the concat"};
    for (const Signal& end : ends) {
      result.width += end.width;
      if (end.gaussian || end.pushable || !result.pushable) continue;
      result.pushable = false;
      result.reason = end.reason;
    }
    return result;
  }

  Parameterization parameterization_;
};

const Layer& layer_in(const Layers& layers, std::string_view rest, const std::string& path) {
  const auto fail = [&]() {
    throw std::invalid_argument(fmt::format("[net] there is no layer \"{}\"", path));
  };
  const auto number = [&]() {
    std::size_t i = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), i);
    if (error != std::errc()) fail();
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    if (!rest.empty() && (rest.front() != '.' || rest.size() == 1)) fail();
    if (!rest.empty()) rest.remove_prefix(1);
    return i;
  };
  const std::size_t i = number();
  if (i >= layers.size()) fail();
  if (rest.empty()) return layers[i];
  const auto* branches = std::get_if<Branches>(&layers[i].kind);
  const std::size_t p = number();
  if (branches == nullptr || p >= branches->paths.size() || rest.empty()) fail();
  return layer_in(branches->paths[p], rest, path);
}

}  // namespace

Shape infer_shape(const Architecture& architecture, Index d) {
  require(d >= 1, fmt::format("[net] expected inputs of at least 1 feature, got {}", d));
  validate(architecture);
  const Signal end =
      Walk(architecture.parameterization).through(architecture.layers, {.width = d}, "", 0);
  return {end.width, end.gaussian, end.pushable, end.fresh_depth >= 0};
}

const Layer& layer_at(const Architecture& architecture, const std::string& path) {
  return layer_in(architecture.layers, path, path);
}

}  // namespace wideband

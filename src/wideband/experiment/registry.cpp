#include "wideband/experiment/registry.hpp"

#include <stdexcept>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/experiment/circle/alignment.hpp"
#include "wideband/experiment/circle/dynamics.hpp"
#include "wideband/experiment/circle/evolution.hpp"
#include "wideband/experiment/circle/preconditioning.hpp"
#include "wideband/experiment/circle/sampling.hpp"
#include "wideband/experiment/circle/spectral_bias.hpp"
#include "wideband/experiment/circle/spectrum.hpp"
#include "wideband/experiment/circle/width.hpp"
#include "wideband/experiment/kernel/gallery.hpp"
#include "wideband/experiment/kernel/regression.hpp"

namespace wideband {

const std::vector<Experiment>& experiments() {
  static const std::vector<Experiment> all = {
      spectral_bias(),          circle_spectrum(),  circle_sampling(),  circle_dynamics(),
      circle_preconditioning(), circle_width(),     circle_alignment(), circle_evolution(),
      kernel_gallery(),         table_regression(),
  };
  return all;
}

const Experiment& experiment_named(const std::string& name) {
  std::vector<std::string> names;
  for (const Experiment& candidate : experiments()) {
    if (candidate.name == name) return candidate;
    names.push_back(candidate.name);
  }
  const std::string nearest = nearest_name(name, names);
  throw std::invalid_argument(fmt::format("[run] unknown experiment \"{}\"{}", name,
                                          nearest.empty()
                                              ? "; `wideband list` names them"
                                              : fmt::format(", did you mean \"{}\"?", nearest)));
}

}  // namespace wideband

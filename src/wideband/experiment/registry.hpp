// The experiments that `wideband list` shows, in the order of the design.
#pragma once

#include <string>
#include <vector>

#include "wideband/experiment/experiment.hpp"

namespace wideband {

const std::vector<Experiment>& experiments();

/// The experiment of that name. Throws std::invalid_argument naming the nearest known one.
const Experiment& experiment_named(const std::string& name);

}  // namespace wideband

// The figures of circle-dynamics.
#pragma once

#include <vector>

#include "wideband/experiment/circle/dynamics_results.hpp"

namespace wideband {

/// figures/decay, sizes, losses, steps, stability, trained; one without data is left out. Every
/// number in them stands in a table of dynamics_tables.
std::vector<Figure> dynamics_figures(const std::vector<DynamicsFlow>& flows);

}  // namespace wideband

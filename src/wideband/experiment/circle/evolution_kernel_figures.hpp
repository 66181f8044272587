// The figures of circle-evolution that look into the moving kernel.
#pragma once

#include <vector>

#include "wideband/experiment/circle/evolution_results.hpp"

namespace wideband {

/// Per target: strengths, alignment, rates, their integrals, and couplings between planes, of
/// groups in which every seed reached the end.
std::vector<Figure> evolution_kernel_figures(const EvolutionResults& results);

}  // namespace wideband

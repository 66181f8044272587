// The figures of circle-preconditioning.
#pragma once

#include <vector>

#include "wideband/experiment/circle/preconditioning_results.hpp"

namespace wideband {

/// Decay under the flows, block spectra against n, losses and floors, precision.
std::vector<Figure> preconditioning_figures(const std::vector<PreconditioningGroup>& groups);

}  // namespace wideband

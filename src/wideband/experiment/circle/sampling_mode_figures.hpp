// The figures of circle-sampling about training on random angles.
#pragma once

#include <vector>

#include "wideband/experiment/circle/sampling_modes.hpp"

namespace wideband {

/// Mode curves, excitation of absent modes, departures, precision.
std::vector<Figure> modes_figures(const std::vector<ModeGroup>& groups);

}  // namespace wideband

// The figures of circle-width: norms and envelopes against m, plane blocks, exceedance.
#pragma once

#include <vector>

#include "wideband/experiment/circle/width_results.hpp"

namespace wideband {

/// Three figures per series; their names end in the series' name if there are several.
std::vector<Figure> width_figures(const std::vector<WidthSeries>& series);

}  // namespace wideband

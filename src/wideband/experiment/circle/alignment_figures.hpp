// The figures of circle-alignment.
#pragma once

#include <vector>

#include "wideband/experiment/circle/alignment_results.hpp"

namespace wideband {

/// Six figures per series; their names end in the series' name if there are several.
std::vector<Figure> alignment_figures(const std::vector<AlignmentSeries>& series);

}  // namespace wideband

// The figures of circle-spectrum.
#pragma once

#include <vector>

#include "wideband/experiment/circle/spectrum_results.hpp"

namespace wideband {

/// figures/kernels, spectrum, aliasing, float32; one without data is left out. Every number in them
/// stands in a table of spectrum_tables.
std::vector<Figure> spectrum_figures(const SpectrumResults& results);

}  // namespace wideband

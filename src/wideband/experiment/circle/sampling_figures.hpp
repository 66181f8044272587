// The figures of circle-sampling about the matrices of samples.
#pragma once

#include <vector>

#include "wideband/experiment/circle/sampling_moments.hpp"

namespace wideband {

/// Errors against n, entries of H, places of the largest entry, coordinates, envelopes.
std::vector<Figure> sampling_figures(const std::vector<SampleGroup>& groups);

}  // namespace wideband

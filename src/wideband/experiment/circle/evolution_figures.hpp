// The figures of circle-evolution.
#pragma once

#include <vector>

#include "wideband/experiment/circle/evolution_results.hpp"

namespace wideband {

/// Loss against time (and step) per target, crossover map, strengths, alignment, rates, integrals,
/// couplings, Delta against width. Every number in them stands in a table of evolution_tables.
std::vector<Figure> evolution_figures(const EvolutionResults& results);

}  // namespace wideband

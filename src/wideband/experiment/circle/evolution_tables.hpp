// The tables of circle-evolution.
#pragma once

#include <vector>

#include "wideband/experiment/circle/evolution_results.hpp"

namespace wideband {

/// tables/evolution.csv, evolution_time.csv, strength.csv, rates.csv, kernel.csv, delta.csv,
/// crossover.csv, crossover_time.csv, branches.csv, wide.csv, evolution_alignment.csv,
/// coupling.csv. Means are over the seeds that have a value.
std::vector<Table> evolution_tables(const EvolutionResults& results);

/// rms cosine of each plane at the start to first order in 1/m (circle/width_moments); NaN where
/// that is not below 1.
Vector predicted_start_cosines(Index m, Index cutoff);

/// The values that are not NaN.
Vector present(const Vector& values);

}  // namespace wideband

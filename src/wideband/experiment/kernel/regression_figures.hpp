// The figures of table-regression.
#pragma once

#include <vector>

#include "wideband/experiment/kernel/regression_results.hpp"

namespace wideband {

/// figures/ridge-1, ridge-2, ...: one for each network, in their order. Every number in them stands
/// in tables/results.csv.
std::vector<Figure> regression_figures(const RegressionResults& results);

}  // namespace wideband

// The statements that table-regression judges.
#pragma once

#include <vector>

#include "wideband/experiment/kernel/regression_results.hpp"

namespace wideband {

/// Every claim for which the results hold a comparison, in the order of the gallery page.
std::vector<Claim> regression_claims(const RegressionResults& results);

}  // namespace wideband

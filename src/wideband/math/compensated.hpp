// Residuals of linear systems in twice the working precision.
#pragma once

#include "wideband/core/types.hpp"

namespace wideband {

/// B - (A + shift I) X, every entry summed in twice the working precision and rounded once.
///
/// Products are split without error (Dekker), sums carry their errors (Knuth), so that the result
/// has an error of eps |entry| + n^2 eps^2 (|A| + |shift| I)|X|, however much it cancels.
///
/// A        (n, n), |entries| between 1e-140 and 1e140 or 0, as those of X
/// B, X     (n, k)
/// cost     about 25 flop n^2 k
/// throws   std::invalid_argument for wrong shapes
/// source   Dekker 1971; Ogita, Rump & Oishi 2005, algorithm 5.3
Matrix compensated_residual(MatrixView B, MatrixView A, MatrixView X, double shift = 0);

}  // namespace wideband

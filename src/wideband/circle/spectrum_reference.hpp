// Grid eigenvalues in fifty digits, to measure the rounding of the closed form in double.
#pragma once

#include "wideband/circle/angle_kernel.hpp"
#include "wideband/core/types.hpp"

namespace wideband {

/// (value - exact)/exact for the exact eigenvalue of grid_eigenvalue(kernel, n, k); `value` itself
/// where the exact one is zero.
///
/// The alias sum over lambda_{|k + q n|} by partial fractions term by term, in 50 digits. These
/// cancel up to twelve digits, which the closed form of spectrum.hpp avoids and fifty can spare.
///
/// cost     about 50 us
/// throws   std::invalid_argument unless n >= 1 and 0 <= k <= n/2
double relative_rounding(AngleKernel kernel, Index n, Index k, double value);

}  // namespace wideband

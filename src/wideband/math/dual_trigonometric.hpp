// Dual functions of sine and cosine waves.
#pragma once

#include "wideband/math/dual.hpp"

namespace wideband {

/// a [sqrt(odd) sin bx + sqrt(even) cos bx], weights odd + even = 1; a sin(bx + c) has
/// odd = cos^2 c, even = sin^2 c. The branches are joined. With variances first scaled by b^2:
///
///   K = a^2 e^{-S/2} [ even cosh k + odd sinh k ],   Kdot = a^2 b^2 e^{-S/2} [ even sinh k + odd
///   cosh k ]
///
/// written with e^{-D/2} and e^{-(S + 2k)/2}, D = S - 2k, so that nothing overflows.
struct Wave {
  double a = 1;
  double b = 1;
  double odd = 1;
  double even = 0;
};
Dual wave_dual(const Wave& wave, double q1, double q2, HalfAngle angle);
double wave_variance(const Wave& wave, double q);
double wave_slope_variance(const Wave& wave, double q);

}  // namespace wideband

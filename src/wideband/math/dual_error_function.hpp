// Dual functions of the error function.
#pragma once

#include "wideband/math/dual.hpp"

namespace wideband {

/// a erf(b x) + c. With variances first scaled by b^2, S = q1 + q2, Delta = sqrt(q1 q2) sin theta:
///
///   K = a^2 (2/pi) atan2(2k, sqrt(1 + 2S + 4 Delta^2)) + c^2                                  (1)
///   Kdot = a^2 b^2 (4/pi) / sqrt(1 + 2S + 4 Delta^2)                                          (2)
///
/// The odd part is carried by I = K(rho = 1) - K and c0 = sqrt(K11 K22) - K(rho = 1), both without
/// cancellation (docs/theory/kernels/duals.md), and c^2 is joined as a bias.
///
/// source   Williams 1997
Dual erf_dual(double a, double b, double c, double q1, double q2, HalfAngle angle);
double erf_variance(double a, double b, double c, double q);
double erf_slope_variance(double a, double b, double q);

/// asin(x1)/2 + asin(x2)/2 - asin(sqrt(x1 x2)) and [asin(x1) - asin(x2)]/2 for x = 2q/(1 + 2q),
/// without cancellation in q1 - q2. The first is >= 0.
struct ArcSineDifferences {
  double convexity;
  double half_difference;
};
ArcSineDifferences arc_sine_differences(double q1, double q2);

}  // namespace wideband

// Dual function of GELU, x Phi(x) with the exact Gaussian distribution function.
#pragma once

#include "wideband/math/dual.hpp"

namespace wideband {

/// x Phi(x) = x/2 + x erf(x/sqrt 2)/2, an odd and an even branch, which are joined. With Pi = q1
/// q2, S = q1 + q2, P = (1+q1)(1+q2), Delta^2 = Pi sin^2 theta, C^2 = 1 + S + Delta^2, w = atan2(k,
/// C):
///
///   K = k/4 + [ (k^2 + Pi C^2)/(P C) + k w ]/(2 pi)                                           (1)
///   Kdot = 1/4 + w/(2 pi) + k/(2 pi C) [ 1/C^2 + (2+S)/P ]                                    (2)
///
/// source   Tsuchida et al. 2021; the differences in docs/theory/kernels/duals.md
Dual gelu_dual(double q1, double q2, HalfAngle angle);
double gelu_variance(double q);
double gelu_slope_variance(double q);

}  // namespace wideband

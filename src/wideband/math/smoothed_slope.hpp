// Derivatives of piecewise exponentials averaged over a Gaussian, by which a pair costs one
// integral.
#pragma once

#include "wideband/math/half_angle.hpp"
#include "wideband/math/phi.hpp"
#include "wideband/math/plane_quadrature.hpp"

namespace wideband {

/// Whether E phi'(m + tau w), w ~ N(0, 1), has a closed form here: elu, selu, hard_tanh.
bool has_smoothed_slope(const Phi& phi);

///   hard_tanh   F((1 - m)/tau) - F((-1 - m)/tau), F the normal distribution function (1) elu
///   F(m/tau) + alpha exp(m + tau^2/2) F(-m/tau - tau); selu is a multiple of one     (2)
double smoothed_slope(const Phi& phi, double m, double tau);

/// E phi'(u) phi'(v) as an integral over u alone: v = sqrt(q2) (rho z + sin(theta) w) given
/// u = sqrt(q1) z. Panels end at the kinks of both and halve toward them to the width of the corner
/// that (1), (2) round off.
///
/// width    of the widest panel; the error is the difference to the rule of half that width
/// cost     some thousand evaluations of (1) or (2)
PlaneIntegral smoothed_expectation(const Phi& phi, double q1, double q2, HalfAngle angle,
                                   double width);

}  // namespace wideband

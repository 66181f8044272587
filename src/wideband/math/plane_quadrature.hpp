// Expectations E f(u) f(v) over a pair of Gaussian variables by double-exponential quadrature.
#pragma once

#include <functional>
#include <vector>

#include "wideband/math/half_angle.hpp"

namespace wideband {

struct PlaneIntegral {
  double value = 0;
  double error = 0;  // |value - the same with half the nodes|, absolute
};

/// u, v centered, variances q1, q2, angle between them; `nodes` per axis and panel.
///
/// polar:     u = sqrt(q1) r sin y, v = +-sqrt(q2) r sin x with x + y = pi - theta for equal signs
///            and theta for opposite ones: panels end where u or v vanishes, so that bends at 0 lie
///            on ends, where the nodes cluster
/// cartesian: u = sqrt(q1) z, v = sqrt(q2) (rho z + sin(theta) w), panels end at the kinks
///
/// radius    of the disc, or half the side of the square
/// cost      4 n^2 evaluations of f (polar), some 30 n^2 (cartesian, two kinks)
/// source    Takahasi & Mori 1974
PlaneIntegral polar_expectation(const std::function<double(double)>& f, double q1, double q2,
                                HalfAngle angle, double radius, int nodes);
PlaneIntegral cartesian_expectation(const std::function<double(double)>& f,
                                    const std::vector<double>& kinks, double q1, double q2,
                                    HalfAngle angle, double radius, int nodes);

}  // namespace wideband

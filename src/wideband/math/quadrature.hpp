// Adaptive quadrature of smooth functions on an interval.
#pragma once

#include <functional>

namespace wideband {

struct Integral {
  double value;
  double error;  // estimate, absolute
};

/// Integral of f over [a, b], either end may be the larger, by adaptive Gauss-Kronrod (61 points).
/// Split at kinks: f is taken to be smooth inside.
///
/// tolerance relative to the integral of |f|; a value below the rounding noise of f buys nothing
/// and
///           costs up to 2^15 intervals
/// throws    std::invalid_argument for ends that are not finite or a tolerance that is not
/// positive,
///           NumericalError if f is not finite somewhere in between
/// source    Boost.Math
Integral integrate(const std::function<double(double)>& f, double a, double b,
                   double tolerance = 1e-13);

}  // namespace wideband

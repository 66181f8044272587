// Adaptive quadrature of smooth functions on an interval.
#pragma once

#include <functional>

namespace wideband {

struct Integral {
  double value;
  double error;  // estimate, absolute
};

/// Integral of f over [a, b] by adaptive Gauss-Kronrod (61 points) to relative `tolerance`.
/// Split at kinks: f is taken to be smooth inside.
Integral integrate(const std::function<double(double)>& f, double a, double b,
                   double tolerance = 1e-14);

}  // namespace wideband

#include "wideband/math/quadrature.hpp"

#include <cmath>

#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <fmt/format.h>

#include "wideband/core/error.hpp"

namespace wideband {

Integral integrate(const std::function<double(double)>& f, double a, double b, double tolerance) {
  if (!std::isfinite(a) || !std::isfinite(b) || !(tolerance > 0)) {
    require(false, fmt::format("[integrate] expected finite ends and tolerance > 0, got {}, {}, {}",
                               a, b, tolerance));
  }
  constexpr unsigned depth = 15;
  if (a == b) return {0, 0};
  if (a > b) {
    const Integral reversed = integrate(f, b, a, tolerance);
    return {-reversed.value, reversed.error};
  }
  double error = 0;
  const double value = boost::math::quadrature::gauss_kronrod<double, 61>::integrate(
      f, a, b, depth, tolerance, &error);
  if (!std::isfinite(value)) {
    throw NumericalError(fmt::format("[integrate] integrand is not finite on [{}, {}]", a, b));
  }
  return {value, error};
}

}  // namespace wideband

// Chebyshev series on an interval, for tables of smooth functions.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace wideband {

/// The n points cos(pi (i + 1/2)/n) mapped to [a, b], and the coefficients of the polynomial
/// through values there: f(x) = sum_k c_k T_k((2x - a - b)/(b - a)).
std::vector<double> chebyshev_points(std::size_t n, double a, double b);
std::vector<double> chebyshev_coefficients(std::span<const double> values);

/// T_0(t) ... T_(n-1)(t).
std::vector<double> chebyshev_polynomials(std::size_t n, double t);

/// sum_k c_k T_k(t) by Clenshaw's recurrence.
inline double chebyshev_sum(std::span<const double> c, double t) {
  double later = 0;
  double now = 0;
  for (std::size_t k = c.size(); k-- > 1;) {
    const double before = c[k] + 2 * t * now - later;
    later = now;
    now = before;
  }
  return c.empty() ? 0 : c[0] + t * now - later;
}

}  // namespace wideband

#include "wideband/math/chebyshev.hpp"

#include <cmath>
#include <numbers>

namespace wideband {
namespace {

double node_angle(std::size_t i, std::size_t n) {
  return std::numbers::pi * (static_cast<double>(i) + 0.5) / static_cast<double>(n);
}

}  // namespace

std::vector<double> chebyshev_points(std::size_t n, double a, double b) {
  std::vector<double> points;
  for (std::size_t i = 0; i < n; ++i) {
    points.push_back((a + b) / 2 + (b - a) / 2 * std::cos(node_angle(i, n)));
  }
  return points;
}

std::vector<double> chebyshev_coefficients(std::span<const double> values) {
  const std::size_t n = values.size();
  std::vector<double> c(n, 0.0);
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      c[k] += values[i] * std::cos(static_cast<double>(k) * node_angle(i, n));
    }
    c[k] *= (k == 0 ? 1.0 : 2.0) / static_cast<double>(n);
  }
  return c;
}

std::vector<double> chebyshev_polynomials(std::size_t n, double t) {
  std::vector<double> T(n, 1.0);
  if (n > 1) T[1] = t;
  for (std::size_t k = 2; k < n; ++k) T[k] = 2 * t * T[k - 1] - T[k - 2];
  return T;
}

}  // namespace wideband

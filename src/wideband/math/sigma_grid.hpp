// The points at which a dual function is sampled in the angle: panels in the sine of the half
// angle.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

#include "wideband/math/chebyshev.hpp"
#include "wideband/math/half_angle.hpp"

namespace wideband {

/// sigma = sqrt(min(s, c)) in [0, sqrt(1/2)], one half of the circle for theta <= pi/2 and, unless
/// phi is odd or even, one beyond. Each half is cut at sqrt(1/2)/2^p, p = 1 ... splits: panel p <
/// splits is [sqrt(1/2)/2^(p+1), sqrt(1/2)/2^p], the last reaches 0.
struct SigmaGrid {
  std::size_t splits = 0;
  std::size_t nodes = 33;  // per panel
  bool far = true;

  static constexpr double end = std::numbers::sqrt2 / 2;

  std::size_t panels_per_half() const { return splits + 1; }
  std::size_t panels() const { return panels_per_half() * (far ? 2 : 1); }
  std::size_t size() const { return panels() * nodes; }
  double upper(std::size_t p) const { return std::ldexp(end, -static_cast<int>(p)); }
  double lower(std::size_t p) const { return p < splits ? upper(p + 1) : 0; }
  std::vector<double> points(std::size_t p) const {
    return chebyshev_points(nodes, lower(p), upper(p));
  }

  /// The panel of one half that holds sigma, and the place in it, in [-1, 1].
  struct Place {
    std::size_t panel;
    double t;
  };
  Place place(double sigma) const {
    std::size_t p = splits;
    if (sigma > 0) {
      const int halvings = -std::ilogb(sigma / end) - 1;
      p = std::min(splits, static_cast<std::size_t>(std::max(0, halvings)));
    }
    const double a = lower(p);
    const double b = upper(p);
    return {p, std::clamp((2 * sigma - a - b) / (b - a), -1.0, 1.0)};
  }
};

inline HalfAngle half_angle_at(double sigma, bool far) {
  return half_angle(sigma * sigma, far);
}

}  // namespace wideband

#include "wideband/math/gaussian_line.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <boost/math/quadrature/gauss.hpp>
#include <fmt/format.h>

#include "wideband/core/error.hpp"

namespace wideband {
namespace {

double density(double z) {
  return std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
}

std::vector<double> breakpoints(const LineRuleOptions& options) {
  const double radius = options.radius;
  std::vector<double> points = {-radius, 0, radius};
  for (double z = options.width; z < radius; z += options.width) {
    points.push_back(z);
    points.push_back(-z);
  }
  std::vector<double> centers = options.cuts;
  centers.push_back(0);
  for (const double center : centers) {
    points.push_back(center);
    for (double step = options.width / options.scale; step < options.width; step *= 2) {
      points.push_back(center + step);
      points.push_back(center - step);
    }
  }
  std::erase_if(points, [&](double z) { return !(std::abs(z) <= radius); });
  std::sort(points.begin(), points.end());
  points.erase(std::unique(points.begin(), points.end()), points.end());
  return points;
}

}  // namespace

LineRule line_rule(const LineRuleOptions& options) {
  using Gauss = boost::math::quadrature::gauss<double, 20>;
  const std::vector<double> points = breakpoints(options);
  LineRule rule;
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    const double half = (points[i + 1] - points[i]) / 2;
    const double middle = points[i] + half;
    for (std::size_t j = 0; j < Gauss::abscissa().size(); ++j) {
      for (const double sign : {-1.0, 1.0}) {
        const double z = middle + sign * half * Gauss::abscissa()[j];
        rule.z.push_back(z);
        rule.weight.push_back(half * Gauss::weights()[j] * density(z));
      }
    }
  }
  return rule;
}

double line_radius(const std::function<double(double)>& f, double scale, const char* name) {
  for (const double radius : {9.5, 19.0, 38.0}) {
    double sum = 0;
    double edge = 0;
    constexpr int points = 400;
    for (int i = -points; i <= points; ++i) {
      const double z = radius * i / points;
      const double value = f(scale * z);
      const double term = value * value * density(z);
      sum += term * radius / points;
      if (std::abs(i) == points) edge = std::max(edge, term * radius);
    }
    if (!std::isfinite(sum)) break;
    if (edge <= 1e-17 * sum) return radius;
  }
  throw NumericalError(fmt::format(
      "[numeric_dual] {} grows too fast for an expectation at standard deviation {}", name, scale));
}

}  // namespace wideband

// Expectations over one Gaussian variable: Gauss-Legendre panels graded toward where phi bends.
#pragma once

#include <functional>
#include <span>
#include <vector>

namespace wideband {

/// E f(z) for z ~ N(0, 1) is sum_i weight_i f(z_i).
struct LineRule {
  std::vector<double> z;
  std::vector<double> weight;
};

struct LineRuleOptions {
  double scale = 1;  // f bends on lengths 1/scale near 0 and the cuts: sqrt of a variance
  std::vector<double> cuts = {};  // abscissas in z where f jumps or bends
  double radius = 9.5;            // of the interval; the density is 1e-20 there
  double width = 0.5;             // of the widest panel
};

/// Panels of 20 points between the cuts, 0 and points at distances 2^j width/scale from them.
LineRule line_rule(const LineRuleOptions& options);

/// The radius, 9.5, 19 or 38, at which f(scale z)^2 times the density is below 1e-17 of its
/// integral. Throws NumericalError beyond, naming `name`.
double line_radius(const std::function<double(double)>& f, double scale, const char* name);

}  // namespace wideband

#include "wideband/math/smoothed_slope.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include "wideband/math/gaussian_line.hpp"

namespace wideband {
namespace {

double distribution(double x) {
  return std::erfc(-x / std::numbers::sqrt2) / 2;
}

// exp(x^2) erfc(x) for x >= 5 by its continued fraction.
double scaled_complement(double x) {
  double fraction = x;
  for (int k = 60; k >= 1; --k) fraction = x + k / 2.0 / fraction;
  return 1 / (fraction * std::sqrt(std::numbers::pi));
}

// exp(m + tau^2/2) F(-m/tau - tau); the exponent of the product is -m^2/(2 tau^2) in the tail.
double exponential_part(double m, double tau) {
  const double a = m / tau + tau;
  if (a < 5 * std::numbers::sqrt2) return std::exp(m + tau * tau / 2) * distribution(-a);
  const double ratio = m / tau;
  return std::exp(-ratio * ratio / 2) * scaled_complement(a / std::numbers::sqrt2) / 2;
}

// slope_right above 0 and slope_left exp(x) below, as elu and selu are.
double smoothed_corner(double slope_left, double slope_right, double m, double tau) {
  return slope_right * distribution(m / tau) + slope_left * exponential_part(m, tau);
}

double line_sum(const Phi& phi, double q1, double q2, HalfAngle angle, double width) {
  const double root1 = std::sqrt(q1);
  const double root2 = std::sqrt(q2);
  const double rho = cosine(angle);
  const double sine = 2 * std::sqrt(angle.s * angle.c);
  const double sharpest = sine > 0 ? std::abs(rho) / sine : 0;
  LineRuleOptions options{
      .scale = std::max({1.0, root1, root2, sharpest}), .cuts = {}, .width = width};
  std::vector<double> bends = kinks(phi);
  bends.push_back(0);
  for (const double kink : bends) {
    options.cuts.push_back(kink / root1);
    if (rho != 0) options.cuts.push_back(kink / (root2 * rho));
  }
  const LineRule rule = line_rule(options);
  double sum = 0;
  for (std::size_t i = 0; i < rule.z.size(); ++i) {
    const double z = rule.z[i];
    sum += rule.weight[i] * derivative(phi, root1 * z) *
           smoothed_slope(phi, root2 * rho * z, root2 * sine);
  }
  return sum;
}

}  // namespace

bool has_smoothed_slope(const Phi& phi) {
  return phi.family == PhiFamily::elu || phi.family == PhiFamily::selu ||
         phi.family == PhiFamily::hard_tanh;
}

double smoothed_slope(const Phi& phi, double m, double tau) {
  if (tau == 0) return derivative(phi, m);
  switch (phi.family) {
    case PhiFamily::hard_tanh: {
      // In the tail of the nearer side, so that no digits cancel.
      const double far = (1 + std::abs(m)) / tau;
      const double near = (1 - std::abs(m)) / tau;
      return distribution(near) - distribution(-far);
    }
    case PhiFamily::elu:
      return smoothed_corner(phi.parameters[0], 1, m, tau);
    case PhiFamily::selu: {
      const double left = derivative(phi, -1e-300);
      const double right = derivative(phi, 1);
      return smoothed_corner(left, right, m, tau);
    }
    default:
      throw std::invalid_argument("[smoothed_slope] expected elu, selu or hard_tanh");
  }
}

PlaneIntegral smoothed_expectation(const Phi& phi, double q1, double q2, HalfAngle angle,
                                   double width) {
  const double coarse = line_sum(phi, q1, q2, angle, width);
  const double fine = line_sum(phi, q1, q2, angle, width / 2);
  return {fine, std::abs(fine - coarse)};
}

}  // namespace wideband

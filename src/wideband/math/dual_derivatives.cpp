#include "wideband/math/dual_derivatives.hpp"

#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include <fmt/format.h>

#include "wideband/core/constants.hpp"
#include "wideband/core/error.hpp"
#include "wideband/math/jet.hpp"
#include "wideband/math/plain_dual.hpp"

namespace wideband {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

// Variables 0, 1, 2: q1, q2, k; 3: the parameter.
using Number = Jet<4>;

struct Pair {
  double q1, q2;
  HalfAngle angle;
  double k, delta;  // delta = sqrt(q1 q2) sin theta
};

Pair pair_of(double q1, double q2, HalfAngle angle) {
  if (q1 == 0 || q2 == 0) angle = {};
  const double root = std::sqrt(q1) * std::sqrt(q2);
  return {q1, q2, angle, root * cosine(angle), 2 * root * std::sqrt(angle.s * angle.c)};
}

PlainPair<Number> variables(const Pair& x) {
  Number delta2(x.delta * x.delta);
  delta2.slope = {x.q2, x.q1, -2 * x.k, 0};
  return {Number::variable(x.q1, 0), Number::variable(x.q2, 1), Number::variable(x.k, 2), delta2};
}

std::vector<Number> parameters(const Phi& phi, std::optional<std::size_t> chosen) {
  std::vector<Number> values(phi.parameters.begin(), phi.parameters.end());
  if (chosen) values[*chosen] = Number::variable(values[*chosen].value, 3);
  return values;
}

DualDerivatives read(const PlainDual<Number>& result) {
  const auto& K = result.K;
  const auto& Kdot = result.Kdot;
  return {K.value,    K.slope[0],    K.slope[1],    K.slope[2],    K.slope[3],
          Kdot.value, Kdot.slope[0], Kdot.slope[1], Kdot.slope[2], Kdot.slope[3]};
}

// K_i at fixed k of a function of (q1, q2, theta) that is homogeneous of degree n in (u, v).
double at_fixed_covariance(double n, double K, double k, double K_k, double q) {
  return q == 0 ? 0 : (n * K - k * K_k) / (2 * q);
}

// a min(x, 0) + b max(x, 0); parameter 0 is a, 1 is b.
DualDerivatives corner(double a, double b, const Pair& x, std::optional<std::size_t> parameter) {
  const double gap = (a - b) * (a - b) / (2 * pi);
  const double t = theta(x.angle);
  DualDerivatives d;
  d.Kdot = (a * a + b * b) / 2 - gap * t;
  d.K = gap * x.delta + x.k * d.Kdot;
  d.K_k = d.Kdot;
  d.K_q1 = x.q1 == 0 ? 0 : gap * x.delta / (2 * x.q1);
  d.K_q2 = x.q2 == 0 ? 0 : gap * x.delta / (2 * x.q2);
  d.Kdot_k = gap == 0 ? 0 : gap / x.delta;
  if (x.q1 == 0 || x.q2 == 0) d.Kdot_k = 0;
  d.Kdot_q1 = x.k == 0 ? 0 : -x.k * d.Kdot_k / (2 * x.q1);
  d.Kdot_q2 = x.k == 0 ? 0 : -x.k * d.Kdot_k / (2 * x.q2);
  if (!parameter) return d;
  const double sign = *parameter == 0 ? 1 : -1;
  d.Kdot_p = (*parameter == 0 ? a : b) - sign * (a - b) * t / pi;
  d.K_p = sign * (a - b) * x.delta / pi + x.k * d.Kdot_p;
  return d;
}

// scale times the Sign kernel, up to a constant: K = -scale 2 theta/pi.
DualDerivatives jump(const Phi& phi, double scale, const Pair& x) {
  DualDerivatives d;
  d.K = std::sqrt(dual_variance(phi, x.q1)) * std::sqrt(dual_variance(phi, x.q2)) *
        cosine(dual(phi, x.q1, x.q2, x.angle).angle);
  if (x.q1 == 0 || x.q2 == 0) return d;
  d.K_k = scale * 2 / (pi * x.delta);
  d.K_q1 = x.k == 0 ? 0 : -x.k * d.K_k / (2 * x.q1);
  d.K_q2 = x.k == 0 ? 0 : -x.k * d.K_k / (2 * x.q2);
  return d;
}

double rectified_covariance(double n, const Pair& x) {
  const Phi phi{.family = PhiFamily::rectified_monomial, .parameters = {n}};
  return std::sqrt(dual_variance(phi, x.q1)) * std::sqrt(dual_variance(phi, x.q2)) *
         cosine(dual(phi, x.q1, x.q2, x.angle).angle);
}

DualDerivatives rectified_power(double n, const Pair& x) {
  const double second = n * n * (n - 1) * (n - 1);
  DualDerivatives d;
  d.K = rectified_covariance(n, x);
  d.Kdot = n * n * rectified_covariance(n - 1, x);
  d.Kdot_k = second * rectified_covariance(n - 2, x);
  d.K_k = d.Kdot;
  d.K_q1 = at_fixed_covariance(n, d.K, x.k, d.K_k, x.q1);
  d.K_q2 = at_fixed_covariance(n, d.K, x.k, d.K_k, x.q2);
  d.Kdot_q1 = at_fixed_covariance(n - 1, d.Kdot, x.k, d.Kdot_k, x.q1);
  d.Kdot_q2 = at_fixed_covariance(n - 1, d.Kdot, x.k, d.Kdot_k, x.q2);
  return d;
}

DualDerivatives normalized_exponential(double g, double shift, const Pair& x,
                                       std::optional<std::size_t> parameter) {
  const double root = std::sqrt(x.q1) * std::sqrt(x.q2);
  const double rho = cosine(x.angle);
  const double power = std::exp(g * (rho + shift));
  DualDerivatives d;
  d.K = root * power;
  d.Kdot = g * power;
  d.K_k = d.Kdot;
  d.Kdot_k = root == 0 ? 0 : g * g * power / root;
  d.K_q1 = at_fixed_covariance(1, d.K, x.k, d.K_k, x.q1);
  d.K_q2 = at_fixed_covariance(1, d.K, x.k, d.K_k, x.q2);
  d.Kdot_q1 = at_fixed_covariance(0, 0, x.k, d.Kdot_k, x.q1);
  d.Kdot_q2 = at_fixed_covariance(0, 0, x.k, d.Kdot_k, x.q2);
  if (!parameter) return d;
  d.K_p = *parameter == 0 ? (rho + shift) * d.K : g * d.K;
  d.Kdot_p = *parameter == 0 ? power * (1 + g * (rho + shift)) : g * d.Kdot;
  return d;
}

PlainDual<Number> wave(const Phi& phi, const std::vector<Number>& p, const PlainPair<Number>& x) {
  const Number sine = sin(p[2]);
  const Number cosine = cos(p[2]);
  if (phi.family == PhiFamily::cos) return plain_wave(p[0], p[1], sine * sine, cosine * cosine, x);
  return plain_wave(p[0], p[1], cosine * cosine, sine * sine, x);
}

// He_n/sqrt(n!) and x^n by their coefficients.
std::vector<Number> coefficients(const Phi& phi) {
  const auto n = static_cast<std::size_t>(phi.parameters[0]);
  std::vector<Number> c(n + 1);
  double coefficient = 1;
  if (phi.family == PhiFamily::monomial) {
    c[n] = coefficient;
    return c;
  }
  for (std::size_t i = 2; i <= n; ++i) coefficient /= std::sqrt(static_cast<double>(i));
  for (std::size_t i = 0; 2 * i <= n; ++i) {
    const std::size_t l = n - 2 * i;
    if (i > 0) {
      coefficient *= -static_cast<double>((l + 1) * (l + 2)) / (2 * static_cast<double>(i));
    }
    c[l] = coefficient;
  }
  return c;
}

PlainDual<Number> smooth(const Phi& phi, const Pair& pair, std::optional<std::size_t> parameter) {
  const std::vector<Number> p = parameters(phi, parameter);
  const PlainPair<Number> x = variables(pair);
  switch (phi.family) {
    case PhiFamily::erf:
      return plain_erf(p[0], p[1], p[2], x);
    case PhiFamily::probit:
      return plain_erf<Number>(0.5, std::numbers::sqrt2 / 2, 0.5, x);
    case PhiFamily::sigmoid_like:
      return plain_erf<Number>(0.5, 1 / 2.4020563531719796, 0.5, x);
    case PhiFamily::gelu:
      return plain_gelu(x);
    case PhiFamily::sin:
    case PhiFamily::cos:
      return wave(phi, p, x);
    case PhiFamily::rbf:
      return plain_rbf(p[0], x);
    case PhiFamily::exp:
      return plain_exp(p[0], p[1], x);
    case PhiFamily::gaussian:
      return plain_gaussian(p[0], p[1], x);
    case PhiFamily::gabor:
      return plain_gabor(x);
    case PhiFamily::polynomial:
      return plain_polynomial(p, x);
    case PhiFamily::monomial:
    case PhiFamily::hermite:
      return plain_polynomial(coefficients(phi), x);
    default:
      throw std::invalid_argument(
          fmt::format("[dual_derivatives] {} has no closed form", name_of(phi.family)));
  }
}

void check_parameter(const Phi& phi, std::optional<std::size_t> parameter) {
  if (!parameter) return;
  if (*parameter >= phi.parameters.size()) {
    require(false, fmt::format("[dual_derivatives] {} has {} parameters, asked for number {}",
                               name_of(phi.family), phi.parameters.size(), *parameter));
  }
  const bool degree = keys(phi.family).front().is_integer;
  if (degree) {
    require(false, fmt::format("[dual_derivatives] the degree of {} has no derivative",
                               name_of(phi.family)));
  }
}

}  // namespace

DualDerivatives dual_derivatives(const Phi& phi, double q1, double q2, HalfAngle angle,
                                 std::optional<std::size_t> parameter) {
  check_parameter(phi, parameter);
  const Pair x = pair_of(q1, q2, angle);
  switch (phi.family) {
    case PhiFamily::relu:
      return corner(0, 1, x, {});
    case PhiFamily::leaky_relu:
      return corner(phi.parameters[0], 1, x, parameter);
    case PhiFamily::abs:
      return corner(-1, 1, x, {});
    case PhiFamily::abrelu:
      return corner(phi.parameters[0], phi.parameters[1], x, parameter);
    case PhiFamily::sign:
      return jump(phi, 1, x);
    case PhiFamily::step:
      return jump(phi, 0.25, x);
    case PhiFamily::rectified_monomial:
      if (phi.parameters[0] == 0) return jump(phi, 0.25, x);
      if (phi.parameters[0] == 1) return corner(0, 1, x, {});
      return rectified_power(phi.parameters[0], x);
    case PhiFamily::exp_normalized:
      return normalized_exponential(phi.parameters[0], phi.parameters[1], x, parameter);
    default:
      return read(smooth(phi, x, parameter));
  }
}

VarianceDerivatives variance_derivatives(const Phi& phi, double q,
                                         std::optional<std::size_t> parameter) {
  const DualDerivatives d = dual_derivatives(phi, q, q, half_angle(0, false), parameter);
  VarianceDerivatives v{covariance_change(d, 1, 1, 1), d.K_p, slope_change(d, 1, 1, 1), d.Kdot_p};
  return v;
}

double covariance_change(const DualDerivatives& d, double dq1, double dq2, double dk) {
  if (d.K_k == infinite) return 0;
  return d.K_q1 * dq1 + d.K_q2 * dq2 + d.K_k * dk;
}

double slope_change(const DualDerivatives& d, double dq1, double dq2, double dk) {
  if (d.Kdot_k == infinite) return 0;
  return d.Kdot_q1 * dq1 + d.Kdot_q2 * dq2 + d.Kdot_k * dk;
}

}  // namespace wideband

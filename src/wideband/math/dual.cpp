#include "wideband/math/dual.hpp"

#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/math/dual_error_function.hpp"
#include "wideband/math/dual_exponential.hpp"
#include "wideband/math/dual_gelu.hpp"
#include "wideband/math/dual_polynomial.hpp"
#include "wideband/math/dual_rectified.hpp"
#include "wideband/math/dual_trigonometric.hpp"

namespace wideband {
namespace {

using enum PhiFamily;

// The families of 20 names are fewer: each name is one of these with its parameters.
struct Corner {
  double a, b;
};
struct ErrorFunction {
  double a, b, c;
};

Corner corner_of(const Phi& phi) {
  const auto& p = phi.parameters;
  switch (phi.family) {
    case leaky_relu:
      return {p[0], 1};
    case abs:
      return {-1, 1};
    case abrelu:
      return {p[0], p[1]};
    default:
      return {0, 1};
  }
}

ErrorFunction error_function_of(const Phi& phi) {
  switch (phi.family) {
    case probit:
      return {0.5, std::numbers::sqrt2 / 2, 0.5};
    case sigmoid_like:
      return {0.5, 1 / 2.4020563531719796, 0.5};
    default:
      return {phi.parameters[0], phi.parameters[1], phi.parameters[2]};
  }
}

Wave wave_of(const Phi& phi) {
  const double sine = std::sin(phi.parameters[2]);
  const double cosine = std::cos(phi.parameters[2]);
  const bool shifted = phi.family == cos;
  return {phi.parameters[0], phi.parameters[1], shifted ? sine * sine : cosine * cosine,
          shifted ? cosine * cosine : sine * sine};
}

int degree_of(const Phi& phi) {
  return static_cast<int>(phi.parameters[0]);
}

[[noreturn]] void refuse(const Phi& phi) {
  throw std::invalid_argument(
      fmt::format("[dual] {} has no closed form; see numeric_dual.hpp", name_of(phi.family)));
}

Dual rectified_power(int n, double q1, double q2, HalfAngle angle) {
  if (n == 0) return step_dual(q1, q2, angle);
  if (n > 1) return rectified_monomial_dual(n, q1, q2, angle);
  const Dual result = abrelu_dual(0, 1, angle);
  return {q1 == 0 || q2 == 0 ? HalfAngle{} : result.angle, result.slope};
}

}  // namespace

bool has_closed_dual(const Phi& phi) {
  return phi.family < tanh;
}

bool has_distributional_derivative(const Phi& phi) {
  return phi.family == sign || phi.family == step ||
         (phi.family == rectified_monomial && phi.parameters[0] == 0);
}

double dual_variance(const Phi& phi, double q) {
  const auto& p = phi.parameters;
  switch (phi.family) {
    case relu:
    case leaky_relu:
    case abs:
    case abrelu:
      return abrelu_variance(corner_of(phi).a, corner_of(phi).b, q);
    case erf:
    case probit:
    case sigmoid_like: {
      const auto [a, b, c] = error_function_of(phi);
      return erf_variance(a, b, c, q);
    }
    case gelu:
      return gelu_variance(q);
    case sin:
    case cos:
      return wave_variance(wave_of(phi), q);
    case rbf:
      return rbf_variance();
    case exp:
      return exp_variance(p[0], p[1], q);
    case gaussian:
      return gaussian_variance(p[0], p[1], q);
    case gabor:
      return gabor_variance(q);
    case sign:
      return sign_variance(q);
    case step:
      return step_variance(q);
    case monomial:
      return monomial_variance(degree_of(phi), q);
    case rectified_monomial:
      return degree_of(phi) == 0 ? step_variance(q)
                                 : rectified_monomial_variance(degree_of(phi), q);
    case hermite:
      return hermite_variance(degree_of(phi), q);
    case polynomial:
      return polynomial_variance(p, q);
    case exp_normalized:
      return exp_normalized_variance(p[0], p[1], q);
    default:
      refuse(phi);
  }
}

double dual_slope_variance(const Phi& phi, double q) {
  const auto& p = phi.parameters;
  switch (phi.family) {
    case relu:
    case leaky_relu:
    case abs:
    case abrelu:
      return abrelu_slope_variance(corner_of(phi).a, corner_of(phi).b, q);
    case erf:
    case probit:
    case sigmoid_like: {
      const auto [a, b, c] = error_function_of(phi);
      return erf_slope_variance(a, b, q);
    }
    case gelu:
      return gelu_slope_variance(q);
    case sin:
    case cos:
      return wave_slope_variance(wave_of(phi), q);
    case rbf:
      return rbf_slope_variance(p[0]);
    case exp:
      return exp_slope_variance(p[0], p[1], q);
    case gaussian:
      return gaussian_slope_variance(p[0], p[1], q);
    case gabor:
      return gabor_slope_variance(q);
    case sign:
    case step:
      return 0;
    case monomial:
      return monomial_slope_variance(degree_of(phi), q);
    case rectified_monomial:
      if (degree_of(phi) == 0) return 0;
      if (degree_of(phi) == 1) return abrelu_slope_variance(0, 1, q);
      return rectified_monomial_slope_variance(degree_of(phi), q);
    case hermite:
      return hermite_slope_variance(degree_of(phi), q);
    case polynomial:
      return polynomial_slope_variance(p, q);
    case exp_normalized:
      return exp_normalized_slope_variance(p[0], p[1]);
    default:
      refuse(phi);
  }
}

Dual dual(const Phi& phi, double q1, double q2, HalfAngle angle) {
  const auto& p = phi.parameters;
  const bool zero = q1 == 0 || q2 == 0;
  if (zero) angle = {};
  switch (phi.family) {
    case relu:
    case leaky_relu:
    case abs:
    case abrelu: {
      const Dual result = abrelu_dual(corner_of(phi).a, corner_of(phi).b, angle);
      return {zero ? HalfAngle{} : result.angle, result.slope};
    }
    case erf:
    case probit:
    case sigmoid_like: {
      const auto [a, b, c] = error_function_of(phi);
      return erf_dual(a, b, c, q1, q2, angle);
    }
    case gelu:
      return gelu_dual(q1, q2, angle);
    case sin:
    case cos:
      return wave_dual(wave_of(phi), q1, q2, angle);
    case rbf:
      return rbf_dual(p[0], q1, q2, angle);
    case exp:
      return exp_dual(p[0], p[1], q1, q2, angle);
    case gaussian:
      return gaussian_dual(p[0], p[1], q1, q2, angle);
    case gabor:
      return gabor_dual(q1, q2, angle);
    case sign:
      return sign_dual(q1, q2, angle);
    case step:
      return step_dual(q1, q2, angle);
    case monomial:
      return monomial_dual(degree_of(phi), q1, q2, angle);
    case rectified_monomial:
      return rectified_power(degree_of(phi), q1, q2, angle);
    case hermite:
      return hermite_dual(degree_of(phi), q1, q2, angle);
    case polynomial:
      return polynomial_dual(p, q1, q2, angle);
    case exp_normalized:
      return exp_normalized_dual(p[0], p[1], q1, q2, angle);
    default:
      refuse(phi);
  }
}

}  // namespace wideband

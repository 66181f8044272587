#include "wideband/math/dual_rectified.hpp"

#include <cmath>
#include <numbers>

#include <boost/math/quadrature/gauss.hpp>

#include "wideband/core/constants.hpp"
#include "wideband/math/dual_polynomial.hpp"

namespace wideband {
namespace {

// j(t) = sin t - t cos t = sum_{k>=1} (-1)^(k+1) 2k t^(2k+1) / (2k+1)!; the closed form cancels.
double sine_minus_linear_cosine(double t) {
  if (t > 1) return std::sin(t) - t * std::cos(t);
  double power = t;
  double sum = 0;
  for (int k = 1; k <= 10; ++k) {
    power *= -t * t / ((2.0 * k) * (2.0 * k + 1));
    sum -= 2 * k * power;
  }
  return sum;
}

// n! / (2n-1)!! / pi int_0^psi (cos t - cos psi)^n dt: (4) over its value at psi = pi.
double rectified_correlation(int n, double psi) {
  if (n == 0) return psi / pi;
  const int panels = 1 + n / 10;
  double sum = 0;
  for (int i = 0; i < panels; ++i) {
    const auto integrand = [&](double t) {
      return std::pow(2 * std::sin((psi + t) / 2) * std::sin((psi - t) / 2), n);
    };
    sum += boost::math::quadrature::gauss<double, 30>::integrate(integrand, psi * i / panels,
                                                                 psi * (i + 1) / panels);
  }
  for (int i = 1; i <= n; ++i) sum *= i / (2.0 * i - 1);
  return sum / pi;
}

}  // namespace

Dual abrelu_dual(double a, double b, HalfAngle angle) {
  const double squares = a * a + b * b;
  const double gap = (a - b) * (a - b);
  if (squares == 0) return {{}, 0};
  const double M = gap / (2 * squares);
  const double mu = M / pi;
  if (angle.s <= angle.c) {
    const double t = theta(angle);
    const double j = mu * sine_minus_linear_cosine(t);
    return {settled(angle.s - j, angle.c + j), squares / 2 - gap * t / (2 * pi)};  // (1), (3)
  }
  const double psi = supplement(angle);
  const double j = mu * sine_minus_linear_cosine(psi);
  const double rest = (a + b) * (a + b) / (2 * squares);  // 1 - M
  return {settled(rest * angle.s + M * angle.c - j, angle.c + M * (angle.s - angle.c) + j),  // (2)
          a * b + gap * psi / (2 * pi)};                                                     // (3)
}

double abrelu_variance(double a, double b, double q) {
  return (a * a + b * b) / 2 * q;
}

double abrelu_slope_variance(double a, double b, double q) {
  return q == 0 ? (a + b) * (a + b) / 4 : (a * a + b * b) / 2;
}

Dual sign_dual(double q1, double q2, HalfAngle angle) {
  if (q1 == 0 || q2 == 0) return {{}, 0};
  return {settled(theta(angle) / pi, supplement(angle) / pi), 0};
}

double sign_variance(double q) {
  return q > 0 ? 1 : 0;
}

Dual step_dual(double q1, double q2, HalfAngle angle) {
  if (q1 == 0 && q2 == 0) return {half_angle(0, false), 0};  // the constant 1/2 twice
  if (q1 == 0 || q2 == 0) {
    // K = 1/4 and variances 1/4, 1/2: rho' = 1/sqrt 2
    return {half_angle((1 - std::numbers::sqrt2 / 2) / 2, false), 0};
  }
  return {half_angle(theta(angle) / (2 * pi), false), 0};
}

double step_variance(double q) {
  return q > 0 ? 0.5 : 0.25;
}

Dual rectified_monomial_dual(int n, double q1, double q2, HalfAngle angle) {
  if (q1 == 0 || q2 == 0) return {{}, 0};
  const double psi = supplement(angle);
  const double root = std::sqrt(q1) * std::sqrt(q2);
  double slope = n * std::pow(root, n - 1) * n / 2;
  for (int i = 2; i < n; ++i) slope *= 2.0 * i - 1;
  slope *= rectified_correlation(n - 1, psi);
  if (angle.s > angle.c) {
    return {half_angle((1 - rectified_correlation(n, psi)) / 2, false), slope};  // (4)
  }
  const HalfAngle full = monomial_dual(n, 1, 1, angle).angle;
  const double rest = rectified_correlation(n, theta(angle)) / 2;
  const double s = n % 2 == 0 ? full.s + rest : full.s - rest;  // (5)
  return {half_angle(s, false), slope};
}

double rectified_monomial_variance(int n, double q) {
  return monomial_variance(n, q) / 2;
}

double rectified_monomial_slope_variance(int n, double q) {
  return n * n * monomial_variance(n - 1, q) / 2;
}

}  // namespace wideband

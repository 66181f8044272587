#include "wideband/math/dual_exponential.hpp"

#include <array>
#include <cmath>

#include <fmt/format.h>

#include "wideband/core/error.hpp"

namespace wideband {
namespace {

// sqrt(1 - 4bq), the fourth root of which divides E e^{2bx^2}.
double narrowing(double b, double q) {
  const double square = 1 - 4 * b * q;
  if (!(square > 0)) {
    throw NumericalError(
        fmt::format("[dual] gaussian: expected 4 b q < 1, got b = {}, q = {}", b, q));
  }
  return std::sqrt(square);
}

// log(sinh z / z) = sum_n coefficient_n z^(2n): Bernoulli numbers, enough for z <= 1/4.
constexpr std::array<double, 8> log_sinh = {1.0 / 6,           -1.0 / 180,
                                            1.0 / 2835,        -1.0 / 37800,
                                            1.0 / 467775,      -691.0 / 3831077250.0,
                                            2.0 / 127702575.0, -3617.0 / 2605132530000.0};

// lambda(z12) - lambda(z1)/2 - lambda(z2)/2 for lambda = log(sinh z/z) and z12^2 = z1 z2 shrink <=
// z1 z2; rest = 1 - shrink.
double log_sinh_difference(double z1, double z2, double shrink, double rest) {
  const double product = z1 * z2;
  double difference = 0;     // z1^n - z2^n
  double power2 = 1;         // z2^(n-1)
  double product_power = 1;  // (z1 z2)^n
  double shrink_power = 1;   // shrink^n
  double shrink_sum = 0;     // 1 + shrink + ... + shrink^(n-1)
  double sum = 0;
  for (const double coefficient : log_sinh) {
    difference = difference * z1 + power2 * (z1 - z2);
    power2 *= z2;
    shrink_sum += shrink_power;
    shrink_power *= shrink;
    product_power *= product;
    sum -= coefficient * (product_power * rest * shrink_sum + difference * difference / 2);
  }
  return sum;
}

// s' of Gabor's function for rho >= 0: log rho' = log rho - y, every part of y but the last >= 0.
double gabor_half(double q1, double q2, HalfAngle angle) {
  const double F1 = 1 + 4 * q1;
  const double F2 = 1 + 4 * q2;
  const double g = std::sqrt(F1) * std::sqrt(F2);
  const double root_gap = 4 * (q1 - q2) / (std::sqrt(F1) + std::sqrt(F2));
  const double eta0 = root_gap * root_gap / 2;
  const double R = std::sqrt(q1) * std::sqrt(q2);
  const double delta = 4 * R * R * angle.s * angle.c;
  const double eta = eta0 + 4 * delta;  // F - g
  const double F = g + eta;
  const double exponent = eta0 * (1 / F + 1 / g) / (4 * g) + delta / F * ((1 + g) / g);
  const double root_shrink = g / F;
  const double rho = cosine(angle);
  const double shrink = root_shrink * root_shrink * rho * rho;  // (z12)^2 / (z1 z2)
  const double rest = eta / F * (1 + root_shrink) * rho * rho + 4 * angle.s * angle.c;
  const double y =
      1.5 * std::log1p(eta / g) + exponent - log_sinh_difference(q1 / F1, q2 / F2, shrink, rest);
  return angle.s * std::exp(-y) - std::expm1(-y) / 2;
}

}  // namespace

Dual rbf_dual(double g, double q1, double q2, HalfAngle angle) {
  const double D = squared_distance(q1, q2, angle);
  return {half_angle(-std::expm1(-g * D) / 2, false), 2 * g * std::exp(-g * D)};
}

double rbf_variance() {
  return 1;
}

double rbf_slope_variance(double g) {
  return 2 * g;
}

Dual exp_dual(double a, double b, double q1, double q2, HalfAngle angle) {
  const double D = squared_distance(q1, q2, angle);
  const double exponent = (q1 + q2) / 2 + covariance(q1, q2, angle);
  const double slope = a * a * b * b * std::exp(b * b * exponent);
  return {a == 0 ? HalfAngle{} : half_angle(-std::expm1(-b * b * D / 2) / 2, false), slope};
}

double exp_variance(double a, double b, double q) {
  return a * a * std::exp(2 * b * b * q);
}

double exp_slope_variance(double a, double b, double q) {
  return b * b * exp_variance(a, b, q);
}

Dual gaussian_dual(double a, double b, double q1, double q2, HalfAngle angle) {
  const double G1 = narrowing(b, q1);
  const double G2 = narrowing(b, q2);
  if (a == 0) return {{}, 0};
  const double gap = -4 * b * (q1 - q2) / (G1 + G2);
  const double delta = 2 * std::sqrt(q1) * std::sqrt(q2) * std::sqrt(angle.s * angle.c);
  const double excess = gap * gap / 2 + 4 * b * delta * (b * delta);
  const double g = G1 * G2;
  const double G = std::sqrt(g + excess);                                                // (1)
  const double slope = 4 * (a * b) * (a * b) * (covariance(q1, q2, angle) / G) / G / G;  // (2)
  return {half_angle(excess / (2 * G * (G + std::sqrt(g))), false), slope};
}

double gaussian_variance(double a, double b, double q) {
  return a * a / narrowing(b, q);
}

double gaussian_slope_variance(double a, double b, double q) {
  const double G = narrowing(b, q);
  return 4 * (a * b) * (a * b) * (q / G) / G / G;
}

Dual gabor_dual(double q1, double q2, HalfAngle angle) {
  const double S = q1 + q2;
  const double k = covariance(q1, q2, angle);
  const double e =
      16 * std::sqrt(q1) * std::sqrt(q2) * std::sqrt(q1) * std::sqrt(q2) * angle.s * angle.c;
  const double F = 1 + 2 * S + e;
  const double z = k / F;
  const double factor = std::exp(-(S + e) / (2 * F)) / std::sqrt(F);
  const double slope = factor * ((1 / F + 8 * z * z) * std::cosh(z) +
                                 4 * z * (1 + (S + 1) / F) * std::sinh(z));  // (4)
  if (q1 == 0 || q2 == 0) return {{}, slope};
  const bool negative = angle.c < angle.s;
  const HalfAngle positive = negative ? HalfAngle{angle.c, angle.s} : angle;
  return {half_angle(gabor_half(q1, q2, positive), negative), slope};
}

double gabor_variance(double q) {
  const double F = 1 + 4 * q;
  return -std::expm1(-2 * q / F) / (2 * std::sqrt(F));
}

double gabor_slope_variance(double q) {
  const double F = 1 + 4 * q;
  const double z = q / F;
  return std::exp(-z) / std::sqrt(F) *
         ((1 / F + 8 * z * z) * std::cosh(z) + 4 * z * (1 + (2 * q + 1) / F) * std::sinh(z));
}

Dual exp_normalized_dual(double g, double shift, double q1, double q2, HalfAngle angle) {
  const double slope = g * std::exp(g * (cosine(angle) + shift));
  if (q1 == 0 || q2 == 0) return {{}, slope};
  return {half_angle(-std::expm1(-2 * g * angle.s) / 2, false), slope};
}

double exp_normalized_variance(double g, double shift, double q) {
  return q * std::exp(g * (1 + shift));
}

double exp_normalized_slope_variance(double g, double shift) {
  return g * std::exp(g * (1 + shift));
}

}  // namespace wideband

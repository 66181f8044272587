#include "wideband/math/dual_error_function.hpp"

#include <array>
#include <cmath>
#include <utility>

#include "wideband/core/constants.hpp"

namespace wideband {
namespace {

// asin(2q/(1+2q)): K11 of erf without the factor 2/pi.
double arc_sine(double q) {
  return std::atan2(2 * q, std::sqrt(1 + 4 * q));
}

// asin x = sum a_n x^(2n+1): the square roots of a_n, enough of them for x <= 1/2.
constexpr int terms = 26;
const std::array<double, terms>& root_coefficients() {
  static const std::array<double, terms> roots = [] {
    std::array<double, terms> values{};
    double binomial = 1;
    for (int n = 0; n < terms; ++n) {
      if (n > 0) binomial *= (2.0 * n - 1) / (2.0 * n);
      values[static_cast<std::size_t>(n)] = std::sqrt(binomial / (2 * n + 1));
    }
    return values;
  }();
  return roots;
}

// c0 / sqrt(f1 f2) = half the squared distance of the unit vectors sqrt(a_n / f) x^(n + 1/2).
double small_excess(double x1, double x2, double f1, double f2) {
  double power1 = std::sqrt(x1 / f1);
  double power2 = std::sqrt(x2 / f2);
  double sum = 0;
  for (const double root : root_coefficients()) {
    const double difference = root * (power1 - power2);
    sum += difference * difference;
    power1 *= x1;
    power2 *= x2;
  }
  return sum / 2;
}

// sqrt(f1 f2) - f12 over sqrt(f1 f2), f12 = asin sqrt(x1 x2).
double excess(double q1, double q2) {
  if (q1 == q2) return 0;
  const double x1 = 2 * q1 / (1 + 2 * q1);
  const double x2 = 2 * q2 / (1 + 2 * q2);
  const double f1 = arc_sine(q1);
  const double f2 = arc_sine(q2);
  if (x1 <= 0.5 && x2 <= 0.5) return small_excess(x1, x2, f1, f2);
  const double N = std::sqrt(f1) * std::sqrt(f2);
  const ArcSineDifferences differences = arc_sine_differences(q1, q2);
  if (N < differences.convexity) {
    const double f12 =
        std::atan2(2 * std::sqrt(q1) * std::sqrt(q2), std::sqrt(1 + 2 * q1 + 2 * q2));
    return (N - f12) / N;
  }
  // N = M - d^2/(M + N) with M the mean and d the half difference of f1 and f2.
  const double d = differences.half_difference;
  return std::fmax(0, differences.convexity - d * d / ((f1 + f2) / 2 + N)) / N;
}

// s' of erf for rho >= 0, variances scaled.
double positive_half(double q1, double q2, HalfAngle angle) {
  const double g1 = std::sqrt(1 + 2 * q1);
  const double g2 = std::sqrt(1 + 2 * q2);
  const double R = std::sqrt(q1) / g1 * (std::sqrt(q2) / g2);
  const double k = R * cosine(angle);
  const double square = 4 * R * R * angle.s * angle.c;  // (Delta / (g1 g2))^2
  const double base =
      1 / (g1 * g1 * g2) / g2 + 2 * (q1 / (g1 * g1)) / (g2 * g2) + 2 * (q2 / (g2 * g2)) / (g1 * g1);
  const double cosine_a = std::sqrt(base);
  const double cosine_b = std::sqrt(base + 4 * square);
  const double sine = 8 * R * angle.s * angle.c / (cosine_b + cosine_a * cosine(angle));
  const double I = std::atan2(sine, cosine_a * cosine_b + 4 * R * k);
  const double N = std::sqrt(arc_sine(q1)) * std::sqrt(arc_sine(q2));
  return (excess(q1, q2) + I / N) / 2;
}

}  // namespace

ArcSineDifferences arc_sine_differences(double q1, double q2) {
  const double w1 = std::sqrt(1 + 4 * q1);
  const double w2 = std::sqrt(1 + 4 * q2);
  const double root = std::sqrt(q1) * std::sqrt(q2);
  // With x = 2q/(1+2q): sin f = x, cos f = w/(1+2q), and f12 = asin sqrt(x1 x2) has the cosine
  // sqrt(1 + 2 q1 + 2 q2) / sqrt((1+2 q1)(1+2 q2)); tan((f1 + f2)/2 - f12) is a quotient of sums.
  const double difference = q1 - q2;
  const double slope = 8 * difference / (w1 + w2) * (difference / (w1 + w2));
  const double sum = 2 * q1 * w2 + 2 * q2 * w1 + 4 * root * std::sqrt(1 + 2 * q1 + 2 * q2);
  const double convexity = sum == 0 ? 0 : std::atan(slope / sum);
  const double cross = q1 * w2 + q2 * w1;
  const double lean = cross == 0 ? 0 : 2 * difference * ((q1 + q2) / cross + 4 * q1 * (q2 / cross));
  return {convexity, std::atan2(lean, w1 * w2 + 4 * q1 * q2) / 2};
}

Dual erf_dual(double a, double b, double c, double q1, double q2, HalfAngle angle) {
  const double Q1 = b * b * q1;
  const double Q2 = b * b * q2;
  const double delta = 2 * std::sqrt(Q1) * std::sqrt(Q2) * std::sqrt(angle.s * angle.c);
  const double slope =
      a * a * b * b * (4 / pi) / std::hypot(std::sqrt(1 + 2 * Q1 + 2 * Q2), 2 * delta);  // (2)
  HalfAngle odd;
  if (Q1 > 0 && Q2 > 0) {
    const bool negative = angle.c < angle.s;
    const HalfAngle positive = negative ? HalfAngle{angle.c, angle.s} : angle;
    odd = half_angle(positive_half(Q1, Q2, positive), negative);
  }
  const double v1 = erf_variance(a, b, 0, q1);
  const double v2 = erf_variance(a, b, 0, q2);
  if (v1 + c * c == 0 || v2 + c * c == 0) return {{}, slope};
  const double difference = a * a * (2 / pi) * 2 * arc_sine_differences(Q1, Q2).half_difference;
  return {with_bias(v1, v2, odd, c * c, difference), slope};
}

double erf_variance(double a, double b, double c, double q) {
  return a * a * (2 / pi) * arc_sine(b * b * q) + c * c;  // (1) at u = v
}

double erf_slope_variance(double a, double b, double q) {
  return a * a * b * b * (4 / pi) / std::sqrt(1 + 4 * b * b * q);
}

}  // namespace wideband

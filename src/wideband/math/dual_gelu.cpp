#include "wideband/math/dual_gelu.hpp"

#include <cmath>

#include "wideband/core/constants.hpp"
#include "wideband/math/dual_error_function.hpp"

namespace wideband {
namespace {

// E of the even branch is sqrt(q1 q2) h(q1, q2)/(2 pi); at u = v, h = 2q/((1+q) r) + atan2(q, r).
double even_factor(double q) {
  const double r = std::sqrt(1 + 2 * q);
  return 2 * (q / (1 + q)) / r + std::atan2(q, r);
}

double even_variance(double q) {
  return q * (even_factor(q) / (2 * pi));
}

// (h1 + h2)/2 - h12 and (h1 - h2)/2 at rho = 1. The rational part of h is T_ij (y_i + y_j) with
// T_ij = sqrt(qi qj)/sqrt(1 + qi + qj) and y = 1/(1+q); the rest are the arc sines of erf.
ArcSineDifferences factor_differences(double q1, double q2) {
  const double d = q1 - q2;
  const double r1 = std::sqrt(1 + 2 * q1);
  const double r2 = std::sqrt(1 + 2 * q2);
  const double root = std::sqrt(q1) * std::sqrt(q2);
  const double mean = std::sqrt(r1 * r2);
  const double C1 = std::sqrt(1 + q1 + q2);
  const double T1 = q1 / r1;
  const double T2 = q2 / r2;
  const double cross = (q1 * r2 + q2 * r1) * r1 * r2;
  const double T_difference = d * ((q1 + q2) / cross + 2 * q1 * (q2 / cross));
  const double root_difference = T_difference / (std::sqrt(T1) + std::sqrt(T2));
  const double r_difference = 2 * d / (r1 + r2);
  const double T_convexity = root_difference * root_difference +
                             root / C1 * (r_difference / (C1 + mean)) * (r_difference / mean);
  const double y1 = 1 / (1 + q1);
  const double y2 = 1 / (1 + q2);
  const double y_difference = -d * y1 * y2;
  const ArcSineDifferences arc = arc_sine_differences(q1 / 2, q2 / 2);
  return {arc.convexity + ((y1 + y2) * T_convexity + y_difference * T_difference) / 2,
          arc.half_difference + ((T1 + T2) * y_difference + T_difference * (y1 + y2)) / 2};
}

// sqrt(h1 h2) - h12 over sqrt(h1 h2), at rho = 1.
double even_excess(double q1, double q2, double h1, double h2) {
  if (q1 == q2) return 0;
  const double N = std::sqrt(h1 * h2);
  const ArcSineDifferences differences = factor_differences(q1, q2);
  if (N < differences.convexity) {
    const double root = std::sqrt(q1) * std::sqrt(q2);
    const double C1 = std::sqrt(1 + q1 + q2);
    const double h12 = root / C1 * (1 / (1 + q1) + 1 / (1 + q2)) + std::atan2(root, C1);
    return (N - h12) / N;
  }
  const double d = differences.half_difference;
  return std::fmax(0, differences.convexity - d * d / ((h1 + h2) / 2 + N)) / N;
}

// s' of the even branch for rho >= 0.
double even_half(double q1, double q2, HalfAngle angle) {
  const double h1 = even_factor(q1);
  const double h2 = even_factor(q2);
  const double R = std::sqrt(q1) * std::sqrt(q2);
  const double rho = cosine(angle);
  const double sc = angle.s * angle.c;
  const double C1 = std::sqrt(1 + q1 + q2);
  const double C = std::hypot(C1, 2 * R * std::sqrt(sc));
  const double P = (1 + q1) * (1 + q2);
  const double ratio = q1 / (1 + q1) * (q2 / (1 + q2));  // Pi / P
  const double rational = 4 * R * sc / C * (1 / P - ratio * ((C1 - 1 / C) / C1 * (C / (C + C1))));
  const double w1 = std::atan2(R, C1);
  const double turn = std::atan2(4 * R * sc * P / (C + rho * C1), C1 * C + rho * R * R);
  const double I = rational + 2 * angle.s * w1 + rho * turn;
  return (even_excess(q1, q2, h1, h2) + I / std::sqrt(h1 * h2)) / 2;
}

}  // namespace

Dual gelu_dual(double q1, double q2, HalfAngle angle) {
  if (q1 == 0 || q2 == 0) return {{}, 0.25};
  const double k = covariance(q1, q2, angle);
  const double R = std::sqrt(q1) * std::sqrt(q2);
  const double C = std::hypot(std::sqrt(1 + q1 + q2), 2 * R * std::sqrt(angle.s * angle.c));
  const double y = 1 / (1 + q1) + 1 / (1 + q2);                                         // (2+S)/P
  const double slope = 0.25 + (std::atan2(k, C) + k / C * (1 / C / C + y)) / (2 * pi);  // (2)
  const HalfAngle positive = angle.c < angle.s ? HalfAngle{angle.c, angle.s} : angle;
  const HalfAngle even = half_angle(even_half(q1, q2, positive), false);
  return {joined({q1 / 4, q2 / 4, angle}, {even_variance(q1), even_variance(q2), even}), slope};
}

double gelu_variance(double q) {
  return q / 4 + even_variance(q);  // (1) at u = v
}

double gelu_slope_variance(double q) {
  const double r = std::sqrt(1 + 2 * q);
  return 0.25 + (std::atan2(q, r) + q / r * (1 / r / r + 2 / (1 + q))) / (2 * pi);
}

}  // namespace wideband

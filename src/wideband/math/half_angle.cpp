#include "wideband/math/half_angle.hpp"

#include <cmath>
#include <cstddef>

namespace wideband {

HalfAngle half_angle(double smaller, bool opposite) {
  return opposite ? HalfAngle{1 - smaller, smaller} : HalfAngle{smaller, 1 - smaller};
}

HalfAngle settled(double s, double c) {
  return c < s ? half_angle(c, true) : half_angle(s, false);
}

double theta(HalfAngle angle) {
  return 2 * std::atan2(std::sqrt(angle.s), std::sqrt(angle.c));
}

double supplement(HalfAngle angle) {
  return 2 * std::atan2(std::sqrt(angle.c), std::sqrt(angle.s));
}

double cosine(HalfAngle angle) {
  return angle.c - angle.s;
}

double covariance(double q1, double q2, HalfAngle angle) {
  return std::sqrt(q1) * std::sqrt(q2) * cosine(angle);
}

double squared_distance(double q1, double q2, HalfAngle angle) {
  const double r1 = std::sqrt(q1);
  const double r2 = std::sqrt(q2);
  const double difference = q1 == q2 ? 0 : (q1 - q2) / (r1 + r2);
  return difference * difference + 4 * angle.s * r1 * r2;
}

HalfAngle angle_between(std::span<const double> x, std::span<const double> z, double norm_x,
                        double norm_z) {
  if (norm_x == 0 || norm_z == 0) return {};
  double product = 0;  // (x - z).(x + z)
  double sum = 0;      // x.z, for its sign
  for (std::size_t i = 0; i < x.size(); ++i) {
    product += (x[i] - z[i]) * (x[i] + z[i]);
    sum += x[i] * z[i];
  }
  const double stretch = product / (norm_x + norm_z) / norm_z;  // (2) over |z|
  const double sign = sum < 0 ? -1 : 1;
  double square = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double entry = (x[i] - sign * z[i]) - sign * z[i] * stretch;
    square += entry * entry;
  }
  return half_angle(square / (4 * norm_x * norm_x), sum < 0);  // (3)
}

HalfAngle joined(const Branch& A, const Branch& B) {
  const double R = std::sqrt(A.q1 + B.q1) * std::sqrt(A.q2 + B.q2);
  if (R == 0) return {};
  const double root_a1 = std::sqrt(A.q1);
  const double root_a2 = std::sqrt(A.q2);
  const double root_b1 = std::sqrt(B.q1);
  const double root_b2 = std::sqrt(B.q2);
  const double a = root_a1 * root_a2;
  const double b = root_b1 * root_b2;
  const double skew = root_a1 * root_b2 - root_a2 * root_b1;
  const double t = skew * skew / (R + a + b);
  return settled((t + 2 * A.angle.s * a + 2 * B.angle.s * b) / (2 * R),
                 (t + 2 * A.angle.c * a + 2 * B.angle.c * b) / (2 * R));  // (4)
}

HalfAngle with_bias(double q1, double q2, HalfAngle angle, double bias, double difference) {
  if (bias == 0) return angle;
  const double R = std::sqrt(q1 + bias) * std::sqrt(q2 + bias);
  const double root1 = std::sqrt(q1);
  const double root2 = std::sqrt(q2);
  const double a = root1 * root2;
  const double skew = difference == 0 ? 0 : difference / (root1 + root2);
  const double t = bias * skew * skew / (R + a + bias);
  return settled((t + 2 * angle.s * a) / (2 * R), (t + 2 * angle.c * a + 2 * bias) / (2 * R));
}

HalfAngle with_dropout(HalfAngle angle, double keep) {
  const double half = (1 - keep) / 2;
  return settled(half + keep * angle.s, half + keep * angle.c);
}

}  // namespace wideband

// The angle between two centered Gaussian variables, kept so that neither end of [0, pi] loses
// digits.
#pragma once

#include <span>

namespace wideband {

/// The angle theta between two centered Gaussian variables, cos theta = rho, as the pair
///
///   s = sin^2(theta / 2) = (1 - rho) / 2,   c = cos^2(theta / 2) = (1 + rho) / 2,   s + c = 1 (1)
///
/// each accurate relative to itself, so that neither end of [-1, 1] loses digits.
struct HalfAngle {
  double s = 0.5;
  double c = 0.5;
};

/// The half angle whose smaller member is `smaller`; `opposite` says that c is the smaller one.
HalfAngle half_angle(double smaller, bool opposite);

/// The half angle in which the smaller of the two given members decides, the other becomes 1 minus
/// it.
HalfAngle settled(double s, double c);

/// theta, pi - theta, and rho; each accurate relative to itself.
double theta(HalfAngle angle);
double supplement(HalfAngle angle);
double cosine(HalfAngle angle);

/// k = sqrt(q1 q2) (c - s).
double covariance(double q1, double q2, HalfAngle angle);

/// D = E(u - v)^2 = (sqrt q1 - sqrt q2)^2 + 4 s sqrt(q1 q2); every term >= 0.
double squared_distance(double q1, double q2, HalfAngle angle);

/// The angle between two rows, from their differences.
///
///   delta = (x - z).(x + z) / (|x| + |z|)      (= |x| - |z| without cancellation)            (2)
///   s = |(x - z) - z delta/|z||^2 / (4 |x|^2),   c = |(x + z) + z delta/|z||^2 / (4 |x|^2)   (3)
///
/// norm_x, norm_z  |x|, |z|; where one is 0, rho = 0
/// cost     two passes over the rows
/// accuracy theta to a few sqrt(d) eps of itself; equal rows give s = 0 exactly, as do rows
///          (x, -x) with c
HalfAngle angle_between(std::span<const double> x, std::span<const double> z, double norm_x,
                        double norm_z);

/// One summand of a covariance: variances of its two members and the angle between them.
struct Branch {
  double q1 = 0;
  double q2 = 0;
  HalfAngle angle = {};
};

/// Angle of the sum of two independent branches A and B; its variances are the sums.
///
///   R = sqrt((a1+b1)(a2+b2)),  t = (sqrt(a1 b2) - sqrt(a2 b1))^2 / (R + sqrt(a1 a2) + sqrt(b1 b2))
///   2 R s' = t + 2 s_A sqrt(a1 a2) + 2 s_B sqrt(b1 b2),   2 R c' likewise                     (4)
///
/// Every term is >= 0. Where R = 0, rho = 0. See docs/theory/kernels/half_angle.md
HalfAngle joined(const Branch& A, const Branch& B);

/// (4) for a bias, the branch b1 = b2 = bias (a variance) with s = 0. `difference` is q1 - q2, for
/// callers who know it better than the subtraction does; scaling the angle's own branch by W^2
/// scales q1, q2 and it.
HalfAngle with_bias(double q1, double q2, HalfAngle angle, double bias, double difference);

/// Dropout in training, between distinct samples: rho -> keep rho.
HalfAngle with_dropout(HalfAngle angle, double keep);

}  // namespace wideband

// Gaussian expectations of a pair of activations in closed form, carried by the half angle.
#pragma once

#include "wideband/math/phi.hpp"

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

struct Dual {
  HalfAngle angle;  // of (phi(u), phi(v)): rho' = E[phi(u) phi(v)] / sqrt(E phi(u)^2 E phi(v)^2)
  double slope;     // Kdot = E[phi'(u) phi'(v)]
};

/// Whether the expectations of phi have a closed form; the others are in numeric_dual.hpp.
bool has_closed_dual(const Phi& phi);

/// E phi(u)^2 and E phi'(u)^2 for u of variance q.
double dual_variance(const Phi& phi, double q);
double dual_slope_variance(const Phi& phi, double q);

/// The pair expectations for variances q1, q2 and the angle between u and v. K itself is
/// sqrt(dual_variance(q1) dual_variance(q2)) (c' - s').
///
/// q1, q2   variances, >= 0; where one of them is 0, rho = 0 (both factors independent)
/// cost     some ten elementary operations and at most four roots or logarithms
/// accuracy min(s', c') to a few eps of itself; see docs/theory/kernels
/// throws   std::invalid_argument for families without a closed form
/// source   Cho & Saul 2009, Williams 1997, Tsuchida et al. 2021, Han et al. 2022
Dual dual(const Phi& phi, double q1, double q2, HalfAngle angle);

}  // namespace wideband

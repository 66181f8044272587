// Gaussian expectations of a pair of activations in closed form, carried by the half angle.
#pragma once

#include "wideband/math/half_angle.hpp"
#include "wideband/math/phi.hpp"

namespace wideband {

struct Dual {
  HalfAngle angle;  // of (phi(u), phi(v)): rho' = E[phi(u) phi(v)] / sqrt(E phi(u)^2 E phi(v)^2)
  double slope;     // Kdot = E[phi'(u) phi'(v)]
};

/// Whether the expectations of phi have a closed form; the others are in numeric_dual.hpp.
bool has_closed_dual(const Phi& phi);

/// Sign and Step: phi' = 0 almost everywhere, so Kdot = 0 here, and what a smooth approximation of
/// phi would train is not in Theta.
bool has_distributional_derivative(const Phi& phi);

/// E phi(u)^2 and E phi'(u)^2 for u of variance q; inf where the double range ends. At q = 0 the
/// values phi(0)^2 and phi'(0)^2, with the mean of the one-sided ones at a jump. Throws
/// NumericalError for a gaussian with 4 b q >= 1, whose expectation is infinite.
double dual_variance(const Phi& phi, double q);
double dual_slope_variance(const Phi& phi, double q);

/// The pair expectations for variances q1, q2 and the angle between u and v. K itself is
/// sqrt(dual_variance(q1) dual_variance(q2)) (c' - s').
///
/// q1, q2   variances, >= 0; where one of them is 0, rho = 0 (both factors independent), and where
///          an output has variance 0 its rho' = 0
/// cost     some ten elementary operations and at most four roots or logarithms for most families
/// accuracy theta' to a few eps of pi, and of itself where q1 = q2: docs/theory/kernels/duals.md
/// throws   std::invalid_argument for families without a closed form, NumericalError as
///          dual_variance
/// source   Cho & Saul 2009, Williams 1997, Tsuchida et al. 2021, Han et al. 2022
Dual dual(const Phi& phi, double q1, double q2, HalfAngle angle);

}  // namespace wideband

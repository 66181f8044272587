// Dual functions of the piecewise polynomials with a corner or jump at 0: ReLU and its relatives.
#pragma once

#include "wideband/math/dual.hpp"

namespace wideband {

/// a min(x, 0) + b max(x, 0). With mu = (a-b)^2 / (2 pi (a^2+b^2)), M = pi mu, j(t) = sin t - t cos
/// t:
///
///   s' = s - mu j(theta), c' = c + mu j(theta)                                theta <= pi/2   (1)
///   s' = (1-M) s + M c - mu j(psi), c' = c + mu (pi (s-c) + j(psi))           beyond          (2)
///   Kdot = (a^2+b^2)/2 - (a-b)^2 theta/(2 pi)                                                 (3)
///
/// source   Cho & Saul 2009; Tsuchida, Roosta-Khorasani & Gallagher 2018
Dual abrelu_dual(double a, double b, HalfAngle angle);
double abrelu_variance(double a, double b, double q);
double abrelu_slope_variance(double a, double b, double q);

/// Sign: K = 1 - 2 theta/pi. Step: K = (pi - theta)/(2 pi). Kdot = 0 almost everywhere.
Dual sign_dual(double q1, double q2, HalfAngle angle);
double sign_variance(double q);
Dual step_dual(double q1, double q2, HalfAngle angle);
double step_variance(double q);

/// max(x, 0)^n for n >= 2, where phi' exists everywhere.
///
///   K = (q1 q2)^(n/2) J_n(psi) / (2 pi),   J_n = n! int_0^psi (cos t - cos psi)^n dt           (4)
///   J_n + (-1)^n J_n(pi - psi) = pi E(xy)^n for x, y of variance 1                             (5)
///
/// cost     Gauss-Legendre sums of 30 points per ten degrees
/// source   Cho & Saul 2009; (4) in docs/theory/kernels/duals.md
Dual rectified_monomial_dual(int n, double q1, double q2, HalfAngle angle);
double rectified_monomial_variance(int n, double q);
double rectified_monomial_slope_variance(int n, double q);

}  // namespace wideband

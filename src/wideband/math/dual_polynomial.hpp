// Dual functions of polynomials, by their expansion in Hermite polynomials of unit variance.
#pragma once

#include <span>

#include "wideband/math/dual.hpp"

namespace wideband {

/// phi(sqrt q x) = sum_l v_l(q) h_l(x) with orthonormal h_l, so that K = sum_l v_l(q1) v_l(q2)
/// rho^l (Mehler), Kdot the same with phi'. For polynomials
///
///   v_l(q) = q^{l/2} sum_i c_{l+2i} (l+2i)! q^i / (2^i i! sqrt(l!))                           (1)
///
/// and with A = v(q1)/|v(q1)|, B likewise, nothing cancels but inside (1):
///
///   s' = sum_l (A_l - B_l)^2/4 + sum_l A_l B_l (1 - rho^l)/2                                  (2)
///
/// coefficients  c_0 ... c_n, n <= 150
/// source   Daniely, Frostig & Singer 2016
Dual polynomial_dual(std::span<const double> coefficients, double q1, double q2, HalfAngle angle);
double polynomial_variance(std::span<const double> coefficients, double q);
double polynomial_slope_variance(std::span<const double> coefficients, double q);

/// x^n: v_l is q^{n/2} times a number, so rho' does not depend on the variances, and
/// E u^2n = (2n-1)!! q^n.
Dual monomial_dual(int n, double q1, double q2, HalfAngle angle);
double monomial_variance(int n, double q);
double monomial_slope_variance(int n, double q);

/// He_n(x)/sqrt(n!): v_{n-2i}(q) = q^{n/2-i} (q-1)^i sqrt(n!/(n-2i)!)/(2^i i!), a single term at
/// q = 1, where K = k^n.
Dual hermite_dual(int n, double q1, double q2, HalfAngle angle);
double hermite_variance(int n, double q);
double hermite_slope_variance(int n, double q);

}  // namespace wideband

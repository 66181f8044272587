// Dual functions of exponentials, Gaussians and products with them.
#pragma once

#include "wideband/math/dual.hpp"

namespace wideband {

/// sqrt2 sin(sqrt(2g) x + pi/4): K = e^{-g D}, D = E(u-v)^2, so s' = -expm1(-g D)/2; Kdot = 2g K.
Dual rbf_dual(double g, double q1, double q2, HalfAngle angle);
double rbf_variance();
double rbf_slope_variance(double g);

/// a e^{bx}: K = a^2 e^{b^2 (S/2 + k)}, s' = -expm1(-b^2 D/2)/2; Kdot = b^2 K.
Dual exp_dual(double a, double b, double q1, double q2, HalfAngle angle);
double exp_variance(double a, double b, double q);
double exp_slope_variance(double a, double b, double q);

/// a e^{b x^2}, 4 b q < 1. With G_i^2 = 1 - 4 b q_i and g = G_1 G_2:
///
///   K = a^2/G,  G^2 = g + (G_1 - G_2)^2/2 + 4 b^2 Delta^2,   s' = (1 - sqrt(g)/G)/2            (1)
///   Kdot = 4 a^2 b^2 k/G^3                                                                    (2)
///
/// throws   NumericalError where 4 b q >= 1
Dual gaussian_dual(double a, double b, double q1, double q2, HalfAngle angle);
double gaussian_variance(double a, double b, double q);
double gaussian_slope_variance(double a, double b, double q);

/// e^{-x^2} sin x. With e = 4 Delta^2, F = 1 + 2S + e:
///
///   K = F^{-1/2} e^{-(S+e)/(2F)} sinh(k/F)                                                    (3)
///   Kdot = F^{-5/2} e^{-(S+e)/(2F)} [ (F + 8 k^2) cosh(k/F) + 4k (F + S + 1) sinh(k/F) ]      (4)
///
/// source   Tsuchida et al. 2021 for the product of Gaussian and sine; the logarithm of rho' in
///          docs/theory/kernels/duals.md
Dual gabor_dual(double q1, double q2, HalfAngle angle);
double gabor_variance(double q);
double gabor_slope_variance(double q);

/// K = sqrt(q1 q2) e^{g (rho + shift)}, s' = -expm1(-2 g s)/2, Kdot = g e^{g (rho + shift)}.
Dual exp_normalized_dual(double g, double shift, double q1, double q2, HalfAngle angle);
double exp_normalized_variance(double g, double shift, double q);
double exp_normalized_slope_variance(double g, double shift);

}  // namespace wideband

// The tensor Gauss-Hermite rule of a given degree, for comparison with other programs digit by
// digit.
#pragma once

#include <vector>

#include "wideband/math/half_angle.hpp"
#include "wideband/math/phi.hpp"

namespace wideband {

/// int e^{-x^2} f(x) dx = sum_i weight_i f(x_i) for polynomials f of degree below 2n; x ascending.
struct GaussHermiteRule {
  std::vector<double> x;
  std::vector<double> weight;
};

/// n from 1 to 200; roots of H_n by bisection between those of H_(n-1).
GaussHermiteRule gauss_hermite_rule(int n);

/// K ~ (1/pi) sum_ij w_i w_j f(sqrt(2 q1) x_i) f(k x_i/sqrt(q1/2) + sqrt(2 (q2 - k^2/q1)) x_j) (1)
/// for f = phi and phi'; far from the expectation for large variances and for kinks.
struct ProductRuleValues {
  double K;
  double Kdot;
};
ProductRuleValues product_rule(const Phi& phi, const GaussHermiteRule& rule, double q1, double q2,
                               HalfAngle angle);

}  // namespace wideband

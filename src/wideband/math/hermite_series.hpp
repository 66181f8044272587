// Coefficients of an activation in Hermite polynomials, by which pair expectations are power
// series.
#pragma once

#include <vector>

#include "wideband/math/phi.hpp"

namespace wideband {

/// phi(sqrt q x) = sum_l a_l h_l(x) and phi'(sqrt q x) = sum_l b_l h_l(x) with orthonormal h_l, so
///
///   E phi(u) phi(v) = sum_l a_l(q1) a_l(q2) rho^l,   |rest| <= sqrt(T(q1) T(q2)),
///   T(q) = E phi^2 - sum_l a_l^2                                                              (1)
struct HermiteSeries {
  double variance = 0;        // E phi^2
  double slope_variance = 0;  // E phi'^2
  std::vector<double> value;  // a_l / sqrt(E phi^2)
  std::vector<double> slope;  // b_l / sqrt(E phi'^2)
  double tail = 0;            // the larger relative T of the two
};

/// terms     at most so many; fewer where the tail is below `tolerance` > 0. With 0 exactly so
///           many: a product of two series is only as long as the shorter one
/// cost      terms times some thousand multiply-adds
/// accuracy  each coefficient to some eps of 1
/// source    Parseval; Daniely, Frostig & Singer 2016
HermiteSeries hermite_series(const Phi& phi, double q, int terms, double tolerance);

}  // namespace wideband

// First derivatives of the closed dual functions, for tangents of kernels.
#pragma once

#include <cstddef>
#include <optional>

#include "wideband/math/dual.hpp"

namespace wideband {

/// K and Kdot as functions of (q1, q2, k) and one parameter p of phi.
///
/// K_k is Kdot wherever phi' is a function; for sign and step it is the density 2/(pi Delta) or its
/// quarter, while Kdot = 0. K_q1 = E[phi''(u) phi(v)]/2, Kdot_k = E[phi''(u) phi''(v)]. At
/// theta = 0 the derivatives that a corner makes infinite are infinite.
struct DualDerivatives {
  double K = 0;
  double K_q1 = 0;
  double K_q2 = 0;
  double K_k = 0;
  double K_p = 0;
  double Kdot = 0;
  double Kdot_q1 = 0;
  double Kdot_q2 = 0;
  double Kdot_k = 0;
  double Kdot_p = 0;
};

/// parameter  position in Phi::parameters; none: K_p = Kdot_p = 0
/// cost       the formula with four derivatives beside each number
/// accuracy   some eps of the largest term; not for pair states, which dual() carries
/// throws     std::invalid_argument for families without a closed form or parameters they lack (a
///            degree has no derivative)
DualDerivatives dual_derivatives(const Phi& phi, double q1, double q2, HalfAngle angle,
                                 std::optional<std::size_t> parameter = {});

/// The variances along the diagonal: V(q) = K(q, q, q), W(q) = Kdot(q, q, q).
struct VarianceDerivatives {
  double V_q = 0;
  double V_p = 0;
  double W_q = 0;
  double W_p = 0;
};
VarianceDerivatives variance_derivatives(const Phi& phi, double q,
                                         std::optional<std::size_t> parameter = {});

/// First-order changes of K and Kdot when q1, q2, k move. Where the slope by k is infinite (a
/// corner, theta = 0) the rows are multiples of each other and stay so to first order: the change
/// is then that at fixed angle.
double covariance_change(const DualDerivatives& d, double dq1, double dq2, double dk);
double slope_change(const DualDerivatives& d, double dq1, double dq2, double dk);

}  // namespace wideband

// The linear training rules in one formula: what remains of a mode after training for a time.
#pragma once

#include <variant>

#include "wideband/core/types.hpp"

namespace wideband {

/// What the squared error is divided by: the loss is (c/2) sum (f - y)^2 over n samples, o outputs.
enum class LossScale {
  half_mean,  // c = 1/(n o)
  half_sum,   // c = 1
  mean,       // c = 2/(n o)
  per_sample  // c = 1/n
};
double loss_factor(LossScale loss, Index samples, Index outputs);

/// Gradient flow.
struct Flow {};
/// Gradient descent; times are whole numbers of steps.
struct Descent {};
/// v <- momentum v + gradient, f <- f - eta v from v = 0; times are whole numbers of steps.
struct HeavyBall {
  double momentum = 0.9;
};
/// psi'' + ((1 - momentum)/sqrt eta) psi' + c z psi = 0 in tau = sqrt(eta) t, psi'(0) = 0.
struct HeavyBallFlow {
  double momentum = 0.9;
};
using Rule = std::variant<Flow, Descent, HeavyBall, HeavyBallFlow>;

/// Throws std::invalid_argument unless 0 <= momentum < 1.
void validate(const Rule& rule);

/// Throws std::invalid_argument unless time >= 0 (infinity allowed) and, for the rules of whole
/// steps, an integer up to 2^53.
void validate_time(const Rule& rule, double time);

struct ModeResponse {
  double residual;  // psi_t(z), what is left of the mode's error
  double gain;      // g_t(z) = (1 - psi_t(z))/z, its limit at z = 0
};

/// A mode of eigenvalue z = lambda + r of Theta + r I after training for a finite time at
/// kappa = learning_rate * loss_factor.
///
///   flow             psi = exp(-kappa z t)                                                    (1)
///   descent          psi = (1 - kappa z)^t                                                    (2)
///   heavy ball       psi_0 = 1, psi_1 = 1 - kappa z,
///                    psi_{t+1} = (1 + m - kappa z) psi_t - m psi_{t-1}                        (3)
///   heavy-ball flow  psi = e^-a (cosh s + a sinh(s)/s), a = (1-m)t/2, s^2 = a^2 - kappa z t^2 (4)
///
/// z        >= 0; the gain at z = 0 is kappa t for flow and descent
/// cost     O(1); (3) O(log t) by powers of its 2x2 matrix
/// accuracy gains to a few eps relative where z -> 0, residuals to a few eps absolute and, where
///          they decay, to about eps times their logarithm relative; see the theory page
///          docs/theory/kernels/prediction.md
ModeResponse mode_response(const Rule& rule, double kappa, double z, double time);

/// Whether every mode up to z_max decays: kappa z_max < 2 (1 + m) for steps; flows always do.
bool is_stable(const Rule& rule, double kappa, double z_max);

/// The rate at which is_stable ceases to hold; infinite for flows.
double max_learning_rate(const Rule& rule, double loss_factor, double z_max);

/// (1 + m)/(c z_max), half the bound; m = 0 for flow and descent.
double automatic_learning_rate(const Rule& rule, double loss_factor, double z_max);

/// Bounds over all z in [z_min, z_max], 0 <= z_min <= z_max.
struct ModeBounds {
  double residual;        // |psi_t|
  double gain;            // |g_t|
  double residual_slope;  // |dpsi_t/dz|
  double gain_slope;      // |dg_t/dz|
};
ModeBounds mode_bounds(const Rule& rule, double kappa, double z_min, double z_max, double time);

}  // namespace wideband

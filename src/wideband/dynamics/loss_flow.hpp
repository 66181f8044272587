// Training with any loss under a constant kernel: the ordinary differential equation of the
// outputs.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "wideband/core/status.hpp"
#include "wideband/core/types.hpp"
#include "wideband/dynamics/loss.hpp"

namespace wideband {

/// Where a flow stands: with f_t(x) = f_0(x) + Theta(x, X) position all else follows from it.
struct LossFlowState {
  double time = 0;
  Matrix position;  // (n, o) p
  Matrix velocity;  // (n, o) dp/dtau, with momentum only
};

struct LossFlowOptions {
  double learning_rate = 1.0;
  std::optional<double> momentum = {};      // absent: gradient flow; else in [0, 1)
  double relative_tolerance = 1e-8;         // of one step, on p
  double absolute_tolerance = 1e-8;         // of one step, on the outputs
  double stop_tolerance = 1e-8;             // where t = infinity stops
  Index max_steps = 100000;                 // in all
  MatrixView f0_train = Matrix();           // (n, o), or empty for 0
  MatrixView f0_test = Matrix();            // (m, o)
  std::optional<LossFlowState> start = {};  // of an earlier trajectory with the same f0
};
/// Throws std::invalid_argument naming field, value and bound.
void validate(const LossFlowOptions& options);

struct Trajectory {
  std::vector<double> times;
  std::vector<Matrix> train;   // (n, o) per time
  std::vector<Matrix> test;    // (m, o) per time
  std::vector<double> loss;    // on the training points, per time
  std::vector<Status> status;  // ok, or not_converged
  LossFlowState state;         // at the last time, to go on from
  Index steps = 0;
  Index evaluations = 0;  // of the loss
};

/// df/dtau = -Theta grad L(f, y) with tau = learning_rate t; with momentum m
/// f'' = -((1 - m)/sqrt(learning_rate)) f' - Theta grad L and tau = sqrt(learning_rate) t.
///
///   f_t(x) = f_0(x) + Theta(x, X) p_t,   p' = -grad L(f_0 + Theta p, y),  p_0 = 0              (1)
///
/// so that test points cost one product per time. Dormand-Prince 5(4) with dense output; errors are
/// measured on the outputs. At t = infinity it stops once |grad L| <= stop_tolerance |grad L at 0|
/// on the range of Theta, |f'| <= stop_tolerance (|f| + |y|), and f has moved by no more than 10
/// sqrt(stop_tolerance) (|f| + |y|) since a quarter to half of its time; else, after max_steps, the
/// status is not_converged. Cross-entropies on separable data always end so: they have no finite
/// limit, and their outputs grow like log t.
///
/// Theta     (n, n); Theta_zx (m, n), or empty
/// times     increasing, >= the start's
/// cost      8 products of Theta with p per step; stable steps in tau are below about
///           3/(lambda_max * curvature of L)
/// throws    std::invalid_argument (shapes, NaN, targets, options)
Trajectory loss_flow(MatrixView Theta, MatrixView Theta_zx, MatrixView y, const Loss& loss,
                     std::span<const double> times, const LossFlowOptions& options = {});

}  // namespace wideband

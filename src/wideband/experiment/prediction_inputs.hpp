// What a prediction is made from: targets, and kernels that were computed before or are computed
// now.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "wideband/experiment/kernel_job.hpp"
#include "wideband/experiment/prediction_request.hpp"

namespace wideband {

struct PredictionInputs {
  Matrix y;          // (n, o)
  Matrix y_test;     // (points, o), or empty
  Matrix X, Z;       // scaled inputs, with a net
  Architecture net;  // with a net; after a fit the fitted one
  bool has_net = false;
  bool has_test = false;  // else the points are the training points
  Matrix f0, f0_test;
  Matrix K_xx, Theta_xx, K_zx, Theta_zx, K_zz, Theta_zz;  // what the law reads; else empty
  std::vector<double> variance_z;  // of the law's own kernel at the test points; may be empty
  std::optional<std::string> architecture, scale;
  double error_estimate = 0;

  Index samples() const { return y.rows(); }
  Index points() const;
  /// The law's own kernel: K for nngp, else Theta.
  const Matrix& own_xx(Law law) const { return law == Law::nngp ? K_xx : Theta_xx; }
  const Matrix& own_zx(Law law) const { return law == Law::nngp ? K_zx : Theta_zx; }
};

/// Targets and, with a net, inputs: everything but the kernels. Throws std::invalid_argument naming
/// files and shapes that disagree.
PredictionInputs read_inputs(const PredictionJob& job);

/// Computes the kernels of the net, or reads their files. Throws std::invalid_argument for shapes
/// that disagree (an (n, m) cross kernel is answered with "transpose"), and what kernel throws.
void add_kernels(PredictionInputs& inputs, const PredictionJob& job, const JobEvents& events);

}  // namespace wideband

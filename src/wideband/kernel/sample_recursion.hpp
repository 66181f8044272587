// The recursion of the diagonal: K(x, x) and Theta(x, x) of every sample through all steps, in
// double.
#pragma once

#include <vector>

#include "wideband/core/types.hpp"
#include "wideband/kernel/steps.hpp"

namespace wideband {

struct SampleSignal {
  std::vector<double> variance;  // q = K(x, x)
  std::vector<double> tangent;   // Theta(x, x)
};

/// What every sample is in front of each step (the top of the stack; below it for `sum`, too) and
/// at the output.
struct SampleTrace {
  std::vector<SampleSignal> before;
  std::vector<SampleSignal> beneath;  // of `sum` steps; empty elsewhere
  SampleSignal output;
  std::vector<bool> zero;  // samples whose variance is 0 in front of some activation
  bool vanished = false;
};

struct TraceLimits {
  double largest_result = 1e100;      // of K and Theta; 1e37 for results in float
  double smallest_variance = 1e-290;  // below: vanished; 1e-37 for results in float
};

/// variances  q_0 = |x|^2 / d of every sample
/// throws     NumericalError naming the layer where a variance or Theta(x, x) overflows,
///            std::invalid_argument where a layernorm with eps = 0 meets a sample of variance 0
SampleTrace sample_trace(const std::vector<Step>& steps, const std::vector<double>& variances,
                         const TraceLimits& limits);

/// Sup norm of the relative error of the output by the largest amplification along the steps:
/// e_{l+1} = gain_l e_l + dual error_l + 4 eps, gain_l = max(1, max_i d log K_ii / d log q_i).
///
/// first        e_0
/// dual_errors  per step, 0 where the dual is closed
double error_bound(const std::vector<Step>& steps, const SampleTrace& x, const SampleTrace& z,
                   double first, double eps, const std::vector<double>& dual_errors);

}  // namespace wideband

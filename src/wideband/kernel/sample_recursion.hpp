// The recursion of the diagonal: K(x, x) and Theta(x, x) of every sample through all steps, in
// double.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "wideband/core/types.hpp"
#include "wideband/kernel/steps.hpp"
#include "wideband/math/numeric_dual.hpp"

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

/// Duals by numbers of the steps that have no closed form, made for the variances of their layer;
/// null elsewhere.
using NumericDuals = std::vector<std::unique_ptr<NumericDual>>;

/// variances  q_0 = |x|^2 / d of every sample
/// duals      becomes one entry per step
/// throws     NumericalError naming the layer where a variance or Theta(x, x) overflows,
///            std::invalid_argument where a layernorm with eps = 0 meets a sample of variance 0
SampleTrace sample_trace(const std::vector<Step>& steps, const std::vector<double>& variances,
                         const TraceLimits& limits, const NumericDualOptions& options,
                         NumericDuals& duals);

/// Samples first, ..., first + count - 1 of a trace.
SampleTrace part_of(const SampleTrace& trace, Index first, Index count);

/// Sup norm of the relative error of the output by the largest amplification along the steps:
/// e_{l+1} = gain_l e_l + dual error_l + 4 eps, gain_l = max(1, max_i d log K_ii / d log q_i).
///
/// first  e_0
double error_bound(const std::vector<Step>& steps, const SampleTrace& trace,
                   const NumericDuals& duals, double first, double eps);

}  // namespace wideband

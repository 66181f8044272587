// The nearest maximum of a smooth function of a few variables.
#pragma once

#include <functional>
#include <optional>

#include "wideband/core/types.hpp"

namespace wideband {

struct Slope {
  double value = 0;
  Vector gradient;
};

struct MaximizeOptions {
  Index max_iterations = 100;
  double tolerance = 1e-8;    // of the gradient, relative to max(1, |value|)
  double longest_step = 2.0;  // of any coordinate in one iteration
};

struct Maximum {
  Vector at;
  double value = 0;
  Index iterations = 0;
  bool converged = false;
};

/// Ascends from `start` by BFGS with backtracking. It converges where the gradient is below the
/// tolerance or no step along it raises the value by more than rounding.
///
/// function   none where it has no value; steps shorten until there is one
/// throws     std::invalid_argument for an empty start, a gradient of another size, or no value at
///            the start
/// source     Nocedal & Wright 2006, chapters 3 and 6
Maximum maximize(const std::function<std::optional<Slope>(const Vector&)>& function, Vector start,
                 const MaximizeOptions& options = {});

}  // namespace wideband

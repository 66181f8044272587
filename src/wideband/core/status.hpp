// How a computation ended, where that is a finding and no error.
#pragma once

#include <limits>
#include <string>

namespace wideband {

enum class Status {
  ok,
  diverged,       // the step size is beyond the stable one
  unresolved,     // rounding or the kernel's own error moves the result by as much as its size
  not_converged,  // the iteration or the integration stopped before its limit
  vanished,       // variances underflow
  distributional_derivative  // the activation jumps; its slope was taken as zero
};

/// "ok", "diverged", "unresolved", ...
std::string to_string(Status status);

inline constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace wideband

// Parallelism over independent tasks; the only file that knows of OpenMP.
#pragma once

#include <functional>

#include "wideband/core/types.hpp"

namespace wideband {

/// The number of cores that this process may use (its affinity mask and cgroup quota, at least 1).
Index available_cores();

/// Calls body(0), ..., body(count - 1), each once, on up to `threads` threads, in no fixed order.
/// A result may depend on its own index only, so that it is bitwise the same for any `threads`.
/// The first exception is rethrown after the loop; calls that had not begun by then are left out.
void parallel_for(Index count, Index threads, const std::function<void(Index)>& body);

}  // namespace wideband

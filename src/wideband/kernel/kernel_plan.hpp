// Memory and tile of a call of kernel, without measuring anything.
#pragma once

#include "wideband/kernel/kernel.hpp"

namespace wideband {

/// plan_kernel without its time.
template <class Real>
KernelPlan memory_plan(Index n_x, Index n_z, Index d, const Architecture& architecture,
                       const KernelOptions& options);

/// Throws UnavailableError where result and work exceed the limit, listing what would fit.
template <class Real>
void check_memory(const KernelPlan& plan, Index n_x, const KernelOptions& options);

}  // namespace wideband

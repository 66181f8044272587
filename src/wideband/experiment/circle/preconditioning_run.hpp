// One sample under the four flows of circle-preconditioning.
#pragma once

#include "wideband/experiment/circle/preconditioning_results.hpp"

namespace wideband {

/// The group of samples first, ..., first + count - 1 of size n.
PreconditioningGroup preconditioning_run(const PreconditioningTask& task, Index n);

/// Wall seconds and peak bytes of one sample.
Cost preconditioning_cost(const PreconditioningTask& task, Index n);

}  // namespace wideband

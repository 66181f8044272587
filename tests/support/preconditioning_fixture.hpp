// Results of a small circle-preconditioning, measured once for all tests.
#pragma once

#include <vector>

#include "wideband/experiment/circle/preconditioning_results.hpp"
#include "wideband/linalg/product.hpp"

namespace wideband::test {

inline Point<PreconditioningConfig, PreconditioningTask> preconditioning_point(
    const PreconditioningConfig& config) {
  set_blas_threads(1);
  Point<PreconditioningConfig, PreconditioningTask> point{config, {}};
  for (const PreconditioningTask& task : preconditioning_tasks(config))
    point.finished.push_back({task, preconditioning_record(task)});
  return point;
}

/// One target inside the block and one that reaches beyond it; from n = 1200 on the edges of the
/// block are predicted, and 60 steps of .4 reach the limits.
inline const std::vector<PreconditioningGroup>& small_preconditioning() {
  static const std::vector<PreconditioningGroup> groups = [] {
    PreconditioningConfig config;
    config.sizes = {128, 1280};
    config.cutoff = 3;
    config.targets = {"base4", "five"};
    config.eta = 0.4;
    config.steps = 60;
    config.seeds = 6;
    config.probes = 64;
    return preconditioning_groups({preconditioning_point(config)});
  }();
  return groups;
}

}  // namespace wideband::test

// Results of a small circle-sampling, measured once for all tests.
#pragma once

#include <vector>

#include "wideband/experiment/circle/sampling_modes.hpp"
#include "wideband/experiment/circle/sampling_moments.hpp"
#include "wideband/linalg/product.hpp"

namespace wideband::test {

inline Point<SamplingConfig, SamplingTask> sampling_point(const SamplingConfig& config) {
  set_blas_threads(1);
  Point<SamplingConfig, SamplingTask> point{config, {}};
  for (const SamplingTask& task : sampling_tasks(config))
    point.finished.push_back({task, sampling_record(task)});
  return point;
}

/// d = 5, enough samples for every claim to hold.
inline const std::vector<SampleGroup>& small_samples() {
  static const std::vector<SampleGroup> groups = [] {
    SamplingConfig config;
    config.sizes = {64, 256, 1024};
    config.cutoff = 2;
    config.seeds = 400;
    return sample_groups({sampling_point(config)});
  }();
  return groups;
}

inline const std::vector<ModeGroup>& small_modes() {
  static const std::vector<ModeGroup> groups = [] {
    SamplingConfig config;
    config.sizes = {64, 128, 256, 512};
    config.cutoff = 6;
    config.seeds = 12;
    config.steps = 300;
    config.step_rule = "fixed";
    config.exact_limit = 128;
    return mode_groups({sampling_point(config)});
  }();
  return groups;
}

}  // namespace wideband::test

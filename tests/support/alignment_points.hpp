// A small run of circle-alignment, for the tests of its parts.
#pragma once

#include <vector>

#include "wideband/experiment/circle/alignment.hpp"

namespace wideband::test {

inline AlignmentConfig small_alignment_config() {
  AlignmentConfig config;
  config.operator_kind = "continuum";
  config.operator_cutoff = 24;
  config.cutoff = 6;
  config.widths = {64, 1024, 4096};
  config.seeds = 60;
  return config;
}

inline Point<AlignmentConfig, AlignmentTask> alignment_point(const AlignmentConfig& config) {
  Point<AlignmentConfig, AlignmentTask> point{config, {}};
  for (const AlignmentTask& task : alignment_tasks(config))
    point.finished.push_back({task, alignment_record(task)});
  return point;
}

}  // namespace wideband::test

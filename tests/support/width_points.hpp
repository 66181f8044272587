// A small run of circle-width, for the tests of its parts.
#pragma once

#include <vector>

#include "wideband/experiment/circle/width.hpp"

namespace wideband::test {

inline WidthConfig small_width_config() {
  WidthConfig config;
  config.widths = {128, 256, 512, 1024};
  config.cutoff = 4;
  config.seeds = 500;
  return config;
}

inline Point<WidthConfig, WidthTask> width_point(const WidthConfig& config) {
  Point<WidthConfig, WidthTask> point{config, {}};
  for (const WidthTask& task : width_tasks(config))
    point.finished.push_back({task, width_record(task)});
  return point;
}

}  // namespace wideband::test

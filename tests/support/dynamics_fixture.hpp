// Small flows of circle-dynamics, run once for all tests.
#pragma once

#include <vector>

#include "wideband/experiment/circle/dynamics_results.hpp"

namespace wideband::test {

inline std::vector<DynamicsFlow> flows_of(const DynamicsConfig& config) {
  Point<DynamicsConfig, DynamicsTask> point{config, {}};
  for (const DynamicsTask& task : dynamics_tasks(config))
    point.finished.push_back({task, dynamics_record(task)});
  return dynamics_flows({point});
}

inline DynamicsConfig small_kernel_config() {
  DynamicsConfig config;
  config.sizes = {64, 256};
  config.steps = 300;
  return config;
}

inline DynamicsConfig small_trained_config() {
  DynamicsConfig config;
  config.model = "trained";
  config.sizes = {64};
  config.targets = {"eight"};
  config.widths = {16};
  config.steps = 400;
  config.seeds = 2;
  return config;
}

/// Kernel flows at a small step, at both sides of stability, and trained networks.
inline const std::vector<DynamicsFlow>& small_flows() {
  static const std::vector<DynamicsFlow> flows = [] {
    std::vector<DynamicsFlow> all = flows_of(small_kernel_config());
    DynamicsConfig edge = small_kernel_config();
    edge.sizes = {64};
    edge.targets = {"base4"};
    std::vector<DynamicsConfig> more = {edge, edge, small_trained_config()};
    more[0].eta_scale = 1.98;
    more[1].eta_scale = 2.02;
    for (const DynamicsConfig& config : more) {
      for (DynamicsFlow& flow : flows_of(config)) all.push_back(flow);
    }
    return all;
  }();
  return flows;
}

}  // namespace wideband::test

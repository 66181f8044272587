// Results of a small circle-spectrum, measured once for all tests.
#pragma once

#include "wideband/experiment/circle/spectrum_results.hpp"

namespace wideband::test {

inline SpectrumConfig small_spectrum_config() {
  SpectrumConfig config;
  config.sizes = {16, 64, 1001, 1024};
  config.cutoff = 40;
  config.neurons = 3000;
  return config;
}

inline const SpectrumResults& small_spectrum() {
  static const SpectrumResults results = [] {
    Point<SpectrumConfig, SpectrumTask> point{small_spectrum_config(), {}};
    for (const SpectrumTask& task : spectrum_tasks(point.config))
      point.finished.push_back({task, spectrum_record(task)});
    return spectrum_results({point});
  }();
  return results;
}

}  // namespace wideband::test

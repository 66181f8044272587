// The outcome of a spectral-bias run that takes a second.
#pragma once

#include "wideband/experiment/circle/spectral_bias.hpp"
#include "wideband/linalg/product.hpp"

namespace wideband::test {

inline Settings small_digest() {
  SpectralBiasConfig config;
  config.sizes = {64, 128, 256};
  config.widths = {64, 128, 256};
  config.seeds = 8;
  config.grid = 256;
  config.frozen_widths = {64, 256, 1024};
  config.frozen_seeds = 3;
  config.trained_widths = {32, 64};
  config.trained_seeds = 2;
  config.steps = 200;
  return settings_of(config);
}

inline Outcome small_digest_run() {
  set_blas_threads(1);  // as in a run
  const Experiment experiment = spectral_bias();
  const Settings config = small_digest();
  experiment.validate(config);
  PointRecords point{config, {}};
  for (const TaskSettings& task : experiment.tasks(config)) {
    point.finished.emplace_back(task.settings, experiment.run(task.settings));
  }
  return experiment.outcome({point});
}

/// The same, computed once in a program.
inline const Outcome& small_digest_outcome() {
  static const Outcome outcome = small_digest_run();
  return outcome;
}

}  // namespace wideband::test

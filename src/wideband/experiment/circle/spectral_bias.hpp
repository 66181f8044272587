// The experiment spectral-bias: a digest of the circle experiments, for whoever comes here first.
#pragma once

#include <string>
#include <vector>

#include "wideband/experiment/experiment.hpp"

namespace wideband {

struct SpectralBiasConfig {
  Index seed = 1;
  std::vector<Index> sizes = {64, 128, 256, 512, 1024, 2048, 4096};
  std::vector<Index> widths = {32, 64, 128, 256, 512, 1024, 2048, 4096};
  Index seeds = 500;
  Index grid = 1024;
  std::vector<Index> frozen_widths = {64, 256, 1024};
  Index frozen_seeds = 100;
  std::vector<Index> trained_widths = {128, 256, 512, 1024};
  Index trained_seeds = 10;
  std::string target = "decreasing";
  Index steps = 10000;
};

template <class Visitor>
void visit_fields(SpectralBiasConfig& config, Visitor&& visit) {
  visit("seed", config.seed, Field{.meaning = "root key of all randomness", .minimum = 0});
  visit("sizes", config.sizes,
        Field{.meaning = "sizes n of random samples", .minimum = 21, .maximum = 1 << 20});
  visit("widths", config.widths,
        Field{.meaning = "widths m of frozen networks, operator blocks",
              .minimum = 1,
              .maximum = 1 << 24});
  visit("seeds", config.seeds,
        Field{.meaning = "samples of each size, networks of each width", .minimum = 2});
  visit("grid", config.grid,
        Field{.meaning = "samples n of the grids", .minimum = 256, .maximum = 1 << 14});
  visit("frozen_widths", config.frozen_widths,
        Field{.meaning = "widths m whose frozen eigenvectors are taken",
              .minimum = 16,
              .maximum = 1 << 14});
  visit("frozen_seeds", config.frozen_seeds,
        Field{.meaning = "networks of each", .minimum = 2, .maximum = 1e7});
  visit("trained_widths", config.trained_widths,
        Field{.meaning = "widths m that are trained", .minimum = 1, .maximum = 1 << 20});
  visit("trained_seeds", config.trained_seeds,
        Field{.meaning = "networks of each", .minimum = 2, .maximum = 1e7});
  visit("target", config.target, Field{.meaning = "what they learn, by name"});
  visit("steps", config.steps,
        Field{.meaning = "gradient steps of training", .minimum = 100, .maximum = 1e8});
}

/// The experiment for the registry.
Experiment spectral_bias();

}  // namespace wideband

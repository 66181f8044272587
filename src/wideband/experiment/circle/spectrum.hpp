// The experiment circle-spectrum: eigenvalues of the circle kernels by closed form, quadrature,
// FFT.
#pragma once

#include <string>
#include <vector>

#include "wideband/experiment/experiment.hpp"

namespace wideband {

struct SpectrumConfig {
  Index seed = 1;
  std::vector<Index> sizes = {16, 64, 1024, 2048, 4096, 131072, 1048576, 1001};
  Index cutoff = 64;
  std::vector<std::string> kernel = {"K0", "K1", "nobias", "bias"};
  Index networks = 64;
  Index neurons = 4096;
};

template <class Visitor>
void visit_fields(SpectrumConfig& config, Visitor&& visit) {
  visit("seed", config.seed, Field{.meaning = "root key of all randomness", .minimum = 0});
  visit("sizes", config.sizes, Field{.meaning = "grid sizes n", .minimum = 1, .maximum = 1 << 26});
  visit("cutoff", config.cutoff,
        Field{.meaning = "largest frequency k in the tables", .minimum = 0, .maximum = 1 << 20});
  visit("kernel", config.kernel,
        Field{.meaning = "kernels", .choices = {"K0", "K1", "nobias", "bias"}});
  visit("networks", config.networks,
        Field{.meaning = "networks in stock parameterization, Monte Carlo", .minimum = 2});
  visit("neurons", config.neurons, Field{.meaning = "neurons of each of them", .minimum = 1});
}

/// One part of the experiment; what a part does not use is left empty.
struct SpectrumTask {
  std::string part;          // "continuum", "grid", "stock"
  std::vector<Index> sizes;  // grid
  std::vector<std::string> kernel;
  Index cutoff = 0;
  Index seed = 0;  // stock
  Index networks = 0;
  Index neurons = 0;
};

template <class Visitor>
void visit_fields(SpectrumTask& task, Visitor&& visit) {
  visit("part", task.part, Field{.meaning = "continuum, grid, or stock"});
  visit("sizes", task.sizes, Field{.meaning = "grid sizes n"});
  visit("kernel", task.kernel, Field{.meaning = "kernels"});
  visit("cutoff", task.cutoff, Field{.meaning = "largest frequency k"});
  visit("seed", task.seed, Field{.meaning = "root key"});
  visit("networks", task.networks, Field{.meaning = "networks"});
  visit("neurons", task.neurons, Field{.meaning = "neurons of each network"});
}

/// The tasks of a config: one of the continuum, one of the networks, and the sizes in groups of at
/// least 2^19 angles or all that are left.
std::vector<SpectrumTask> spectrum_tasks(const SpectrumConfig& config);

/// The record of a task. Pure, one thread.
Record spectrum_record(const SpectrumTask& task);

/// The experiment for the registry.
Experiment circle_spectrum();

}  // namespace wideband

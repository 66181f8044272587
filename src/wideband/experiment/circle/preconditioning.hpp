// The experiment circle-preconditioning: flows whose rates inside the Fourier block are equalized.
#pragma once

#include <string>
#include <vector>

#include "wideband/experiment/experiment.hpp"

namespace wideband {

struct PreconditioningConfig {
  Index seed = 1;
  std::vector<Index> sizes = {64, 128, 256, 512, 1024, 2048, 4096};
  Index cutoff = 4;
  Index mode_cutoff = 0;
  std::vector<std::string> targets = {"base4"};
  std::string kernel = "bias";
  double eta = 0.08;
  Index steps = 2000;
  Index seeds = 10;
  double shift = 0;
  double reg = 0;
  Index probes = 2048;
};

template <class Visitor>
void visit_fields(PreconditioningConfig& config, Visitor&& visit) {
  visit("seed", config.seed, Field{.meaning = "root key of all randomness", .minimum = 0});
  visit("sizes", config.sizes,
        Field{.meaning = "sample sizes n >= 2 cutoff + 1", .minimum = 1, .maximum = 1 << 20});
  visit(
      "cutoff", config.cutoff,
      Field{
          .meaning = "largest frequency K of the block, d = 2K + 1", .minimum = 0, .maximum = 200});
  visit("mode_cutoff", config.mode_cutoff,
        Field{.meaning = "largest frequency of the mode curves; 0: cutoff",
              .minimum = 0,
              .maximum = 200});
  visit("targets", config.targets, Field{.meaning = "targets by name"});
  visit("kernel", config.kernel,
        Field{.meaning = "kernel with positive eigenvalues in the block", .choices = {"bias"}});
  visit("eta", config.eta,
        Field{.meaning = "step of r <- r - eta B r", .minimum = 0, .exclusive = true});
  visit("steps", config.steps, Field{.meaning = "gradient steps", .minimum = 1, .maximum = 1e8});
  visit("seeds", config.seeds,
        Field{.meaning = "samples of each size", .minimum = 1, .maximum = 1e7});
  visit("shift", config.shift,
        Field{.meaning = "added to the eigenvalues before they are inverted", .minimum = 0});
  visit("reg", config.reg,
        Field{.meaning = "added to C before it is inverted; 1e-8 in the published code",
              .minimum = 0});
  visit("probes", config.probes,
        Field{.meaning = "grid on which the loss off the sample is measured", .minimum = 1});
}

/// Samples first, ..., first + count - 1 of some sizes, one target.
struct PreconditioningTask {
  Index seed = 0;
  std::vector<Index> sizes;
  Index first = 0;
  Index count = 1;
  Index cutoff = 0;
  Index mode_cutoff = 0;
  std::string target;
  std::string kernel;
  double eta = 0;
  Index steps = 0;
  double shift = 0;
  double reg = 0;
  Index probes = 0;
};

template <class Visitor>
void visit_fields(PreconditioningTask& task, Visitor&& visit) {
  visit("seed", task.seed, Field{.meaning = "root key"});
  visit("sizes", task.sizes, Field{.meaning = "sample sizes n"});
  visit("first", task.first, Field{.meaning = "first repetition"});
  visit("count", task.count, Field{.meaning = "repetitions"});
  visit("cutoff", task.cutoff, Field{.meaning = "K"});
  visit("mode_cutoff", task.mode_cutoff, Field{.meaning = "largest frequency of mode curves"});
  visit("target", task.target, Field{.meaning = "target"});
  visit("kernel", task.kernel, Field{.meaning = "kernel"});
  visit("eta", task.eta, Field{.meaning = "step"});
  visit("steps", task.steps, Field{.meaning = "gradient steps"});
  visit("shift", task.shift, Field{.meaning = "shift of the eigenvalues"});
  visit("reg", task.reg, Field{.meaning = "ridge on C"});
  visit("probes", task.probes, Field{.meaning = "probe grid"});
}

/// The tasks of a config, by target, in blocks of sizes and samples of about a second to fifteen.
std::vector<PreconditioningTask> preconditioning_tasks(const PreconditioningConfig& config);

/// The record of a task. Pure, one thread.
Record preconditioning_record(const PreconditioningTask& task);

/// The experiment for the registry.
Experiment circle_preconditioning();

}  // namespace wideband

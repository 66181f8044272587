// The experiment circle-sampling: what n random angles do to the Fourier basis and to training.
#pragma once

#include <string>
#include <vector>

#include "wideband/experiment/experiment.hpp"

namespace wideband {

struct SamplingConfig {
  Index seed = 1;
  std::vector<Index> sizes = {64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384};
  Index cutoff = 10;
  Index seeds = 100;
  std::string kernel = "bias";
  std::string sampling = "iid";
  std::string angles;
  double published_gram_ridge = 0;
  Index steps = 0;
  std::vector<std::string> targets = {"base4"};
  std::string step_rule = "scaled";
  double eta = 0.08;
  double eta_scale = 0.05;
  Index exact_limit = 1024;
};

template <class Visitor>
void visit_fields(SamplingConfig& config, Visitor&& visit) {
  visit("seed", config.seed, Field{.meaning = "root key of all randomness", .minimum = 0});
  visit("sizes", config.sizes,
        Field{.meaning = "sample sizes n >= 2 cutoff + 1", .minimum = 1, .maximum = 1 << 24});
  visit("cutoff", config.cutoff,
        Field{.meaning = "largest frequency K of the block, d = 2K + 1",
              .minimum = 0,
              .maximum = 1000});
  visit("seeds", config.seeds,
        Field{.meaning = "samples of each size", .minimum = 1, .maximum = 1e7});
  visit("kernel", config.kernel,
        Field{.meaning = "kernel", .choices = {"K0", "K1", "nobias", "bias"}});
  visit("sampling", config.sampling, Field{.meaning = "law of the angles", .choices = {"iid"}});
  visit("angles", config.angles,
        Field{.meaning = "file of angles in radians, one a line: one sample, in place of sizes and "
                         "seeds",
              .file = true});
  visit("published_gram_ridge", config.published_gram_ridge,
        Field{.meaning = "added to G before it is inverted; 1e-8 in the published code",
              .minimum = 0});
  visit("steps", config.steps,
        Field{.meaning = "gradient steps of the dynamics; 0: moments only",
              .minimum = 0,
              .maximum = 1e8});
  visit("targets", config.targets, Field{.meaning = "targets of the dynamics, by name"});
  visit("step_rule", config.step_rule,
        Field{.meaning = "fixed: eta; scaled: eta_scale over lambda_max of each sample",
              .choices = {"scaled", "fixed"}});
  visit("eta", config.eta,
        Field{.meaning = "operator step under step_rule fixed", .minimum = 0, .exclusive = true});
  visit("eta_scale", config.eta_scale,
        Field{.meaning = "eta lambda_max under step_rule scaled", .minimum = 0, .exclusive = true});
  visit("exact_limit", config.exact_limit,
        Field{.meaning = "largest n at which the dynamics are also solved by the eigensystem",
              .minimum = 0,
              .maximum = 4096});
}

/// Samples first, ..., first + count - 1 of some sizes. With steps = 0 their matrices are measured,
/// else their training on `target`. `angles` holds the sample itself if it comes from a file.
struct SamplingTask {
  Index seed = 0;
  std::vector<Index> sizes;
  Index first = 0;
  Index count = 1;
  Index cutoff = 0;
  std::string kernel;
  std::vector<double> angles;
  double published_gram_ridge = 0;
  Index steps = 0;
  std::string target;
  double eta = 0;        // 0: scaled
  double eta_scale = 0;  // 0: fixed
  bool exact = false;
};

template <class Visitor>
void visit_fields(SamplingTask& task, Visitor&& visit) {
  visit("seed", task.seed, Field{.meaning = "root key"});
  visit("sizes", task.sizes, Field{.meaning = "sample sizes n"});
  visit("first", task.first, Field{.meaning = "first repetition"});
  visit("count", task.count, Field{.meaning = "repetitions"});
  visit("cutoff", task.cutoff, Field{.meaning = "K"});
  visit("kernel", task.kernel, Field{.meaning = "kernel"});
  visit("angles", task.angles, Field{.meaning = "sample from a file"});
  visit("published_gram_ridge", task.published_gram_ridge, Field{.meaning = "ridge on G"});
  visit("steps", task.steps, Field{.meaning = "gradient steps"});
  visit("target", task.target, Field{.meaning = "target"});
  visit("eta", task.eta, Field{.meaning = "operator step, 0 if scaled"});
  visit("eta_scale", task.eta_scale, Field{.meaning = "eta lambda_max, 0 if fixed"});
  visit("exact", task.exact, Field{.meaning = "also solved by the eigensystem"});
}

/// The tasks of a config: moments in blocks of sizes and samples, then
/// the dynamics of each target and size.
std::vector<SamplingTask> sampling_tasks(const SamplingConfig& config);

/// The record of a task. Pure, one thread.
Record sampling_record(const SamplingTask& task);

/// The experiment for the registry.
Experiment circle_sampling();

}  // namespace wideband

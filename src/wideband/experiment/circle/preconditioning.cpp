#include "wideband/experiment/circle/preconditioning.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "wideband/circle/basis.hpp"
#include "wideband/core/error.hpp"
#include "wideband/data/target.hpp"
#include "wideband/experiment/circle/preconditioning_claims.hpp"
#include "wideband/experiment/circle/preconditioning_figures.hpp"
#include "wideband/experiment/circle/preconditioning_results.hpp"
#include "wideband/experiment/circle/preconditioning_run.hpp"
#include "wideband/experiment/circle/sampling_modes.hpp"
#include "wideband/experiment/circle/seed_blocks.hpp"

namespace wideband {
namespace {

Index largest_mode(const PreconditioningConfig& config) {
  return config.mode_cutoff == 0 ? config.cutoff : config.mode_cutoff;
}

void validate_config(const PreconditioningConfig& config) {
  for (const std::string& name : config.targets) target(name);
  const Index least = basis_size(std::max(config.cutoff, largest_mode(config)));
  for (const Index n : config.sizes) {
    require(n >= least,
            fmt::format("[circle-preconditioning] expected n >= 2 max(cutoff, mode_cutoff) + 1 = "
                        "{}, got {} in sizes",
                        least, n));
  }
  require(config.probes >= basis_size(config.cutoff),
          fmt::format("[circle-preconditioning] expected probes >= 2 cutoff + 1 = {}, got {}",
                      basis_size(config.cutoff), config.probes));
}

std::vector<Fact> protocol(const PreconditioningConfig& config) {
  return {
      {"parameterization",
       "f(x) = m^(-1/2) sum_j a_j relu(w_j.x + beta_b b_j) at infinite width, no fan-in division"},
      {"kernel", config.kernel},
      {"loss", "(1/2) sum_i r_i^2, f_0 = 0"},
      {"flows", "r <- r - eta B r, B = A (baseline) or Phi M G^(-1) Phi'/n A"},
      {"block", fmt::format("frequencies <= {}, d = {}", config.cutoff, basis_size(config.cutoff))},
      {"n", fmt::format("{}", fmt::join(config.sizes, ", "))},
      {"lr", "eta/n"},
      {"eta", fmt::format("{}", config.eta)},
      {"T", fmt::format("{}", config.eta * static_cast<double>(config.steps))},
      {"targets", fmt::format("{}", fmt::join(config.targets, ", "))},
      {"seeds", fmt::format("{}", config.seeds)}};
}

std::string label(const PreconditioningTask& task) {
  return fmt::format("{}, n = {}, seeds {}-{}", task.target, fmt::join(task.sizes, ", "),
                     task.first, task.first + task.count - 1);
}

Cost cost(const PreconditioningTask& task) {
  Cost sum;
  for (const Index n : task.sizes) {
    const Cost one = preconditioning_cost(task, n);
    sum.seconds += one.seconds * static_cast<double>(task.count);
    sum.bytes = std::max(sum.bytes, one.bytes);
  }
  return sum;
}

PreconditioningTask part_of(const PreconditioningConfig& config) {
  PreconditioningTask task;
  task.seed = config.seed;
  task.cutoff = config.cutoff;
  task.mode_cutoff = largest_mode(config);
  task.kernel = config.kernel;
  task.eta = config.eta;
  task.steps = config.steps;
  task.shift = config.shift;
  task.reg = config.reg;
  task.probes = config.probes;
  return task;
}

PreconditioningTask probe(const PreconditioningConfig& config) {
  PreconditioningTask task = part_of(config);
  task.target = config.targets.front();
  task.sizes = {std::max<Index>(1024, basis_size(std::max(config.cutoff, task.mode_cutoff)))};
  task.steps = 1000;
  return task;
}

Cost outcome_cost(const PreconditioningConfig& config) {
  const double groups = static_cast<double>(config.sizes.size() * config.targets.size());
  const double rows = 4 * groups * static_cast<double>(largest_mode(config) + 1) *
                      static_cast<double>(log_snapshots(config.steps).size());
  return {0.5 + 1e-5 * rows, 5e6 + 400 * rows};
}

Outcome outcome(const std::vector<Point<PreconditioningConfig, PreconditioningTask>>& points) {
  const std::vector<PreconditioningGroup> groups = preconditioning_groups(points);
  Outcome result{preconditioning_tables(groups),
                 preconditioning_claims(groups),
                 preconditioning_figures(groups),
                 {}};
  result.statuses = preconditioning_statuses(groups);
  return result;
}

}  // namespace

std::vector<PreconditioningTask> preconditioning_tasks(const PreconditioningConfig& config) {
  std::vector<PreconditioningTask> tasks;
  for (const std::string& name : config.targets) {
    PreconditioningTask part = part_of(config);
    part.target = name;
    part.count = config.seeds;
    const auto seconds = [&](Index n) { return preconditioning_cost(part, n).seconds; };
    for (const SeedBlock& block : seed_blocks(config.sizes, config.seeds, seconds)) {
      part.sizes = block.sizes;
      part.first = block.first;
      part.count = block.count;
      tasks.push_back(part);
    }
  }
  return tasks;
}

Record preconditioning_record(const PreconditioningTask& task) {
  Record record;
  for (const Index n : task.sizes) put_preconditioning(record, preconditioning_run(task, n));
  return record;
}

Experiment circle_preconditioning() {
  Definition<PreconditioningConfig, PreconditioningTask> definition;
  definition.name = "circle-preconditioning";
  definition.summary = "gradient steps whose rates inside the Fourier block are equalized";
  definition.validate = validate_config;
  definition.protocol = protocol;
  definition.tasks = preconditioning_tasks;
  definition.label = label;
  definition.run = preconditioning_record;
  definition.cost = cost;
  definition.probe = probe;
  definition.outcome_cost = outcome_cost;
  definition.outcome = outcome;
  return experiment(definition);
}

}  // namespace wideband

#include "wideband/experiment/circle/sampling.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "wideband/circle/basis.hpp"
#include "wideband/core/error.hpp"
#include "wideband/data/circle_points.hpp"
#include "wideband/data/target.hpp"
#include "wideband/experiment/circle/sampling_claims.hpp"
#include "wideband/experiment/circle/sampling_figures.hpp"
#include "wideband/experiment/circle/sampling_mode_claims.hpp"
#include "wideband/experiment/circle/sampling_mode_figures.hpp"
#include "wideband/experiment/circle/sampling_modes.hpp"
#include "wideband/experiment/circle/sampling_moments.hpp"
#include "wideband/experiment/circle/sampling_tables.hpp"
#include "wideband/experiment/circle/seed_blocks.hpp"

namespace wideband {
namespace {

double seconds_of(const SamplingTask& task, Index n) {
  return task.steps == 0 ? moments_cost(task, n).seconds : modes_cost(task, n).seconds;
}

// Appends `part` for all sizes and seeds.
void add_blocks(std::vector<SamplingTask>& tasks, SamplingTask part,
                const std::vector<Index>& sizes, Index seeds) {
  part.count = seeds;
  const auto seconds = [&](Index n) { return seconds_of(part, n); };
  for (const SeedBlock& block : seed_blocks(sizes, seeds, seconds)) {
    part.sizes = block.sizes;
    part.first = block.first;
    part.count = block.count;
    tasks.push_back(part);
  }
}

std::vector<double> file_angles(const SamplingConfig& config) {
  if (config.angles.empty()) return {};
  const Vector angles = angles_from_file(config.angles);
  return {angles.begin(), angles.end()};
}

void validate_config(const SamplingConfig& config) {
  const Index d = basis_size(config.cutoff);
  const auto check_size = [&](Index n, const std::string& where) {
    require(n >= d, fmt::format("[circle-sampling] expected n >= 2 cutoff + 1 = {}, got {} {}", d,
                                n, where));
  };
  for (const std::string& name : config.targets) target(name);
  if (!config.angles.empty()) {
    check_size(static_cast<Index>(file_angles(config).size()), "angles in " + config.angles);
    return;
  }
  for (const Index n : config.sizes) check_size(n, "in sizes");
}

std::vector<Fact> protocol(const SamplingConfig& config) {
  std::vector<Fact> facts = {
      {"parameterization",
       "f(x) = m^(-1/2) sum_j a_j relu(w_j.x + beta_b b_j) at infinite width, no fan-in division"},
      {"kernel", config.kernel},
      {"operator", "A = Theta(X, X)/n"},
      {"block",
       fmt::format("frequencies <= {}, d = {}", config.cutoff, basis_size(config.cutoff))}};
  if (config.angles.empty()) {
    facts.push_back({"sample", "independent uniform angles"});
    facts.push_back({"n", fmt::format("{}", fmt::join(config.sizes, ", "))});
    facts.push_back({"seeds", fmt::format("{}", config.seeds)});
  } else {
    facts.push_back({"sample", std::filesystem::path(config.angles).filename().string()});
  }
  if (config.steps == 0) {
    facts.push_back({"training", "none"});
    return facts;
  }
  const bool fixed = config.step_rule == "fixed";
  facts.push_back({"loss", "(1/2) sum_i r_i^2, f_0 = 0"});
  facts.push_back({"step", fixed
                               ? fmt::format("r <- r - eta A r, eta = {}, lr = eta/n", config.eta)
                               : fmt::format("r <- r - eta A r, eta = {}/lambda_max(A), lr = eta/n",
                                             config.eta_scale)});
  facts.push_back({"steps", fmt::format("{}", config.steps)});
  facts.push_back({"T", fixed ? fmt::format("{}", config.eta * static_cast<double>(config.steps))
                              : "eta times steps, eta of each sample"});
  facts.push_back({"targets", fmt::format("{}", fmt::join(config.targets, ", "))});
  return facts;
}

std::string label(const SamplingTask& task) {
  const std::string what = task.steps == 0 ? "moments" : task.target;
  const std::string sizes = fmt::format("{}, n = {}", what, fmt::join(task.sizes, ", "));
  if (!task.angles.empty()) return sizes + ", from a file";
  return fmt::format("{}, seeds {}-{}", sizes, task.first, task.first + task.count - 1);
}

Cost cost(const SamplingTask& task) {
  Cost sum;
  for (const Index n : task.sizes) {
    const Cost one = task.steps == 0 ? moments_cost(task, n) : modes_cost(task, n);
    sum.seconds += one.seconds * static_cast<double>(task.count);
    sum.bytes = std::max(sum.bytes, one.bytes);
  }
  return sum;
}

SamplingTask probe(const SamplingConfig& config) {
  SamplingTask task;
  task.sizes = {4096};
  task.cutoff = std::min<Index>(config.cutoff, 20);
  task.kernel = config.kernel;
  task.count = 20;
  return task;
}

Cost outcome_cost(const SamplingConfig& config) {
  const double d = static_cast<double>(basis_size(config.cutoff));
  const double sizes = static_cast<double>(config.sizes.size());
  const double samples = sizes * static_cast<double>(config.seeds);
  const double snapshots =
      config.steps == 0 ? 0 : static_cast<double>(log_snapshots(config.steps).size());
  const double rows = 2 * snapshots * sizes * static_cast<double>(config.targets.size()) *
                      static_cast<double>(config.cutoff + 1);
  return {0.5 + 1e-6 * samples * d * d + 1e-5 * rows, 9e6 + 4 * samples * d * d + 500 * rows};
}

Outcome outcome(const std::vector<Point<SamplingConfig, SamplingTask>>& points) {
  const std::vector<SampleGroup> samples = sample_groups(points);
  const std::vector<ModeGroup> modes = mode_groups(points);
  Outcome result;
  result.tables = moments_tables(samples);
  result.claims = sampling_claims(samples);
  result.figures = sampling_figures(samples);
  if (modes.empty()) return result;
  for (Table& table : modes_tables(modes)) result.tables.push_back(std::move(table));
  for (Claim& claim : modes_claims(modes)) result.claims.push_back(std::move(claim));
  for (Figure& figure : modes_figures(modes)) result.figures.push_back(std::move(figure));
  result.statuses = modes_statuses(modes);
  return result;
}

}  // namespace

std::vector<SamplingTask> sampling_tasks(const SamplingConfig& config) {
  SamplingTask part;
  part.seed = config.seed;
  part.cutoff = config.cutoff;
  part.kernel = config.kernel;
  part.angles = file_angles(config);
  part.published_gram_ridge = config.published_gram_ridge;
  const bool from_file = !part.angles.empty();
  if (from_file) part.seed = 0;
  std::vector<Index> sizes = config.sizes;
  if (from_file) sizes = {static_cast<Index>(part.angles.size())};
  const Index seeds = from_file ? 1 : config.seeds;
  std::vector<SamplingTask> tasks;
  add_blocks(tasks, part, sizes, seeds);
  if (config.steps == 0) return tasks;
  part.published_gram_ridge = 0;
  part.steps = config.steps;
  (config.step_rule == "fixed" ? part.eta : part.eta_scale) =
      config.step_rule == "fixed" ? config.eta : config.eta_scale;
  for (const std::string& name : config.targets) {
    part.target = name;
    for (const bool exact : {true, false}) {
      std::vector<Index> some;
      std::copy_if(sizes.begin(), sizes.end(), std::back_inserter(some),
                   [&](Index n) { return (n <= config.exact_limit) == exact; });
      part.exact = exact;
      add_blocks(tasks, part, some, seeds);
    }
  }
  return tasks;
}

Record sampling_record(const SamplingTask& task) {
  return task.steps == 0 ? moments_record(task) : modes_record(task);
}

Experiment circle_sampling() {
  Definition<SamplingConfig, SamplingTask> definition;
  definition.name = "circle-sampling";
  definition.summary = "n random angles: errors of G, H, E, their moments and bounds, training";
  definition.validate = validate_config;
  definition.protocol = protocol;
  definition.tasks = sampling_tasks;
  definition.label = label;
  definition.run = sampling_record;
  definition.cost = cost;
  definition.probe = probe;
  definition.outcome_cost = outcome_cost;
  definition.outcome = outcome;
  definition.compared = {"kernel"};
  return experiment(definition);
}

}  // namespace wideband

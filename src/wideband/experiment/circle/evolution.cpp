#include "wideband/experiment/circle/evolution.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "wideband/core/error.hpp"
#include "wideband/data/target.hpp"
#include "wideband/experiment/circle/evolution_claims.hpp"
#include "wideband/experiment/circle/evolution_figures.hpp"
#include "wideband/experiment/circle/evolution_results.hpp"
#include "wideband/experiment/circle/evolution_run.hpp"
#include "wideband/experiment/circle/evolution_tables.hpp"

namespace wideband {
namespace {

constexpr double least_task_seconds = 0.5;

// Where time and memory of a task go. Coefficients in seconds were fitted on the reference machine
// (docs/performance) to tasks from n = 512, m = 64 to n = 2048, m = 16384.
struct Sizes {
  explicit Sizes(const EvolutionTask& task)
      : n(static_cast<double>(task.n)),
        m(static_cast<double>(task.m)),
        steps(static_cast<double>(task.steps)),
        snapshots(static_cast<double>(snapshot_steps(task.steps).size())),
        alignments(static_cast<double>(eigen_steps(task.steps).size())),
        planes(static_cast<double>(task.rate_cutoff + 1)),
        columns(static_cast<double>(2 * task.cutoff + 1)),
        rank(std::min(n, 3 * m)) {}

  // Both ways to all eigenpairs at the start: the dense operator, or the small Gram matrix.
  double start() const {
    if (3 * m >= n) return 1.6e-10 * n * n * n;
    return 1e-10 * n * rank * rank + 1.6e-10 * rank * rank * rank;
  }
  double step() const { return 2.5e-9 * n + 1.4e-8 * m; }
  double run() const {
    const double measure = 2e-9 * n * planes + 1.2e-8 * m * planes + 40 * step();
    const double align = (7e-6 * n + 1.2e-6 * m) * columns / 25;
    return steps * step() + snapshots * measure + alignments * align +
           1.2e-10 * n * rank * snapshots;
  }
  double bytes() const {
    const double tables = n * (4 * planes + 5 * columns);
    const double at_start = 3 * m >= n ? 4.8 * n * n : n * rank + 3.7 * rank * rank;
    const double in_run = n * (rank + 3 * snapshots + 22 * (columns + 25)) + 20 * m;
    return 8 * (tables + std::max(at_start, in_run)) + 4e6;
  }

  double n, m, steps, snapshots, alignments, planes, columns, rank;
};

Cost cost(const EvolutionTask& task) {
  const Sizes sizes(task);
  const auto runs = static_cast<double>(task.targets.size());
  return {static_cast<double>(task.seeds) * (sizes.start() + runs * sizes.run()), sizes.bytes()};
}

EvolutionTask task_of(const EvolutionConfig& config, Index n, Index m) {
  return {.seed = config.seed,
          .n = n,
          .m = m,
          .targets = config.targets,
          .eta = config.eta,
          .published_eta_scale = config.published_eta_scale,
          .steps = config.steps,
          .first_seed = 0,
          .seeds = 1,
          .cutoff = config.cutoff,
          .rate_cutoff = config.rate_cutoff,
          .centered = config.centered,
          .phase_convention = config.phase_convention};
}

void validate_config(const EvolutionConfig& config) {
  for (const std::string& name : config.targets) target(name);
  for (const Index n : config.sizes) {
    Index top = config.cutoff;
    for (const std::string& name : config.targets) top = std::max(top, top_frequency(target(name)));
    require(n >= 2 * top + 1,
            fmt::format("[circle-evolution] expected n >= 2K + 1 = {} for cutoff and targets, got "
                        "sizes = {}",
                        2 * top + 1, n));
  }
}

std::vector<Fact> protocol(const EvolutionConfig& config) {
  std::vector<Fact> facts = {
      {"parameterization",
       fmt::format("f(x) = m^(-1/2) sum_j a_j relu(w_j.x + b_j), a, w ~ N(0, 1), b = 0, all "
                   "trained, no fan-in division, no output bias; f_0 random, {}subtracted",
                   config.centered ? "" : "not ")},
      {"target phases", config.phase_convention},
      {"loss", "(1/2) sum_i r_i^2, full batch, no noise"},
      {"branches",
       fmt::format("evolving and frozen_matched: eta = {}; frozen_published: eta = {}/lambda_max",
                   config.eta, config.published_eta_scale)},
      {"precision", "float64"}};
  for (const Index n : config.sizes) {
    facts.push_back({fmt::format("n = {}", n),
                     fmt::format("lr = eta/n = {:.8g}, eta = {}, T = eta s_max = {:.6g}",
                                 config.eta / static_cast<double>(n), config.eta,
                                 config.eta * static_cast<double>(config.steps))});
  }
  return facts;
}

std::string label(const EvolutionTask& task) {
  return fmt::format("n = {}, m = {}, eta = {}, seeds {}-{}", task.n, task.m, task.eta,
                     task.first_seed, task.first_seed + task.seeds - 1);
}

EvolutionTask probe(const EvolutionConfig& config) {
  EvolutionTask task = task_of(config, std::min<Index>(config.sizes.front(), 512),
                               std::min<Index>(config.widths.front(), 128));
  task.targets.resize(1);
  task.steps = std::min<Index>(task.steps, 2000);
  return task;
}

Cost outcome_cost(const EvolutionConfig& config) {
  const auto families = static_cast<double>(config.targets.size() * config.sizes.size());
  const double groups = families * static_cast<double>(config.widths.size());
  return {0.2 + 0.5 * families + 0.03 * groups, 3e5 * groups * static_cast<double>(config.seeds)};
}

Outcome outcome(const std::vector<Point<EvolutionConfig, EvolutionTask>>& points) {
  const EvolutionResults results = evolution_results(points);
  return {evolution_tables(results), evolution_claims(results), evolution_figures(results),
          evolution_statuses(results)};
}

}  // namespace

std::vector<EvolutionTask> evolution_tasks(const EvolutionConfig& config) {
  std::vector<EvolutionTask> tasks;
  for (const Index n : config.sizes) {
    for (const Index m : config.widths) {
      EvolutionTask task = task_of(config, n, m);
      const double seconds = cost(task).seconds;
      const auto block = static_cast<Index>(std::ceil(least_task_seconds / seconds));
      for (Index first = 0; first < config.seeds; first += block) {
        task.first_seed = first;
        task.seeds = std::min(block, config.seeds - first);
        tasks.push_back(task);
      }
    }
  }
  return tasks;
}

Record evolution_record(const EvolutionTask& task) {
  const EvolutionGrid grid(task.n, task.cutoff, task.rate_cutoff);
  std::map<std::string, Array> arrays;
  const PhaseConvention convention = phase_convention(task.phase_convention);
  for (Index s = 0; s < task.seeds; ++s) {
    const EvolutionStart start(grid, task, task.first_seed + s);
    for (const std::string& name : task.targets) {
      const Target shape = target(name, convention);
      for (const auto& [quantity, values] : evolution_run(grid, start, task, shape)) {
        Array& array = arrays[name + "." + quantity];
        array.shape = {task.seeds, values.rows(), values.cols()};
        array.values.insert(array.values.end(), values.data(), values.data() + values.size());
      }
    }
  }
  Record record;
  for (auto& [name, array] : arrays) record.put(name, std::move(array));
  return record;
}

Experiment circle_evolution() {
  Definition<EvolutionConfig, EvolutionTask> definition;
  definition.name = "circle-evolution";
  definition.summary = "trained networks beside their frozen kernel, on one time axis";
  definition.validate = validate_config;
  definition.protocol = protocol;
  definition.tasks = evolution_tasks;
  definition.label = label;
  definition.run = evolution_record;
  definition.cost = cost;
  definition.probe = probe;
  definition.outcome_cost = outcome_cost;
  definition.outcome = outcome;
  definition.compared = {"eta", "steps"};
  return experiment(definition);
}

}  // namespace wideband

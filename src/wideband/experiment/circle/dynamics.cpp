#include "wideband/experiment/circle/dynamics.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "wideband/circle/basis.hpp"
#include "wideband/circle/grid_operator.hpp"
#include "wideband/core/error.hpp"
#include "wideband/data/target.hpp"
#include "wideband/experiment/circle/dynamics_claims.hpp"
#include "wideband/experiment/circle/dynamics_figures.hpp"
#include "wideband/experiment/circle/dynamics_flow.hpp"
#include "wideband/experiment/circle/dynamics_results.hpp"

namespace wideband {
namespace {

constexpr double group_seconds = 0.5;

DynamicsOptions options_of(const DynamicsTask& task, std::size_t i) {
  DynamicsOptions options;
  options.kernel = angle_kernel(task.kernel[i]);
  options.n = task.sizes[i];
  options.target = target(task.targets[i], phase_convention(task.phase_convention));
  options.width = task.widths[i];
  options.grid = task.sampling == "grid";
  options.gaussian_start = task.start == "gaussian";
  options.eta_scale = task.eta_scale;
  options.eta = task.eta;
  options.steps = task.steps;
  options.cutoff = task.cutoff;
  options.seeds = task.seeds;
  options.seed = task.seed;
  return options;
}

// A task of the config's protocol without a flow.
DynamicsTask empty_task(const DynamicsConfig& config) {
  const bool trained = config.model == "trained";
  const bool random = trained || config.start == "gaussian" || config.sampling == "iid";
  DynamicsTask task;
  task.sampling = config.sampling;
  task.start = trained ? "network" : config.start;
  task.phase_convention = config.phase_convention;
  task.eta_scale = trained ? 0 : config.eta_scale;
  task.eta = trained ? config.eta : 0;
  task.steps = config.steps;
  task.cutoff = config.cutoff;
  task.seeds = random ? config.seeds : 1;
  task.seed = random ? config.seed : 0;
  return task;
}

void add_flow(DynamicsTask& task, const std::string& kernel, Index n, const std::string& name,
              Index width) {
  task.kernel.push_back(kernel);
  task.sizes.push_back(n);
  task.targets.push_back(name);
  task.widths.push_back(width);
}

Cost cost(const DynamicsTask& task) {
  const auto steps = static_cast<double>(task.steps);
  const auto columns = static_cast<double>(basis_size(task.cutoff));
  const auto snapshots = static_cast<double>(dynamics_snapshots(task.steps).size());
  Cost sum;
  for (std::size_t i = 0; i < task.sizes.size(); ++i) {
    const auto n = static_cast<double>(task.sizes[i]);
    const auto m = static_cast<double>(task.widths[i]);
    const double step = task.widths[i] > 0        ? 6e-9 * (n + m)
                        : task.sampling == "grid" ? 2.5e-9 * n * std::log2(n + 2)
                                                  : 5e-8 * n;
    const double look = 1e-9 * n * columns + 3e-8 * n;
    const double factors = 2e-9 * columns * std::max(steps, 1e5);
    sum.seconds += static_cast<double>(task.seeds) * (steps * step + snapshots * look) + factors;
    sum.bytes = std::max(sum.bytes, 8 * n * (columns + 20) + 200 * m);
  }
  return sum;
}

// Step and time of every kernel flow on a grid, whose lambda_max is known beforehand.
void add_clocks(std::vector<Fact>& facts, const DynamicsConfig& config) {
  for (const std::string& name : config.kernel) {
    for (const Index n : config.sizes) {
      const double lambda_max = grid_spectrum(angle_kernel(name), n).maxCoeff();
      const double eta = config.eta_scale / lambda_max;
      facts.push_back({fmt::format("{}, n = {}", name, n),
                       fmt::format("lr = eta/n = {:.6g}, eta = {:.6g}, T = eta s_max = {:.6g}",
                                   eta / static_cast<double>(n), eta,
                                   eta * static_cast<double>(config.steps))});
    }
  }
}

std::vector<Fact> protocol(const DynamicsConfig& config) {
  const bool trained = config.model == "trained";
  std::vector<Fact> facts = {
      {"parameterization",
       "f(x) = m^(-1/2) sum_j a_j relu(w_j.x + beta_b b_j), a, w ~ N(0, 1), b = 0, "
       "no fan-in division, no output bias"},
      {"loss", "(1/2) sum_i (f(x_i) - y_i)^2, full batch"},
      {"model", trained ? "trained network" : "kernel, f <- f - eta A r"},
      {"n", fmt::format("{}, {}", fmt::join(config.sizes, ", "), config.sampling)}};
  if (trained) {
    facts.push_back({"m", fmt::format("{}", fmt::join(config.widths, ", "))});
    facts.push_back({"lr", fmt::format("eta/n, eta = {}", config.eta)});
    facts.push_back(
        {"T", fmt::format("eta s = {}", config.eta * static_cast<double>(config.steps))});
  } else {
    facts.push_back({"start", config.start == "zero" ? "f_0 = 0" : "f_0 ~ N(0, K0)"});
    facts.push_back({"eta", fmt::format("{}/lambda_max(A)", config.eta_scale)});
    if (config.sampling == "grid") {
      add_clocks(facts, config);
    } else {
      facts.push_back(
          {"T", fmt::format("eta s, s <= {}; lambda_max is that of each sample", config.steps)});
    }
  }
  return facts;
}

std::string label(const DynamicsTask& task) {
  if (task.sizes.size() == 1 && task.widths[0] > 0) {
    return fmt::format("{}, n = {}, {}, m = {}", task.kernel[0], task.sizes[0], task.targets[0],
                       task.widths[0]);
  }
  if (task.sizes.size() == 1)
    return fmt::format("{}, n = {}, {}", task.kernel[0], task.sizes[0], task.targets[0]);
  return fmt::format("{} flows, n = {} to {}", task.sizes.size(), task.sizes.front(),
                     task.sizes.back());
}

DynamicsTask probe(const DynamicsConfig& config) {
  DynamicsTask task = empty_task(config);
  task.steps = 300;
  task.cutoff = std::min<Index>(config.cutoff, 8);
  task.seeds = 1;
  const bool trained = config.model == "trained";
  add_flow(task, config.kernel.front(), 4096, config.targets.front(), trained ? 1024 : 0);
  if (trained) task.steps = 10000;
  return task;
}

Outcome outcome(const std::vector<Point<DynamicsConfig, DynamicsTask>>& points) {
  const std::vector<DynamicsFlow> flows = dynamics_flows(points);
  return {dynamics_tables(flows), dynamics_claims(flows), dynamics_figures(flows),
          dynamics_statuses(flows)};
}

}  // namespace

void validate_dynamics(const DynamicsConfig& config) {
  for (const std::string& name : config.targets) target(name);
  for (const Index n : config.sizes) {
    require(n >= basis_size(config.cutoff),
            fmt::format("\"sizes\" holds {}, expected n >= 2 cutoff + 1 = {}", n,
                        basis_size(config.cutoff)));
  }
  if (config.model == "kernel") {
    require(config.start == "zero" || config.sampling == "grid",
            "\"start\" is \"gaussian\", which needs \"sampling\" = \"grid\"");
    return;
  }
  for (const std::string& kernel : config.kernel) {
    require(kernel == "bias" || kernel == "nobias",
            fmt::format("\"kernel\" holds \"{}\", a trained network is \"bias\" or \"nobias\"",
                        kernel));
  }
}

std::vector<DynamicsTask> dynamics_tasks(const DynamicsConfig& config) {
  const std::vector<Index> widths =
      config.model == "trained" ? config.widths : std::vector<Index>{0};
  std::vector<DynamicsTask> tasks;
  DynamicsTask group = empty_task(config);
  const auto close_group = [&] {
    if (!group.sizes.empty()) tasks.push_back(group);
    group = empty_task(config);
  };
  for (const std::string& kernel : config.kernel) {
    for (const Index n : config.sizes) {
      for (const std::string& name : config.targets) {
        for (const Index width : widths) {
          add_flow(group, kernel, n, name, width);
          if (cost(group).seconds >= group_seconds) close_group();
        }
      }
    }
  }
  close_group();
  return tasks;
}

Record dynamics_record(const DynamicsTask& task) {
  Record record;
  for (std::size_t i = 0; i < task.sizes.size(); ++i)
    put_flow(record, fmt::format("{}.", i), dynamics_measurement(options_of(task, i)));
  return record;
}

Experiment circle_dynamics() {
  Definition<DynamicsConfig, DynamicsTask> definition;
  definition.name = "circle-dynamics";
  definition.summary = "decay of Fourier planes under gradient steps, with and without bias";
  definition.validate = validate_dynamics;
  definition.protocol = protocol;
  definition.tasks = dynamics_tasks;
  definition.label = label;
  definition.run = dynamics_record;
  definition.cost = cost;
  definition.probe = probe;
  definition.outcome_cost = [](const DynamicsConfig&) { return Cost{0.15, 3e6}; };
  definition.outcome = outcome;
  definition.compared = {"eta_scale"};
  return experiment(definition);
}

}  // namespace wideband

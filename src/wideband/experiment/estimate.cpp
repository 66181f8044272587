#include "wideband/experiment/estimate.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <functional>
#include <numeric>
#include <sstream>
#include <string>
#include <vector>

#include "wideband/core/parallel.hpp"
#include "wideband/experiment/plan.hpp"
#include "wideband/experiment/task_store.hpp"
#include "wideband/linalg/product.hpp"

namespace wideband {
namespace {

constexpr double longest_probe = 1.0;  // seconds
constexpr double run_bytes = 6e6;      // code and heap that any run touches
constexpr int most_probes = 3;         // the fastest counts: others may have disturbed the rest

double measured_seconds(const Experiment& experiment, const Settings& task) {
  const auto start = std::chrono::steady_clock::now();
  experiment.run(task);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double probe_seconds(const Experiment& experiment, const Settings& task) {
  double total = 0;
  double best = longest_probe * 1e9;
  for (int i = 0; i < most_probes; ++i) {
    const double seconds = measured_seconds(experiment, task);
    best = std::min(best, seconds);
    total += seconds;
    if (total + seconds > longest_probe) break;
  }
  return best;
}

// A line of /proc/self/status ("VmRSS:   1234 kB") in bytes; 0 where there is none.
double resident_bytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    std::istringstream words(line);
    std::string name;
    double kilobytes = 0;
    if (words >> name >> kilobytes && name == "VmRSS:") return 1024 * kilobytes;
  }
  return 0;
}

double outcome_sum(const Experiment& experiment, const Plan& plan, double Cost::*part) {
  double sum = 0;
  for (const Settings& point : plan.points) sum += experiment.outcome_cost(point).*part;
  return sum;
}

}  // namespace

double schedule_length(const std::vector<double>& seconds, Index threads) {
  std::vector<double> free_at(static_cast<std::size_t>(std::max<Index>(1, threads)), 0.0);
  for (const double task : seconds) *std::min_element(free_at.begin(), free_at.end()) += task;
  return *std::max_element(free_at.begin(), free_at.end());
}

Estimate estimate(const Experiment& experiment, const Deck& deck,
                  const std::filesystem::path& folder, Index threads) {
  set_blas_threads(1);
  const Plan plan = plan_of(experiment, deck);
  const TaskStore store(folder / "tasks", {.experiment = experiment.name, .read_only = true});
  Estimate result;
  result.tasks = static_cast<Index>(plan.tasks.size());
  std::vector<double> seconds;
  std::vector<double> bytes;
  for (const TaskSettings& task : plan.tasks) {
    if (store.has(task)) continue;
    seconds.push_back(task.cost.seconds);
    bytes.push_back(task.cost.bytes);
  }
  result.stored = result.tasks - static_cast<Index>(seconds.size());
  std::sort(seconds.begin(), seconds.end(), std::greater<>());
  std::sort(bytes.begin(), bytes.end(), std::greater<>());
  bytes.resize(std::min(bytes.size(), static_cast<std::size_t>(threads)));

  const double tasks_at_once = std::accumulate(bytes.begin(), bytes.end(), 0.0);
  const double outcome = outcome_sum(experiment, plan, &Cost::bytes);
  result.bytes = resident_bytes() + run_bytes + std::max(tasks_at_once, outcome);

  const TaskSettings probe = experiment.probe(plan.points.front());
  result.probe_seconds = probe_seconds(experiment, probe.settings);
  result.speed = probe.cost.seconds / result.probe_seconds;
  const Index workers = std::min(threads, available_cores());
  result.seconds =
      (schedule_length(seconds, workers) + outcome_sum(experiment, plan, &Cost::seconds)) /
      result.speed;
  return result;
}

}  // namespace wideband

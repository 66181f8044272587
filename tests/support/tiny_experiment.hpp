// An experiment of a few milliseconds: sums of powers, whose theory is a formula.
#pragma once

#include <atomic>
#include <cmath>

#include <fmt/format.h>

#include "wideband/experiment/experiment.hpp"

namespace wideband::test {

struct TinyConfig {
  std::vector<Index> sizes = {4, 8, 16};
  Index power = 1;
  Index seed = 0;
};

template <class Visitor>
void visit_fields(TinyConfig& config, Visitor&& visit) {
  visit("sizes", config.sizes, Field{.meaning = "numbers of terms n", .minimum = 1});
  visit("power", config.power, Field{.meaning = "exponent p", .minimum = 0, .maximum = 2});
  visit("seed", config.seed, Field{.meaning = "root key"});
}

struct TinyTask {
  Index n = 0;
  Index power = 0;
};

template <class Visitor>
void visit_fields(TinyTask& task, Visitor&& visit) {
  visit("n", task.n, Field{});
  visit("power", task.power, Field{});
}

/// 0 + 1 + ..., squares, or a count: what the sum of i^p, i < n, must be.
inline double sum_of_powers(Index n, Index power) {
  const auto x = static_cast<double>(n);
  if (power == 0) return x;
  return power == 1 ? x * (x - 1) / 2 : x * (x - 1) * (2 * x - 1) / 6;
}

/// `on_task` is called at the start of every task with its n.
inline Experiment tiny_experiment(std::function<void(Index)> on_task = [](Index) {}) {
  Definition<TinyConfig, TinyTask> tiny;
  tiny.name = "tiny";
  tiny.summary = "sums of powers";
  tiny.validate = [](const TinyConfig& config) {
    if (config.power == 2 && config.sizes.front() == 1) {
      throw std::invalid_argument("[tiny] a single square is no sum");
    }
  };
  tiny.protocol = [](const TinyConfig& config) {
    return std::vector<Fact>{{"power", fmt::format("{}", config.power)}, {"precision", "float64"}};
  };
  tiny.tasks = [](const TinyConfig& config) {
    std::vector<TinyTask> tasks;
    for (const Index n : config.sizes) tasks.push_back({n, config.power});
    return tasks;
  };
  tiny.label = [](const TinyTask& task) { return fmt::format("n = {}", task.n); };
  tiny.run = [on_task](const TinyTask& task) {
    on_task(task.n);
    double sum = 0;
    for (Index i = 0; i < task.n; ++i) sum += std::pow(i, task.power);
    Record record;
    record.put("sum", sum);
    return record;
  };
  tiny.cost = [](const TinyTask& task) {
    return Cost{1e-3 * static_cast<double>(task.n), 8.0 * static_cast<double>(task.n)};
  };
  tiny.probe = [](const TinyConfig& config) { return TinyTask{100, config.power}; };
  tiny.outcome_cost = [](const TinyConfig&) { return Cost{1e-3, 1e3}; };
  tiny.outcome = [](const std::vector<Point<TinyConfig, TinyTask>>& points) {
    Outcome outcome;
    Table table("sums", {"power", "n", "sum", "predicted"});
    Claim claim{.id = "closed-form", .statement = "sums follow the closed form", .source = "Gauss"};
    for (const auto& point : points) {
      for (const auto& [task, record] : point.finished) {
        const double predicted = sum_of_powers(task.n, task.power);
        table.add({task.power, task.n, record.scalar("sum"), predicted});
        claim.comparisons.push_back({.label = fmt::format("n = {}", task.n),
                                     .measured = record.scalar("sum"),
                                     .predicted = predicted,
                                     .rounding = 1e-9});
      }
    }
    outcome.tables.push_back(table);
    outcome.claims.push_back(claim);
    outcome.statuses.push_back("summed");
    return outcome;
  };
  return experiment(tiny);
}

}  // namespace wideband::test

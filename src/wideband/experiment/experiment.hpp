// What an experiment is: a config, independent pure tasks, and an outcome drawn from their records.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "wideband/experiment/claim.hpp"
#include "wideband/experiment/figure.hpp"
#include "wideband/experiment/record.hpp"
#include "wideband/experiment/settings.hpp"
#include "wideband/experiment/table.hpp"

namespace wideband {

/// What a task costs: wall seconds on one core of the reference machine of docs/performance, and
/// its peak memory. A dry run scales the seconds by the speed that it measures with the probe task.
struct Cost {
  double seconds = 0;
  double bytes = 0;
};

/// A line of the protocol that is printed before the run: {"parameterization", "m^(-1/2) sum ..."}.
struct Fact {
  std::string name;
  std::string value;
};

/// Everything that is shown of a run.
struct Outcome {
  std::vector<Table> tables = {};
  std::vector<Claim> claims = {};
  std::vector<Figure> figures = {};
  std::vector<std::string> statuses = {};  // "diverged at step 412: eta lambda_max = 2.02 > 2", ...
};

/// A task with its record.
template <class Task>
struct Finished {
  Task task;
  Record record;
};

/// One resolved config of a deck (a sweep has several) with the records of its tasks, in order.
template <class Config, class Task>
struct Point {
  Config config;
  std::vector<Finished<Task>> finished;
};

/// What the author of an experiment writes. Config and Task are structs with visit_fields; a Task
/// holds everything that its record depends on and nothing else, for its hash is the task's id.
template <class Config, class Task>
struct Definition {
  std::string name;     // "circle-spectrum"
  std::string summary;  // one line for `list`
  /// Throws std::invalid_argument for what bounds of single fields cannot say (n < 2K+1, ...).
  std::function<void(const Config&)> validate;
  std::function<std::vector<Fact>(const Config&)> protocol;
  std::function<std::vector<Task>(const Config&)> tasks;
  std::function<std::string(const Task&)> label;  // "n = 1024, seeds 0-24", for progress and errors
  std::function<Record(const Task&)> run;         // pure, one thread
  std::function<Cost(const Task&)> cost;
  std::function<Task(const Config&)> probe;  // a task of about 0.1 to 0.5 s, for dry runs
  /// Tables, claims and figures together; the bytes include all records, which are in memory then.
  std::function<Cost(const Config&)> outcome_cost;
  /// Sees the points of a sweep over the keys of `compared`; other sweeps have an outcome each.
  std::function<Outcome(const std::vector<Point<Config, Task>>&)> outcome;
  /// Keys whose values every table names, so that their points may stand in one outcome.
  std::vector<std::string> compared = {};
};

/// One task as the runner sees it.
struct TaskSettings {
  std::string label;
  Settings settings;
  Cost cost;
};

/// One point of a deck as the runner sees it.
struct PointRecords {
  Settings config;
  std::vector<std::pair<Settings, Record>> finished;
};

/// An experiment with its types erased; made by `experiment(definition)`.
struct Experiment {
  std::string name;
  std::string summary;
  Settings defaults;
  std::function<void(const Settings&)> validate;  // fields first, then the author's
  std::function<std::vector<Fact>(const Settings&)> protocol;
  std::function<std::vector<TaskSettings>(const Settings&)> tasks;
  std::function<Record(const Settings&)> run;
  std::function<TaskSettings(const Settings&)> probe;
  std::function<Cost(const Settings&)> outcome_cost;
  std::function<Outcome(std::vector<PointRecords>)> outcome;
  std::vector<std::string> compared = {};
};

/// Erases the types of a definition.
template <class Config, class Task>
Experiment experiment(Definition<Config, Task> author) {
  const auto erased = [author](const Task& task) {
    return TaskSettings{author.label(task), settings_of(task), author.cost(task)};
  };
  Experiment result;
  result.name = author.name;
  result.summary = author.summary;
  result.compared = author.compared;
  result.defaults = settings_of(Config{});
  result.validate = [author](const Settings& settings) {
    validate(settings);
    author.validate(config_from<Config>(settings));
  };
  result.protocol = [author](const Settings& settings) {
    return author.protocol(config_from<Config>(settings));
  };
  result.tasks = [author, erased](const Settings& settings) {
    std::vector<TaskSettings> list;
    for (const Task& task : author.tasks(config_from<Config>(settings)))
      list.push_back(erased(task));
    return list;
  };
  result.run = [author](const Settings& settings) {
    return author.run(config_from<Task>(settings));
  };
  result.probe = [author, erased](const Settings& settings) {
    return erased(author.probe(config_from<Config>(settings)));
  };
  result.outcome_cost = [author](const Settings& settings) {
    return author.outcome_cost(config_from<Config>(settings));
  };
  result.outcome = [author](std::vector<PointRecords> points) {
    std::vector<Point<Config, Task>> typed;
    for (PointRecords& point : points) {
      typed.push_back({config_from<Config>(point.config), {}});
      for (auto& [settings, record] : point.finished) {
        typed.back().finished.push_back({config_from<Task>(settings), std::move(record)});
      }
    }
    return author.outcome(typed);
  };
  return result;
}

}  // namespace wideband

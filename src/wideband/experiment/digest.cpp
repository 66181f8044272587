#include "wideband/experiment/digest.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

namespace wideband {
namespace {

const std::string part_key = "part";

TaskSettings named(const Part& part, TaskSettings task) {
  task.label = part.experiment.name + ": " + task.label;
  task.settings.insert(task.settings.begin(),
                       Setting{part_key, part.experiment.name, Field{.meaning = "experiment"}});
  return task;
}

bool belongs(const Settings& task, const Part& part) {
  return std::get<std::string>(value_of(task, part_key)) == part.experiment.name;
}

// What the part itself made: the settings without its name.
Settings own_settings(const Settings& task) {
  return {task.begin() + 1, task.end()};
}

const Part& part_of(const std::vector<Part>& parts, const Settings& task) {
  for (const Part& part : parts) {
    if (belongs(task, part)) return part;
  }
  throw std::invalid_argument("[digest] a task belongs to no part");
}

std::vector<TaskSettings> tasks_of(const std::vector<Part>& parts, const Settings& config) {
  std::vector<TaskSettings> list;
  for (const Part& part : parts) {
    for (TaskSettings& task : part.experiment.tasks(part.config(config))) {
      list.push_back(named(part, std::move(task)));
    }
  }
  return list;
}

Outcome outcome_of(const Part& part, const std::vector<PointRecords>& points) {
  std::vector<PointRecords> own;
  for (const PointRecords& point : points) {
    own.push_back({part.config(point.config), {}});
    for (const auto& [task, record] : point.finished) {
      if (belongs(task, part)) own.back().finished.emplace_back(own_settings(task), record);
    }
  }
  return part.experiment.outcome(own);
}

}  // namespace

Settings with_values(Settings defaults, const std::vector<std::pair<std::string, Value>>& values) {
  for (const auto& [key, value] : values) {
    const auto found =
        std::find_if(defaults.begin(), defaults.end(),
                     [&k = key](const Setting& setting) { return setting.key == k; });
    if (found == defaults.end() || found->value.index() != value.index()) {
      throw std::invalid_argument(
          fmt::format("[digest] \"{}\" is missing or has another type", key));
    }
    found->value = value;
  }
  return defaults;
}

Experiment digest_of(DigestParts digest) {
  Experiment result;
  result.name = digest.name;
  result.summary = digest.summary;
  result.defaults = digest.defaults;
  result.protocol = digest.protocol;
  result.outcome_cost = digest.outcome_cost;
  const std::vector<Part> parts = std::move(digest.parts);
  result.validate = [parts](const Settings& settings) {
    validate(settings);
    for (const Part& part : parts) part.experiment.validate(part.config(settings));
  };
  result.tasks = [parts](const Settings& settings) { return tasks_of(parts, settings); };
  result.run = [parts](const Settings& task) {
    return part_of(parts, task).experiment.run(own_settings(task));
  };
  result.probe = [parts, probed = digest.probed](const Settings& settings) {
    const Part& part = parts.at(probed);
    return named(part, part.experiment.probe(part.config(settings)));
  };
  result.outcome = [parts, together = digest.outcome](const std::vector<PointRecords>& points) {
    std::vector<Settings> configs;
    for (const PointRecords& point : points) configs.push_back(point.config);
    std::vector<Outcome> outcomes;
    for (const Part& part : parts) outcomes.push_back(outcome_of(part, points));
    return together(configs, std::move(outcomes));
  };
  return result;
}

}  // namespace wideband

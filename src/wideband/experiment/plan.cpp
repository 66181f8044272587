#include "wideband/experiment/plan.hpp"

#include <algorithm>
#include <map>
#include <new>
#include <set>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/experiment/task_store.hpp"

namespace wideband {

std::vector<Settings> checked_points(const Experiment& experiment, const Deck& deck) {
  std::vector<Settings> list = points(deck);
  std::set<std::string> seen;
  for (const Settings& point : list) {
    experiment.validate(point);
    const std::string text = canonical_text(point);
    require(seen.insert(text).second,
            "two points of the deck are equal: a sweep names a value twice");
  }
  return list;
}

Plan plan_of(const Experiment& experiment, const Deck& deck) {
  Plan plan;
  plan.points = checked_points(experiment, deck);
  std::map<std::string, std::size_t> known;
  for (const Settings& point : plan.points) {
    plan.members.emplace_back();
    for (TaskSettings& task : experiment.tasks(point)) {
      const std::string id = task_id(experiment.name, task.settings);
      const auto [entry, is_new] = known.emplace(id, plan.tasks.size());
      plan.members.back().push_back(entry->second);
      if (!is_new) continue;
      plan.tasks.push_back(std::move(task));
      plan.ids.push_back(id);
    }
  }
  return plan;
}

std::vector<std::size_t> longest_first(const Plan& plan, std::vector<std::size_t> tasks) {
  std::stable_sort(tasks.begin(), tasks.end(), [&](std::size_t a, std::size_t b) {
    return plan.tasks[a].cost.seconds > plan.tasks[b].cost.seconds;
  });
  return tasks;
}

Record labeled_run(const Experiment& experiment, const TaskSettings& task) {
  const auto message = [&](const char* what) { return fmt::format("{}: {}", task.label, what); };
  try {
    return experiment.run(task.settings);
  } catch (const std::bad_alloc&) {
    throw UnavailableError(message("not enough memory"));
  } catch (const NumericalError& error) {
    throw NumericalError(message(error.what()));
  } catch (const UnavailableError& error) {
    throw UnavailableError(message(error.what()));
  } catch (const std::domain_error& error) {
    throw std::domain_error(message(error.what()));
  } catch (const std::invalid_argument& error) {
    throw std::invalid_argument(message(error.what()));
  }
}

std::vector<PointRecords> collected(const Plan& plan, Records records) {
  // A record is copied only if several points share it.
  std::vector<std::size_t> uses(plan.tasks.size(), 0);
  for (const auto& members : plan.members) {
    for (const std::size_t i : members) ++uses[i];
  }
  std::vector<PointRecords> points;
  for (std::size_t p = 0; p < plan.points.size(); ++p) {
    points.push_back({plan.points[p], {}});
    for (const std::size_t i : plan.members[p]) {
      Record record = --uses[i] == 0 ? std::move(*records[i]) : *records[i];
      points.back().finished.emplace_back(plan.tasks[i].settings, std::move(record));
    }
  }
  return points;
}

}  // namespace wideband

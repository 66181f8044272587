// The tasks of a deck: listed over all its points, equal ones once, and their records put together.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "wideband/experiment/experiment.hpp"
#include "wideband/experiment/toml_deck.hpp"

namespace wideband {

struct Plan {
  std::vector<Settings> points;
  std::vector<TaskSettings> tasks;                // distinct, in the order of the deck
  std::vector<std::string> ids;                   // of the tasks
  std::vector<std::vector<std::size_t>> members;  // the tasks of each point
};

/// Every point of a deck, checked: fields first, then what the experiment itself demands. Throws
/// std::invalid_argument, for two equal points too.
std::vector<Settings> checked_points(const Experiment& experiment, const Deck& deck);

/// The tasks of all points. Throws std::invalid_argument for a bad point.
Plan plan_of(const Experiment& experiment, const Deck& deck);

/// The tasks, the longest first: the order in which several threads take them.
std::vector<std::size_t> longest_first(const Plan& plan, std::vector<std::size_t> tasks);

/// Runs one task; a failure keeps its kind and gains the task's label, bad_alloc is
/// UnavailableError.
Record labeled_run(const Experiment& experiment, const TaskSettings& task);

using Records = std::vector<std::optional<Record>>;

/// The records of every point in the order of the deck, all of which must be there.
std::vector<PointRecords> collected(const Plan& plan, Records records);

}  // namespace wideband

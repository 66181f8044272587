// The outcome of a sweep: points that no table tells apart get outcomes of their own, put together.
#pragma once

#include <vector>

#include "wideband/experiment/experiment.hpp"

namespace wideband {

/// What `experiment.outcome` makes of the points of a deck.
///
/// Points that differ in keys of `experiment.compared` alone are seen together. The others are
/// grouped by the values of their swept keys, each group has an outcome of its own, and these are
/// joined: tables of one name gain a leading column for each swept key that they do not have,
/// figures gain "-key-value" in their names, claims of one statement gain each other's comparisons
/// (labeled "key = value: ..."), statuses say the values first.
///
/// throws   std::invalid_argument if tables of one name differ in their columns
Outcome sweep_outcome(const Experiment& experiment, std::vector<PointRecords> points);

}  // namespace wideband

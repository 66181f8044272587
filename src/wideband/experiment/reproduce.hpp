// Computes a finished run again, elsewhere, and compares every number with the stored one.
#pragma once

#include <string>
#include <vector>

#include "wideband/experiment/experiment.hpp"
#include "wideband/experiment/runner.hpp"

namespace wideband {

struct Reproduction {
  Index tasks = 0;
  bool interrupted = false;
  /// What differs: "tasks/NAME.h5: gram_max[3] is 0.1 there, 0.2 now", "tables/width.csv: line 7".
  std::vector<std::string> differences = {};
};

/// Recomputes all tasks of options.folder in memory and compares their arrays, the tables and the
/// claims bit by bit; nothing in the folder is changed.
///
/// throws   std::invalid_argument if the folder holds no run, or tasks are missing
Reproduction reproduce(const Experiment& experiment, const RunOptions& options);

}  // namespace wideband

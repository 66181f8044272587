// Predicts what a run will take from the costs of its tasks and a probe of at most a second.
#pragma once

#include <filesystem>
#include <vector>

#include "wideband/experiment/experiment.hpp"
#include "wideband/experiment/toml_deck.hpp"

namespace wideband {

struct Estimate {
  Index tasks = 0;
  Index stored = 0;    // of these, in the folder already
  double seconds = 0;  // wall time of the whole run on `threads` threads
  double bytes = 0;    // peak memory of the process
  double speed = 1;    // of this machine, over that which the costs are stated for
  double probe_seconds = 0;
};

/// Seconds until `threads` workers that take the tasks in this order have done them all.
double schedule_length(const std::vector<double>& seconds, Index threads);

/// Runs the probe task and predicts the run of a deck in `folder`, which need not exist:
///
///   seconds = (schedule of the missing tasks + outcome)/speed
///   bytes   = what this process holds now + max(threads largest tasks, outcome)
///
/// The 6 MB are code and heap that any run touches; Cost.bytes of the outcome is what grows with
/// the config, records included. Throws std::invalid_argument for a bad point.
Estimate estimate(const Experiment& experiment, const Deck& deck,
                  const std::filesystem::path& folder, Index threads);

}  // namespace wideband

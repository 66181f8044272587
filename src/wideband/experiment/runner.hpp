// Runs an experiment in a folder: what is stored is used, what is missing is computed, then shown.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "wideband/experiment/experiment.hpp"
#include "wideband/experiment/toml_deck.hpp"

namespace wideband {

/// How far a run is; costs are the experiment's own estimates.
struct RunProgress {
  Index done = 0;  // tasks, stored ones included
  Index total = 0;
  Index stored = 0;        // of these, found in the folder at the start
  double done_cost = 0;    // of the tasks computed by this run
  double total_cost = 0;   // of all tasks that this run has to compute
  double seconds = 0;      // since the first of them began
  std::string label = {};  // of the task that ended last
};

struct RunOptions {
  std::filesystem::path folder = {};
  Index threads = 1;
  bool accept_build = false;                // also use task files of other builds
  const std::atomic<bool>* stop = nullptr;  // once true, no further task begins
  /// Called for each finished task and for each notice, by one thread at a time.
  std::function<void(const RunProgress&)> on_progress = {};
  std::function<void(const std::string&)> on_notice = {};
};

enum class RunStatus { finished, interrupted, nothing_to_do };

struct RunResult {
  RunStatus status = RunStatus::finished;
  std::vector<Claim> claims = {};
  std::vector<std::string> statuses = {};
  std::filesystem::path report = {};
  Index tasks = 0;
  Index computed = 0;
  bool figures_missing = false;  // gnuplot was not found; `draw_again` draws them later
};

/// Runs the deck in options.folder, or resumes it. Equal tasks are computed once, the longest
/// first; records are collected in the order of the deck, so that the outcome has the same bits for
/// any number of threads and interruptions.
///
/// throws   std::invalid_argument for a bad deck or folder, before any task starts;
///          UnavailableError for a held folder or a full disk (stored tasks stay);
///          what a task throws, after its label
RunResult run(const Experiment& experiment, const Deck& deck, const RunOptions& options);

/// Writes tables, claims, figures and report of a folder whose tasks are all stored. Throws
/// std::invalid_argument if some are not.
RunResult draw_again(const Experiment& experiment, const RunOptions& options);

}  // namespace wideband

// `wideband reproduce`: a finished run computed again and compared bit by bit.
#include <fmt/format.h>

#include "commands.hpp"
#include "exit_codes.hpp"
#include "interruption.hpp"
#include "progress.hpp"
#include "tell.hpp"
#include "wideband/core/parallel.hpp"
#include "wideband/experiment/registry.hpp"
#include "wideband/experiment/reproduce.hpp"
#include "wideband/experiment/run_folder.hpp"

namespace wideband {

int reproduce_command(const Arguments& arguments, const std::string& again) {
  hold_interruptions();
  const Experiment& experiment = experiment_named(stored_experiment(arguments.folder));
  RunOptions options;
  options.folder = arguments.folder;
  options.threads = arguments.threads > 0 ? arguments.threads : available_cores();
  options.accept_build = arguments.accept_build;
  ProgressDisplay display(ProgressDisplay::style_of_terminal(arguments.quiet));
  options.on_progress = [&](const RunProgress& progress) { display.update(progress); };
  Reproduction result;
  {
    const Interruption interruption(
        fmt::format("interrupted: nothing was changed; this begins again:\n  {}", again),
        [&] { display.tick(); });
    options.stop = &interruption.stop();
    result = reproduce(experiment, options);
    display.finish();
    if (interruption.stop()) return exit_interrupted;
  }
  for (const std::string& difference : result.differences) tell("{}\n", difference);
  if (!result.differences.empty()) {
    tell("wideband: [reproduce] {} differences\n", result.differences.size());
    return exit_different_bits;
  }
  if (!arguments.quiet) {
    fmt::print("all {} tasks, the tables and the claims have the same bits\n", result.tasks);
  }
  return exit_done;
}

}  // namespace wideband

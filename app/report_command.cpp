// `wideband report`: the outcome of a finished run, written again from its stored tasks.
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <spawn.h>

#include <fmt/format.h>

#include "commands.hpp"
#include "exit_codes.hpp"
#include "interruption.hpp"
#include "tell.hpp"
#include "terminal.hpp"
#include "wideband/core/error.hpp"
#include "wideband/core/parallel.hpp"
#include "wideband/experiment/figure.hpp"
#include "wideband/experiment/registry.hpp"
#include "wideband/experiment/run_folder.hpp"
#include "wideband/experiment/runner.hpp"

extern char** environ;

namespace wideband {
namespace {

void open_in_browser(const std::filesystem::path& file) {
  std::string program = "xdg-open";
  std::string path = file.string();
  char* const words[] = {program.data(), path.data(), nullptr};
  pid_t child = 0;
  // The browser must not inherit the signals that hold_interruptions blocks here.
  posix_spawnattr_t attributes;
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  const int failure = ::posix_spawnp(&child, program.c_str(), nullptr, &attributes, words, environ);
  posix_spawnattr_destroy(&attributes);
  if (failure != 0) {
    throw UnavailableError(fmt::format("[report] xdg-open is missing; the report is {}", path));
  }
}

}  // namespace

int report_command(const Arguments& arguments) {
  hold_interruptions();
  const Experiment& experiment = experiment_named(stored_experiment(arguments.folder));
  RunOptions options;
  options.folder = arguments.folder;
  options.accept_build = arguments.accept_build;
  options.threads = available_cores();
  options.on_notice = [](const std::string& text) { tell("{}\n", text); };
  if (!gnuplot_available()) warn_of_gnuplot(options.folder);
  RunResult result;
  {
    const Interruption interruption("interrupted: the run's tasks are kept", {});
    result = draw_again(experiment, options);
    if (interruption.stop()) return exit_interrupted;
  }
  if (!arguments.quiet) print_result(result);
  if (arguments.open) open_in_browser(result.report);
  return result.figures_missing ? exit_unavailable : exit_done;
}

}  // namespace wideband

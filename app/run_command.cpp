// `wideband run`: resolves what is asked for, runs it, and shows progress, claims and report.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <unistd.h>

#include <fmt/format.h>

#include "commands.hpp"
#include "exit_codes.hpp"
#include "interruption.hpp"
#include "progress.hpp"
#include "recipes.hpp"
#include "terminal.hpp"
#include "wideband/core/parallel.hpp"
#include "wideband/experiment/doctor.hpp"
#include "wideband/experiment/estimate.hpp"
#include "wideband/experiment/figure.hpp"
#include "wideband/experiment/plan.hpp"
#include "wideband/experiment/run_folder.hpp"
#include "wideband/experiment/runner.hpp"
#include "wideband/linalg/product.hpp"

namespace wideband {
namespace {

// "seed = 1, 2, 3; eta = 0.1, 0.2 with steps = 10, 20".
std::string axes_text(const Deck& deck) {
  std::string text;
  for (const auto& axis : deck.axes) {
    for (const Swept& swept : axis) {
      const bool first = &swept == &axis.front();
      text += text.empty() ? "" : first ? "; " : " with ";
      text += swept.key + " =";
      for (const Value& value : swept.values) {
        text += (&value == &swept.values.front() ? " " : ", ") + toml_text(value);
      }
    }
  }
  return text;
}

void print_protocol(const Experiment& experiment, const Deck& deck,
                    const std::vector<Settings>& list, const std::filesystem::path& folder) {
  fmt::print("{}: {}\n", experiment.name, experiment.summary);
  print_facts(shared_facts(experiment, list));
  if (deck.axes.size() > 0) fmt::print("  points: {} ({})\n", list.size(), axes_text(deck));
  fmt::print("  folder: {}\n\n", folder.string());
  std::fflush(stdout);
}

int print_estimate(const Request& request, const RunOptions& options) {
  const Estimate predicted =
      estimate(request.experiment, request.deck, options.folder, options.threads);
  fmt::print("tasks: {}, {} of them stored\n", predicted.tasks, predicted.stored);
  fmt::print("time: {:.3g} s ({}) on {} threads\n", predicted.seconds,
             duration_text(predicted.seconds), options.threads);
  fmt::print("peak memory: {:.4g} MiB\n", predicted.bytes / (1 << 20));
  fmt::print("probe: {:.3g} s, {:.3g} of the speed that costs are stated for\n",
             predicted.probe_seconds, predicted.speed);
  return exit_done;
}

}  // namespace

int run_command(const Arguments& arguments, const std::string& again) {
  const Request request = requested(arguments.what, arguments.assignments);
  const std::vector<Settings> list = checked_points(request.experiment, request.deck);
  if (!arguments.dry_run) hold_interruptions();
  set_blas_threads(1);  // a second thread would spin while the first is tested
  require_sound_blas();
  RunOptions options;
  options.folder = arguments.folder.empty() ? default_folder(request.deck)
                                            : std::filesystem::path(arguments.folder);
  options.threads = arguments.threads > 0 ? arguments.threads : available_cores();
  options.accept_build = arguments.accept_build;
  if (!arguments.quiet) print_protocol(request.experiment, request.deck, list, options.folder);
  if (arguments.dry_run) return print_estimate(request, options);
  if (!gnuplot_available()) warn_of_gnuplot(options.folder);
  ProgressDisplay display(ProgressDisplay::style_of_terminal(arguments.quiet));
  options.on_progress = [&](const RunProgress& progress) { display.update(progress); };
  options.on_notice = [&](const std::string& text) { display.note(text); };
  RunResult result;
  {
    const Interruption interruption(
        fmt::format("interrupted: finished tasks are kept in {}; this continues:\n  {}",
                    options.folder.string(), again),
        [&] { display.tick(); });
    options.stop = &interruption.stop();
    result = run(request.experiment, request.deck, options);
    display.finish();
    if (interruption.stop()) return exit_interrupted;
  }
  if (!arguments.quiet) print_result(result);
  return result.figures_missing ? exit_unavailable : exit_done;
}

}  // namespace wideband

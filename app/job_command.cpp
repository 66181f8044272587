#include "job_command.hpp"

#include <chrono>
#include <cstdio>

#include <fmt/format.h>

#include "exit_codes.hpp"
#include "interruption.hpp"
#include "job_display.hpp"
#include "wideband/core/error.hpp"
#include "wideband/core/memory.hpp"

namespace wideband {

int job_command(const std::string& command, const Arguments& arguments, const std::string& again,
                const std::function<std::string(OutputFiles&, const JobEvents&)>& job) {
  hold_interruptions();
  const auto start = std::chrono::steady_clock::now();
  const std::size_t before = peak_memory();
  JobDisplay display(command, ProgressDisplay::style_of_terminal(arguments.quiet),
                     arguments.status);
  OutputFiles files;
  std::string summary;
  {
    const Interruption interruption(
        fmt::format("[{}] interrupted: nothing is written; this begins again:\n  {}", command,
                    again),
        {}, [&] { files.abandon(); });
    JobEvents events;
    if (!arguments.quiet) events.on_plan = [&](const std::string& text) { display.note(text); };
    events.on_progress = [&](const Progress& progress) {
      display.update(progress);
      return !interruption.stop();
    };
    try {
      display.update({"read", 0, 1, 0});
      summary = job(files, events);
    } catch (const Stopped&) {
      return exit_interrupted;
    }
    if (interruption.stop()) return exit_interrupted;
    files.publish();
  }
  display.finish();
  if (arguments.quiet) return exit_done;
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  display.note(fmt::format("[{}] {}; {:.3g} s, peak memory grew by {}", command, summary,
                           wall.count(), bytes_text(peak_memory() - before)));
  return exit_done;
}

}  // namespace wideband

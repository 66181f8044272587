// The command `wideband`: arguments to experiments to files; failures become one line and a status.
#include <csignal>
#include <cstdio>
#include <exception>

#include <fmt/format.h>

#include "command_line.hpp"
#include "commands.hpp"
#include "exit_codes.hpp"
#include "tell.hpp"

namespace wideband {
namespace {

int dispatched(const Arguments& arguments, const CLI::App& app, const std::string& again) {
  if (arguments.command == "list") return list_command();
  if (arguments.command == "describe") return describe_command(arguments);
  if (arguments.command == "run") return run_command(arguments, again);
  if (arguments.command == "report") return report_command(arguments);
  if (arguments.command == "reproduce") return reproduce_command(arguments, again);
  if (arguments.command == "kernel") return kernel_command(arguments, again);
  if (arguments.command == "predict") return predict_command(arguments, again);
  if (arguments.command == "doctor") return doctor_command();
  return help_command(arguments, app);
}

// A message of one line: "wideband: [run] ..."; of kernel and predict "[kernel] ...", with the part
// of the library that refused left out.
void tell_failure(const std::string& command, const std::string& text) {
  if (command != "kernel" && command != "predict") {
    tell("wideband: {}\n", text);
    return;
  }
  const std::size_t end = text.find("] ");
  const bool tagged = text.starts_with('[') && end != std::string::npos;
  const std::string tag = tagged ? text.substr(1, end - 1) : "";
  tell("[{}] {}{}\n", command, tag == "net" ? "--net: " : "", tagged ? text.substr(end + 2) : text);
}

int parsed_and_run(int argc, char** argv) {
  Arguments arguments;
  const auto app = command_line(arguments);
  try {
    app->parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app->exit(error);
    tell_failure(argc > 1 ? argv[1] : "", complaint(*app, error));
    return exit_bad_input;
  }
  try {
    const int status = dispatched(arguments, *app, retyped(argc, argv));
    if (std::fflush(stdout) != 0) throw std::system_error(errno, std::generic_category(), "stdout");
    return status;
  } catch (const std::exception& error) {
    std::fflush(stdout);
    const ExitCode status = exit_code_of(error);
    const bool is_memory = dynamic_cast<const std::bad_alloc*>(&error) != nullptr;
    tell_failure(arguments.command, std::string(status == exit_bug ? "a bug of ours: " : "") +
                                        (is_memory ? "not enough memory" : error.what()));
    return status;
  }
}

}  // namespace
}  // namespace wideband

int main(int argc, char** argv) {
  std::signal(SIGXFSZ, SIG_IGN);  // a file limit is an error of write, like a full disk
  std::signal(SIGPIPE, SIG_IGN);
  return wideband::parsed_and_run(argc, argv);
}

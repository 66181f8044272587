#include "command_line.hpp"

#include <fmt/format.h>

#include "kernel_options.hpp"
#include "wideband/core/error.hpp"
#include "wideband/experiment/build_identity.hpp"

namespace wideband {
namespace {

void add_threads(CLI::App& command, Arguments& arguments) {
  command
      .add_option("--threads", arguments.threads,
                  "tasks at a time (default: the cores that the process may use)")
      ->type_name("N")
      ->check(CLI::Range(Index{1}, Index{4096}, "an integer from 1 to 4096"));
}

void add_accept_build(CLI::App& command, Arguments& arguments) {
  command.add_flag("--accept-build", arguments.accept_build,
                   "also use task files that another build of wideband has computed");
}

void add_quiet(CLI::App& command, Arguments& arguments) {
  command.add_flag("--quiet", arguments.quiet, "print warnings and errors only");
}

void add_run(CLI::App& app, Arguments& arguments) {
  CLI::App* run = app.add_subcommand(
      "run", "run an experiment, or resume it: tasks, tables, claims, figures, report");
  run->add_option("WHAT", arguments.what,
                  "an experiment NAME, a recipe NAME/DECK, or a deck FILE.toml")
      ->required();
  run->add_option("--set", arguments.assignments,
                  "KEY=VALUE in place of what the deck says; may be repeated")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  run->add_option("--out", arguments.folder,
                  "folder of the run (default: runs/ and a name made from the configuration)")
      ->type_name("DIR");
  add_threads(*run, arguments);
  run->add_flag("--dry-run", arguments.dry_run,
                "predict time and memory from a probe of a second, and run nothing");
  add_accept_build(*run, arguments);
  add_quiet(*run, arguments);
}

CLI::Option* add_folder(CLI::App& command, Arguments& arguments) {
  return command.add_option("DIR", arguments.folder, "folder of a run")->required();
}

void collect_names(const CLI::App& app, std::vector<std::string>& names) {
  for (const CLI::App* sub : app.get_subcommands({})) names.push_back(sub->get_name());
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
}

}  // namespace

std::unique_ptr<CLI::App> command_line(Arguments& arguments) {
  auto app = std::make_unique<CLI::App>(
      "a laboratory for overparameterized neural networks: theory and measurement side by side",
      "wideband");
  app->set_version_flag("--version", "wideband " + to_string(build_identity()),
                        "print version, commit and compiler");
  app->require_subcommand(1);
  app->add_subcommand("list", "list the experiments and their recipes");
  CLI::App* describe = app->add_subcommand("describe", "explain an experiment and its keys");
  describe->add_option("NAME", arguments.name, "an experiment")->required();
  add_run(*app, arguments);
  CLI::App* report = app->add_subcommand(
      "report", "write tables, claims, figures and report of a finished run again");
  add_folder(*report, arguments);
  report->add_flag("--open", arguments.open, "open the report in a browser");
  add_accept_build(*report, arguments);
  add_quiet(*report, arguments);
  CLI::App* reproduce = app->add_subcommand(
      "reproduce", "compute a finished run again and compare every number bit by bit");
  add_folder(*reproduce, arguments);
  add_threads(*reproduce, arguments);
  add_accept_build(*reproduce, arguments);
  add_quiet(*reproduce, arguments);
  add_kernel(*app, arguments);
  add_predict(*app, arguments);
  app->add_subcommand("doctor", "check this installation: what it uses, and numerical self-tests");
  CLI::App* help = app->add_subcommand("help", "explain exit codes, or print pages to install");
  help->add_option("TOPIC", arguments.topic, "exit-codes, man or completion");
  app->parse_complete_callback(
      [&arguments, raw = app.get()] { arguments.command = raw->get_subcommands()[0]->get_name(); });
  return app;
}

std::string complaint(const CLI::App& app, const CLI::ParseError& error) {
  std::string message = error.what();
  while (!message.empty() && message.back() == '\n') message.pop_back();
  const std::vector<std::string> extras = app.remaining(true);
  if (extras.empty()) return message;
  std::vector<std::string> names;
  collect_names(app, names);
  for (const CLI::App* sub : app.get_subcommands()) collect_names(*sub, names);
  const std::string word = extras.front().substr(0, extras.front().find('='));
  const std::string nearest = nearest_name(word, names);
  return fmt::format(
      "unexpected \"{}\"{}", word,
      nearest.empty() ? "; see `wideband --help`" : fmt::format(", did you mean \"{}\"?", nearest));
}

std::string retyped(int argc, const char* const* argv) {
  const std::string plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=,:+@%";
  std::string line;
  for (int i = 0; i < argc; ++i) {
    const std::string word = argv[i];
    const bool quote = word.empty() || word.find_first_not_of(plain) != std::string::npos;
    std::string quoted;
    for (const char c : word) quoted += c == '\'' ? "'\\''" : std::string(1, c);
    line += (i > 0 ? " " : "") + (quote ? "'" + quoted + "'" : word);
  }
  return line;
}

}  // namespace wideband

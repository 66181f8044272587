// The command line: every option with its description, and what the user has asked for.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "wideband/core/types.hpp"

namespace wideband {

/// What the command line says. `command` is the name of the subcommand.
struct Arguments {
  std::string command;
  std::string name;   // describe
  std::string topic;  // help
  std::string what;   // run
  std::vector<std::string> assignments;
  std::string folder;  // run --out, report, reproduce
  Index threads = 0;   // 0: all cores that the process may use
  bool dry_run = false;
  bool accept_build = false;
  bool quiet = false;
  bool open = false;
};

/// The parser, which fills `arguments`.
std::unique_ptr<CLI::App> command_line(Arguments& arguments);

/// One line that says what is wrong and names the nearest known option or command.
std::string complaint(const CLI::App& app, const CLI::ParseError& error);

/// The command as the user may type it again.
std::string retyped(int argc, const char* const* argv);

}  // namespace wideband

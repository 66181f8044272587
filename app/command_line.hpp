// The command line: every option with its description.
#pragma once

#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "arguments.hpp"

namespace wideband {

/// The parser, which fills `arguments`.
std::unique_ptr<CLI::App> command_line(Arguments& arguments);

/// One line that says what is wrong and names the nearest known option or command.
std::string complaint(const CLI::App& app, const CLI::ParseError& error);

/// The command as the user may type it again.
std::string retyped(int argc, const char* const* argv);

}  // namespace wideband

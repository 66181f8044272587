// One function per subcommand; each returns the exit status.
#pragma once

#include <string>

#include "arguments.hpp"

namespace CLI {
class App;
}

namespace wideband {

int list_command();
int describe_command(const Arguments& arguments);
/// `again` is the command that continues the run after an interruption.
int run_command(const Arguments& arguments, const std::string& again);
int report_command(const Arguments& arguments);
int reproduce_command(const Arguments& arguments, const std::string& again);
/// `again` is the command that begins again after an interruption.
int kernel_command(const Arguments& arguments, const std::string& again);
int predict_command(const Arguments& arguments, const std::string& again);
int doctor_command();
int help_command(const Arguments& arguments, const CLI::App& app);

}  // namespace wideband

// The options of `wideband kernel` and `wideband predict`, with their descriptions.
#pragma once

#include <CLI/CLI.hpp>

#include "arguments.hpp"

namespace wideband {

void add_kernel(CLI::App& app, Arguments& arguments);
void add_predict(CLI::App& app, Arguments& arguments);

}  // namespace wideband

// What `kernel` and `predict` share: plan and progress on stderr, Ctrl-C, files that appear
// together.
#pragma once

#include <functional>
#include <string>

#include "arguments.hpp"
#include "wideband/core/output_files.hpp"
#include "wideband/experiment/kernel_job.hpp"

namespace wideband {

/// Runs the job, publishes its files and returns the exit status; `again` is the command as typed.
int job_command(const std::string& command, const Arguments& arguments, const std::string& again,
                const std::function<std::string(OutputFiles&, const JobEvents&)>& job);

}  // namespace wideband

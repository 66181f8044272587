// `wideband kernel`: kernels of a network of infinite width, from files to files.
#include <cstdio>

#include <fmt/format.h>

#include "commands.hpp"
#include "exit_codes.hpp"
#include "job_command.hpp"
#include "wideband/core/error.hpp"
#include "wideband/experiment/kernel_job.hpp"

namespace wideband {

int kernel_command(const Arguments& arguments, const std::string& again) {
  KernelRequest request = arguments.kernel;
  request.threads = arguments.threads;
  require(arguments.plan || !request.out.empty(), "[kernel] --out is required");
  if (arguments.plan) {
    const KernelPlan predicted = plan(kernel_job(request));
    fmt::print("{}", plan_json(predicted.result_bytes, predicted.work_bytes, predicted.seconds,
                               predicted.tile));
    return exit_done;
  }
  return job_command("kernel", arguments, again, [&](OutputFiles& files, const JobEvents& events) {
    return run(kernel_job(request), files, events);
  });
}

}  // namespace wideband

// `wideband predict`: training under a constant kernel in closed form, from files to files.
#include <cstdio>

#include <fmt/format.h>

#include "commands.hpp"
#include "exit_codes.hpp"
#include "job_command.hpp"
#include "wideband/core/error.hpp"
#include "wideband/core/parallel.hpp"
#include "wideband/experiment/prediction_job.hpp"
#include "wideband/linalg/product.hpp"

namespace wideband {

int predict_command(const Arguments& arguments, const std::string& again) {
  PredictionRequest request = arguments.prediction;
  request.threads = arguments.threads;
  require(arguments.plan || !request.out.empty(), "[predict] --out is required");
  const PredictionJob job = prediction_job(request);
  set_blas_threads(arguments.threads > 0 ? arguments.threads : available_cores());
  if (arguments.plan) {
    const PredictionPlan predicted = plan(job);
    fmt::print("{}", plan_json(predicted.result_bytes, predicted.work_bytes, predicted.seconds, 0));
    return exit_done;
  }
  return job_command("predict", arguments, again, [&](OutputFiles& files, const JobEvents& events) {
    return run(job, files, events);
  });
}

}  // namespace wideband

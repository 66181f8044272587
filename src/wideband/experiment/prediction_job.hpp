// `wideband predict` as a call: its plan, and the files that it writes.
#pragma once

#include <string>

#include "wideband/core/output_files.hpp"
#include "wideband/experiment/kernel_job.hpp"
#include "wideband/experiment/prediction_plan.hpp"
#include "wideband/experiment/prediction_request.hpp"

namespace wideband {

/// Reads the inputs for their shapes and says what the job would take; nothing is predicted.
PredictionPlan plan(const PredictionJob& job);

/// Predicts and adds the files of prediction_files.hpp and, with --report, NAME_report.csv. The
/// caller publishes them. Returns a line for the log.
///
/// throws   std::invalid_argument, NumericalError, UnavailableError as the calls that it makes;
///          Stopped if events.on_progress returned false
std::string run(const PredictionJob& job, OutputFiles& files, const JobEvents& events = {});

}  // namespace wideband

// What the user has asked for; apart from its parser, whose header is slow to compile.
#pragma once

#include <string>
#include <vector>

#include "wideband/core/types.hpp"
#include "wideband/experiment/kernel_job.hpp"
#include "wideband/experiment/prediction_request.hpp"

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
  KernelRequest kernel = {};
  PredictionRequest prediction = {};
  std::string status;  // kernel, predict: a file that says how far they are
  bool plan = false;
};

}  // namespace wideband

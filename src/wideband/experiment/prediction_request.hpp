// What `wideband predict` is asked for: its options as they are typed, read and checked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "wideband/dynamics/ensemble.hpp"
#include "wideband/kernel/kernel.hpp"

namespace wideband {

/// The options of `wideband predict`, with their defaults.
struct PredictionRequest {
  std::string y, out;
  std::string net, x, z;             // either these
  std::string kernel, cross, prior;  // or these
  std::string law = "ntk";
  std::string rule = "flow";
  std::string momentum = "0.9";
  std::string rate = "1";
  std::string time = "inf";
  std::string loss = "half_mean";
  std::string ridge = "0";
  std::string ridge_scale = "relative";
  std::string kernel_error;
  std::string rank_tolerance = "0";
  bool covariance = false;
  std::string observation_noise = "0";
  std::string samples = "0";
  std::string seed = "0";
  std::string f0, f0_cross;
  bool peer_train_rule = false;
  std::string scale = "none";
  bool one_hot = false;
  std::string y_test, fit, report;
  std::string quadrature = "auto";
  std::string dual_tolerance = "1e-12";
  std::string memory_limit = "0";
  Index threads = 0;
};

enum class JobLoss { squared, logistic, softmax };

/// A request with its texts read.
struct PredictionJob {
  PredictionRequest request;
  Law law = Law::ntk;
  PredictOptions options = {};  // learning_rate 0: automatic
  bool automatic_rate = false;
  bool search_ridge = false;  // --ridge loo
  JobLoss loss = JobLoss::squared;
  std::vector<double> times;
  std::optional<double> kernel_error;
  Index samples = 0;
  Index seed = 0;
  bool covariance = false;
  std::vector<std::string> fit;
  bool report_likelihood = false, report_loo = false, report_modes = false;
  KernelOptions kernel = {};
};

/// Reads the texts and checks what excludes what; opens no file. Throws std::invalid_argument
/// naming the option and what it expects.
PredictionJob prediction_job(const PredictionRequest& request);

}  // namespace wideband

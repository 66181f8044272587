#include "wideband/experiment/prediction_request.hpp"

#include <limits>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/experiment/kernel_job.hpp"
#include "wideband/experiment/matrix_file.hpp"
#include "wideband/experiment/option_text.hpp"

namespace wideband {
namespace {

constexpr double smallest = std::numeric_limits<double>::denorm_min();

void expect(bool holds, const std::string& message) {
  require(holds, "[predict] " + message);
}

Rule rule_option(const PredictionRequest& request) {
  const double momentum = number_option("--momentum", request.momentum, 0, infinity);
  expect(momentum < 1, fmt::format("--momentum is {}, expected a number >= 0 and < 1", momentum));
  switch (
      choice_option("--rule", request.rule, {"flow", "descent", "heavy_ball", "heavy_ball_flow"})) {
    case 0:
      return Flow{};
    case 1:
      return Descent{};
    case 2:
      return HeavyBall{momentum};
    default:
      return HeavyBallFlow{momentum};
  }
}

std::vector<double> time_option(const std::string& text, const Rule& rule) {
  std::vector<double> times;
  for (const std::string& word : list_option("--time", text)) {
    times.push_back(number_option("--time", word, 0, infinity));
    validate_time(rule, times.back());
  }
  return times;
}

void read_loss(const PredictionRequest& request, PredictionJob& job) {
  const std::size_t i =
      choice_option("--loss", request.loss,
                    {"half_mean", "half_sum", "mean", "per_sample", "logistic", "softmax"});
  if (i < 4) {
    job.options.loss = static_cast<LossScale>(i);
    return;
  }
  job.loss = i == 4 ? JobLoss::logistic : JobLoss::softmax;
  // Only automatic rates are measured by a scale: logistic divides by n o, softmax by n.
  job.options.loss = i == 4 ? LossScale::half_mean : LossScale::per_sample;
}

void read_ridge(const PredictionRequest& request, PredictionJob& job) {
  job.search_ridge = request.ridge == "loo";
  if (!job.search_ridge) {
    job.options.ridge =
        number_option("--ridge", request.ridge, 0, std::numeric_limits<double>::max());
  }
  job.options.ridge_scale = static_cast<RidgeScale>(
      choice_option("--ridge-scale", request.ridge_scale, {"relative", "absolute"}));
}

void read_report(const std::string& text, PredictionJob& job) {
  if (text.empty()) return;
  for (const std::string& word : list_option("--report", text)) {
    const std::size_t i = choice_option("--report", word, {"likelihood", "loo", "modes"});
    bool* const reports[] = {&job.report_likelihood, &job.report_loo, &job.report_modes};
    *reports[i] = true;
  }
}

void check_inputs(const PredictionRequest& request) {
  const bool by_net = !request.net.empty() || !request.x.empty();
  const bool by_kernel = !request.kernel.empty();
  expect(by_net != by_kernel, "expected either --net with --x or --kernel, not both");
  if (by_net) {
    expect(!request.net.empty() && !request.x.empty(), "--net and --x go together");
    expect(request.cross.empty() && request.prior.empty(),
           "--cross and --prior go with --kernel; with --net give the test points by --z");
    return;
  }
  expect(request.z.empty(), "--z goes with --net; with --kernel give --cross");
  expect(request.scale == "none", "--scale goes with --net: a kernel file is scaled already");
  expect(request.fit.empty(), "--fit goes with --net: a kernel file has no fields to fit");
  expect(request.prior.empty() || !request.cross.empty(), "--prior goes with --cross");
}

void check_f0(const PredictionRequest& request, const PredictionJob& job) {
  if (request.f0.empty() && request.f0_cross.empty()) return;
  const bool has_test = !request.z.empty() || !request.cross.empty();
  expect(job.law == Law::ntk, "--f0 goes with --law ntk: the other laws start at mean zero");
  expect(!job.covariance, "--f0 is the start of one network, --covariance that of all of them");
  expect(!request.f0.empty(), "--f0-cross goes with --f0");
  expect(request.f0_cross.empty() != has_test,
         has_test ? "--f0 needs --f0-cross, the outputs at the test points"
                  : "--f0-cross goes with test points: --z or --cross");
}

void check_loss(const PredictionJob& job) {
  if (job.loss == JobLoss::squared) return;
  const std::string loss = "--loss " + job.request.loss;
  expect(job.law == Law::ntk, loss + " goes with --law ntk");
  const bool is_flow = std::holds_alternative<Flow>(job.options.rule) ||
                       std::holds_alternative<HeavyBallFlow>(job.options.rule);
  expect(is_flow, loss + " goes with --rule flow or heavy_ball_flow");
  expect(job.options.ridge == 0 && !job.search_ridge, loss + " goes without --ridge");
  expect(!job.covariance, loss + " has no covariance");
  expect(!job.options.peer_train_rule, loss + " goes without --peer-train-rule");
  expect(job.request.report.empty(), loss + " has no --report: it is of the squared losses");
}

void check_law(const PredictionJob& job) {
  const bool is_process = job.law != Law::ntk;
  expect(!job.report_likelihood || is_process,
         "--report likelihood goes with --law nngp or ntk_gp: ntk has no likelihood");
  if (job.fit.empty()) return;
  expect(is_process, "--fit goes with --law nngp or ntk_gp: ntk has no likelihood");
  expect(job.options.ridge > 0, "--fit begins at a --ridge > 0");
}

}  // namespace

PredictionJob prediction_job(const PredictionRequest& request) {
  PredictionJob job;
  job.request = request;
  check_inputs(request);
  job.law = static_cast<Law>(choice_option("--law", request.law, {"nngp", "ntk", "ntk_gp"}));
  job.options.rule = rule_option(request);
  job.automatic_rate = request.rate == "auto";
  if (!job.automatic_rate) {
    job.options.learning_rate =
        number_option("--rate", request.rate, smallest, std::numeric_limits<double>::max());
  }
  job.times = time_option(request.time, job.options.rule);
  read_loss(request, job);
  read_ridge(request, job);
  if (!request.kernel_error.empty()) {
    job.kernel_error = number_option("--kernel-error", request.kernel_error, 0, 1);
  }
  job.options.rank_tolerance = number_option("--rank-tolerance", request.rank_tolerance, 0, 1);
  job.options.observation_noise = number_option("--observation-noise", request.observation_noise, 0,
                                                std::numeric_limits<double>::max());
  job.options.peer_train_rule = request.peer_train_rule;
  job.samples = integer_option("--samples", request.samples, 0, 1000000000);
  job.seed = integer_option("--seed", request.seed, 0, std::numeric_limits<Index>::max());
  job.covariance = request.covariance || job.samples > 0;
  choice_option("--scale", request.scale, {"none", "unit", "standardize"});
  if (!request.fit.empty()) job.fit = list_option("--fit", request.fit);
  read_report(request.report, job);
  job.kernel.quadrature = quadrature_option(request.quadrature);
  job.kernel.dual_tolerance = number_option("--dual-tolerance", request.dual_tolerance, 0, 1);
  job.kernel.memory_limit = bytes_option("--memory-limit", request.memory_limit);
  job.kernel.threads = request.threads;
  check_f0(request, job);
  check_loss(job);
  check_law(job);
  if (!request.out.empty()) {
    const MatrixFormat format = format_of(request.out, "--out");
    expect(job.samples == 0 || format != MatrixFormat::csv,
           "--samples needs an --out that ends in .npy or .h5");
  }
  return job;
}

}  // namespace wideband

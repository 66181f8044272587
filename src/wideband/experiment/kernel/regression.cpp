#include "wideband/experiment/kernel/regression.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "wideband/core/error.hpp"
#include "wideband/data/labels.hpp"
#include "wideband/dynamics/predictor.hpp"
#include "wideband/experiment/kernel/image_table.hpp"
#include "wideband/experiment/kernel/regression_claims.hpp"
#include "wideband/experiment/kernel/regression_figures.hpp"
#include "wideband/experiment/kernel/regression_results.hpp"
#include "wideband/kernel/kernel.hpp"
#include "wideband/model/architecture.hpp"
#include "wideband/model/shape.hpp"

namespace wideband {
namespace {

constexpr Index classes = 10;
constexpr double pixels = 784;

KernelOptions kernel_options(const std::string& law) {
  KernelOptions options;
  options.kinds = law == "nngp" ? Kinds::nngp : Kinds::ntk;
  options.threads = 1;
  return options;
}

Matrix& law_kernel(KernelResult<>& result, const std::string& law) {
  return law == "nngp" ? result.nngp : result.ntk;
}

// The factorization of the training kernel; the kernel itself is given back.
Predictor predictor_of(const RegressionTask& task, const Architecture& net,
                       const ImageTable& train) {
  KernelResult<> xx = kernel(train.inputs, net, kernel_options(task.law));
  PredictOptions options;
  options.ridge = task.ridges.front();
  options.kernel_error = xx.error_estimate;
  return Predictor(law_kernel(xx, task.law), train.targets, options);
}

RidgeResult ridge_result(Predictor& predictor, double ridge, const LeaveOneOut& left,
                         const Matrix& zx, std::span<const double> variance_z,
                         const ImageTable& train, const ImageTable& test) {
  predictor.set_ridge(ridge);
  TestOptions options;
  options.variance_z = variance_z;
  const Prediction limit = predictor.test(infinity, zx, options);
  RidgeResult result;
  result.ridge = ridge;
  result.absolute = predictor.ridge();
  result.accuracy = accuracy(limit.mean, test.targets);
  result.test = mean_square(limit.mean - test.targets);
  result.leave_one_out = mean_square(left.mean - train.targets);
  result.loo_accuracy = accuracy(left.mean, train.targets);
  result.log_marginal_likelihood = predictor.log_marginal_likelihood();
  for (const double bound : limit.certificate.prediction_bound)
    result.bound = std::max(result.bound, bound);
  return result;
}

void check(const RegressionConfig& config) {
  for (const std::string& net : config.nets) infer_shape(parse_architecture(net), 784);
}

std::vector<Fact> protocol(const RegressionConfig& config) {
  return {{"data", fmt::format("{}: first {} training and {} test rows, |x|^2 = d", config.data,
                               config.rows, config.test_rows)},
          {"targets", "one-hot minus 1/10"},
          {"networks", fmt::format("{}", fmt::join(config.nets, "; "))},
          {"laws", fmt::format("{}", fmt::join(config.laws, ", "))},
          {"training", "gradient flow to t = infinity from f = 0, squared loss with ridge"}};
}

std::string label(const RegressionTask& task) {
  return fmt::format("n = {}, {}, {}", task.rows, task.law, task.net);
}

Cost cost(const RegressionTask& task) {
  const auto n = static_cast<double>(task.rows);
  const auto m = static_cast<double>(task.test_rows);
  const auto ridges = static_cast<double>(task.ridges.size());
  const double kernels = (n * n / 2 + n * m) * (1.2e-10 * pixels + 2e-8);
  return {0.1 + kernels + 2e-10 * n * n * n + ridges * (n * n * 2.5e-8 + n * m * 4e-9),
          2e6 + 8 * std::max(4 * n * n, 2 * n * n + n * m) + 16 * pixels * (n + m)};
}

RegressionTask probe(const RegressionConfig& config) {
  return {config.data, 500, 500, config.nets.front(), "nngp", {1e-3, 1e-2}};
}

Outcome outcome(const std::vector<Point<RegressionConfig, RegressionTask>>& points) {
  const RegressionResults results = regression_results(points);
  return {regression_tables(results), regression_claims(results), regression_figures(results), {}};
}

}  // namespace

std::vector<RegressionTask> regression_tasks(const RegressionConfig& config) {
  std::vector<RegressionTask> tasks;
  for (const std::string& net : config.nets) {
    for (const std::string& law : config.laws)
      tasks.push_back({config.data, config.rows, config.test_rows, net, law, config.ridges});
  }
  return tasks;
}

Record regression_record(const RegressionTask& task) {
  const ImageTable train = read_images(task.data, "train", task.rows, classes);
  const ImageTable test = read_images(task.data, "t10k", task.test_rows, classes);
  const Architecture net = parse_architecture(task.net);
  Predictor predictor = predictor_of(task, net, train);
  const std::vector<LeaveOneOut> left = predictor.leave_one_out(task.ridges);
  KernelResult<> zx = kernel(test.inputs, train.inputs, net, kernel_options(task.law));
  const std::vector<double>& variance_z = task.law == "nngp" ? zx.variance_x : zx.ntk_diagonal_x;
  RegressionResult result{task.net, task.law, task.rows, task.test_rows, {}};
  for (std::size_t i = 0; i < task.ridges.size(); ++i) {
    result.ridges.push_back(ridge_result(predictor, task.ridges[i], left[i],
                                         law_kernel(zx, task.law), variance_z, train, test));
  }
  return regression_record_of(result);
}

Experiment table_regression() {
  Definition<RegressionConfig, RegressionTask> definition;
  definition.name = "table-regression";
  definition.summary = "kernel, prediction, likelihood and leave-one-out on Fashion-MNIST";
  definition.validate = check;
  definition.protocol = protocol;
  definition.tasks = regression_tasks;
  definition.label = label;
  definition.run = regression_record;
  definition.cost = cost;
  definition.probe = probe;
  definition.outcome_cost = [](const RegressionConfig&) { return Cost{0.2, 1e6}; };
  definition.outcome = outcome;
  return experiment(definition);
}

}  // namespace wideband

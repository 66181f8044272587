#include "wideband/experiment/prediction_job.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/data/labels.hpp"
#include "wideband/dynamics/fit.hpp"
#include "wideband/dynamics/loss_flow.hpp"
#include "wideband/experiment/prediction_files.hpp"
#include "wideband/experiment/prediction_inputs.hpp"
#include "wideband/experiment/prediction_report.hpp"
#include "wideband/experiment/result_files.hpp"

namespace wideband {
namespace {

void step(const JobEvents& events, const char* phase, double done) {
  if (!events.on_progress) return;
  if (!events.on_progress({phase, done, 1, 0})) throw Stopped("[predict] stopped");
}

void append(std::vector<double>& list, const Matrix& values) {
  list.insert(list.end(), values.data(), values.data() + values.size());
}

const char* name_of(Law law) {
  return law == Law::nngp ? "nngp" : law == Law::ntk ? "ntk" : "ntk_gp";
}

PredictionOutput empty_output(const PredictionJob& job, const PredictionInputs& inputs) {
  PredictionOutput output;
  output.points = inputs.points();
  output.samples = inputs.samples();
  output.outputs = inputs.y.cols();
  output.draws = job.samples;
  output.time = job.times;
  output.attributes["law"] = std::string(name_of(job.law));
  output.attributes["rule"] = job.request.rule;
  output.attributes["error_estimate"] = inputs.error_estimate;
  if (inputs.architecture) output.attributes["architecture"] = *inputs.architecture;
  if (inputs.scale) output.attributes["scale"] = *inputs.scale;
  return output;
}

void add_scores(PredictionOutput& output, const PredictionJob& job, const PredictionInputs& inputs,
                const Matrix& mean) {
  if (inputs.y_test.size() == 0) return;
  output.rmse.push_back(root_mean_square_error(mean, inputs.y_test));
  if (job.request.one_hot) output.accuracy.push_back(accuracy(mean, inputs.y_test));
}

// Moves the fields of --fit to the maximum of the likelihood; the net and the ridge are then those.
std::string fit_fields(PredictionInputs& inputs, PredictionJob& job, const JobEvents& events) {
  FitOptions options{.law = job.law,
                     .ridge = job.options.ridge,
                     .ridge_scale = job.options.ridge_scale,
                     .kernel = job.kernel};
  options.kernel.on_progress = events.on_progress;
  const Fit best = fit(inputs.X, inputs.y, inputs.net, job.fit, options);
  inputs.net = best.net;
  inputs.architecture = to_string(best.net);
  job.options.ridge = best.ridge;
  return fmt::format("fit {} after {} iterations: {}, ridge {:.4g}, log likelihood {:.6g}; ",
                     to_string(best.status), best.iterations, to_string(best.net), best.ridge,
                     best.log_marginal_likelihood);
}

// ---- squared losses: everything in closed form -------------------------------------------------

std::vector<RidgeError> search_ridge(Predictor& predictor, const PredictionInputs& inputs) {
  const std::vector<double> ridges = ridge_grid();
  const std::vector<LeaveOneOut> all = predictor.leave_one_out(ridges);
  std::vector<RidgeError> grid;
  for (std::size_t i = 0; i < ridges.size(); ++i) {
    grid.push_back({ridges[i], leave_one_out_error(all[i], inputs.y)});
  }
  const auto best =
      std::min_element(grid.begin(), grid.end(),
                       [](const RidgeError& a, const RidgeError& b) { return a.error < b.error; });
  predictor.set_ridge(best->ridge);
  return grid;
}

std::vector<Prediction> predictions(const PredictionJob& job, const PredictionInputs& inputs,
                                    const Predictor& predictor) {
  if (job.covariance) {
    const EnsembleKernels kernels{
        inputs.K_xx,
        inputs.Theta_xx,
        inputs.K_zx,
        inputs.Theta_zx,
        inputs.has_test ? MatrixView(inputs.K_zz) : MatrixView(inputs.K_xx),
        inputs.has_test ? MatrixView(inputs.Theta_zz) : MatrixView(inputs.Theta_xx)};
    return ensemble(predictor, kernels, job.times, job.law);
  }
  if (!inputs.has_test) return predictor.train(job.times, inputs.f0);
  const TestOptions options{inputs.f0, inputs.f0_test, inputs.variance_z};
  return predictor.test(job.times, inputs.own_zx(job.law), options);
}

void add_certificates(PredictionOutput& output, const std::vector<Prediction>& list) {
  double residual = 0, bound = 0;
  for (const Prediction& prediction : list) {
    const Certificate& certificate = prediction.certificate;
    residual = std::max(residual, certificate.relative_residual);
    for (const double value : certificate.prediction_bound) bound = std::max(bound, value);
    output.bound.insert(output.bound.end(), certificate.prediction_bound.begin(),
                        certificate.prediction_bound.end());
  }
  const Certificate& certificate = list.front().certificate;
  output.attributes["rank"] = static_cast<std::int64_t>(certificate.rank);
  output.attributes["preserved"] = certificate.preserved;
  output.attributes["asymmetry"] = certificate.asymmetry;
  output.attributes["relative_residual"] = residual;
  if (!output.bound.empty()) output.attributes["prediction_bound"] = bound;
}

void add_samples(PredictionOutput& output, const PredictionJob& job, const Prediction& prediction) {
  if (job.samples == 0) return;
  const Key key = Key(static_cast<std::uint64_t>(job.seed)).child("samples");
  append(output.drawn, posterior_samples(prediction, job.samples, key));
}

PredictionOutput closed_form(const PredictionJob& job, const PredictionInputs& inputs,
                             OutputFiles& files, const JobEvents& events) {
  PredictOptions options = job.options;
  options.kernel_error = job.kernel_error.value_or(inputs.error_estimate);
  Predictor predictor(inputs.own_xx(job.law), inputs.y, options);
  std::vector<RidgeError> grid;
  if (job.search_ridge) grid = search_ridge(predictor, inputs);
  if (job.automatic_rate) predictor.set_learning_rate(predictor.automatic_learning_rate());
  PredictionOutput output = empty_output(job, inputs);
  const std::vector<Prediction> points = predictions(job, inputs, predictor);
  step(events, "predict", 0.5);
  for (const Prediction& prediction : points) {
    append(output.mean, prediction.mean);
    if (prediction.covariance) append(output.covariance, *prediction.covariance);
    add_samples(output, job, prediction);
    add_scores(output, job, inputs, prediction.mean);
    output.status.push_back(to_string(prediction.status));
  }
  add_certificates(output, points);
  for (const Prediction& prediction : predictor.train(job.times, inputs.f0)) {
    append(output.mean_train, prediction.mean);
  }
  output.attributes["rate"] = predictor.options().learning_rate;
  output.attributes["kappa"] = predictor.kappa();
  output.attributes["ridge_absolute"] = predictor.ridge();
  if (!cholesky_is_enough(job)) {
    const auto eigenvalues = predictor.eigenvalues();
    output.eigenvalues.assign(eigenvalues.begin(), eigenvalues.end());
  }
  if (job.request.report.empty()) return output;
  files.add(beside(job.request.out, "_report.csv"))
      .append(report_text(job, inputs, predictor, grid));
  return output;
}

// ---- other losses: the differential equation of the outputs
// --------------------------------------

double rate_of(const PredictionJob& job, const PredictionInputs& inputs) {
  if (!job.automatic_rate) return job.options.learning_rate;
  return Predictor(inputs.Theta_xx, inputs.y, job.options).automatic_learning_rate();
}

PredictionOutput by_integration(const PredictionJob& job, const PredictionInputs& inputs) {
  const Loss loss = job.loss == JobLoss::logistic ? logistic_loss() : softmax_loss();
  const auto* rule = std::get_if<HeavyBallFlow>(&job.options.rule);
  const LossFlowOptions options{
      .learning_rate = rate_of(job, inputs),
      .momentum = rule != nullptr ? std::optional(rule->momentum) : std::nullopt,
      .f0_train = inputs.f0,
      .f0_test = inputs.f0_test};
  std::vector<double> times = job.times;  // in ascending order, each once
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
  const Trajectory path =
      loss_flow(inputs.Theta_xx, inputs.Theta_zx, inputs.y, loss, times, options);
  PredictionOutput output = empty_output(job, inputs);
  output.attributes["rate"] = options.learning_rate;
  for (const double time : job.times) {
    const auto i = static_cast<std::size_t>(std::lower_bound(times.begin(), times.end(), time) -
                                            times.begin());
    const Matrix& mean = inputs.has_test ? path.test[i] : path.train[i];
    append(output.mean, mean);
    append(output.mean_train, path.train[i]);
    add_scores(output, job, inputs, mean);
    output.status.push_back(to_string(path.status[i]));
  }
  return output;
}

}  // namespace

PredictionPlan plan(const PredictionJob& job) {
  PredictionInputs inputs = read_inputs(job);
  if (!inputs.has_net && !job.request.cross.empty()) add_kernels(inputs, job, {});
  PredictionPlan plan = prediction_plan(job, inputs.samples(), inputs.points(), inputs.y.cols());
  if (!inputs.has_net) return plan;
  const Index d = inputs.X.cols();
  plan.seconds += plan_kernel(inputs.X.rows(), 0, d, inputs.net, job.kernel).seconds;
  if (inputs.has_test) {
    plan.seconds +=
        plan_kernel(inputs.Z.rows(), inputs.X.rows(), d, inputs.net, job.kernel).seconds;
  }
  return plan;
}

std::string run(const PredictionJob& asked, OutputFiles& files, const JobEvents& events) {
  PredictionJob job = asked;
  OutputFiles().add(job.request.out);  // a folder that may not be written is known before the work
  PredictionInputs inputs = read_inputs(job);
  if (!inputs.has_net) add_kernels(inputs, job, events);  // files say how many points there are
  const PredictionPlan plan =
      prediction_plan(job, inputs.samples(), inputs.points(), inputs.y.cols());
  if (events.on_plan) events.on_plan(plan.text);
  check_memory(plan, job, inputs.samples());
  std::string summary;
  if (!job.fit.empty()) summary = fit_fields(inputs, job, events);
  if (inputs.has_net) add_kernels(inputs, job, events);
  step(events, "predict", 0);
  const PredictionOutput output = job.loss == JobLoss::squared
                                      ? closed_form(job, inputs, files, events)
                                      : by_integration(job, inputs);
  add_prediction_files(files, job.request.out, output);
  step(events, "predict", 1);
  return fmt::format("{}{} points at {} times, status {}", summary, output.points,
                     output.time.size(), output.status.back());
}

}  // namespace wideband

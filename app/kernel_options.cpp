#include "kernel_options.hpp"

namespace wideband {
namespace {

constexpr const char* network_page = R"page(Networks:
  net   := ["ntk:" | "standard:"] path        path := layer {"|" layer}
  layer := name {[key "="] value} | ("sum" | "concat") "(" path ";" path {";" path} ")"
         | "residual" "(" path ")"
  value := number {"," number} | "none"
Layers, keys and defaults: dense width=1 W=1 b=none; layernorm eps=1e-12; dropout keep=1 training=0;
  identity; relu; leaky_relu alpha=0.01; abs; abrelu a=0 b=1; erf a=1 b=1 c=0; probit; sigmoid_like;
  gelu; sin a=1 b=1 c=0; cos a=1 b=1 c=0; rbf g=1; exp a=1 b=1; gaussian a=1 b=-1; gabor; sign; step;
  monomial n; rectified_monomial n; hermite n; polynomial c; exp_normalized g=1 shift=-1; tanh;
  sigmoid; softplus; silu; elu alpha=1; selu; hard_tanh.
Matrices are FILE.npy, FILE.csv, FILE.h5:NAME, or FILE.h5 with one matrix; a row is a sample.
)page";

// An option that takes one word.
CLI::Option* add(CLI::App& command, const std::string& name, std::string& value, const char* type,
                 const std::string& description) {
  return command.add_option(name, value, description)->type_name(type)->allow_extra_args(false);
}

void add_common(CLI::App& command, Arguments& arguments, std::string& quadrature,
                std::string& dual_tolerance, std::string& memory_limit) {
  add(command, "--quadrature", quadrature, "RULE",
      "rule for activations without a closed form: auto, polar, cartesian, hermite, "
      "gauss_hermite:DEG (default auto)");
  add(command, "--dual-tolerance", dual_tolerance, "E",
      "allowed error of these integrals, relative to their diagonals (default 1e-12)");
  add(command, "--memory-limit", memory_limit, "BYTES",
      "refuse what needs more; suffixes KiB, MiB, GiB (default 0: 80 % of the free memory)");
  command
      .add_option("--threads", arguments.threads,
                  "threads at a time (default: the cores that the process may use)")
      ->type_name("N")
      ->check(CLI::Range(Index{1}, Index{4096}, "an integer from 1 to 4096"));
  add(command, "--status", arguments.status, "FILE",
      "keep this JSON file up to date with phase, done, total and seconds_left");
  command.add_flag("--plan", arguments.plan,
                   "compute nothing; print result_bytes, work_bytes, seconds and tile as JSON");
  command.add_flag("--quiet", arguments.quiet, "print warnings and errors only");
}

void add_prediction_inputs(CLI::App& command, PredictionRequest& request) {
  add(command, "--y", request.y, "FILE", "targets, one row per training point")->required();
  add(command, "--out", request.out, "FILE", "where to write: .h5, .npy or .csv");
  add(command, "--net", request.net, "NET", "the network, as text or FILE.toml; with --x");
  add(command, "--x", request.x, "FILE", "training inputs");
  add(command, "--z", request.z, "FILE", "test inputs (default: the training points)");
  add(command, "--kernel", request.kernel, "FILE",
      "in place of --net: the kernel of the training points, as `wideband kernel` writes it, or "
      "one "
      "matrix, the law's own");
  add(command, "--cross", request.cross, "FILE",
      "the kernel between test points (rows) and training points (columns)");
  add(command, "--prior", request.prior, "FILE",
      "the kernel among the test points, for --covariance with --cross");
  add(command, "--f0", request.f0, "FILE", "outputs at time 0 at the training points (default 0)");
  add(command, "--f0-cross", request.f0_cross, "FILE", "outputs at time 0 at the test points");
  add(command, "--y-test", request.y_test, "FILE",
      "targets at the points, for rmse and, with --one-hot, accuracy per time");
}

void add_training(CLI::App& command, PredictionRequest& request) {
  add(command, "--law", request.law, "LAW",
      "ntk: all layers trained; nngp: the last one; ntk_gp: a Gaussian process with the tangent "
      "kernel (default ntk)");
  add(command, "--rule", request.rule, "RULE",
      "flow, descent, heavy_ball or heavy_ball_flow (default flow)");
  add(command, "--momentum", request.momentum, "M", "of the heavy balls (default 0.9)");
  add(command, "--rate", request.rate, "RATE",
      "learning rate, or auto: half the largest stable one (default 1)");
  add(command, "--time", request.time, "LIST",
      "times, numbers >= 0 or inf, separated by commas (default inf)");
  add(command, "--loss", request.loss, "LOSS",
      "half_mean, half_sum, mean or per_sample (squared); logistic or softmax (default half_mean)");
  add(command, "--ridge", request.ridge, "R",
      "added to the diagonal; loo: the one of 10^-10, 10^-9.5, ..., 10 with the least "
      "leave-one-out "
      "error (default 0)");
  add(command, "--ridge-scale", request.ridge_scale, "SCALE",
      "relative: times the mean of the diagonal; absolute (default relative)");
  add(command, "--kernel-error", request.kernel_error, "E",
      "relative error of the kernel's entries (default: its own estimate)");
  add(command, "--rank-tolerance", request.rank_tolerance, "T",
      "modes below T times the largest eigenvalue count as zero (default 0: by the kernel's "
      "error)");
  command.add_flag("--peer-train-rule", request.peer_train_rule,
                   "outputs at the training points as neural-tangents defines them");
}

void add_results(CLI::App& command, PredictionRequest& request) {
  command.add_flag("--covariance", request.covariance, "also the covariance at the points");
  add(command, "--observation-noise", request.observation_noise, "V",
      "variance added to the diagonal of the covariance (default 0)");
  add(command, "--samples", request.samples, "N",
      "draws from the ensemble, with its covariance (default 0)");
  add(command, "--seed", request.seed, "S", "of the draws (default 0)");
  add(command, "--scale", request.scale, "SCALE",
      "inputs: none, unit (rows to norm sqrt d), standardize (columns to mean 0, deviation 1) "
      "(default none)");
  command.add_flag("--one-hot", request.one_hot,
                   "targets are labels 0 ... C-1; they become C columns, less 1/C for squared "
                   "losses");
  add(command, "--fit", request.fit, "LIST",
      "fields (W, b, 2.1.0.W, ridge) to move to the maximum of the likelihood before predicting");
  add(command, "--report", request.report, "LIST",
      "likelihood, loo, modes: also write NAME_report.csv");
}

}  // namespace

void add_kernel(CLI::App& app, Arguments& arguments) {
  KernelRequest& request = arguments.kernel;
  CLI::App* kernel = app.add_subcommand(
      "kernel",
      "kernels of a network of infinite width: covariance (nngp) and tangent kernel (ntk)");
  add(*kernel, "--net", request.net, "NET", "the network, as text or FILE.toml")->required();
  add(*kernel, "--x", request.x, "FILE", "inputs, one row per sample")->required();
  add(*kernel, "--z", request.z, "FILE", "other inputs, the columns of the kernel (default: --x)");
  add(*kernel, "--out", request.out, "FILE", "where to write: .h5, .npy or .csv");
  add(*kernel, "--kinds", request.kinds, "LIST", "nngp, ntk or both (default nngp,ntk)");
  add(*kernel, "--precision", request.precision, "TYPE",
      "of pairs and results: f64 or f32 (default f64)");
  add(*kernel, "--scale", request.scale, "SCALE",
      "inputs: none, or unit (rows to norm sqrt d) (default none)");
  add(*kernel, "--refine-below", request.refine_below, "S",
      "pairs nearer than this (sin^2 of half the angle) are taken from differences of the inputs "
      "(default 1/64)");
  add(*kernel, "--tile", request.tile, "N",
      "rows of a tile; never changes results (default 0: chosen by the planner)");
  add_common(*kernel, arguments, request.quadrature, request.dual_tolerance, request.memory_limit);
  kernel->footer(network_page);
}

void add_predict(CLI::App& app, Arguments& arguments) {
  PredictionRequest& request = arguments.prediction;
  CLI::App* predict = app.add_subcommand(
      "predict", "train under a constant kernel in closed form: predictions at any time");
  add_prediction_inputs(*predict, request);
  add_training(*predict, request);
  add_results(*predict, request);
  add_common(*predict, arguments, request.quadrature, request.dual_tolerance, request.memory_limit);
  predict->footer(network_page);
}

}  // namespace wideband

#include "wideband/experiment/prediction_inputs.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/data/labels.hpp"
#include "wideband/data/scaling.hpp"
#include "wideband/experiment/kernel_file.hpp"
#include "wideband/experiment/matrix_file.hpp"
#include "wideband/experiment/network_toml.hpp"

namespace wideband {
namespace {

void expect(bool holds, const std::string& message) {
  require(holds, "[predict] " + message);
}

std::string shape(const Matrix& A) {
  return fmt::format("{} x {}", A.rows(), A.cols());
}

void expect_shape(const Matrix& A, Index rows, Index columns, const std::string& file) {
  expect(A.rows() == rows && A.cols() == columns,
         fmt::format("{} is {}, expected {} x {}", file, shape(A), rows, columns));
}

// Labels as rows; 1/C less for squared losses, whose outputs then have mean zero.
Matrix targets(const Matrix& values, const PredictionJob& job, Index classes,
               const std::string& file) {
  if (!job.request.one_hot) return values;
  const Matrix plain = one_hot(values, 0, classes, file);
  const auto count = static_cast<double>(plain.cols());
  return job.loss == JobLoss::squared ? Matrix(plain.array() - 1 / count) : plain;
}

void read_points(PredictionInputs& inputs, const PredictionRequest& request) {
  inputs.net = network_of(request.net);
  inputs.has_net = true;
  inputs.architecture = to_string(inputs.net);
  inputs.scale = request.scale;
  inputs.X = read_matrix(request.x).values;
  inputs.has_test = !request.z.empty();
  if (inputs.has_test) inputs.Z = read_matrix(request.z).values;
  expect(!inputs.has_test || inputs.Z.cols() == inputs.X.cols(),
         fmt::format("{} has {} columns, {} has {}; they must agree", request.x, inputs.X.cols(),
                     request.z, inputs.Z.cols()));
  if (request.scale == "unit") {
    inputs.X = unit_rows(inputs.X, request.x.c_str());
    if (inputs.has_test) inputs.Z = unit_rows(inputs.Z, request.z.c_str());
  } else if (request.scale == "standardize") {
    const ColumnScale scale = column_scale(inputs.X);
    inputs.X = standardized(inputs.X, scale);
    if (inputs.has_test) inputs.Z = standardized(inputs.Z, scale);
  }
  expect(inputs.X.rows() == inputs.samples(),
         fmt::format("{} has {} rows, {} has {}; they must agree", request.x, inputs.X.rows(),
                     request.y, inputs.samples()));
}

// The (m, n) kernel between test points, in rows, and training points.
void check_cross(const Matrix& cross, Index n, const std::string& file) {
  if (cross.size() == 0 || cross.cols() == n) return;
  expect(cross.rows() != n,
         fmt::format("{} is {}: its rows are the {} training points; transpose it, so that its "
                     "rows are test points, as `wideband kernel --x test --z train` writes it",
                     file, shape(cross), n));
  expect(false, fmt::format("{} is {}, expected {} columns, one for each training point", file,
                            shape(cross), n));
}

void expect_same(const std::optional<std::string>& mine, const std::optional<std::string>& theirs,
                 const char* what, const PredictionRequest& request) {
  if (!mine || !theirs || *mine == *theirs) return;
  expect(false, fmt::format("{} and {} are kernels of different {}: \"{}\" and \"{}\"",
                            request.kernel, request.cross, what, *mine, *theirs));
}

void read_kernels(PredictionInputs& inputs, const PredictionJob& job) {
  const PredictionRequest& request = job.request;
  const Index n = inputs.samples();
  const WantedKernels wanted = wanted_kernels(job.law, job.covariance);
  KernelFile xx = read_kernel_file(request.kernel, wanted);
  for (const Matrix* matrix : {&xx.nngp, &xx.ntk}) {
    if (matrix->size() > 0) expect_shape(*matrix, n, n, request.kernel);
  }
  inputs.K_xx = std::move(xx.nngp);
  inputs.Theta_xx = std::move(xx.ntk);
  inputs.architecture = xx.architecture;
  inputs.scale = xx.scale;
  inputs.error_estimate = xx.error_estimate;
  inputs.has_test = !request.cross.empty();
  if (!inputs.has_test) return;
  KernelFile zx = read_kernel_file(request.cross, wanted);
  check_cross(zx.nngp, n, request.cross);
  check_cross(zx.ntk, n, request.cross);
  expect_same(xx.architecture, zx.architecture, "nets", request);
  expect_same(xx.scale, zx.scale, "scales", request);
  inputs.K_zx = std::move(zx.nngp);
  inputs.Theta_zx = std::move(zx.ntk);
  std::vector<double>& diagonal = job.law == Law::nngp ? zx.variance_x : zx.ntk_diagonal_x;
  if (static_cast<Index>(diagonal.size()) == inputs.points()) inputs.variance_z = diagonal;
  if (!job.covariance) return;
  expect(!request.prior.empty(),
         "--covariance with --cross needs --prior, the kernel among the "
         "test points");
  const bool of_ntk = job.law == Law::ntk_gp;
  KernelFile zz = read_kernel_file(request.prior, {!of_ntk, of_ntk});
  Matrix& prior = of_ntk ? zz.ntk : zz.nngp;
  expect_shape(prior, inputs.points(), inputs.points(), request.prior);
  (of_ntk ? inputs.Theta_zz : inputs.K_zz) = std::move(prior);
}

void compute_kernels(PredictionInputs& inputs, const PredictionJob& job, const JobEvents& events) {
  const WantedKernels wanted = wanted_kernels(job.law, job.covariance);
  KernelOptions options = job.kernel;
  options.on_progress = events.on_progress;
  options.kinds = !wanted.nngp ? Kinds::ntk : !wanted.ntk ? Kinds::nngp : Kinds::both;
  KernelResult<> xx = kernel(inputs.X, inputs.net, options);
  inputs.K_xx = std::move(xx.nngp);
  inputs.Theta_xx = std::move(xx.ntk);
  inputs.error_estimate = xx.error_estimate;
  if (!inputs.has_test) return;
  KernelResult<> zx = kernel(inputs.Z, inputs.X, inputs.net, options);
  inputs.K_zx = std::move(zx.nngp);
  inputs.Theta_zx = std::move(zx.ntk);
  inputs.variance_z = job.law == Law::nngp ? zx.variance_x : zx.ntk_diagonal_x;
  inputs.error_estimate = std::max(inputs.error_estimate, zx.error_estimate);
  if (!job.covariance) return;
  options.kinds = job.law == Law::ntk_gp ? Kinds::ntk : Kinds::nngp;
  KernelResult<> zz = kernel(inputs.Z, inputs.net, options);
  inputs.K_zz = std::move(zz.nngp);
  inputs.Theta_zz = std::move(zz.ntk);
}

}  // namespace

Index PredictionInputs::points() const {
  if (!has_test) return samples();
  if (has_net) return Z.rows();
  return std::max(K_zx.rows(), Theta_zx.rows());
}

PredictionInputs read_inputs(const PredictionJob& job) {
  const PredictionRequest& request = job.request;
  PredictionInputs inputs;
  inputs.y = targets(read_matrix(request.y).values, job, 0, request.y);
  if (!request.net.empty()) read_points(inputs, request);
  if (!request.f0.empty()) inputs.f0 = read_matrix(request.f0).values;
  if (!request.f0_cross.empty()) inputs.f0_test = read_matrix(request.f0_cross).values;
  if (request.y_test.empty()) return inputs;
  inputs.y_test = targets(read_matrix(request.y_test).values, job,
                          request.one_hot ? inputs.y.cols() : 0, request.y_test);
  return inputs;
}

void add_kernels(PredictionInputs& inputs, const PredictionJob& job, const JobEvents& events) {
  inputs.has_net ? compute_kernels(inputs, job, events) : read_kernels(inputs, job);
  const PredictionRequest& request = job.request;
  const Index outputs = inputs.y.cols();
  if (inputs.f0.size() > 0) expect_shape(inputs.f0, inputs.samples(), outputs, request.f0);
  if (inputs.f0_test.size() > 0) {
    expect_shape(inputs.f0_test, inputs.points(), outputs, request.f0_cross);
  }
  if (inputs.y_test.size() > 0) {
    expect_shape(inputs.y_test, inputs.points(), outputs, request.y_test);
  }
}

}  // namespace wideband

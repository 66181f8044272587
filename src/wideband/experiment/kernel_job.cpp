#include "wideband/experiment/kernel_job.hpp"

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/data/scaling.hpp"
#include "wideband/experiment/build_identity.hpp"
#include "wideband/experiment/matrix_file.hpp"
#include "wideband/experiment/network_toml.hpp"
#include "wideband/experiment/option_text.hpp"
#include "wideband/experiment/result_files.hpp"

namespace wideband {
namespace {

Kinds kinds_option(const std::string& text) {
  unsigned kinds = 0;
  for (const std::string& word : list_option("--kinds", text)) {
    kinds |= 1U << choice_option("--kinds", word, {"nngp", "ntk"});
  }
  return static_cast<Kinds>(kinds);
}

Matrix scaled(Matrix values, const std::string& scale, const std::string& file) {
  if (scale == "none") return values;
  return unit_rows(values, file.c_str());
}

template <class Real>
ArrayView view_of(const MatrixOf<Real>& matrix) {
  return {{matrix.rows(), matrix.cols()}, matrix.data()};
}

void add_vector(Hdf5Output& output, const std::string& name, const std::vector<double>& values) {
  if (values.empty()) return;
  output.arrays.push_back({name, {{static_cast<Index>(values.size())}, values.data()}});
}

template <class Real>
void complete(KernelResult<Real>& result, bool symmetric) {
  if (!symmetric) return;
  if (result.variance_z.empty()) result.variance_z = result.variance_x;
  if (result.ntk_diagonal_z.empty()) result.ntk_diagonal_z = result.ntk_diagonal_x;
}

// Everything but the two matrices: attributes, and the vectors along rows and columns.
template <class Real>
Hdf5Output head_of(const KernelResult<Real>& result, const KernelJob& job) {
  Hdf5Output output;
  const bool is_standard = job.net.parameterization == Parameterization::standard;
  output.attributes = {{"architecture", to_string(job.net)},
                       {"parameterization", std::string(is_standard ? "standard" : "ntk")},
                       {"precision", std::string(job.single_precision ? "f32" : "f64")},
                       {"scale", job.scale},
                       {"error_estimate", result.error_estimate},
                       {"status", to_string(result.status)},
                       {"pairs", static_cast<std::int64_t>(result.pairs)},
                       {"quadratures", static_cast<std::int64_t>(result.quadratures)},
                       {"version", build_identity().version},
                       {"options", options_text(job.options, job.quadrature)}};
  add_vector(output, "variance_x", result.variance_x);
  add_vector(output, "variance_z", result.variance_z);
  add_vector(output, "ntk_diagonal_x", result.ntk_diagonal_x);
  add_vector(output, "ntk_diagonal_z", result.ntk_diagonal_z);
  return output;
}

template <class Real>
void add_files(const KernelResult<Real>& result, const KernelJob& job, OutputFiles& files) {
  Hdf5Output output = head_of(result, job);
  std::vector<std::pair<std::string, ArrayView>> matrices;
  if (result.nngp.size() > 0) matrices.push_back({"nngp", view_of(result.nngp)});
  if (result.ntk.size() > 0) matrices.push_back({"ntk", view_of(result.ntk)});
  const MatrixFormat format = format_of(job.out, "--out");
  if (format == MatrixFormat::h5) {
    output.arrays.insert(output.arrays.begin(), matrices.begin(), matrices.end());
    add_hdf5(files, job.out, output);
    return;
  }
  const bool is_npy = format == MatrixFormat::npy;
  for (const auto& [kind, matrix] : matrices) {
    const std::string suffix = (matrices.size() > 1 ? "_" + kind : "") + (is_npy ? ".npy" : ".csv");
    is_npy ? add_npy(files, beside(job.out, suffix), matrix)
           : add_csv(files, beside(job.out, suffix), matrix);
  }
  add_json(files, beside(job.out, ".json"), output);
}

template <class Real>
std::string run_as(const KernelJob& job, OutputFiles& files, const JobEvents& events) {
  KernelOptions options = job.options;
  options.on_progress = events.on_progress;
  KernelResult<Real> result = job.Z.size() == 0 ? kernel<Real>(job.X, job.net, options)
                                                : kernel<Real>(job.X, job.Z, job.net, options);
  complete(result, job.Z.size() == 0);
  add_files(result, job, files);
  return fmt::format("{} pairs, {} dual integrals, {:.3g} s, error estimate {:.2g}, status {}",
                     result.pairs, result.quadratures, result.seconds, result.error_estimate,
                     to_string(result.status));
}

}  // namespace

Quadrature quadrature_option(const std::string& text) {
  const std::string option = "--quadrature";
  const std::size_t colon = text.find(':');
  const std::string name = text.substr(0, colon);
  const std::size_t i =
      choice_option(option, name, {"auto", "polar", "cartesian", "hermite", "gauss_hermite"});
  const auto rule = static_cast<QuadratureRule>(i);
  const bool has_degree = rule == QuadratureRule::gauss_hermite;
  if (has_degree != (colon != std::string::npos)) {
    throw std::invalid_argument(fmt::format(
        "[option] {} is \"{}\", expected a degree behind gauss_hermite and there alone, as in "
        "gauss_hermite:25",
        option, printable(text)));
  }
  Quadrature quadrature{rule};
  if (has_degree) quadrature.degree = integer_option(option, text.substr(colon + 1), 1, 10000);
  return quadrature;
}

std::string options_text(const KernelOptions& options, const std::string& quadrature) {
  return fmt::format(R"({{"dual_tolerance": {}, "quadrature": "{}", "refine_below": {}}})",
                     options.dual_tolerance, quadrature, options.refine_below);
}

std::string plan_json(std::size_t result_bytes, std::size_t work_bytes, double seconds,
                      Index tile) {
  return fmt::format(R"({{"result_bytes": {}, "work_bytes": {}, "seconds": {}, "tile": {}}})"
                     "\n",
                     result_bytes, work_bytes, seconds, tile);
}

std::string progress_json(const Progress& progress) {
  return fmt::format(R"({{"phase": "{}", "done": {}, "total": {}, "seconds_left": {:.3g}}})"
                     "\n",
                     progress.phase, progress.done, progress.total, progress.seconds_left);
}

KernelJob kernel_job(const KernelRequest& request) {
  KernelJob job;
  job.options.kinds = kinds_option(request.kinds);
  job.single_precision = choice_option("--precision", request.precision, {"f64", "f32"}) == 1;
  choice_option("--scale", request.scale, {"none", "unit"});
  job.scale = request.scale;
  job.options.quadrature = quadrature_option(request.quadrature);
  job.quadrature = request.quadrature;
  job.options.dual_tolerance = number_option("--dual-tolerance", request.dual_tolerance, 0, 1);
  job.options.refine_below = number_option("--refine-below", request.refine_below, 0, 0.5);
  job.options.tile = integer_option("--tile", request.tile, 0, Index{1} << 30);
  job.options.memory_limit = bytes_option("--memory-limit", request.memory_limit);
  job.options.threads = request.threads;
  job.out = request.out;
  if (!job.out.empty()) format_of(job.out, "--out");
  job.net = network_of(request.net);
  job.X = scaled(read_matrix(request.x).values, request.scale, request.x);
  if (request.z.empty()) return job;
  job.Z = scaled(read_matrix(request.z).values, request.scale, request.z);
  require(job.X.cols() == job.Z.cols(),
          fmt::format("[kernel] {} has {} columns, {} has {}; they must agree", request.x,
                      job.X.cols(), request.z, job.Z.cols()));
  return job;
}

KernelPlan plan(const KernelJob& job) {
  return job.single_precision
             ? plan_kernel<float>(job.X.rows(), job.Z.rows(), job.X.cols(), job.net, job.options)
             : plan_kernel<double>(job.X.rows(), job.Z.rows(), job.X.cols(), job.net, job.options);
}

std::string run(const KernelJob& job, OutputFiles& files, const JobEvents& events) {
  OutputFiles().add(
      job.out);  // a folder that may not be written is known before anything is computed
  if (events.on_plan) events.on_plan(plan(job).text);
  return job.single_precision ? run_as<float>(job, files, events)
                              : run_as<double>(job, files, events);
}

}  // namespace wideband

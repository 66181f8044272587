#include "wideband/experiment/kernel/gallery.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "wideband/experiment/kernel/gallery_claims.hpp"
#include "wideband/experiment/kernel/gallery_figures.hpp"
#include "wideband/experiment/kernel/gallery_results.hpp"
#include "wideband/kernel/kernel.hpp"
#include "wideband/math/dual.hpp"
#include "wideband/model/architecture.hpp"
#include "wideband/model/shape.hpp"

namespace wideband {
namespace {

// sqrt2 (cos, sin) of angles given with their complements, so that |x|^2 = d on the circle.
void set_direction(Matrix& Z, Index row, double theta, double complement) {
  const double cosine = theta < complement ? std::cos(theta) : -std::cos(complement);
  Z.row(row) << std::numbers::sqrt2 * cosine,
      std::numbers::sqrt2 * std::sin(std::min(theta, complement));
}

// The nodes of the rule, then the angles of the profile.
Matrix directions(const AngleQuadrature& rule, Index angles) {
  const auto nodes = static_cast<Index>(rule.theta.size());
  Matrix Z(nodes + angles, 2);
  for (std::size_t i = 0; i < rule.theta.size(); ++i)
    set_direction(Z, static_cast<Index>(i), rule.theta[i], rule.complement[i]);
  const Vector theta = profile_angles(angles);
  for (Index i = 0; i < angles; ++i) set_direction(Z, nodes + i, theta(i), theta(angles - 1 - i));
  return Z;
}

// The spectrum, with what the kernel's own error may add: its projection on a harmonic of norm
// N^(-1/2).
ZonalSpectrum spectrum_with_errors(const AngleQuadrature& rule, const Vector& values, Index d,
                                   Index cutoff, double kernel_error) {
  ZonalSpectrum spectrum = zonal_spectrum(rule, values, d, cutoff);
  for (Index k = 0; k <= cutoff; ++k)
    spectrum.error(k) += kernel_error / std::sqrt(harmonic_multiplicity(d, k));
  return spectrum;
}

GalleryNet measurement(const GalleryTask& task, Index depth, double b, const AngleQuadrature& rule,
                       const Matrix& Z) {
  const Matrix x = (Matrix(1, 2) << std::numbers::sqrt2, 0).finished();
  const Architecture net = parse_architecture(gallery_net(task.activation, depth, task.W, b));
  KernelOptions options;
  options.threads = 1;
  const KernelResult<> result = kernel(x, Z, net, options);
  const auto nodes = static_cast<Index>(rule.theta.size());
  GalleryNet measured;
  measured.activation = task.activation;
  measured.depth = depth;
  measured.W = task.W;
  measured.b = b;
  measured.theta = profile_angles(task.angles);
  measured.nngp = result.nngp.row(0).tail(task.angles);
  measured.ntk = result.ntk.row(0).tail(task.angles);
  measured.nngp_diagonal = result.variance_x.front();
  measured.ntk_diagonal = result.ntk_diagonal_x.front();
  measured.error_estimate = result.error_estimate;
  const Vector nngp = result.nngp.row(0).head(nodes);
  const Vector ntk = result.ntk.row(0).head(nodes);
  for (const std::string& domain : task.domains) {
    const Index d = ambient_dimension(domain);
    measured.spectra.push_back(
        {domain,
         spectrum_with_errors(rule, nngp, d, task.cutoff,
                              result.error_estimate * measured.nngp_diagonal),
         spectrum_with_errors(rule, ntk, d, task.cutoff,
                              result.error_estimate * measured.ntk_diagonal)});
  }
  return measured;
}

void check(const GalleryConfig& config) {
  for (const std::string& activation : config.activations) {
    for (const Index depth : config.depths)
      infer_shape(parse_architecture(gallery_net(activation, depth, config.W, 0)), 2);
  }
}

std::vector<Fact> protocol(const GalleryConfig& config) {
  return {{"parameterization", "ntk: z = W/sqrt(fan-in) w.x + b beta, all drawn from N(0, 1)"},
          {"networks",
           fmt::format("{} of {} with depths {}", gallery_net("...", 1, config.W, 0),
                       fmt::join(config.activations, ", "), fmt::join(config.depths, ", "))},
          {"biases", fmt::format("{}", fmt::join(config.biases, ", "))},
          {"inputs", "|x|^2 = d, so that K_0 = cos theta on every sphere"},
          {"spectra", fmt::format("k <= {} on {}, uniform measure of mass 1", config.cutoff,
                                  fmt::join(config.domains, ", "))},
          {"training", "none"}};
}

std::string label(const GalleryTask& task) {
  return fmt::format("{}, {} networks", task.activation, task.depths.size() * task.biases.size());
}

// Nodes of both rules.
double node_count(Index cutoff) {
  return 50 * 2 * (10 + 0.1 * static_cast<double>(cutoff));
}

// Kernels of other activations build tables of integrals for every layer.
bool is_numeric(const std::string& activation) {
  const Architecture net = parse_architecture(activation);
  const auto* layer = std::get_if<Activation>(&net.layers.at(0).kind);
  return layer && !has_closed_dual(layer->phi);
}

Cost cost(const GalleryTask& task) {
  const double nodes = node_count(task.cutoff);
  double seconds = 0;
  for (const Index depth : task.depths) {
    const double layers = static_cast<double>(depth);
    seconds += layers * (nodes * 3e-7 + (is_numeric(task.activation) ? 0.1 : 0));
    seconds += static_cast<double>(task.domains.size() * static_cast<std::size_t>(task.cutoff)) *
               nodes * 1e-8;
  }
  const auto biases = static_cast<double>(task.biases.size());
  const auto nets = biases * static_cast<double>(task.depths.size());
  return {biases * seconds,
          1e6 + nodes * 100 +
              nets * 8 *
                  (3 * static_cast<double>(task.angles) + 12 * static_cast<double>(task.cutoff))};
}

GalleryTask task_of(const GalleryConfig& config, const std::string& activation) {
  return {activation,    config.domains, config.depths, config.W,
          config.biases, config.cutoff,  config.angles};
}

GalleryTask probe(const GalleryConfig& config) {
  GalleryTask task = task_of(config, "relu");
  task.domains = {"circle", "sphere2", "sphere9"};
  task.depths = {1, 3, 10};
  task.biases = {0, 0.5};
  task.cutoff = 256;
  return task;
}

Cost outcome_cost(const GalleryConfig& config) {
  const auto nets =
      static_cast<double>(config.activations.size() * config.depths.size() * config.biases.size());
  const double sums = nets * static_cast<double>(config.domains.size());
  const double rows =
      nets * static_cast<double>(config.angles +
                                 config.cutoff * static_cast<Index>(config.domains.size()));
  return {0.1 + 2e-3 * sums + 5e-6 * rows, 1e6 + 1000 * rows};
}

Outcome outcome(const std::vector<Point<GalleryConfig, GalleryTask>>& points) {
  const GalleryResults results = gallery_results(points);
  return {gallery_tables(results), gallery_claims(results), gallery_figures(results), {}};
}

}  // namespace

std::string gallery_net(const std::string& activation, Index depth, double W, double b) {
  const std::string dense =
      fmt::format("dense W={} b={}", W, b > 0 ? fmt::format("{}", b) : "none");
  std::string net = dense;
  for (Index layer = 0; layer < depth; ++layer) net += " | " + activation + " | " + dense;
  return net;
}

std::vector<GalleryTask> gallery_tasks(const GalleryConfig& config) {
  std::vector<GalleryTask> tasks;
  for (const std::string& activation : config.activations)
    tasks.push_back(task_of(config, activation));
  return tasks;
}

Record gallery_record(const GalleryTask& task) {
  const AngleQuadrature rule = angle_quadrature(task.cutoff);
  const Matrix Z = directions(rule, task.angles);
  Record record;
  for (const Index depth : task.depths) {
    for (const double b : task.biases) put_net(record, measurement(task, depth, b, rule, Z));
  }
  return record;
}

Experiment kernel_gallery() {
  Definition<GalleryConfig, GalleryTask> definition;
  definition.name = "kernel-gallery";
  definition.summary = "kernels of wide networks over the angle, their spectra on three spheres";
  definition.validate = check;
  definition.protocol = protocol;
  definition.tasks = gallery_tasks;
  definition.label = label;
  definition.run = gallery_record;
  definition.cost = cost;
  definition.probe = probe;
  definition.outcome_cost = outcome_cost;
  definition.outcome = outcome;
  return experiment(definition);
}

}  // namespace wideband

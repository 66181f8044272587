#include "wideband/experiment/circle/spectrum.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "wideband/circle/grid_operator.hpp"
#include "wideband/circle/spectrum.hpp"
#include "wideband/circle/spectrum_reference.hpp"
#include "wideband/core/constants.hpp"
#include "wideband/experiment/circle/spectrum_claims.hpp"
#include "wideband/experiment/circle/spectrum_figures.hpp"
#include "wideband/experiment/circle/spectrum_results.hpp"
#include "wideband/math/fourier.hpp"
#include "wideband/random/key.hpp"

namespace wideband {
namespace {

constexpr Index group_size = 1 << 19;  // angles of one grid task

Vector stock_angles() {
  return (Vector(6) << 0, pi / 6, pi / 3, pi / 2, 2 * pi / 3, 5 * pi / 6).finished();
}

std::vector<Index> low_frequencies(Index n, Index cutoff) {
  std::vector<Index> k(static_cast<std::size_t>(std::min(cutoff, n / 2) + 1));
  for (std::size_t i = 0; i < k.size(); ++i) k[i] = static_cast<Index>(i);
  return k;
}

// 0, n/2, and what lies between by a ratio that meets both parities.
std::vector<Index> spread_frequencies(Index n) {
  std::vector<Index> k = {0, n / 2, std::max<Index>(n / 2 - 1, 0)};
  for (double x = 1; x < static_cast<double>(n / 2); x *= 1.17) k.push_back(static_cast<Index>(x));
  std::sort(k.begin(), k.end());
  k.erase(std::unique(k.begin(), k.end()), k.end());
  return k;
}

// All eigenvalues of one kernel on one grid.
struct WholeSpectrum {
  Vector fft;
  Vector alias;
  Eigen::VectorXf float32;
};

GridEigenvalues selected(const WholeSpectrum& whole, const std::vector<Index>& k) {
  const auto size = static_cast<Index>(k.size());
  GridEigenvalues result{k, Vector(size), Vector(size), Vector(size)};
  for (Index i = 0; i < size; ++i) {
    const Index frequency = k[static_cast<std::size_t>(i)];
    result.fft(i) = whole.fft(frequency);
    result.alias(i) = whole.alias(frequency);
    result.float32(i) = static_cast<double>(whole.float32(frequency));
  }
  return result;
}

double worst_rounding(AngleKernel kernel, Index n, const GridEigenvalues& values) {
  double worst = 0;
  for (std::size_t i = 0; i < values.k.size(); ++i) {
    const double error =
        relative_rounding(kernel, n, values.k[i], values.alias(static_cast<Index>(i)));
    worst = std::max(worst, std::abs(error));
  }
  return worst;
}

GridSpectrum grid_measurement(AngleKernel kernel, Index n, Index cutoff) {
  WholeSpectrum whole{grid_spectrum(kernel, n), Vector(n / 2 + 1),
                      grid_spectrum_float32(kernel, n)};
  for (Index k = 0; k <= n / 2; ++k) whole.alias(k) = grid_eigenvalue(kernel, n, k);
  GridSpectrum result{kernel, n, selected(whole, low_frequencies(n, cutoff)),
                      selected(whole, spread_frequencies(n))};
  result.largest = whole.alias.maxCoeff();
  result.smallest = whole.fft.minCoeff();
  result.fft_error = (whole.fft - whole.alias).cwiseAbs().maxCoeff();
  result.alias_rounding =
      std::max(worst_rounding(kernel, n, result.low), worst_rounding(kernel, n, result.spread));
  result.negative_float64 = (whole.fft.array() < 0).count();
  result.negative_float32 = (whole.float32.array() < 0).count();
  return result;
}

ContinuumSpectrum continuum_measurement(AngleKernel kernel, Index cutoff) {
  Vector quadrature(std::min(cutoff, quadrature_cutoff) + 1);
  for (Index k = 0; k < quadrature.size(); ++k)
    quadrature(k) = continuum_eigenvalue_by_quadrature(kernel, k);
  return {kernel, continuum_eigenvalues(kernel, cutoff), quadrature,
          spectrum_trace(kernel, sum_rule_cutoff)};
}

// Tangent kernel of networks f(x) = m^(-1/2) sum_j a_j relu(w_j.x/sqrt2) at the angles.
Matrix stock_kernel_values(const SpectrumTask& task) {
  const Vector delta = stock_angles();
  const Key key = Key(static_cast<std::uint64_t>(task.seed)).child("stock");
  Matrix values = Matrix::Zero(task.networks, delta.size());
  for (Index s = 0; s < task.networks; ++s) {
    const Vector a = gaussians(key.child(s).child("a"), task.neurons);
    const Vector w = gaussians(key.child(s).child("w"), 2 * task.neurons);
    for (Index p = 0; p < delta.size(); ++p) {
      const double c = std::cos(delta(p));
      const double sine = std::sin(delta(p));
      for (Index j = 0; j < task.neurons; ++j) {
        const double u = w(2 * j);
        const double v = w(2 * j) * c + w(2 * j + 1) * sine;
        if (u > 0 && v > 0) values(s, p) += (u * v + a(j) * a(j) * c) / 2;
      }
    }
  }
  return values / static_cast<double>(task.neurons);
}

std::vector<Fact> protocol(const SpectrumConfig& config) {
  return {{"parameterization",
           "f(x) = m^(-1/2) sum_j a_j relu(w_j.x + beta_b b_j), a, w ~ N(0, 1), b = 0, "
           "no fan-in division, no output bias"},
          {"operator", "A = Theta(X, X)/n on grids, Theta on the uniform circle"},
          {"kernels", fmt::format("{}", fmt::join(config.kernel, ", "))},
          {"n", fmt::format("{}", fmt::join(config.sizes, ", "))},
          {"training", "none"}};
}

std::string label(const SpectrumTask& task) {
  if (task.part == "grid") return fmt::format("grid n = {}", fmt::join(task.sizes, ", "));
  if (task.part == "stock")
    return fmt::format("{} networks of {} neurons", task.networks, task.neurons);
  return "continuum";
}

Cost cost(const SpectrumTask& task) {
  const auto kernels = static_cast<double>(task.kernel.size());
  if (task.part == "stock") {
    const auto neurons = static_cast<double>(task.neurons);
    return {static_cast<double>(task.networks) * neurons * 6e-8, 48 * neurons + 1e6};
  }
  if (task.part == "continuum") {
    return {kernels * (0.1 + 2e-8 * static_cast<double>(task.cutoff)),
            1e6 + 16 * kernels * static_cast<double>(task.cutoff)};
  }
  Cost sum{0, 0};
  for (const Index n : task.sizes) {
    const auto size = static_cast<double>(n);
    const auto low = static_cast<double>(std::min(task.cutoff, n / 2));
    const double slow = has_small_factors(n) ? 1 : 8;
    sum.seconds += kernels * (2e-7 * size * slow + 2e-5 * (low + 60));
    sum.bytes = std::max(sum.bytes, 1e6 + 32 * size * (slow > 1 ? 4 : 1));
  }
  return sum;
}

SpectrumTask probe(const SpectrumConfig& config) {
  return {"grid", {1 << 16}, {"bias"}, std::min<Index>(config.cutoff, 64), 0, 0, 0};
}

Outcome outcome(const std::vector<Point<SpectrumConfig, SpectrumTask>>& points) {
  const SpectrumResults results = spectrum_results(points);
  return {spectrum_tables(results), spectrum_claims(results), spectrum_figures(results), {}};
}

}  // namespace

std::vector<SpectrumTask> spectrum_tasks(const SpectrumConfig& config) {
  std::vector<SpectrumTask> tasks = {
      {"continuum", {}, config.kernel, config.cutoff, 0, 0, 0},
      {"stock", {}, {}, 0, config.seed, config.networks, config.neurons}};
  SpectrumTask group{"grid", {}, config.kernel, config.cutoff, 0, 0, 0};
  Index angles = 0;
  for (const Index n : config.sizes) {
    group.sizes.push_back(n);
    angles += n;
    if (angles < group_size) continue;
    tasks.push_back(group);
    group.sizes.clear();
    angles = 0;
  }
  if (!group.sizes.empty()) tasks.push_back(group);
  return tasks;
}

Record spectrum_record(const SpectrumTask& task) {
  Record record;
  if (task.part == "stock") {
    record.put("delta", stock_angles());
    record.put("values", stock_kernel_values(task));
    return record;
  }
  for (const std::string& name : task.kernel) {
    const AngleKernel kernel = angle_kernel(name);
    if (task.part == "continuum") put_continuum(record, continuum_measurement(kernel, task.cutoff));
    for (const Index n : task.sizes) put_grid(record, grid_measurement(kernel, n, task.cutoff));
  }
  return record;
}

Experiment circle_spectrum() {
  Definition<SpectrumConfig, SpectrumTask> definition;
  definition.name = "circle-spectrum";
  definition.summary = "eigenvalues of the circle kernels: closed form, quadrature, grid, float32";
  definition.validate = [](const SpectrumConfig&) {};
  definition.protocol = protocol;
  definition.tasks = spectrum_tasks;
  definition.label = label;
  definition.run = spectrum_record;
  definition.cost = cost;
  definition.probe = probe;
  definition.outcome_cost = [](const SpectrumConfig& config) {
    const auto spectra = static_cast<double>(config.sizes.size() * config.kernel.size());
    return Cost{0.2, 800 * spectra * static_cast<double>(config.cutoff + 60)};
  };
  definition.outcome = outcome;
  return experiment(definition);
}

}  // namespace wideband

#include "wideband/experiment/circle/width.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "wideband/circle/basis.hpp"
#include "wideband/circle/continuum_blocks.hpp"
#include "wideband/circle/projected_blocks.hpp"
#include "wideband/circle/width_moments.hpp"
#include "wideband/core/constants.hpp"
#include "wideband/core/error.hpp"
#include "wideband/data/circle_points.hpp"
#include "wideband/experiment/circle/width_claims.hpp"
#include "wideband/experiment/circle/width_figures.hpp"
#include "wideband/experiment/circle/width_results.hpp"
#include "wideband/linalg/decomposition.hpp"
#include "wideband/random/key.hpp"

namespace wideband {
namespace {

constexpr Index twin_width = 1024;  // largest width at which the two formulas are compared
constexpr Index twin_seeds = 10;    // the first ones

double beta_of(const std::string& kernel) {
  return kernel == "bias" ? 1 : 0;
}

Key seed_key(const WidthTask& task, Index s) {
  return Key(static_cast<std::uint64_t>(task.seed)).child("network").child(s);
}

// Blocks of every width for one seed after another; the grid's prefix sums serve all seeds.
class BlockSource {
 public:
  explicit BlockSource(const WidthTask& task) : task_(task), beta_(beta_of(task.kernel)) {
    if (task.n == 0) return;
    const double root = std::sqrt(static_cast<double>(task.n));
    angles_ = grid_angles(task.n);
    prefix_.emplace_back(angles_, grid_fourier_basis(task.n, task.cutoff) / root);
  }

  std::vector<Matrix> blocks(Index s) const {
    const Key key = seed_key(task_, s);
    if (task_.n == 0) return initial_continuum_blocks(key, task_.widths, task_.cutoff, beta_);
    const ShallowNetwork network = initial_network(key, task_.widths.back(), beta_);
    return prefix_.front().nested_blocks(network, ActiveArcs(angles_, network), task_.widths);
  }

  // Largest difference between the block of the start and that of any network, and the rounding
  // that the sums of the general formula allow: m terms of at most (2|w|^2 + 4 a^2) each.
  Eigen::Vector2d twin(Index s, const std::vector<Matrix>& blocks) const {
    const Index m = task_.widths.front();
    if (task_.n != 0 || m > twin_width) return Eigen::Vector2d::Zero();
    const ShallowNetwork network = initial_network(seed_key(task_, s), m, beta_);
    const Matrix general = continuum_block(network, task_.cutoff);
    const double size =
        2 * (network.w1.squaredNorm() + network.w2.squaredNorm()) + 4 * network.a.squaredNorm();
    const auto operations = static_cast<double>(m + 2 * task_.cutoff + 8);
    return {(general - blocks.front()).cwiseAbs().maxCoeff(),
            operations * eps * size / static_cast<double>(m)};
  }

 private:
  const WidthTask& task_;
  double beta_;
  Vector angles_;
  std::vector<ProjectedBlocks> prefix_;  // one, or none on the continuum
};

Vector lower_triangle(const Matrix& B) {
  Vector entries(B.rows() * (B.rows() + 1) / 2);
  Index e = 0;
  for (Index p = 0; p < B.rows(); ++p) {
    for (Index q = 0; q <= p; ++q) entries(e++) = B(p, q);
  }
  return entries;
}

double tail_mean(const WidthTask& task, Index s) {
  const Index m = std::min(tail_neurons, task.widths.back());
  const ShallowNetwork network = initial_network(seed_key(task, s), m);
  const Eigen::ArrayXd Y = 2 * (network.w1.array().square() + network.w2.array().square()) +
                           4 * network.a.array().square();
  return (Y / 40).exp().mean();
}

std::vector<Index> increasing(std::vector<Index> values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

double seconds_per_seed(const WidthTask& task) {
  const auto m = static_cast<double>(task.widths.back());
  const auto widths = static_cast<double>(task.widths.size());
  const double d = 2 * static_cast<double>(task.cutoff) + 1;
  const double small_matrices = widths * (4e-6 + 1.2e-9 * d * d * d);
  const double tail = 4e-8 * std::min(m, static_cast<double>(tail_neurons));
  if (task.n == 0) return m * (3e-8 + 1.8e-9 * d) + small_matrices + tail;
  return m * (3e-7 + 2.5e-9 * d * d) + 6e-8 * static_cast<double>(task.n) + small_matrices + tail;
}

Cost cost(const WidthTask& task) {
  const auto m = static_cast<double>(task.widths.back());
  const auto n = static_cast<double>(task.n);
  const auto count = static_cast<double>(task.count);
  const double d = 2 * static_cast<double>(task.cutoff) + 1;
  const double entries = count * static_cast<double>(task.widths.size()) * d * d / 2;
  const double grid_bytes = task.n == 0 ? 0 : 8 * (4 * n * d + 12 * m);
  return {count * seconds_per_seed(task) + 2e-8 * n * d, 1e6 + 16 * entries + grid_bytes};
}

WidthTask whole_task(const WidthConfig& config, Index n) {
  return {config.seed, increasing(config.widths), config.cutoff, config.kernel, n, 0, config.seeds};
}

std::vector<Index> operator_sizes(const WidthConfig& config) {
  return config.operator_kind == "grid" ? increasing(config.sizes) : std::vector<Index>{0};
}

void validate_config(const WidthConfig& config) {
  const Index d = 2 * config.cutoff + 1;
  for (const Index n : operator_sizes(config)) {
    require(n == 0 || n >= d, fmt::format("[circle-width] expected sizes >= 2 cutoff + 1 = {}, "
                                          "got {}",
                                          d, n));
  }
}

std::vector<Fact> protocol(const WidthConfig& config) {
  const bool grid = config.operator_kind == "grid";
  return {{"parameterization",
           fmt::format("f(x) = m^(-1/2) sum_j a_j relu(w_j.x + beta_b b_j), a, w ~ N(0, 1), b = 0, "
                       "beta_b = {}",
                       beta_of(config.kernel))},
          {"operator", grid ? fmt::format("U'A U on grids of n = {}", fmt::join(config.sizes, ", "))
                            : std::string("P_K T_m P_K on the whole circle, exact")},
          {"K", fmt::format("{}, d = {}", config.cutoff, 2 * config.cutoff + 1)},
          {"m", fmt::format("{}", fmt::join(config.widths, ", "))},
          {"seeds", fmt::format("{}, widths nested", config.seeds)},
          {"training", "none"}};
}

std::string label(const WidthTask& task) {
  const std::string where = task.n == 0 ? "continuum" : fmt::format("n = {}", task.n);
  return fmt::format("{}, {}, m <= {}, seeds {}-{}", task.kernel, where, task.widths.back(),
                     task.first, task.first + task.count - 1);
}

WidthTask probe(const WidthConfig& config) {
  WidthTask task = whole_task(config, operator_sizes(config).back());
  const double seconds = seconds_per_seed(task);
  task.count = std::clamp<Index>(static_cast<Index>(0.3 / seconds), 1, config.seeds);
  while (seconds_per_seed(task) > 0.5 && task.widths.size() > 1) task.widths.pop_back();
  return task;
}

Cost outcome_cost(const WidthConfig& config) {
  const double values = static_cast<double>(config.seeds) *
                        static_cast<double>(config.widths.size()) *
                        static_cast<double>(operator_sizes(config).size());
  const double d = 2 * static_cast<double>(config.cutoff) + 1;
  return {0.3 + values * (2e-5 + 2e-9 * d * d), 12 * values * d * d};
}

Outcome outcome(const std::vector<Point<WidthConfig, WidthTask>>& points) {
  const std::vector<WidthSeries> series = width_series(points);
  return {width_tables(series), width_claims(series), width_figures(series), {}};
}

}  // namespace

std::vector<WidthTask> width_tasks(const WidthConfig& config) {
  std::vector<WidthTask> tasks;
  for (const Index n : operator_sizes(config)) {
    WidthTask task = whole_task(config, n);
    const double seconds = static_cast<double>(config.seeds) * seconds_per_seed(task);
    const Index blocks = std::clamp<Index>(static_cast<Index>(seconds), 1, config.seeds);
    for (Index block = 0; block < blocks; ++block) {
      task.first = block * config.seeds / blocks;
      task.count = (block + 1) * config.seeds / blocks - task.first;
      tasks.push_back(task);
    }
  }
  return tasks;
}

Record width_record(const WidthTask& task) {
  const Index d = 2 * task.cutoff + 1;
  const auto widths = static_cast<Index>(task.widths.size());
  const WidthMoments moments(
      {.cutoff = task.cutoff, .beta_b = beta_of(task.kernel), .grid = task.n});
  Vector mean(d);
  for (Index p = 0; p < d; ++p) mean(p) = moments.eigenvalues()(basis_frequency(p));
  std::vector<Matrix> entries(task.widths.size(), Matrix(task.count, d * (d + 1) / 2));
  Matrix op(task.count, widths), twin = Matrix::Zero(task.count, 2);
  Vector tail(task.count);
  const BlockSource source(task);
  for (Index i = 0; i < task.count; ++i) {
    const Index s = task.first + i;
    std::vector<Matrix> blocks = source.blocks(s);
    if (s < twin_seeds) twin.row(i) = source.twin(s, blocks);
    tail(i) = tail_mean(task, s);
    for (std::size_t w = 0; w < blocks.size(); ++w) {
      entries[w].row(i) = lower_triangle(blocks[w]);
      blocks[w].diagonal() -= mean;
      op(i, static_cast<Index>(w)) = symmetric_eigenvalues(blocks[w]).cwiseAbs().maxCoeff();
    }
  }
  Record record;
  for (std::size_t w = 0; w < entries.size(); ++w)
    record.put(fmt::format("blocks.{}", task.widths[w]), entries[w]);
  record.put("op", op);
  record.put("tail", tail);
  record.put("twin", twin);
  return record;
}

Experiment circle_width() {
  Definition<WidthConfig, WidthTask> definition;
  definition.name = "circle-width";
  definition.summary = "the tangent operator of m random neurons against its mean, by width";
  definition.validate = validate_config;
  definition.protocol = protocol;
  definition.tasks = width_tasks;
  definition.label = label;
  definition.run = width_record;
  definition.cost = cost;
  definition.probe = probe;
  definition.outcome_cost = outcome_cost;
  definition.outcome = outcome;
  definition.compared = {"kernel"};
  return experiment(definition);
}

}  // namespace wideband

#include "wideband/experiment/circle/alignment.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "wideband/circle/basis.hpp"
#include "wideband/circle/continuum_blocks.hpp"
#include "wideband/circle/operator_eigenpairs.hpp"
#include "wideband/circle/projected_blocks.hpp"
#include "wideband/circle/width_moments.hpp"
#include "wideband/core/error.hpp"
#include "wideband/data/circle_points.hpp"
#include "wideband/experiment/circle/alignment_claims.hpp"
#include "wideband/experiment/circle/alignment_figures.hpp"
#include "wideband/experiment/circle/alignment_results.hpp"
#include "wideband/linalg/decomposition.hpp"
#include "wideband/linalg/product.hpp"
#include "wideband/random/key.hpp"
#include "wideband/spectrum/alignment.hpp"

namespace wideband {
namespace {

constexpr double beta_b = 1;          // "bias"
constexpr double task_seconds = 2.0;  // aimed at

// Eigenpairs and low-frequency block of one network.
struct NetworkOperator {
  Eigenpairs pairs;
  Matrix block;  // U'A U, d x d
};

// Null vectors beside the pairs if there are fewer of them than columns of U: U outside their span.
Eigenpairs completed(Eigenpairs pairs, const Matrix& U) {
  const Index r = pairs.values.size(), missing = U.cols() - r;
  if (missing <= 0) return pairs;
  const Matrix outside = U - product(pairs.vectors, transposed_product(pairs.vectors, U));
  const SymmetricEigen eigen = symmetric_eigen(gram(outside));
  const Matrix directions = product(outside, eigen.vectors.rightCols(missing));
  pairs.vectors.conservativeResize(Eigen::NoChange, U.cols());
  pairs.vectors.rightCols(missing) = orthonormal_frame(directions);
  pairs.values.conservativeResize(U.cols());
  pairs.values.tail(missing).setZero();
  return pairs;
}

// The networks of one task, seed by seed; what all of them share is made once.
class OperatorSource {
 public:
  explicit OperatorSource(const AlignmentTask& task) : task_(task) {
    if (task.n == 0) {
      U_ = Matrix::Identity(basis_size(task.operator_cutoff), basis_size(task.cutoff));
      return;
    }
    angles_ = grid_angles(task.n);
    U_ = grid_fourier_basis(task.n, task.cutoff) / std::sqrt(static_cast<double>(task.n));
    prefix_.emplace_back(angles_, U_);
  }

  const Matrix& frame() const { return U_; }

  std::vector<NetworkOperator> operators(Index s) const {
    const Key key = Key(static_cast<std::uint64_t>(task_.seed)).child("network").child(s);
    return task_.n == 0 ? continuum_operators(key) : grid_operators(key);
  }

 private:
  std::vector<NetworkOperator> continuum_operators(const Key& key) const {
    std::vector<NetworkOperator> list;
    const Index d = U_.cols();
    for (const Matrix& B :
         initial_continuum_blocks(key, task_.widths, task_.operator_cutoff, beta_b)) {
      const SymmetricEigen eigen = symmetric_eigen(B);
      list.push_back(
          {{eigen.values.reverse(), eigen.vectors.rowwise().reverse()}, B.topLeftCorner(d, d)});
    }
    return list;
  }

  std::vector<NetworkOperator> grid_operators(const Key& key) const {
    std::vector<NetworkOperator> list;
    for (const Index m : task_.widths) {
      const ArcNetwork network(initial_network(key, m, beta_b), angles_);
      list.push_back({completed(tangent_eigenpairs(network), U_), prefix_.front().block(network)});
    }
    return list;
  }

  const AlignmentTask& task_;
  Matrix U_;
  Vector angles_;
  std::vector<ProjectedBlocks> prefix_;  // one, or none on the continuum
};

// The diagonal of Lambda_K, on a grid the alias eigenvalues.
Vector mean_diagonal(const AlignmentTask& task) {
  const WidthMoments moments({.cutoff = task.cutoff, .beta_b = beta_b, .grid = task.n});
  Vector diagonal(basis_size(task.cutoff));
  for (Index p = 0; p < diagonal.size(); ++p)
    diagonal(p) = moments.eigenvalues()(basis_frequency(p));
  return diagonal;
}

// The rows of a record, one per seed, filled width by width.
class RecordRows {
 public:
  explicit RecordRows(const AlignmentTask& task) : task_(task), lambda_(mean_diagonal(task)) {}

  void fill(Index row, Index w, const Matrix& U, const NetworkOperator& network) {
    const Matrix overlaps = plane_overlaps(U, network.pairs.vectors);
    for (const Matching matching : {Matching::shared, Matching::exclusive})
      fill_planes(row, w, overlaps, U, network.pairs, matching);
    write("captured", row, w, captured_overlaps(overlaps));
    write("cloud", row, w, cloud(overlaps, U, network.pairs));
    fill_supports(row, w, network.block);
    write("leakage", row, w, column_leakage(network.block));
  }

  Record record() const {
    Record record;
    for (const auto& [name, values] : rows_) record.put(name, values);
    return record;
  }

 private:
  void write(const std::string& name, Index row, Index w, const Vector& values) {
    Matrix& rows = rows_[name];
    const auto widths = static_cast<Index>(task_.widths.size());
    if (rows.size() == 0) rows = Matrix::Zero(task_.count, widths * values.size());
    rows.row(row).segment(w * values.size(), values.size()) = values;
  }

  void fill_planes(Index row, Index w, const Matrix& overlaps, const Matrix& U,
                   const Eigenpairs& pairs, Matching matching) {
    const auto columns = matched_columns(overlaps, matching);
    const auto planes = plane_alignments(U, pairs.vectors, pairs.values, columns);
    Matrix values(static_cast<Index>(planes.size()), static_cast<Index>(plane_quantities.size()));
    for (std::size_t k = 0; k < planes.size(); ++k) {
      double overlap = 0;
      for (const Index column : columns[k]) overlap += overlaps(static_cast<Index>(k), column);
      const PlaneAlignment& plane = planes[k];
      values.row(static_cast<Index>(k)) << plane.subspace.projector_fro,
          plane.subspace.projector_op, plane.subspace.rms_cosine, plane.eigenvalue, plane.splitting,
          overlap, plane.subspace.angles.minCoeff(), plane.subspace.angles.maxCoeff();
    }
    for (std::size_t q = 0; q < plane_quantities.size(); ++q)
      write(to_string(matching) + "." + plane_quantities[q], row, w,
            values.col(static_cast<Index>(q)));
  }

  // U_k'v of the exclusive pair of each plane: cos and sin of the first, of the second.
  Vector cloud(const Matrix& overlaps, const Matrix& U, const Eigenpairs& pairs) const {
    const auto columns = matched_columns(overlaps, Matching::exclusive);
    Vector values = Vector::Zero(4 * (task_.cutoff + 1));
    for (Index k = 1; k <= task_.cutoff; ++k) {
      const Matrix chosen = pairs.vectors(Eigen::all, columns[static_cast<std::size_t>(k)]);
      const Matrix inner = transposed_product(chosen, U.middleCols(plane_start(k), 2));
      values.segment(4 * k, 4) = Eigen::Map<const Vector>(inner.data(), 4);
    }
    return values;
  }

  void fill_supports(Index row, Index w, const Matrix& B) {
    Matrix D = B;
    D.diagonal() -= lambda_;
    const auto supports = static_cast<Index>(task_.supports.size());
    Vector errors(supports), reliabilities(supports);
    for (Index i = 0; i < supports; ++i) {
      const Index k = task_.supports[static_cast<std::size_t>(i)], d = basis_size(k);
      const Vector c = support_target(k, task_.cutoff);
      errors(i) = (D * c).norm() / lambda_.cwiseProduct(c).norm();
      const Vector spectrum = symmetric_eigenvalues(D.topLeftCorner(d, d));
      reliabilities(i) = spectrum.cwiseAbs().maxCoeff() / lambda_.head(d).minCoeff();
    }
    if (supports == 0) return;
    write("target_error", row, w, errors);
    write("reliability", row, w, reliabilities);
  }

  const AlignmentTask& task_;
  Vector lambda_;
  std::map<std::string, Matrix> rows_;
};

std::vector<Index> increasing(std::vector<Index> values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

double cube(double x) {
  return x * x * x;
}

// One eigensystem of order N is about 1.3e-10 N^3 s, a product of the features 7e-11 n N^2.
double seconds_per_seed(const AlignmentTask& task) {
  const auto slots = static_cast<double>(basis_size(task.cutoff));
  double seconds = 0;
  for (const Index m : task.widths) {
    const auto n = static_cast<double>(task.n);
    const auto neurons = static_cast<double>(m);
    if (task.n == 0) {
      const auto d = static_cast<double>(basis_size(task.operator_cutoff));
      seconds += 2.2e-10 * cube(d) + 1e-7 * slots * d;
    } else if (3 * m < task.n) {
      seconds += 1.3e-10 * cube(3 * neurons) + 7e-11 * n * 9 * neurons * neurons + 1e-7 * slots * n;
    } else {
      seconds += 1.3e-10 * cube(n) + 2e-8 * n * n + 1e-7 * slots * n + 1e-6 * neurons;
    }
  }
  const auto largest = static_cast<double>(task.widths.back());
  return seconds + (task.n == 0 ? 4e-9 * largest * static_cast<double>(task.operator_cutoff) : 0);
}

Cost cost(const AlignmentTask& task) {
  const auto n = static_cast<double>(task.n);
  const auto d = static_cast<double>(basis_size(task.operator_cutoff));
  const double order = std::min(n, 3 * static_cast<double>(task.widths.back()));
  const double values = static_cast<double>(task.count * basis_size(task.cutoff)) *
                        static_cast<double>(task.widths.size()) * 10;
  const double matrices = task.n == 0 ? 40 * d * d : 8 * (4 * order * order + 2 * n * order);
  return {static_cast<double>(task.count) * seconds_per_seed(task), 8e6 + matrices + 8 * values};
}

AlignmentTask whole_task(const AlignmentConfig& config, Index n) {
  AlignmentTask task{config.seed,
                     n,
                     n == 0 ? config.operator_cutoff : 0,
                     increasing(config.widths),
                     config.cutoff,
                     {},
                     0,
                     config.seeds};
  for (const Index k : increasing(config.supports)) {
    if (k <= config.cutoff) task.supports.push_back(k);
  }
  return task;
}

std::vector<Index> operator_sizes(const AlignmentConfig& config) {
  return config.operator_kind == "grid" ? increasing(config.sizes) : std::vector<Index>{0};
}

void validate_config(const AlignmentConfig& config) {
  const Index d = basis_size(config.cutoff);
  for (const Index n : operator_sizes(config)) {
    require(n == 0 || n >= d,
            fmt::format("[circle-alignment] expected sizes >= 2 cutoff + 1 = {}, got {}", d, n));
  }
  if (config.operator_kind == "grid") return;
  require(config.operator_cutoff >= config.cutoff,
          fmt::format("[circle-alignment] expected operator_cutoff >= cutoff = {}, got {}",
                      config.cutoff, config.operator_cutoff));
}

std::vector<Fact> protocol(const AlignmentConfig& config) {
  const bool grid = config.operator_kind == "grid";
  return {{"parameterization",
           "f(x) = m^(-1/2) sum_j a_j relu(w_j.x + b_j), a, w ~ N(0, 1), b = 0 (bias)"},
          {"operator",
           grid ? fmt::format("A = J J'/n on grids of n = {}", fmt::join(config.sizes, ", "))
                : fmt::format("continuum block cut at frequency {}: for planes k >= 3 the rms "
                              "distance lacks about {:.2g} % of it",
                              config.operator_cutoff,
                              120.0 / static_cast<double>(config.operator_cutoff))},
          {"K", fmt::format("{}", config.cutoff)},
          {"m", fmt::format("{}", fmt::join(config.widths, ", "))},
          {"seeds", fmt::format("{}, widths nested", config.seeds)},
          {"training", "none"}};
}

std::string label(const AlignmentTask& task) {
  const std::string where = task.n == 0 ? "continuum" : fmt::format("n = {}", task.n);
  return fmt::format("{}, m <= {}, seeds {}-{}", where, task.widths.back(), task.first,
                     task.first + task.count - 1);
}

AlignmentTask probe(const AlignmentConfig& config) {
  AlignmentTask task = whole_task(config, operator_sizes(config).front());
  task.count = 1;
  while (seconds_per_seed(task) > 0.5 && task.widths.size() > 1) task.widths.pop_back();
  task.count = std::clamp<Index>(static_cast<Index>(0.3 / seconds_per_seed(task)), 1, config.seeds);
  return task;
}

Cost outcome_cost(const AlignmentConfig& config) {
  const double values = static_cast<double>(config.seeds * basis_size(config.cutoff)) *
                        static_cast<double>(config.widths.size() * operator_sizes(config).size());
  return {0.5 + 2e-5 * values, 400 * values};
}

Outcome outcome(const std::vector<Point<AlignmentConfig, AlignmentTask>>& points) {
  const std::vector<AlignmentSeries> series = alignment_series(points);
  return {alignment_tables(series), alignment_claims(series), alignment_figures(series),
          alignment_statuses(series)};
}

}  // namespace

Vector support_target(Index k, Index cutoff) {
  Vector c = Vector::Zero(basis_size(cutoff));
  c(0) = 1;
  // cos(l g + pi/2) = -sin l g
  for (Index l = 1; l <= k; ++l) {
    const bool sine = l % 4 >= 2;
    c(plane_start(l) + (sine ? 1 : 0)) = (sine ? -1 : 1) / std::sqrt(2.0);
  }
  return c;
}

std::vector<AlignmentTask> alignment_tasks(const AlignmentConfig& config) {
  std::vector<AlignmentTask> tasks;
  for (const Index n : operator_sizes(config)) {
    AlignmentTask task = whole_task(config, n);
    const double seconds = static_cast<double>(config.seeds) * seconds_per_seed(task);
    const Index blocks =
        std::clamp<Index>(static_cast<Index>(seconds / task_seconds), 1, config.seeds);
    for (Index block = 0; block < blocks; ++block) {
      task.first = block * config.seeds / blocks;
      task.count = (block + 1) * config.seeds / blocks - task.first;
      tasks.push_back(task);
    }
  }
  return tasks;
}

Record alignment_record(const AlignmentTask& task) {
  const OperatorSource source(task);
  RecordRows rows(task);
  for (Index i = 0; i < task.count; ++i) {
    const std::vector<NetworkOperator> operators = source.operators(task.first + i);
    for (std::size_t w = 0; w < operators.size(); ++w)
      rows.fill(i, static_cast<Index>(w), source.frame(), operators[w]);
  }
  return rows.record();
}

Experiment circle_alignment() {
  Definition<AlignmentConfig, AlignmentTask> definition;
  definition.name = "circle-alignment";
  definition.summary = "eigenspaces of random networks against the Fourier planes, by width";
  definition.validate = validate_config;
  definition.protocol = protocol;
  definition.tasks = alignment_tasks;
  definition.label = label;
  definition.run = alignment_record;
  definition.cost = cost;
  definition.probe = probe;
  definition.outcome_cost = outcome_cost;
  definition.outcome = outcome;
  return experiment(definition);
}

}  // namespace wideband

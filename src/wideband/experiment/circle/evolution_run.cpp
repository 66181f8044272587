#include "wideband/experiment/circle/evolution_run.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "wideband/circle/basis.hpp"
#include "wideband/core/error.hpp"
#include "wideband/core/status.hpp"
#include "wideband/data/circle_points.hpp"
#include "wideband/dynamics/frozen_flow.hpp"
#include "wideband/linalg/decomposition.hpp"
#include "wideband/spectrum/alignment.hpp"

namespace wideband {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr Index early_snapshots = 40;
constexpr Index early_end = 1000;
constexpr Index regular_interval = 100;
constexpr Index eigen_snapshots = 25;
constexpr Index spare_pairs = 24;        // eigenpairs beyond two per frequency
constexpr Index cheap_rank = 3;          // 3m up to this times the block: the small Gram is faster
constexpr double law_limit = 0.68;       // eta lambda_max up to which the law of one step is proven
constexpr double stability_limit = 2.0;  // of eta lambda_max

void sort_unique(std::vector<Index>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

// `count` whole numbers from 1 to `end` by ratio; small ones occur once, so that there may be
// fewer.
std::vector<Index> log_spaced(Index count, Index end) {
  std::vector<Index> list;
  for (Index i = 0; i < count; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(count - 1);
    list.push_back(static_cast<Index>(std::llround(std::pow(static_cast<double>(end), share))));
  }
  sort_unique(list);
  return list;
}

Vector squared_columns(const Matrix& R) {
  return R.colwise().squaredNorm().transpose();
}

// Losses (1/2)|r|^2 of the columns; a frozen branch beyond its stability has none but infinity.
Vector losses(const Matrix& residuals) {
  return (squared_columns(residuals) / 2).unaryExpr([](double loss) {
    return std::isnan(loss) ? infinity : loss;
  });
}

double quotient(const ArcNetwork& network, const Vector& r) {
  return r.dot(network.tangent_product(r)) / r.squaredNorm();
}

// Largest eigenvalue by the power method from `v`, which is left at the eigenvector: the quotient
// has the square of the vector's error, so two agreeing quotients are far closer to it.
double largest_eigenvalue(const ArcNetwork& network, Vector& v) {
  double value = 0;
  for (int product = 0; product < 300; ++product) {
    const Vector Av = network.tangent_product(v);
    const double next = v.dot(Av) / v.squaredNorm();
    const double norm = Av.norm();
    if (!(norm > 0)) return 0;
    v = Av / norm;
    if (std::abs(next - value) <= 1e-10 * next) return next;
    value = next;
  }
  return value;
}

// W over the planes <= cutoff and all the rest.
Matrix folded(const Matrix& W, Index cutoff) {
  const Index kept = cutoff + 1;
  const Index rest = W.rows() - kept;
  if (rest < 1) return W;
  Matrix result(kept + 1, kept + 1);
  result.topLeftCorner(kept, kept) = W.topLeftCorner(kept, kept);
  result.col(kept).head(kept) = W.topRightCorner(kept, rest).rowwise().sum();
  result.row(kept).head(kept) = W.bottomLeftCorner(rest, kept).colwise().sum();
  result(kept, kept) = W.bottomRightCorner(rest, rest).sum();
  return result;
}

Vector trapezoids(const Vector& t, const Vector& y, Index stride) {
  Vector integral = Vector::Zero(t.size());
  const Index last = t.size() - 1;
  Index before = 0;
  for (Index p = 1; p <= last; ++p) {
    const bool node = p % stride == 0 || p == last;
    integral(p) = integral(before) + 0.5 * (t(p) - t(before)) * (y(p) + y(before));
    if (node) before = p;
  }
  return integral;
}

// The three frozen residuals at the snapshots, (n, snapshots) each.
struct FrozenBranches {
  Matrix matched;
  Matrix published;
  Matrix published_at_time;
};

// A run in progress.
class Evolution {
 public:
  Evolution(const EvolutionGrid& grid, const EvolutionStart& start, const EvolutionTask& task,
            const Target& target)
      : grid_(grid),
        start_(start),
        task_(task),
        steps_(snapshot_steps(task.steps)),
        eigen_steps_(eigen_steps(task.steps)),
        y_(grid_target_values(target, task.n)),
        network_(start.network),
        leading_(start.pairs.vectors.col(0)) {
    // r = (f - f_0) - f* is the residual of f against f* + f_0, in every branch.
    if (task.centered) y_ += start.network.outputs();
    allocate();
    follow_frozen_branches();
    track_ = start.pairs.vectors.leftCols(
        std::min(wanted() + spare_pairs + 1, start.pairs.vectors.cols()));
  }

  EvolutionMeasurements result() && {
    train();
    integrate();
    return std::move(out_);
  }

 private:
  Index wanted() const { return basis_size(task_.cutoff); }
  double& at(const std::string& name, Index p) { return out_[name](p, 0); }
  double loss_at(Index p) { return out_["loss_evolving"](p, 0); }

  void allocate() {
    const auto P = static_cast<Index>(steps_.size());
    const auto E = static_cast<Index>(eigen_steps_.size());
    const Index planes = task_.cutoff + 1;
    for (const char* name :
         {"loss_evolving", "R", "D", "D_diagonal", "R_frozen", "R_initial_kernel",
          "R_frozen_residual", "integral_R", "trace", "lambda_max", "block_max", "block_fro",
          "block_op", "distance", "step_defect", "step_bound"})
      out_[name] = Matrix::Constant(P, 1, missing);
    for (const char* name :
         {"strength", "energy_evolving", "energy_frozen_matched", "energy_frozen_published"})
      out_[name] = Matrix::Constant(P, planes, missing);
    for (const char* name : {"cosine_shared", "cosine_exclusive", "cosine_prefix", "captured"})
      out_[name] = Matrix::Constant(E, planes, missing);
    out_["coupling"] = Matrix::Constant(E, (planes + 1) * (planes + 1), missing);
    out_["stopped"] = Matrix::Constant(1, 1, -1);
    out_["coupling_mismatch"] = Matrix::Zero(1, 1);
  }

  void follow_frozen_branches() {
    const double lambda_max = start_.pairs.values(0);
    const double published_eta = task_.published_eta_scale / lambda_max;
    Vector steps(static_cast<Index>(steps_.size()));
    for (Index p = 0; p < steps.size(); ++p)
      steps(p) = static_cast<double>(steps_[static_cast<std::size_t>(p)]);
    const FrozenFlow flow(start_.pairs, start_.network.outputs() - y_);
    frozen_ = {flow.residuals(task_.eta, steps), flow.residuals(published_eta, steps),
               flow.residuals(published_eta, steps * (task_.eta / published_eta))};
    out_["published_eta"] = Matrix::Constant(1, 1, published_eta);
    out_["loss_frozen_matched"] = losses(frozen_.matched);
    out_["loss_frozen_published"] = losses(frozen_.published);
    out_["loss_frozen_published_at_time"] = losses(frozen_.published_at_time);
    for (Index p = 0; p < steps.size(); ++p) {
      out_["energy_frozen_matched"].row(p) = energies(frozen_.matched.col(p));
      out_["energy_frozen_published"].row(p) = energies(frozen_.published.col(p));
    }
  }

  void train() {
    double integral = 0;
    Index p = 0;
    Index e = 0;
    const double learning_rate = task_.eta / static_cast<double>(task_.n);
    for (Index s = 0;; ++s) {
      const bool snapshot = s == steps_[static_cast<std::size_t>(p)];
      const Vector r = snapshot ? Vector(network_.outputs() - y_) : Vector();
      if (snapshot) {
        at("integral_R", p) = integral;
        if (!measure(p, r)) return stop(s);
        if (s == eigen_steps_[static_cast<std::size_t>(e)]) align(e++);
      }
      if (s == task_.steps) return;
      const Vector Ar = snapshot ? network_.tangent_product(r) : Vector();
      const ArcStep step = network_.step(y_, learning_rate);
      if (!std::isfinite(step.loss)) return stop(s);
      integral += task_.eta * step.rate;
      if (snapshot) judge_step(p++, r, Ar, step);
    }
  }

  // Shares of |r|^2 in the planes, (cutoff + 1).
  Vector energies(VectorView r) const {
    return plane_amplitudes(grid_.frame, r).cwiseAbs2() / r.squaredNorm();
  }

  void stop(Index s) { out_["stopped"](0, 0) = static_cast<double>(s); }

  // Everything that is taken at every snapshot; false where the next step would not be stable.
  bool measure(Index p, const Vector& r) {
    const double squared = r.squaredNorm();
    if (!std::isfinite(squared)) return false;
    at("loss_evolving", p) = squared / 2;
    const PlaneCoupling coupling = grid_.couplings.at(network_, r);
    const ParameterVector gradient = network_.transposed_jacobian(r);
    const double R = gradient.squared_norm() / (static_cast<double>(task_.n) * squared);
    at("R", p) = R;
    at("D", p) = coupling.predicted_rate();
    at("D_diagonal", p) = coupling.diagonal_rate();
    double& mismatch = out_["coupling_mismatch"](0, 0);
    mismatch = std::max(mismatch, std::abs(coupling.rate() - R) / R);
    out_["energy_evolving"].row(p) = energies(r);
    coupling_ = coupling.W;
    const Vector r_frozen = frozen_.matched.col(p);
    at("R_frozen", p) = quotient(start_.network, r_frozen);
    at("R_initial_kernel", p) = quotient(start_.network, r);
    at("R_frozen_residual", p) = quotient(network_, r_frozen);
    at("distance", p) = (r - r_frozen).norm() / r_frozen.norm();
    measure_block(p);
    at("trace", p) = coupling.trace;
    at("lambda_max", p) = largest_eigenvalue(network_, leading_);
    return task_.eta * at("lambda_max", p) < stability_limit;
  }

  void measure_block(Index p) {
    const Matrix C = grid_.blocks.block(network_);
    if (p == 0) initial_block_ = C;
    const Matrix change = C - initial_block_;
    at("block_max", p) = change.cwiseAbs().maxCoeff();
    at("block_fro", p) = change.norm();
    at("block_op", p) = symmetric_eigenvalues(change).cwiseAbs().maxCoeff();
    for (Index k = 0; k <= task_.cutoff; ++k) {
      out_["strength"](p, k) = C.diagonal().segment(plane_start(k), plane_size(k)).mean();
    }
  }

  // The two sides of the law of one step, r_{s+1} = r - eta A r + c.
  void judge_step(Index p, const Vector& r, const Vector& Ar, const ArcStep& step) {
    if (task_.eta * at("lambda_max", p) > law_limit) return;
    const Vector linear = r - task_.eta * Ar;
    const Vector next = network_.outputs() - y_;
    const double ratio = next.squaredNorm() / r.squaredNorm();
    at("step_defect", p) = std::abs(std::log(ratio) / (2 * task_.eta) + step.rate);
    at("step_bound", p) = task_.eta * Ar.squaredNorm() / r.squaredNorm() +
                          2 * (next - linear).norm() / (task_.eta * linear.norm());
  }

  // None where the iteration does not end, or the trained network has lost its rank.
  Eigenpairs leading_pairs() {
    if (3 * network_.width() <= cheap_rank * (wanted() + spare_pairs + 1)) {
      const Eigenpairs all = tangent_eigenpairs(network_);
      const Index count = std::min(track_.cols(), all.values.size());
      return {all.values.head(count), all.vectors.leftCols(count)};
    }
    try {
      LeadingEigenpairs found =
          leading_eigenpairs(network_, track_, LeadingOptions{.wanted = wanted()});
      track_ = found.pairs.vectors;
      return found.converged ? std::move(found.pairs) : Eigenpairs{};
    } catch (const NumericalError&) {
      return {};
    }
  }

  void align(Index e) {
    const Matrix W = folded(coupling_, task_.cutoff);
    out_["coupling"].row(e) = Eigen::Map<const Eigen::RowVectorXd>(W.data(), W.size());
    if (track_.cols() < wanted()) return;
    const Eigenpairs pairs = leading_pairs();
    if (pairs.values.size() < wanted()) return;
    const Matrix& U = grid_.frame;
    const auto record = [&](const char* name, Matching matching) {
      const auto planes = plane_alignments(U, pairs.vectors, pairs.values, matching);
      for (std::size_t k = 0; k < planes.size(); ++k)
        out_[name](e, static_cast<Index>(k)) = planes[k].subspace.rms_cosine;
    };
    record("cosine_shared", Matching::shared);
    record("cosine_exclusive", Matching::exclusive);
    const Vector prefix = prefix_cosines(U, pairs.vectors.leftCols(wanted()));
    out_["cosine_prefix"].row(e) = prefix.transpose();
    out_["captured"].row(e) = captured_overlaps(plane_overlaps(U, pairs.vectors)).transpose();
  }

  void integrate() {
    Vector t(static_cast<Index>(steps_.size()));
    for (Index p = 0; p < t.size(); ++p)
      t(p) = task_.eta * static_cast<double>(steps_[static_cast<std::size_t>(p)]);
    out_["integral_D"] = trapezoids(t, out_["D"].col(0), 1);
    out_["integral_D_half"] = trapezoids(t, out_["D"].col(0), 2);
  }

  const EvolutionGrid& grid_;
  const EvolutionStart& start_;
  const EvolutionTask& task_;
  std::vector<Index> steps_;
  std::vector<Index> eigen_steps_;
  Vector y_;
  ArcNetwork network_;
  FrozenBranches frozen_;
  Vector leading_;  // the leading eigenvector, followed in time
  Matrix track_;    // the leading eigenvectors of the last alignment
  Matrix coupling_;
  Matrix initial_block_;
  EvolutionMeasurements out_;
};

}  // namespace

std::vector<Index> snapshot_steps(Index steps) {
  std::vector<Index> list = log_spaced(early_snapshots, std::min(steps, early_end));
  for (Index s = 0; s < steps; s += regular_interval) list.push_back(s);
  list.push_back(steps);
  sort_unique(list);
  return list;
}

std::vector<Index> eigen_steps(Index steps) {
  const std::vector<Index> snapshots = snapshot_steps(steps);
  std::vector<Index> list;
  // Neighbors may meet in one snapshot: more are asked for until enough are left.
  for (Index count = eigen_snapshots - 1; count < 3 * eigen_snapshots; ++count) {
    list = {0};
    for (const Index wanted : log_spaced(count, steps))
      list.push_back(*std::lower_bound(snapshots.begin(), snapshots.end(), wanted));
    sort_unique(list);
    if (static_cast<Index>(list.size()) >= eigen_snapshots) break;
  }
  return list;
}

EvolutionGrid::EvolutionGrid(Index n, Index cutoff, Index rate_cutoff)
    : angles(grid_angles(n)),
      frame(plane_frame(grid_fourier_basis(n, cutoff))),
      blocks(angles, frame),
      couplings(n, std::max(cutoff, std::min(rate_cutoff, (n - 1) / 2))) {}

EvolutionStart::EvolutionStart(const EvolutionGrid& grid, const EvolutionTask& task,
                               Index repetition)
    : network(initial_network(
                  Key(static_cast<std::uint64_t>(task.seed)).child("network").child(repetition),
                  task.m),
              grid.angles),
      pairs(tangent_eigenpairs(network)) {}

EvolutionMeasurements evolution_run(const EvolutionGrid& grid, const EvolutionStart& start,
                                    const EvolutionTask& task, const Target& target) {
  return Evolution(grid, start, task, target).result();
}

}  // namespace wideband

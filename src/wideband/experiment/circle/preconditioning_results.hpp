// What circle-preconditioning measures: flows on samples as structs, in records, and in tables.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "wideband/circle/angle_kernel.hpp"
#include "wideband/data/target.hpp"
#include "wideband/dynamics/preconditioned_flow.hpp"
#include "wideband/experiment/circle/preconditioning.hpp"

namespace wideband {

/// One flow on all samples of one size; rows and entries are seeds.
struct FlowGroup {
  std::vector<Matrix> planes;  // per seed (snapshots, mode_cutoff + 1), |U_k'r_s|
  Matrix loss_train;           // (seeds, snapshots), loss/n
  Matrix loss_probe;           // (seeds, snapshots), mean of (f - f*)^2/2 over the probe grid
  Matrix rates;                // (seeds, d), real parts of the block's eigenvalues, ascending
  Vector rate_deviation;       // (seeds), largest |eigenvalue - 1| of the block
  Vector floor;                // (seeds), |r_perp + Phi alpha_limit|^2/2n; 0 for the baseline
  Vector growth;    // (seeds), largest |1 - eta mu|, mu the block's eigenvalues; eta lambda_max(A)
                    // - 1 for the baseline. The step is stable below 1
  Vector diverged;  // (seeds), first snapshot that counts as infinite, -1: none

  bool stable() const { return (growth.array() < 1).all(); }
};

/// Sample 0 followed in three ways by one flow, if that is stable: |r_s|/|r_0| at the snapshots.
struct PrecisionCurves {
  Vector block;    // d coordinates
  Vector float64;  // n residuals
  Vector float32;
  double distance = 0;       // largest |r_s - (Phi alpha_s + r_perp)|/|r_0| in float64
  double rounding = 0;       // what rounding may add to it
  double perpendicular = 0;  // how far r_perp has moved, over |r_0|
};

/// All flows on the samples of one size.
struct PreconditioningGroup {
  AngleKernel kernel = AngleKernel::bias;
  Target target;
  Index n = 0;
  Index cutoff = 0;
  Index mode_cutoff = 0;
  double eta = 0;
  double shift = 0;
  double reg = 0;
  std::vector<Index> snapshots;
  std::array<FlowGroup, 4> flows;          // in the order of wideband::flows()
  std::array<PrecisionCurves, 4> precise;  // empty curves for the baseline
  Vector start_norm;                       // (seeds), |r_0|
  Vector block_error_max;                  // (seeds), max|C - Lambda^(n)|
  Vector theory_bound;                     // (seeds), |M_th (C - Lambda^(n))|_op
  Vector geometric_error;                  // (seeds), of |alpha_s| under the empirical flow
  Vector condition;                        // (seeds), of C
  Matrix gram_edges;                       // (seeds, 2), least and largest eigenvalue of G
  Matrix distance;  // (seeds, 4), max|theory - empirical| of P, B, M, M C; P, B -1 where not taken

  Index seeds() const { return start_norm.size(); }
  bool contains_target() const { return top_frequency(target) <= cutoff; }
  const FlowGroup& flow(Preconditioning kind) const {
    return flows[static_cast<std::size_t>(kind)];
  }
  bool stable() const;
};

/// Level down to which the coordinates of the empirical flow are followed.
inline constexpr double geometric_floor = 1e-60;

/// The group's numbers, written under its size and read back.
void put_preconditioning(Record& record, const PreconditioningGroup& group);

/// One group per point, target and size, repetitions in order.
std::vector<PreconditioningGroup> preconditioning_groups(
    const std::vector<Point<PreconditioningConfig, PreconditioningTask>>& points);

/// The coefficient of plane k at a snapshot: over its start, or over |r_0| where the target lacks
/// k.
Vector coefficients(const PreconditioningGroup& group, Preconditioning flow, Index k,
                    Index snapshot);

/// What theory says of it where the target has frequency k: |1 - eta|^s inside the block of a
/// preconditioned flow, 1 outside, |1 - eta lambda^(n)|^s for the baseline.
double predicted_coefficient(const PreconditioningGroup& group, Preconditioning flow, Index k,
                             Index snapshot);

/// Mean of the floor over samples to leading order: (1/2)(mean of f*^2 beyond K)(1 - d/n).
double predicted_floor(const PreconditioningGroup& group);

/// One sentence per group and flow with an unstable step.
std::vector<std::string> preconditioning_statuses(const std::vector<PreconditioningGroup>& groups);

/// tables/preconditioning.csv, modes.csv, preconditioner_distance.csv, block_spectrum.csv,
/// precision.csv.
std::vector<Table> preconditioning_tables(const std::vector<PreconditioningGroup>& groups);

}  // namespace wideband

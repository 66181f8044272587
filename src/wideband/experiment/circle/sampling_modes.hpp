// The dynamics of circle-sampling: training on random angles from zero, followed plane by plane.
#pragma once

#include <string>
#include <vector>

#include "wideband/circle/angle_kernel.hpp"
#include "wideband/data/target.hpp"
#include "wideband/experiment/circle/sampling.hpp"

namespace wideband {

/// Training on samples of one size.
struct ModeGroup {
  std::string sampling = "iid";  // or "file"
  AngleKernel kernel = AngleKernel::bias;
  Index cutoff = 0;
  Index n = 0;
  Target target;
  Index steps = 0;
  std::vector<Index> snapshots;  // steps, from 0 to `steps`
  Vector eta;                    // (seeds), operator step
  Vector stability;              // (seeds), eta lambda_max(A); the step is stable below 2
  Vector diverged;               // (seeds), step from which on r_s counts as infinite, -1: none
  Vector start_norm;             // (seeds), |r_0|
  std::vector<Matrix> planes;    // per seed (snapshots, K + 1), |U_k'r_s|
  Matrix departure;              // (seeds, K + 1), first step of 10 % deviation, steps + 1: none
  Vector exact_error;            // (seeds), largest |r_s - exact|/|r_0|; empty without exact
  Matrix exact;                  // (snapshots, K + 1), amplitudes of seed 0; may be empty
  Matrix float32;                // the same with the residual in single precision

  Index seeds() const { return eta.size(); }
};

/// Snapshots of `steps` steps: 0, the last one, at most 20 a decade, and every twentieth of them.
std::vector<Index> log_snapshots(Index steps);

/// The training of samples first, ..., first + count - 1 of the task's sizes.
Record modes_record(const SamplingTask& task);

/// Wall seconds and peak bytes of one sample.
Cost modes_cost(const SamplingTask& task, Index n);

/// Reads the records of all dynamics tasks back, one group per point, target and size.
std::vector<ModeGroup> mode_groups(const std::vector<Point<SamplingConfig, SamplingTask>>& points);

/// Whether a step of some seed is not below 2/lambda_max(A): its residual does not decay.
bool is_unstable(const ModeGroup& group);

/// One sentence per unstable group.
std::vector<std::string> modes_statuses(const std::vector<ModeGroup>& groups);

/// Whether the target has frequency k; the plane of another one holds only what the sample leaks.
bool is_active(const ModeGroup& group, Index k);

/// The coefficient of plane k at a snapshot, seed by seed: |U_k'r_s| over its start, or over |r_0|
/// where the target lacks k.
Vector coefficients(const ModeGroup& group, Index k, Index snapshot);

/// What theory says of its seed mean. Active planes: |1 - eta lambda_k^(n)|^s (1). Others are
/// excited by the sample, to first order in G - I with entries of variance 1/n:
///
///   rms |U_k'r_s|^2/|r_0|^2 = (d_k/n) sum_q c_q^2 w_q^2 / sum_q c_q^2
///   w_q = f_q + lambda_k (f_k - f_q)/(lambda_k - lambda_q),  f = (1 - eta lambda^(n))^s (2)
///
/// with c_q^2 the mean square of the target's mode q. Its mean is sqrt(pi)/2 of the rms for two
/// components, sqrt(2/pi) for one.
double predicted_coefficient(const ModeGroup& group, Index k, Index snapshot);
/// The rms of (2).
double predicted_excitation(const ModeGroup& group, Index k, Index snapshot);

/// tables/modes.csv, departure.csv, precision.csv.
std::vector<Table> modes_tables(const std::vector<ModeGroup>& groups);

}  // namespace wideband

// One flow of circle-dynamics: the steps, what is measured at them, and what theory predicts.
#pragma once

#include <string>
#include <vector>

#include "wideband/circle/angle_kernel.hpp"
#include "wideband/data/target.hpp"
#include "wideband/experiment/record.hpp"

namespace wideband {

struct DynamicsOptions {
  AngleKernel kernel = AngleKernel::bias;
  Index n = 0;
  Target target;
  Index width = 0;              // 0: the kernel itself, else a trained network
  bool grid = true;             // else iid angles
  bool gaussian_start = false;  // else f_0 = 0; a network starts at its own f_0
  double eta_scale = 0;         // kernel: eta = eta_scale/lambda_max
  double eta = 0;               // trained
  Index steps = 0;
  Index cutoff = 0;
  Index seeds = 1;
  Index seed = 1;
};

/// The measurements of one flow; rows of seeds x snapshots run with the snapshots fastest.
struct DynamicsMeasurement {
  Vector eta;             // (seeds)
  Vector initial_norm;    // |r_0| (seeds)
  Matrix initial;         // |U_k'r_0| (seeds, cutoff + 1)
  Matrix amplitude;       // |U_k'r_s| (seeds x snapshots, cutoff + 1); infinite after overflow
  Matrix loss;            // |r_s|^2/2n (seeds, snapshots)
  Matrix predicted_loss;  // of the wide network's flow from the same r_0; grid only, else empty
  Matrix predicted;       // (1 - eta lambda_k)^s (snapshots, cutoff + 1), eta the mean over seeds
  Matrix factor;          // the same iterated step by step with FFT eigenvalues; kernel on grid
  Vector reached;         // first step with |factor| <= 1e-2, -1 if not within 2^20; as factor
  Vector sample_error;    // (seeds) largest |U_k'r_s - (1 - eta lambda_k)^s U_k'r_0|, over |r_0|
                          // and over the growth of the fastest mode; kernel on grid
  Vector odd_drift;       // (seeds) largest |U_k'(r_s - r_0)|/|r_0| over odd k >= 3
  double largest_eigenvalue = 0;  // of A, or of the wide network's A
};

inline constexpr double reached_level = 1e-2;

/// Steps at which a flow is looked at: every one up to 4, then by ratios of about 1.15, each tenth
/// of the way, and the last.
std::vector<Index> dynamics_snapshots(Index steps);

/// Runs a flow. Cost O(steps n log n) per seed for the kernel on a grid, O(steps (n + m)) for a
/// network.
DynamicsMeasurement dynamics_measurement(const DynamicsOptions& options);

/// Writes a result under names that begin with `start`, and reads it back.
void put_flow(Record& record, const std::string& start, const DynamicsMeasurement& flow);
DynamicsMeasurement dynamics_measurement_from(const Record& record, const std::string& start);

}  // namespace wideband

// One run of circle-evolution: a network trained for all steps, measured at its snapshots.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "wideband/circle/arc_network.hpp"
#include "wideband/circle/operator_eigenpairs.hpp"
#include "wideband/circle/plane_couplings.hpp"
#include "wideband/circle/projected_blocks.hpp"
#include "wideband/data/target.hpp"
#include "wideband/experiment/circle/evolution.hpp"

namespace wideband {

/// Steps that are measured: 0, 40 log-spaced ones up to 1000 (equal ones once), every hundredth,
/// the last.
std::vector<Index> snapshot_steps(Index steps);

/// 25 log-spaced of them, first and last included: eigenpairs and couplings between planes.
std::vector<Index> eigen_steps(Index steps);

/// What all runs on one grid share.
struct EvolutionGrid {
  EvolutionGrid(Index n, Index cutoff, Index rate_cutoff);
  Vector angles;
  Matrix frame;  // (n, 2 cutoff + 1)
  ProjectedBlocks blocks;
  PlaneCouplings couplings;
};

/// The start that the targets of one (width, seed) share.
struct EvolutionStart {
  EvolutionStart(const EvolutionGrid& grid, const EvolutionTask& task, Index repetition);
  ArcNetwork network;
  Eigenpairs pairs;
};

/// Measurements of one run by name, each (snapshots, columns); NaN where a run that stopped early,
/// or a rank too small for alignment, leaves no value.
///
///   per snapshot   loss_evolving, loss_frozen_matched, loss_frozen_published (same step),
///                  loss_frozen_published_at_time, R, D, D_diagonal, R_frozen = <r_fro, A_0 r_fro>,
///                  R_initial_kernel = <r_evo, A_0 r_evo>, R_frozen_residual = <r_fro, A_t r_fro>,
///                  each over |r|^2; integral_R = sum of eta R over all steps before; integral_D by
///                  trapezoids and integral_D_half with every other snapshot; trace, lambda_max;
///                  block_max, block_fro, block_op of C_t - C_0; distance = |f_evo -
///                  f_fro|/|r_fro|; step_defect, step_bound: the two sides of the law of one step
///   per snapshot and frequency   strength (snapshots, cutoff + 1); energy_evolving,
///                  energy_frozen_matched, energy_frozen_published: e_k = |P_k r|^2/|r|^2
///   per eigen snapshot and frequency   cosine_shared, cosine_exclusive, cosine_prefix, captured
///   per eigen snapshot   coupling (., (cutoff + 2)^2): W_kl, the last row and column of all the
///   rest once   published_eta, stopped (step or -1), coupling_mismatch = max |sum W - R|/R
using EvolutionMeasurements = std::map<std::string, Matrix>;

EvolutionMeasurements evolution_run(const EvolutionGrid& grid, const EvolutionStart& start,
                                    const EvolutionTask& task, const Target& target);

}  // namespace wideband

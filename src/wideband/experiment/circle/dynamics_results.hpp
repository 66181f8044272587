// What circle-dynamics measures: its flows with their protocol, and the tables.
#pragma once

#include <string>
#include <vector>

#include "wideband/experiment/circle/dynamics.hpp"
#include "wideband/experiment/circle/dynamics_flow.hpp"

namespace wideband {

/// One flow: what was run, and what was seen.
struct DynamicsFlow {
  AngleKernel kernel = AngleKernel::bias;
  Index n = 0;
  std::string target;
  Index width = 0;  // 0: the kernel itself
  std::string sampling;
  std::string start;
  double eta_scale = 0;
  Index cutoff = 0;
  std::vector<Index> steps;  // snapshots
  DynamicsMeasurement result;
};

/// Every flow of the points, in order.
std::vector<DynamicsFlow> dynamics_flows(
    const std::vector<Point<DynamicsConfig, DynamicsTask>>& points);

/// A kernel flow on a grid, where every coefficient is predicted to rounding.
bool is_exact(const DynamicsFlow& flow);

/// Whether plane k of repetition 0 starts with more than rounding: |U_k'r_0| > 1e-12 |r_0|.
bool is_active(const DynamicsFlow& flow, Index k);

/// |U_k'r_s| over |U_k'r_0|, or over |r_0| where the plane starts empty, for every repetition.
Vector coefficients(const DynamicsFlow& flow, Index snapshot, Index k);

/// What theory gives for the mean of `coefficients`.
double predicted_coefficient(const DynamicsFlow& flow, Index snapshot, Index k);

/// Steps of plane k to 1e-2 by the formula of dynamics/decay.hpp; -1 if it never gets there.
double predicted_steps(const DynamicsFlow& flow, Index k);

/// "bias, n = 1024, base4" and what else tells flows apart.
std::string flow_label(const DynamicsFlow& flow);

/// tables/modes.csv, loss.csv, steps.csv.
std::vector<Table> dynamics_tables(const std::vector<DynamicsFlow>& flows);

/// One line per flow that did not stay bounded.
std::vector<std::string> dynamics_statuses(const std::vector<DynamicsFlow>& flows);

}  // namespace wideband

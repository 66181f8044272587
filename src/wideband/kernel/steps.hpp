// The layers of a network as one list of steps on a stack of signals, branches included.
#pragma once

#include <string>
#include <vector>

#include "wideband/core/types.hpp"
#include "wideband/model/architecture.hpp"

namespace wideband {

enum class StepKind {
  dense,       // K <- W^2 K + b^2, and its part of Theta
  activation,  // K <- E phi phi, Theta <- Theta E phi' phi'
  layer_norm,  // both over sqrt((q1 + epsilon)(q2 + epsilon))
  dropout,     // in training: q / keep
  scale,       // both times factor: the weight of a branch of a concat
  copy,        // push a copy of the signal `below` the top
  sum,         // pop the top and add it to the signal below
  settle       // pop the top into the place of the signal below
};

struct Step {
  StepKind kind;
  std::string place = {};   // "layer 2.1.0 (erf)", for messages
  double weight = 1;        // W^2
  double bias = 0;          // b^2
  double fan_in = 0;        // N of Theta_out = N K_in + ...; 0: Theta_out = K_out + ...
  double bias_tangent = 0;  // 1 under `standard` with a bias
  Phi phi = {};
  double epsilon = 0;
  double keep = 1;
  double factor = 1;
  int below = 0;
};

/// The steps of a network on inputs of d features, an activation behind a concat pushed into its
/// branches. Throws what infer_shape throws.
std::vector<Step> steps(const Architecture& architecture, Index d);

/// Signals that the stack holds at most.
int stack_depth(const std::vector<Step>& steps);

/// Activations on the longest way from input to output.
Index nonlinear_layers(const Architecture& architecture);

}  // namespace wideband

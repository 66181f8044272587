// The shallow ReLU network on the unit circle: its parameters, its start, and its dense plain
// twins.
#pragma once

#include "wideband/core/types.hpp"
#include "wideband/random/key.hpp"

namespace wideband {

/// Parameters of f(x) = m^(-1/2) sum_j a_j relu(w_j . x + beta_b b_j) on x = (cos g, sin g), as a
/// structure of arrays. The only scale is m^(-1/2); a neuron is active iff its input is > 0.
struct ShallowNetwork {
  Vector a;           // (m) output weights
  Vector w1;          // (m) first input weights
  Vector w2;          // (m) second input weights
  Vector b;           // (m) biases, trained like the rest
  double beta_b = 1;  // 1 with bias; 0: b has no effect and no gradient
  Index width() const { return a.size(); }
};

/// Throws std::invalid_argument unless the four arrays have one length m >= 1.
void validate(const ShallowNetwork& network);

/// A vector in parameter space: a gradient J'v, or a direction for J v.
struct ParameterVector {
  Vector a;   // (m)
  Vector w1;  // (m)
  Vector w2;  // (m)
  Vector b;   // (m)
  double squared_norm() const;
};

/// The network at the start: a_j ~ N(0, 1), w_j ~ N(0, I_2), b_j = 0. Neuron j is a pure function
/// of (key, j): a narrower network of the same key is the first m neurons of a wider one.
///
/// throws   std::invalid_argument if m < 1
ShallowNetwork initial_network(const Key& key, Index m, double beta_b = 1);

/// Its neurons first, ..., first + count - 1 alone, for passes over more than memory holds.
ShallowNetwork initial_neurons(const Key& key, Index first, Index count, double beta_b = 1);

/// Outputs f(g_i) by plain loops, z = (w1 cos g + w2 sin g) + c with c = beta_b b.
///
/// angles   (n), any order
/// returns  (n)
/// cost     O(n m)
Vector plain_outputs(const ShallowNetwork& network, VectorView angles);

/// J'v by plain loops: the gradient of (1/2)|f - y|^2 for v = f - y.
///
///   d/da_j = m^(-1/2) sum_i v_i relu(z_ij)          d/dw_j = m^(-1/2) a_j sum_{i active} v_i x_i
///   d/db_j = m^(-1/2) a_j beta_b sum_{i active} v_i
///
/// cost     O(n m)
ParameterVector plain_gradient(const ShallowNetwork& network, VectorView angles, VectorView v);

/// One full-batch step theta <- theta - learning_rate grad (1/2)|f - y|^2 by plain loops; returns
/// the loss before the step.
double plain_step(ShallowNetwork& network, VectorView angles, VectorView y, double learning_rate);

/// The same step by whole matrices: activations and gates as (n, m) arrays and BLAS products, the
/// form in which array libraries compute it. It keeps its work space.
///
/// cost     O(n m) time, 2 n m numbers of memory
class DenseStepper {
 public:
  DenseStepper(ShallowNetwork network, VectorView angles);
  /// Returns the loss before the step.
  double step(VectorView y, double learning_rate);
  const ShallowNetwork& network() const { return network_; }

 private:
  void forward();

  ShallowNetwork network_;
  Matrix X_;  // (n, 3): cos, sin, 1
  Matrix Z_;  // (n, m): relu of the pre-activations
  Matrix G_;  // (n, m): gates
};

}  // namespace wideband

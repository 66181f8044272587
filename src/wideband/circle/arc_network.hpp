// The shallow network on sorted angles with O(n + m) training steps: each neuron is one arc.
#pragma once

#include <vector>

#include "wideband/circle/active_arcs.hpp"
#include "wideband/circle/shallow_network.hpp"
#include "wideband/core/types.hpp"

namespace wideband {

/// What a training step saw before it moved the parameters.
struct ArcStep {
  double loss;              // (1/2)|r|^2
  double squared_gradient;  // |J'r|^2
  double rate;              // R = <r, A r>/|r|^2 = |J'r|^2/(n |r|^2): d ln loss/dt = -2 R
};

/// A network together with the samples it is evaluated on and the arcs where its neurons are
/// active.
///
/// On an arc a neuron contributes a (w1 cos g + w2 sin g + c): differences at arc ends and one
/// prefix sum over the samples give every output, and prefix sums of v, v cos g, v sin g,
/// differenced at arc ends, give J'v:
///
///   f_i = m^(-1/2) (C1(i) cos g_i + C2(i) sin g_i + c0(i))                                   (1)
///   d/da = m^(-1/2)(w1 S1 + w2 S2 + c S0),  d/dw = m^(-1/2) a (S1, S2),  d/db = m^(-1/2) a beta_b
///   S0  (2)
///
/// Neurons are held sorted by their first direction psi, so that arc ends are met in the order of
/// memory; network() and ParameterVectors are in the caller's order. Sums run in one fixed order.
///
/// cost     O(n + m) per call after an O((n + m) log m) constructor
/// accuracy |f - exact| <= (n + m + 8) eps m^(-1/2) sum_j |a_j|(|w1_j| + |w2_j| + |c_j|)
/// throws   std::invalid_argument on shapes and unsorted angles
class ArcNetwork {
 public:
  /// angles   (n), ascending, in [0, 2pi)
  ArcNetwork(const ShallowNetwork& network, VectorView angles);
  ~ArcNetwork();
  ArcNetwork(const ArcNetwork& other);
  ArcNetwork(ArcNetwork&& other) noexcept;
  ArcNetwork& operator=(const ArcNetwork& other);
  ArcNetwork& operator=(ArcNetwork&& other) noexcept;

  Index samples() const { return arcs_.samples(); }
  Index width() const { return neurons_.width(); }
  const Vector& angles() const { return arcs_.angles(); }

  /// The parameters, in the order of the network that was given.
  ShallowNetwork network() const;

  /// The parameters in internal order, which is the order of arcs().
  const ShallowNetwork& neurons() const { return neurons_; }
  const ActiveArcs& arcs() const { return arcs_; }

  /// f at the samples, (1).
  Vector outputs() const;

  /// J'v, (2), at the present parameters and arcs.
  ParameterVector transposed_jacobian(VectorView v) const;

  /// J p for a direction p in parameter space.
  Vector jacobian(const ParameterVector& p) const;

  /// A v = J J'v / n, the empirical tangent kernel over n, without forming it.
  Vector tangent_product(VectorView v) const;

  /// A V for the columns of V (n, p), in O((n + m) p).
  Matrix tangent_products(MatrixView V) const;

  /// One full-batch step theta <- theta - learning_rate grad (1/2)|f - y|^2. What it returns is of
  /// the parameters before the step. Where the loss is not finite the parameters stay.
  ArcStep step(VectorView y, double learning_rate);

 private:
  struct Field;
  struct NeuronGradient;
  using Fields = std::vector<Field>;

  double offset(Index j) const { return neurons_.beta_b * neurons_.b(j); }
  Field output_field(Index j) const;
  NeuronGradient gradient(Index j, const Field& S) const;
  Field tangent_field(Index j, const NeuronGradient& p) const;
  void add_on_arc(Index j, const Field& value, Fields& difference) const;
  void add_on_broken(Index j, const Field& value, Fields& difference) const;
  Field sum_on_arc(Index j, const Fields& prefix) const;
  Field sum_on_broken(Index j, const Fields& prefix) const;
  Fields prefix_sums(VectorView v) const;
  Vector integrated(const Fields& difference, double factor) const;
  void add_outputs();
  void prefetch_ends(Index j) const;
  double residual_pass(VectorView y);
  double neuron_pass(double learning_rate);

  std::vector<Index> origin_;  // caller's index of each internal neuron
  ShallowNetwork neurons_;     // internal order
  ActiveArcs arcs_;
  double scale_;       // m^(-1/2)
  Fields difference_;  // (n + 1) of C1, C2, c0 at the present parameters
  Fields prefix_;      // (n + 1), work space of step
};

}  // namespace wideband

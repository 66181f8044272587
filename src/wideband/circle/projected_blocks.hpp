// Low-frequency blocks U'A U of the empirical tangent operator on samples, from prefix sums.
#pragma once

#include <vector>

#include "wideband/circle/arc_network.hpp"
#include "wideband/circle/shallow_network.hpp"
#include "wideband/core/types.hpp"

namespace wideband {

/// U'A U for networks on one set of sorted angles, A = J J'/n the empirical tangent operator.
///
/// The prefix sums of the rows of U, U cos g, U sin g over the samples, differenced over the arc
/// of a neuron, give v_0, v_c, v_s in R^d, and with u = w1 v_c + w2 v_s + c v_0
///
///   U'A U = 1/(n m) sum_j u u' + a^2 (v_c v_c' + v_s v_s' + beta_b^2 v_0 v_0')              (1)
///
/// which is one symmetric product of rank 4 m.
///
/// cost     O(n d) to construct, then O(m d^2) per block
/// accuracy n eps relative to the largest entry
class ProjectedBlocks {
 public:
  /// angles   (n), ascending, in [0, 2pi)
  /// U        (n, d), any columns; a frame of planes for spectral strengths
  /// throws   std::invalid_argument on unequal lengths
  ProjectedBlocks(VectorView angles, MatrixView U);

  /// (d, d) of a network whose samples are the angles.
  /// throws   std::invalid_argument if it has another number of samples
  Matrix block(const ArcNetwork& network) const;

  /// (1) over the first m neurons, for every m of the increasing `widths`, from one pass; a block
  /// does not depend on the other widths, to the bit. `arcs` are those of `network`.
  std::vector<Matrix> nested_blocks(const ShallowNetwork& network, const ActiveArcs& arcs,
                                    const std::vector<Index>& widths) const;

 private:
  void add(Matrix& sum, const ShallowNetwork& network, const ActiveArcs& arcs, Index first,
           Index count) const;

  Index d_;
  Matrix prefix_;  // (n + 1, 3 d): of U, U cos g, U sin g
};

/// U'A U through the dense Gram matrix: the plain twin, O(n^2 m).
Matrix plain_projected_block(const ShallowNetwork& network, VectorView angles, MatrixView U);

}  // namespace wideband

// The empirical tangent kernel of a finite network as a matrix, in O(n^2 + m).
#pragma once

#include "wideband/circle/arc_network.hpp"
#include "wideband/circle/shallow_network.hpp"
#include "wideband/core/types.hpp"

namespace wideband {

/// Raw Gram matrix J J' = Theta_m(X, X) = n A of the network at its samples.
///
///   m Theta_il = x~_i' M_il x~_l + Q_il (cos_i cos_l + sin_i sin_l + beta_b^2),                (1)
///
/// x~ = (cos, sin, 1), M = sum of w~ w~' and Q = sum of a^2 over the neurons active at both. Rows
/// are swept in order: a neuron that enters or leaves the sweep changes the differences of M and Q
/// over the columns at its own arc ends, and a prefix sum over columns gives a row.
///
/// returns  (n, n), symmetric to the bit
/// cost     O(n^2 + m) time, O(n + m) memory beside the result
/// accuracy (n + m) eps relative to the largest entry
Matrix tangent_gram(const ArcNetwork& network);

/// The same by plain loops over pairs of samples and neurons, O(n^2 m).
Matrix plain_tangent_gram(const ShallowNetwork& network, VectorView angles);

}  // namespace wideband

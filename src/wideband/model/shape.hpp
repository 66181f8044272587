// What a description tells by itself: widths, which outputs are Gaussian, and what cannot be meant.
#pragma once

#include <string>

#include "wideband/model/architecture.hpp"

namespace wideband {

/// What a layer hands on at infinite width.
struct Shape {
  Index width = 1;  // channels
  /// Its entries are Gaussian, so that an activation may follow.
  bool gaussian = false;
  /// A concat of Gaussian branches: an activation right after it is pushed into the branches.
  bool pushable = false;
  /// It ends in fresh zero-mean weights, hence is uncorrelated with every other branch.
  bool fresh = false;
};

/// The shape of the output for inputs of d features, d >= 1. An activation and a layernorm need
/// Gaussian input: a dense layer or a sum of such below them; dropout is not put on the inputs, and
/// in training a dense layer follows it before the next activation; of any two branches of a sum at
/// least one ends in a dense layer of its own. Under `standard`, where widths matter, the branches
/// of a sum have one width.
///
/// cost     O(layers)
/// throws   std::invalid_argument naming the layer by its path ("2.1.0": positions from 0 down the
///          branches), the reason and the fix; what validate(architecture) throws
Shape infer_shape(const Architecture& architecture, Index d);

/// The layer that a path names, for messages and for fields like "2.1.0.W". Throws
/// std::invalid_argument where there is none.
const Layer& layer_at(const Architecture& architecture, const std::string& path);

}  // namespace wideband

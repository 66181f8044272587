// Losses of the outputs of a network, with their gradients.
#pragma once

#include <functional>
#include <string>

#include "wideband/core/types.hpp"

namespace wideband {

/// A loss of outputs f (n, o) and targets y (n, o): its value and its gradient by f.
struct LossValue {
  double value = 0;
  Matrix gradient;
};
struct Loss {
  std::string name;
  std::function<LossValue(MatrixView f, MatrixView y)> evaluate;
  /// Throws std::invalid_argument for targets that the loss is not made for.
  std::function<void(MatrixView y)> check = {};
};

Loss half_mean_loss();  // (1/(2 n o)) sum (f - y)^2
Loss logistic_loss();   // y in [0, 1]: (1/(n o)) sum [log(1 + e^f) - y f]
Loss softmax_loss();    // rows of y >= 0 with sum 1: -(1/n) sum y log softmax(f)

}  // namespace wideband

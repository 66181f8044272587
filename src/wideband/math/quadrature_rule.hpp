// The rules by which Gaussian expectations without a closed form are integrated.
#pragma once

#include "wideband/core/types.hpp"

namespace wideband {

/// automatic: series where their tail meets the tolerance, else cartesian if a kink of phi lies off
/// zero, else polar.
enum class QuadratureRule { automatic, polar, cartesian, hermite, gauss_hermite };

struct Quadrature {
  QuadratureRule rule = QuadratureRule::automatic;
  Index degree = 25;  // of gauss_hermite alone
};

}  // namespace wideband

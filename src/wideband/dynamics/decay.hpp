// One eigenmode under gradient steps: its decay factor, steps to a level, and stability.
#pragma once

#include <optional>
#include <string>

#include "wideband/core/types.hpp"

namespace wideband {

/// Factor of a mode after `step` steps r <- r - eta lambda r.
///
///   (1 - x)^s,  x = eta lambda:  exp(s log1p(-x)) for x < 1,  0 at 1,  (-1)^s exp(s log(x - 1))
///   (1)
///
/// step     s >= 0
/// accuracy (s |log|1 - x|| + 4) eps relative for exact x
/// throws   std::invalid_argument if s < 0 or x is NaN
double decay_factor(double eta_lambda, Index step);

/// The least s with |1 - x|^s <= level: ceil(ln(level)/ln|1 - x|), one at x = 1, none where
/// |1 - x| >= 1. A quotient that an integer exceeds by rounding only is taken as that integer.
///
/// level    in (0, 1), else std::invalid_argument
std::optional<Index> steps_to_level(double eta_lambda, double level);

/// How a gradient step behaves under a symmetric operator with eigenvalues in [0, lambda_max].
enum class Stability { stable, marginal, diverging };

/// stable iff eta < 2/lambda_max, marginal at equality, else diverging.
/// Throws std::invalid_argument unless eta > 0 and lambda_max >= 0.
Stability stability(double eta, double lambda_max);

/// "stable", "marginal", "diverging".
std::string to_string(Stability status);

}  // namespace wideband

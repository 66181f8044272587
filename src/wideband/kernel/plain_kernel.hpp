// The kernels one pair at a time, layer by layer: the specification that the fast kernels are
// judged by.
#pragma once

#include <span>

#include "wideband/core/types.hpp"
#include "wideband/math/numeric_dual.hpp"
#include "wideband/model/architecture.hpp"

namespace wideband {

/// K and Theta of the output for one pair of samples, and what the recursion knows of each of the
/// two.
struct PairKernel {
  double nngp = 0;
  double ntk = 0;
  double variance_x = 0, variance_z = 0;          // K(x, x), K(z, z)
  double ntk_diagonal_x = 0, ntk_diagonal_z = 0;  // Theta(x, x), Theta(z, z)
};

/// `same` says that x and z are one sample, not equal values: then the pair is a diagonal entry.
///
/// cost     O(d + layers), scalar; closed duals, quadrature for every numeric one
/// throws   as kernel does, for one pair
PairKernel plain_pair_kernel(std::span<const double> x, std::span<const double> z, bool same,
                             const Architecture& architecture,
                             const NumericDualOptions& options = {});

struct PlainKernel {
  Matrix nngp, ntk;
};

/// All pairs of rows; the symmetric call takes every pair once.
PlainKernel plain_kernel(MatrixView X, const Architecture& architecture);
PlainKernel plain_kernel(MatrixView X, MatrixView Z, const Architecture& architecture);

}  // namespace wideband

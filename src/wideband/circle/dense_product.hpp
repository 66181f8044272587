// The plain twin of sorted_product: the kernel operator as a matrix, entry by entry.
#pragma once

#include "wideband/circle/angle_kernel.hpp"
#include "wideband/core/types.hpp"

namespace wideband {

/// Theta(|z_i - g_l|)/n for probes z (rows) and samples g (columns), any order, angles of [0, 2pi).
/// With probes = samples this is A.
///
/// cost     O(rows n) time and memory
Matrix dense_operator(AngleKernel kernel, VectorView probes, VectorView samples);

/// dense_operator(kernel, probes, samples) v without the matrix, summed in long double: the
/// reference for products at large n, where the rows of a few probes suffice.
Vector dense_product(AngleKernel kernel, VectorView probes, VectorView samples, VectorView v);

}  // namespace wideband

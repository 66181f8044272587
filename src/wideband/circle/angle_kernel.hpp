// Kernels of the shallow ReLU network on the unit circle as functions of the angle between two
// points.
#pragma once

#include <string>
#include <vector>

#include "wideband/core/types.hpp"

namespace wideband {

/// The four kernels of docs/notation.md. K0 is the output block and cos K1 the weight block of the
/// tangent kernel; Theta_nobias = K0 + cos K1, Theta_bias = K0 + (1 + cos) K1.
enum class AngleKernel { K0, K1, nobias, bias };

/// "K0", "K1", "nobias", "bias".
std::string to_string(AngleKernel kernel);

/// Inverse of to_string. Throws std::invalid_argument naming the nearest known kernel.
AngleKernel angle_kernel(const std::string& name);

/// Every kernel, in the order of the enumeration.
const std::vector<AngleKernel>& angle_kernels();

/// Kernel value at angular distance delta.
///
///   K0(d) = (sin d + (pi - d) cos d) / 2pi,   K1(d) = (pi - d) / 2pi                          (1)
///   Theta_nobias(d) = (sin d + 2 (pi - d) cos d) / 2pi                                        (2)
///   Theta_bias(d)   = (sin d + 2 (pi - d) cos d + (pi - d)) / 2pi                             (3)
///
/// delta    in [0, pi], always from angles, never from arccos of an inner product
/// cost     O(1)
/// accuracy 4 eps relative to max(value, (pi - delta) / pi), near pi by the series in u = pi -
/// delta throws   std::domain_error if delta is outside [0, pi] or NaN source   Cho & Saul 2009
/// (arc-cosine kernels of degree 0 and 1); Jacot, Gabriel & Hongler 2018
double kernel_value(AngleKernel kernel, double delta);

/// Distance min(|g - h|, 2pi - |g - h|) of two angles of [0, 2pi), in [0, pi].
double angular_distance(double g, double h);

}  // namespace wideband

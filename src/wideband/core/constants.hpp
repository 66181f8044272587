// The numbers that nearly every formula needs.
#pragma once

#include <limits>
#include <numbers>

namespace wideband {

inline constexpr double pi = std::numbers::pi;
/// The distance from 1 to the next double, 2^-52: twice the largest relative error of one rounding.
inline constexpr double eps = std::numeric_limits<double>::epsilon();

}  // namespace wideband

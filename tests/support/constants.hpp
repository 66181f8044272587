// The two numbers that nearly every numerical test needs.
#pragma once

#include <limits>
#include <numbers>

namespace wideband::test {

inline constexpr double pi = std::numbers::pi;
inline constexpr double eps = std::numeric_limits<double>::epsilon();

}  // namespace wideband::test

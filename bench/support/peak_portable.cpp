// Multiply-adds for processors without a version of their own.
#include <array>
#include <cmath>

#include "support/peak.hpp"

namespace wideband::bench {

double multiply_add_rounds(long rounds, double& sink) {
  std::array<double, 32> x{};
  for (long round = 0; round < rounds; ++round) {
    for (double& value : x) value = std::fma(value, 0.999999, 1e-6);
  }
  for (const double value : x) sink += value;
  return static_cast<double>(rounds) * static_cast<double>(x.size()) * 2;
}

}  // namespace wideband::bench

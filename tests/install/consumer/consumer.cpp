// Uses the installed library from its lowest to its highest module, and every installed header.
#include <cmath>
#include <cstdio>

#include "headers.hpp"

int main() {
  const double value = wideband::kernel_value(wideband::AngleKernel::bias, 0);  // kappa = 3/2
  std::printf("%.17g\n", value);
  const bool circle_works = std::abs(value - 1.5) <= 1e-15;
  const bool experiments_are_there = !wideband::experiments().empty();
  return circle_works && experiments_are_there ? 0 : 1;
}

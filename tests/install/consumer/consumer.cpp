// Uses one function of the installed library, and every installed header.
#include <cmath>
#include <cstdio>

#include "headers.hpp"

int main() {
  const double value = wideband::kernel_value(wideband::AngleKernel::bias, 0);  // kappa = 3/2
  std::printf("%.17g\n", value);
  return std::abs(value - 1.5) <= 1e-15 ? 0 : 1;
}

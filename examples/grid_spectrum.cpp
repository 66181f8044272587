// Prints eigenvalues of the tangent kernel on a grid of 64 angles beside those of the whole circle.
#include <cstdio>

#include "wideband/circle/grid_operator.hpp"
#include "wideband/circle/spectrum.hpp"

int main() {
  using namespace wideband;
  const Index n = 64;
  const Vector grid = grid_spectrum(AngleKernel::bias, n);
  std::puts("  k     grid (FFT)  grid (closed)         circle");
  for (const Index k : {0, 1, 2, 3, 4, 8, 16, 32}) {
    std::printf("%3td %14.12f %14.12f %14.12f\n", k, grid(k),
                grid_eigenvalue(AngleKernel::bias, n, k),
                continuum_eigenvalue(AngleKernel::bias, k));
  }
}

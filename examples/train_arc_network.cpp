// Trains 512 neurons on 1024 angles and prints how each frequency of the residual decays, beside
// the law of infinite width.
#include <cstdio>

#include "wideband/circle/arc_network.hpp"
#include "wideband/circle/basis.hpp"
#include "wideband/circle/spectrum.hpp"
#include "wideband/data/circle_points.hpp"
#include "wideband/data/target.hpp"
#include "wideband/dynamics/decay.hpp"

int main() {
  using namespace wideband;
  const Index n = 1024;
  const Index steps = 200;
  const double eta = 0.05;
  const Vector y = grid_target_values(target("base4"), n);
  const Matrix U = plane_frame(grid_fourier_basis(n, 3));
  ArcNetwork network(initial_network(Key(1), 512), grid_angles(n));
  const Vector before = plane_amplitudes(U, network.outputs() - y);
  for (Index s = 0; s < steps; ++s) network.step(y, eta / n);
  const Vector after = plane_amplitudes(U, network.outputs() - y);
  std::puts("  k  left after 200 steps  infinite width");
  for (Index k = 0; k <= 3; ++k) {
    const double lambda = grid_eigenvalue(AngleKernel::bias, n, k);
    std::printf("%3td %21.4g %15.4g\n", k, after(k) / before(k), decay_factor(eta * lambda, steps));
  }
}

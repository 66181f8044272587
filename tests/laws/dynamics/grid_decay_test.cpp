// Theorems about gradient steps on grids: planes decay alone, low frequencies first.
#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/circle/arc_network.hpp"
#include "wideband/circle/basis.hpp"
#include "wideband/circle/spectrum.hpp"
#include "wideband/data/circle_points.hpp"
#include "wideband/data/target.hpp"
#include "wideband/dynamics/decay.hpp"
#include "wideband/dynamics/grid_flow.hpp"

namespace wideband::grid_decay_test {
namespace {

using test::eps;

TEST(GridDecayLaw, PlanesFollowTheirEigenvalueWhateverTheOthersDo) {
  const Index n = 128;
  const Matrix frame = plane_frame(grid_fourier_basis(n, 3));
  for (const AngleKernel kernel : {AngleKernel::bias, AngleKernel::nobias}) {
    const GridOperator A(kernel, n);
    const double eta = .05 / grid_eigenvalue(kernel, n, 0);
    for (const char* const name : {"base4", "swap4"}) {
      const Vector start = -grid_target_values(target(name), n);
      const Vector initial = plane_amplitudes(frame, start);
      const Vector now = plane_amplitudes(frame, iterated_residual(A, start, eta, 500));
      for (Index k = 0; k <= 3; ++k) {
        const double factor = decay_factor(eta * grid_eigenvalue(kernel, n, k), 500);
        // 500 products with an error of eta 1e-15 log2(2n) |r| each.
        EXPECT_TRUE(test::near(now(k), factor * initial(k), 500 * eta * 1e-14 * start.norm()))
            << name << " k = " << k;
      }
    }
  }
}

TEST(GridDecayLaw, StepsToALevelIncreaseWithTheFrequency) {
  for (const Index n : {64, 1024}) {
    const double eta = .05 / grid_eigenvalue(AngleKernel::bias, n, 0);
    Index previous = 0;
    for (Index k = 0; k <= n / 4; ++k) {
      const auto steps = steps_to_level(eta * grid_eigenvalue(AngleKernel::bias, n, k), .01);
      ASSERT_TRUE(steps.has_value());
      EXPECT_GT(*steps, previous) << k;
      previous = *steps;
    }
  }
}

TEST(GridDecayLaw, TrainedNetworksWithoutBiasNeverMoveOddPlanes) {
  // relu(z) = z/2 + |z|/2: the odd part of f is linear in x. Rounding of f as ArcNetwork states it.
  const Index n = 64;
  const Matrix frame = plane_frame(grid_fourier_basis(n, 9));
  const Vector y = grid_target_values(target("eight"), n);
  for (const Index m : {1, 7, 64}) {
    ArcNetwork network(initial_network(Key(3).child(m), m, 0), grid_angles(n));
    const Vector before = network.outputs() - y;
    for (Index step = 0; step < 500; ++step) network.step(y, .2048 / static_cast<double>(n));
    const Vector after = network.outputs() - y;
    const ShallowNetwork now = network.network();
    const double weights =
        (now.a.array().abs() * (now.w1.array().abs() + now.w2.array().abs())).sum();
    const double rounding = static_cast<double>(n + m + 8) * eps * (weights + 10) * 8;
    for (Index k = 3; k <= 9; k += 2) {
      const Vector move = plane(frame, k).transpose() * (after - before);
      EXPECT_TRUE(test::near(move.norm(), 0, rounding)) << "m = " << m << " k = " << k;
    }
    EXPECT_GT((plane(frame, 2).transpose() * (after - before)).norm(), .01) << m;
  }
}

TEST(GridDecayLaw, TrainedNetworksWithBiasMoveThem) {
  const Index n = 64;
  const Matrix frame = plane_frame(grid_fourier_basis(n, 3));
  const Vector y = grid_target_values(target("eight"), n);
  ArcNetwork network(initial_network(Key(3), 64, 1), grid_angles(n));
  const Vector before = network.outputs() - y;
  for (Index step = 0; step < 500; ++step) network.step(y, .2048 / static_cast<double>(n));
  EXPECT_GT((plane(frame, 3).transpose() * (network.outputs() - y - before)).norm(), .1);
}

}  // namespace
}  // namespace wideband::grid_decay_test

#include "wideband/dynamics/grid_flow.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "wideband/circle/basis.hpp"
#include "wideband/circle/spectrum.hpp"
#include "wideband/dynamics/decay.hpp"

namespace wideband::grid_flow_test {
namespace {

TEST(ResidualAt, EqualsTheIteration) {
  for (const AngleKernel kernel : angle_kernels()) {
    for (const Index n : {16, 33}) {
      const GridOperator A(kernel, n);
      const Vector initial = gaussians(Key(1).child(n), n);
      for (const double eta : {.1, 1.5, 4.0}) {
        const Vector at_once = residual_at(A, initial, eta, 20);
        const Vector iterated = iterated_residual(A, initial, eta, 20);
        // 20 products, each 1e-14 |r|; a diverging mode grows by at most (4 * .81 - 1)^20.
        const double growth = std::max(1.0, std::pow(eta * .81 - 1, 20));
        EXPECT_TRUE(
            test::near(Matrix(at_once), Matrix(iterated), 20 * 1e-14 * growth * initial.norm()));
      }
    }
  }
}

TEST(ResidualAt, StepZeroIsTheStart) {
  const Vector initial = gaussians(Key(2), 64);
  const GridOperator A(AngleKernel::bias, 64);
  EXPECT_TRUE(test::near(Matrix(residual_at(A, initial, .1, 0)), Matrix(initial), 1e-14));
  EXPECT_THROW(residual_at(A, initial, 0, 1), std::invalid_argument);
  EXPECT_THROW(residual_at(A, initial, .1, -1), std::invalid_argument);
  EXPECT_THROW(residual_at(A, Vector::Zero(63), .1, 1), std::invalid_argument);
}

TEST(PlaneEnergies, AreTheSquaredAmplitudesOfThePlanes) {
  for (const Index n : {16, 17}) {
    const Vector r = gaussians(Key(3), n);
    const Vector energies = plane_energies(r);
    const Vector amplitudes = plane_amplitudes(plane_frame(grid_fourier_basis(n, 7)), r);
    for (Index k = 0; k <= 7; ++k)
      EXPECT_TRUE(test::near(energies(k), amplitudes(k) * amplitudes(k), 1e-13)) << k;
    EXPECT_TRUE(test::near(energies.sum(), r.squaredNorm(), 1e-13));
  }
}

TEST(SquaredNormAt, IsTheNormOfTheResidual) {
  const Vector initial = gaussians(Key(4), 32);
  const GridOperator A(AngleKernel::bias, 32);
  const double expected = residual_at(A, initial, .7, 30).squaredNorm();
  EXPECT_TRUE(test::near(squared_norm_at(A.eigenvalues(), plane_energies(initial), .7, 30),
                         expected, 1e-12));
  EXPECT_THROW(squared_norm_at(A.eigenvalues(), Vector::Zero(3), .7, 30), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::grid_flow_test

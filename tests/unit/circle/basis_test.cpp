#include "wideband/circle/basis.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/core/error.hpp"
#include "wideband/data/circle_points.hpp"

namespace wideband::basis_test {
namespace {

using test::eps;

TEST(FourierBasis, ColumnsAreTheNamedFunctions) {
  const Vector g = random_angles(200, Key(1));
  const Matrix Phi = fourier_basis(g, 64);
  ASSERT_EQ(Phi.cols(), basis_size(64));
  for (Index i = 0; i < g.size(); ++i) {
    EXPECT_EQ(Phi(i, 0), 1);
    for (Index k = 1; k <= 64; ++k) {
      const auto angle = static_cast<long double>(k) * static_cast<long double>(g(i));
      const auto root2 = std::numbers::sqrt2_v<long double>;
      EXPECT_TRUE(
          test::near(Phi(i, 2 * k - 1), static_cast<double>(root2 * std::cos(angle)), 20 * eps));
      EXPECT_TRUE(
          test::near(Phi(i, 2 * k), static_cast<double>(root2 * std::sin(angle)), 20 * eps));
    }
  }
}

TEST(FourierBasis, IsOrthogonalOnAGrid) {
  for (const Index n : {21, 64, 1001}) {
    const Matrix Phi = grid_fourier_basis(n, 10);
    const auto size = static_cast<double>(n);
    EXPECT_TRUE(test::near(Matrix(Phi.transpose() * Phi), size * Matrix::Identity(21, 21),
                           10 * size * eps));
    // k g_i of the plain columns rounds by 10 * 2pi * eps/2 each from the grid's own rounding.
    EXPECT_TRUE(test::near(fourier_basis(grid_angles(n), 10), Phi, 80 * eps));
  }
}

TEST(FourierBasis, NeedsAsManySamplesAsColumns) {
  EXPECT_NO_THROW(grid_fourier_basis(9, 4));
  EXPECT_THROW(grid_fourier_basis(8, 4), std::invalid_argument);
  EXPECT_THROW(fourier_basis(grid_angles(8), 4), std::invalid_argument);
  EXPECT_THROW(fourier_basis(grid_angles(8), -1), std::invalid_argument);
}

TEST(FourierBasis, ColumnAndFrequencyAgree) {
  EXPECT_EQ(basis_frequency(0), 0);
  for (Index k = 1; k < 5; ++k) {
    EXPECT_EQ(basis_frequency(plane_start(k)), k);
    EXPECT_EQ(basis_frequency(plane_start(k) + 1), k);
  }
  EXPECT_EQ(plane_start(0), 0);
  EXPECT_EQ(plane_size(0), 1);
}

TEST(UnitColumns, HaveNormOne) {
  const Matrix unit = unit_columns(fourier_basis(random_angles(50, Key(2)), 4));
  for (Index p = 0; p < unit.cols(); ++p)
    EXPECT_TRUE(test::near(unit.col(p).norm(), 1, 8 * eps)) << p;
}

TEST(PlaneFrame, IsTheScaledBasisOnAGrid) {
  const Matrix Phi = grid_fourier_basis(64, 8);
  EXPECT_TRUE(test::near(plane_frame(Phi), Matrix(Phi / 8), 64 * eps));
}

TEST(PlaneFrame, SpansThePlanesOfARandomSample) {
  const Matrix Phi = fourier_basis(random_angles(40, Key(3)), 5);
  const Matrix frame = plane_frame(Phi);
  for (Index k = 0; k <= 5; ++k) {
    const Matrix U = plane(frame, k);
    const Index size = plane_size(k);
    EXPECT_TRUE(test::near(Matrix(U.transpose() * U), Matrix::Identity(size, size), 40 * eps));
    const Matrix columns = plane(Phi, k);
    EXPECT_TRUE(test::near(Matrix(U * (U.transpose() * columns)), columns, 400 * eps));
  }
}

TEST(PlaneAmplitudes, AreTheNormsOfTheProjections) {
  const Index n = 64;
  const Matrix frame = plane_frame(grid_fourier_basis(n, 4));
  const Vector g = grid_angles(n);
  const Vector r = 3 + 2 * (2 * g.array() + .3).cos();
  const Vector amplitudes = plane_amplitudes(frame, r);
  // The mean square of a cosine is 1/2: |P_2 r| = 2 sqrt(n/2).
  EXPECT_TRUE(test::near(amplitudes(0), 3 * std::sqrt(64.0), 1e-12));
  EXPECT_TRUE(test::near(amplitudes(1), 0, 1e-12));
  EXPECT_TRUE(test::near(amplitudes(2), 2 * std::sqrt(32.0), 1e-12));
  EXPECT_THROW(plane_amplitudes(frame, Vector::Zero(3)), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::basis_test

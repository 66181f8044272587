#include "wideband/circle/spectrum.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/math/quadrature.hpp"

namespace wideband::spectrum_test {
namespace {

using test::eps;
using test::pi;

TEST(ContinuumEigenvalue, EqualsItsQuadrature) {
  for (const AngleKernel kernel : angle_kernels()) {
    for (Index k = 0; k <= 64; ++k) {
      EXPECT_TRUE(test::near(continuum_eigenvalue(kernel, k),
                             continuum_eigenvalue_by_quadrature(kernel, k), 1e-14))
          << to_string(kernel) << " k = " << k;
    }
  }
}

TEST(ContinuumEigenvalue, RefusesNegativeFrequencies) {
  EXPECT_THROW(continuum_eigenvalue(AngleKernel::bias, -1), std::invalid_argument);
  EXPECT_THROW(continuum_eigenvalues(AngleKernel::bias, -1), std::invalid_argument);
}

TEST(KernelSquareIntegral, EqualsItsQuadratureAndParseval) {
  for (const AngleKernel kernel : angle_kernels()) {
    const auto square = [&](double d) { return std::pow(kernel_value(kernel, d), 2); };
    const double expected = integrate(square, 0, pi).value / pi;
    EXPECT_TRUE(test::near(kernel_square_integral(kernel), expected, 1e-14)) << to_string(kernel);
    // Parseval: the tail sum_{k > K} 2 lambda_k^2 <= 2 sum 1.1/(pi k)^4 <
    // 0.01/K^3.
    const Index K = 100;
    const Vector lambda = continuum_eigenvalues(kernel, K);
    const double partial = 2 * lambda.squaredNorm() - lambda(0) * lambda(0);
    EXPECT_TRUE(test::near(kernel_square_integral(kernel), partial, .01 / std::pow(K, 3)));
    EXPECT_GE(kernel_square_integral(kernel) + 4 * eps, partial);
  }
}

TEST(SpectrumTrace, AddsPlanesTwice) {
  const Vector lambda = continuum_eigenvalues(AngleKernel::bias, 5);
  EXPECT_TRUE(
      test::near(spectrum_trace(AngleKernel::bias, 5), 2 * lambda.sum() - lambda(0), 8 * eps));
  EXPECT_TRUE(
      test::near(spectrum_tail(AngleKernel::bias, 5), 1.5 + lambda(0) - 2 * lambda.sum(), 8 * eps));
}

TEST(GridEigenvalue, EqualsTheAliasSum) {
  for (const AngleKernel kernel : angle_kernels()) {
    for (const Index n : {1, 2, 3, 4, 5, 6, 16, 17, 64, 1001}) {
      for (Index k = 0; k <= n / 2; k += n > 100 ? 37 : 1) {
        const Index terms = 2000;
        const double cut = 1 / (static_cast<double>(n * n) * static_cast<double>(terms));
        const double sum = grid_eigenvalue_by_summation(kernel, n, k, terms);
        EXPECT_TRUE(test::near(grid_eigenvalue(kernel, n, k), sum + cut / 2, cut / 2 + 1e-13))
            << to_string(kernel) << " n = " << n << " k = " << k;
      }
    }
  }
}

TEST(GridEigenvalue, HasExactZeros) {
  for (const Index k : {3, 5, 31}) EXPECT_EQ(grid_eigenvalue(AngleKernel::nobias, 64, k), 0) << k;
  EXPECT_EQ(grid_eigenvalue(AngleKernel::K1, 64, 2), 0);
}

TEST(GridEigenvalue, RefusesFrequenciesThatAGridDoesNotHave) {
  EXPECT_THROW(grid_eigenvalue(AngleKernel::bias, 0, 0), std::invalid_argument);
  EXPECT_THROW(grid_eigenvalue(AngleKernel::bias, 8, 5), std::invalid_argument);
  EXPECT_THROW(grid_eigenvalue(AngleKernel::bias, 8, -1), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::spectrum_test

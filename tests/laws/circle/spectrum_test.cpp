// Theorems about the spectra of the circle kernels.
#include "wideband/circle/spectrum.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/circle/basis.hpp"
#include "wideband/circle/grid_operator.hpp"

namespace wideband::spectrum_test {
namespace {

using test::eps;
using test::pi;

TEST(SpectrumLaw, SumRuleWithTailTwoOverPiSquaredCutoff) {
  // bias: sum_{k>N} 1/k^2 lies in (1/(N+1), 1/N), and k^2 pi^2 lambda_k in [1, 1 + 6/k^2].
  for (const Index N : {10, 100, 1000, 10000}) {
    const auto size = static_cast<double>(N);
    const double tail = spectrum_tail(AngleKernel::bias, N);
    const double rounding = eps * size;
    EXPECT_GT(tail, 2 / (pi * pi * (size + 1)) - rounding) << N;
    EXPECT_LT(tail, 2 / (pi * pi * size) * (1 + 6 / (size * size)) + rounding) << N;
    // nobias has the even half of it: sum over even k > N lies in 1/(2 (N + {0, 1, 2})).
    const double even_tail = spectrum_tail(AngleKernel::nobias, N);
    EXPECT_GT(even_tail, 1 / (pi * pi * (size + 2)) - rounding) << N;
    EXPECT_LT(even_tail, 1 / (pi * pi * size) * (1 + 6 / (size * size)) + rounding) << N;
  }
}

TEST(SpectrumLaw, BiasIsPositiveAndStrictlyDecreasing) {
  double previous = continuum_eigenvalue(AngleKernel::bias, 0);
  for (Index k = 1; k <= 100000; ++k) {
    const double lambda = continuum_eigenvalue(AngleKernel::bias, k);
    ASSERT_GT(lambda, 0) << k;
    ASSERT_LT(lambda, previous) << k;
    previous = lambda;
  }
}

TEST(SpectrumLaw, EigenvaluesDecayLikeTheSquareOfTheFrequency) {
  for (const Index k : {64, 65, 1000, 1001, 1000000, 1000001}) {
    const auto frequency = static_cast<double>(k);
    const double scaled =
        pi * pi * frequency * frequency * continuum_eigenvalue(AngleKernel::bias, k);
    // odd: exactly 1; even: k^2 (k^2 + 3)/(k^2 - 1)^2 = 1 + 5/k^2 + 9/k^4 + ...
    EXPECT_TRUE(test::near(scaled, k % 2 == 0 ? 1 + 5 / (frequency * frequency) : 1,
                           10 / std::pow(frequency, 4) + 8 * eps))
        << k;
  }
}

TEST(SpectrumLaw, WithoutBiasOddFrequenciesHaveNoEigenvalue) {
  for (Index k = 3; k < 100; k += 2) {
    EXPECT_EQ(continuum_eigenvalue(AngleKernel::nobias, k), 0);
    EXPECT_EQ(grid_eigenvalue(AngleKernel::nobias, 256, k), 0);
  }
  // An odd grid folds them onto even aliases: 2/(2n)^2 - 1/(4 n^2) = 1/(4 n^2) to leading order;
  // the next is (pi k/(2n))^2/2 times the first term, and at most as much from the second.
  for (const Index n : {1001, 4097}) {
    const auto size = static_cast<double>(n);
    for (const Index k : {3, 5, 31}) {
      const double scaled = 4 * size * size * grid_eigenvalue(AngleKernel::nobias, n, k);
      EXPECT_TRUE(test::near(scaled, 1, 4 * std::pow(pi * static_cast<double>(k) / size, 2))) << n;
    }
  }
}

TEST(SpectrumLaw, AliasingAddsOneThirdOfInverseSquaredSize) {
  // 1/(n sin x)^2 - 1/(n x)^2 = (1/n^2)(1/3 + x^2/15 + ...), x = pi k/n; even k likewise.
  for (const Index n : {1024, 4096}) {
    const auto size = static_cast<double>(n);
    for (Index k = 0; k <= 32; ++k) {
      const double excess =
          grid_eigenvalue(AngleKernel::bias, n, k) - continuum_eigenvalue(AngleKernel::bias, k);
      const double x = pi * static_cast<double>(k + 1) / size;
      EXPECT_TRUE(test::near(3 * size * size * excess, 1, x * x + 3 * size * size * 4 * eps)) << k;
    }
  }
}

TEST(SpectrumLaw, GridEigenvaluesSumToTheDiagonal) {
  for (const AngleKernel kernel : angle_kernels()) {
    for (const Index n : {1, 2, 7, 64, 1001, 4096}) {
      double sum = 0;
      for (Index k = n / 2; k >= 0; --k) {
        const double multiplicity = k == 0 || 2 * k == n ? 1 : 2;
        sum += multiplicity * grid_eigenvalue(kernel, n, k);
      }
      EXPECT_TRUE(test::near(sum, kernel_value(kernel, 0), static_cast<double>(n) * eps + 8 * eps));
    }
  }
}

TEST(SpectrumLaw, GridsOfFourfoldSizeEndInAnInversion) {
  for (const Index n : {16, 1024, 1048576}) {
    EXPECT_GT(grid_eigenvalue(AngleKernel::bias, n, n / 2),
              grid_eigenvalue(AngleKernel::bias, n, n / 2 - 1));
  }
  for (Index k = 1; k <= 256; ++k) {
    EXPECT_LT(grid_eigenvalue(AngleKernel::bias, 1024, k),
              grid_eigenvalue(AngleKernel::bias, 1024, k - 1));
  }
}

TEST(SpectrumLaw, FourierModesAreEigenvectorsOfTheDenseOperator) {
  const Index n = 48;
  const Matrix Phi = grid_fourier_basis(n, 20);
  for (const AngleKernel kernel : angle_kernels()) {
    const Matrix image = dense_grid_operator(kernel, n) * Phi;
    for (Index p = 0; p < Phi.cols(); ++p) {
      const Matrix expected = grid_eigenvalue(kernel, n, basis_frequency(p)) * Phi.col(p);
      // n terms of size at most (3/2) sqrt2/n, each with a few eps.
      EXPECT_TRUE(test::near(Matrix(image.col(p)), expected, 2 * static_cast<double>(n) * eps));
    }
  }
}

TEST(SpectrumLaw, StockParameterizationHalvesTheKernelWithoutBias) {
  // Pre-activation w.x/sqrt2, so a neuron adds relu(u) relu(v) + a^2 1{u>0} 1{v>0} x.x'/2.
  const Index m = 200000;
  const Key key(11);
  const Vector a = gaussians(key.child("a"), m);
  const Vector w = gaussians(key.child("w"), 2 * m);
  for (const double delta : {0.0, .4, pi / 2, 2.5}) {
    Vector terms(m);
    for (Index j = 0; j < m; ++j) {
      const double u = w(2 * j) / std::numbers::sqrt2;
      const double v =
          (w(2 * j) * std::cos(delta) + w(2 * j + 1) * std::sin(delta)) / std::numbers::sqrt2;
      terms(j) = u > 0 && v > 0 ? u * v + a(j) * a(j) * std::cos(delta) / 2 : 0;
    }
    const double mean = terms.mean();
    const double error = std::sqrt((terms.array() - mean).square().mean() / static_cast<double>(m));
    EXPECT_TRUE(test::near(mean, kernel_value(AngleKernel::nobias, delta) / 2, 4 * error)) << delta;
  }
}

}  // namespace
}  // namespace wideband::spectrum_test

#include "wideband/circle/grid_operator.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/circle/spectrum.hpp"
#include "wideband/linalg/decomposition.hpp"

namespace wideband::grid_operator_test {
namespace {

using test::eps;
using test::pi;

TEST(GridSpectrum, EqualsTheClosedFormWithin1em15) {
  for (const AngleKernel kernel : angle_kernels()) {
    for (const Index n : {1, 2, 3, 16, 17, 1000, 1001, 4096}) {
      const Vector lambda = grid_spectrum(kernel, n);
      ASSERT_EQ(lambda.size(), n / 2 + 1);
      for (Index k = 0; k <= n / 2; ++k) {
        EXPECT_TRUE(test::near(lambda(k), grid_eigenvalue(kernel, n, k), 1e-15))
            << to_string(kernel) << " n = " << n << " k = " << k;
      }
    }
  }
}

TEST(GridSpectrum, EqualsTheDenseEigenvalues) {
  // Dense eigenvalues, descending, are lambda_0..lambda_{n/2} with
  // multiplicity; n eps for LAPACK.
  const Index n = 24;
  const Vector dense = symmetric_eigenvalues(dense_grid_operator(AngleKernel::bias, n));
  const Vector lambda = grid_spectrum(AngleKernel::bias, n);
  Vector expected(n);
  for (Index k = 0; k < n; ++k) expected(k) = lambda(std::min(k, n - k));
  std::sort(expected.begin(), expected.end());
  EXPECT_TRUE(test::near(Matrix(dense), Matrix(expected), 24 * eps));
}

TEST(GridSpectrumFloat32, IsTheFloat64OneWithinItsPrecision) {
  constexpr double eps32 = std::numeric_limits<float>::epsilon();
  const Index n = 4096;
  const Eigen::VectorXf single = grid_spectrum_float32(AngleKernel::bias, n);
  const Vector lambda = grid_spectrum(AngleKernel::bias, n);
  ASSERT_EQ(single.size(), lambda.size());
  // Angles round by 2pi eps32, the kernel has slope at most 1; the mean of n
  // errors, and the FFT.
  const double bound = 2 * pi * eps32 + 4 * eps32;
  for (Index k = 0; k < lambda.size(); ++k)
    EXPECT_TRUE(test::near(static_cast<double>(single(k)), lambda(k), bound)) << k;
}

TEST(GridOperator, ProductsEqualTheDenseOnes) {
  for (const AngleKernel kernel : angle_kernels()) {
    for (const Index n : {1, 2, 3, 16, 63}) {
      const Vector v = gaussians(Key(1).child(n), n);
      const Vector fast = GridOperator(kernel, n).product(v);
      const Vector plain = dense_grid_operator(kernel, n) * v;
      EXPECT_TRUE(test::near(Matrix(fast), Matrix(plain), 1e-14 * v.norm())) << n;
    }
  }
}

TEST(GridOperator, FunctionsActOnEigenvalues) {
  const Index n = 32;
  const GridOperator A(AngleKernel::bias, n);
  const Vector v = gaussians(Key(2), n);
  const Vector cubed = A.function(v, [](double lambda) { return lambda * lambda * lambda; });
  EXPECT_TRUE(test::near(Matrix(cubed), Matrix(A.product(A.product(A.product(v)))), 1e-14));
  EXPECT_THROW(A.product(Vector::Zero(n + 1)), std::invalid_argument);
  EXPECT_THROW(GridOperator(AngleKernel::bias, 0), std::invalid_argument);
}

TEST(GaussianProcessStart, HasTheVarianceOfK0) {
  // f(g)^2 has mean K0(0) = 1/2; the grid mean of f^2 has variance (2/n^2)
  // sum_ij K0(g_i - g_j)^2 = 2 ∫K0^2 dmu to leading order. Average over
  // independent draws.
  const Index n = 64;
  const Index draws = 4000;
  double mean_square = 0;
  double product = 0;
  for (Index s = 0; s < draws; ++s) {
    const Vector f = gaussian_process_start(n, Key(5).child(s));
    mean_square += f.squaredNorm() / static_cast<double>(n * draws);
    for (Index i = 0; i < n; ++i)
      product += f(i) * f((i + n / 4) % n) / static_cast<double>(n * draws);
  }
  const double deviation =
      std::sqrt(2 * kernel_square_integral(AngleKernel::K0) / static_cast<double>(draws));
  EXPECT_TRUE(test::near(mean_square, .5, 4 * deviation));
  // A quarter turn apart: K0(pi/2) = 1/(2 pi); by Cauchy-Schwarz its variance
  // is no larger.
  EXPECT_TRUE(test::near(product, 1 / (2 * pi), 4 * deviation));
  EXPECT_EQ(gaussian_process_start(n, Key(5)), gaussian_process_start(n, Key(5)));
}

}  // namespace
}  // namespace wideband::grid_operator_test

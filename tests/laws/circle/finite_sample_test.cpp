// Laws of finite samples: means and second moments by Monte Carlo, mode mixing, envelopes.
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "wideband/circle/basis.hpp"
#include "wideband/circle/envelopes.hpp"
#include "wideband/circle/sample_matrices.hpp"
#include "wideband/circle/sample_moments.hpp"
#include "wideband/circle/spectrum.hpp"
#include "wideband/data/circle_points.hpp"

namespace wideband::finite_sample_test {
namespace {

// Five standard errors: 6e-7 two-sided per comparison.
constexpr double standard_errors = 5;

::testing::AssertionResult mean_is(const Vector& values, double expected) {
  const double count = static_cast<double>(values.size());
  const double mean = values.mean();
  const double variance = (values.array() - mean).square().sum() / (count - 1);
  return test::near(mean, expected, standard_errors * std::sqrt(variance / count));
}

std::vector<SampleMatrices> samples(Index count, Index n, const SampleMatrixOptions& options) {
  std::vector<SampleMatrices> list;
  for (Index i = 0; i < count; ++i)
    list.push_back(sample_matrices(SortedAngles(random_angles(n, Key(7).child(i))), options));
  return list;
}

TEST(FiniteSample, SquaredNormsHaveTheirExactMeans) {
  const Index count = 400;
  const Index n = 50;
  for (const AngleKernel kernel : {AngleKernel::bias, AngleKernel::K0}) {
    const auto list = samples(count, n, {.kernel = kernel, .cutoff = 4});
    Vector gram(count), compressed(count), action(count), column(count);
    for (Index i = 0; i < count; ++i) {
      const SampleErrors errors = sample_errors(list[static_cast<std::size_t>(i)]);
      gram[i] = errors.gram_fro * errors.gram_fro;
      compressed[i] = errors.compressed_fro * errors.compressed_fro;
      action[i] = errors.action_fro * errors.action_fro;
      column[i] = list[static_cast<std::size_t>(i)].E.col(3).squaredNorm();
    }
    EXPECT_TRUE(mean_is(gram, gram_square_moment(4, n)));
    EXPECT_TRUE(mean_is(compressed, compressed_square_moment(kernel, 4, n)));
    EXPECT_TRUE(mean_is(action, action_square_moment(kernel, 4, n)));
    EXPECT_TRUE(mean_is(column, action_column_square_moments(kernel, 4, n)[3]));
  }
}

TEST(FiniteSample, MeansOfGAndHAreIdentityAndSampledEigenvalues) {
  const Index count = 400;
  const auto list = samples(count, 40, {.cutoff = 2});
  for (Index p = 0; p < 5; ++p) {
    for (Index q = 0; q <= p; ++q) {
      Vector G(count), H(count);
      for (Index i = 0; i < count; ++i) {
        G[i] = list[static_cast<std::size_t>(i)].G(p, q);
        H[i] = list[static_cast<std::size_t>(i)].H(p, q);
      }
      if (p + q > 0) {
        EXPECT_TRUE(mean_is(G, p == q ? 1 : 0)) << p << ", " << q;
      }
      EXPECT_TRUE(mean_is(H, p == q ? list[0].lambda[p] : 0)) << p << ", " << q;
    }
  }
}

// C_pp less its leading fluctuation lambda_p (G_pp - 1), which has mean zero, leaves a sharp mean:
// the self term of H is almost gone. The next order is below d^2/n^2 times the largest eigenvalue.
TEST(FiniteSample, CoordinatesKeepOnlyTheTail) {
  const Index count = 4000;
  const Index n = 256;
  const auto list = samples(count, n, {.cutoff = 1});
  const Vector mean = coordinate_means(AngleKernel::bias, 1, n);
  const Vector lambda = basis_eigenvalues(AngleKernel::bias, 1);
  for (Index p = 0; p < 3; ++p) {
    Vector C(count);
    for (Index i = 0; i < count; ++i) {
      const SampleMatrices& sample = list[static_cast<std::size_t>(i)];
      C[i] = sample.C(p, p) - lambda[p] * (sample.G(p, p) - 1);
    }
    const double error =
        std::sqrt((C.array() - C.mean()).square().mean() / static_cast<double>(count));
    const double next_order = 9 * lambda[0] / (256.0 * 256.0);
    EXPECT_TRUE(test::near(C.mean(), mean[p], standard_errors * error + next_order)) << p;
    // It can tell the tail from the whole self term, which H carries.
    EXPECT_LT(standard_errors * error + next_order, (list[0].lambda[p] - mean[p]) / 2);
  }
}

TEST(FiniteSample, ModesMixByTheSampledFrequencies) {
  const Index terms = 2000;
  const Index n = 30;
  const SortedAngles angles(random_angles(n, Key(9)));
  for (const AngleKernel kernel : {AngleKernel::bias, AngleKernel::nobias}) {
    for (const Index k : {0, 3}) {
      const Eigen::VectorXcd sum = mode_mixing_sum(kernel, angles, k, terms);
      const Vector phase = static_cast<double>(k) * angles.angle();
      const Vector real = operator_product(kernel, angles, phase.array().cos().matrix());
      const Vector imaginary = operator_product(kernel, angles, phase.array().sin().matrix());
      const double cut = spectrum_tail(kernel, terms) + 1e-12;
      EXPECT_TRUE(test::near(Vector(sum.real()), real, cut));
      EXPECT_TRUE(test::near(Vector(sum.imag()), imaginary, cut));
    }
  }
}

TEST(FiniteSample, EmpiricalCoefficientsHaveMeanSquareOneOverN) {
  const Index count = 1000;
  const Index n = 32;
  for (const Index q : {1, 5}) {
    Vector square(count);
    for (Index i = 0; i < count; ++i)
      square[i] =
          std::norm(empirical_coefficient(SortedAngles(random_angles(n, Key(11).child(i))), q));
    EXPECT_TRUE(mean_is(square, 1.0 / n));
  }
}

// At most failure = .05 of the samples may pass a proven envelope: with 200 samples at most 10 in
// the mean, and 5 standard deviations more are 26.
TEST(FiniteSample, ProvenEnvelopesHold) {
  const Index n = 64;
  const EnvelopeOptions options{.cutoff = 4};
  int beyond[3] = {0, 0, 0};
  for (const SampleMatrices& sample : samples(200, n, {.cutoff = 4})) {
    const SampleErrors errors = sample_errors(sample);
    beyond[0] += errors.gram.value > sharpest_envelope(SampleError::gram, n, options);
    beyond[1] += errors.compressed.value > sharpest_envelope(SampleError::compressed, n, options);
    beyond[2] += errors.action.value > sharpest_envelope(SampleError::action, n, options);
  }
  for (const int count : beyond) EXPECT_LE(count, 26);
}

}  // namespace
}  // namespace wideband::finite_sample_test

// Laws of training on random angles: what a sample excites, where preconditioned flows end.
#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "wideband/circle/basis.hpp"
#include "wideband/circle/sample_matrices.hpp"
#include "wideband/circle/spectrum.hpp"
#include "wideband/data/circle_points.hpp"
#include "wideband/data/target.hpp"
#include "wideband/dynamics/decay.hpp"
#include "wideband/dynamics/preconditioned_flow.hpp"
#include "wideband/dynamics/sampled_flow.hpp"
#include "wideband/linalg/product.hpp"

namespace wideband::training_on_samples_test {
namespace {

constexpr double standard_errors = 5;  // 6e-7 two-sided

::testing::AssertionResult mean_is(const Vector& values, double expected, double model_error) {
  const double count = static_cast<double>(values.size());
  const double variance = (values.array() - values.mean()).square().sum() / (count - 1);
  return test::near(values.mean(), expected,
                    standard_errors * std::sqrt(variance / count) + model_error);
}

// Mode p that the target sqrt2 cos g lacks: its projection after s steps has mean square w^2/n per
// component, w = (lambda_p f_p - lambda_1 f_1)/(lambda_p - lambda_1), to first order in G - I.
TEST(TrainingOnSamples, ExcitesAbsentModesAsPerturbationSays) {
  const Index n = 400;
  const Index seeds = 200;
  const double eta = 0.2;
  const Index steps = 40;
  const auto decayed = [&](double lambda) {
    return decay_factor(eta * ((1 - 1.0 / n) * lambda + 1.5 / n), steps);
  };
  const auto w = [&](Index p) {
    const double to = continuum_eigenvalue(AngleKernel::bias, p);
    const double from = continuum_eigenvalue(AngleKernel::bias, 1);
    return (to * decayed(to) - from * decayed(from)) / (to - from);
  };
  Vector two(seeds), five(seeds);
  for (Index i = 0; i < seeds; ++i) {
    const SortedAngles angles(random_angles(n, Key(1).child(i)));
    const SampledFlow flow(AngleKernel::bias, angles);
    Vector r = std::numbers::sqrt2 * angles.cosine();
    for (Index s = 0; s < steps; ++s) r = flow.step(r, eta);
    const Matrix Phi = fourier_basis(angles.angle(), 5);
    const auto share = [&](Index p) {
      return (plane(Phi, p).transpose() * r).squaredNorm() / n / (2 * w(p) * w(p));
    };
    two[i] = share(2);
    five[i] = share(5);
  }
  // The next order is relative 1/n times a few modes that take part.
  EXPECT_TRUE(mean_is(two, 1, 20.0 / n));
  EXPECT_TRUE(mean_is(five, 1, 20.0 / n));
}

TEST(PreconditionedFlow, EndsWhereTheSampleSaysWhateverThePreconditioner) {
  set_blas_threads(1);
  const SortedAngles angles(random_angles(300, Key(2)));
  const SampleMatrices matrices = sample_matrices(angles, {.cutoff = 3});
  const Matrix Phi = fourier_basis(angles.angle(), 3);
  const BlockCoordinates start =
      block_coordinates(Phi, -target_values(target("five"), angles.angle()));
  Vector first;
  for (const Preconditioning kind :
       {Preconditioning::theory, Preconditioning::empirical, Preconditioning::corrected}) {
    for (const double eta : {0.1, 0.7}) {
      const BlockFlow flow(kind, angles, matrices, start.perpendicular, {.reg = 0.001});
      Vector alpha = start.alpha;
      for (Index s = 0; s < 1000; ++s) alpha = flow.step(alpha, eta);
      if (first.size() == 0) first = alpha;
      EXPECT_TRUE(test::near(alpha, first, 1e-13)) << to_string(kind) << ", eta = " << eta;
    }
  }
  EXPECT_GT(first.norm(), 1e-4) << "the part outside drives the block";
}

// A target wholly outside the block: of (1/2) mean f*^2 the least squares fit takes the share d/n.
TEST(PreconditionedFlow, LeavesTheEnergyBeyondTheBlock) {
  set_blas_threads(1);
  const Index n = 200;
  const Index seeds = 300;
  const double d = 5;
  Vector floor(seeds);
  for (Index i = 0; i < seeds; ++i) {
    const SortedAngles angles(random_angles(n, Key(3).child(i)));
    const SampleMatrices matrices = sample_matrices(angles, {.cutoff = 2});
    const Matrix Phi = fourier_basis(angles.angle(), 2);
    const Vector r = -std::numbers::sqrt2 * (9 * angles.angle().array()).cos().matrix();
    const BlockCoordinates start = block_coordinates(Phi, r);
    const BlockFlow flow(Preconditioning::theory, angles, matrices, start.perpendicular);
    floor[i] = (Phi * flow.limit() + start.perpendicular).squaredNorm() / (2 * n);
  }
  // The limit adds |Phi alpha|^2, each coordinate driven by at most lambda_9/lambda_2 of the leak,
  // and the next order of the fit is d^2/n^2.
  const double ratio =
      continuum_eigenvalue(AngleKernel::bias, 9) / continuum_eigenvalue(AngleKernel::bias, 2);
  const double model = 0.5 * (d / n * ratio + 2 * d * d / (n * n));
  EXPECT_TRUE(mean_is(floor, 0.5 * (1 - d / n), model));
}

}  // namespace
}  // namespace wideband::training_on_samples_test

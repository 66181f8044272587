#include "wideband/dynamics/sampled_flow.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/circle/spectrum.hpp"
#include "wideband/data/circle_points.hpp"
#include "wideband/linalg/product.hpp"

namespace wideband::sampled_flow_test {
namespace {

using test::eps;

TEST(SampledFlow, IteratedEqualsTheEigensystem) {
  set_blas_threads(1);
  const SortedAngles samples(random_angles(90, Key(1)));
  const Vector initial = gaussians(Key(2), 90);
  for (const AngleKernel kernel : angle_kernels()) {
    const SampledFlow flow(kernel, samples);
    const ExactSampledFlow exact(kernel, samples);
    Vector r = initial;
    for (Index s = 0; s < 200; ++s) r = flow.step(r, 0.5);
    // Each step rounds r to eps, and eigenvalues are known to a few n eps.
    EXPECT_TRUE(test::near(r, exact.at(initial, 0.5, 200), 4 * 200 * eps * initial.norm()));
    EXPECT_EQ(exact.at(initial, 0.5, 0).size(), 90);
  }
}

TEST(SampledFlow, LargestEigenvalueIsThatOfTheMatrix) {
  set_blas_threads(1);
  const SortedAngles samples(random_angles(90, Key(3)));
  for (const AngleKernel kernel : angle_kernels()) {
    EXPECT_TRUE(test::near(SampledFlow(kernel, samples).largest_eigenvalue(),
                           ExactSampledFlow(kernel, samples).largest_eigenvalue(), 1e-13));
  }
  const SortedAngles grid(grid_angles(64));
  EXPECT_TRUE(test::near(SampledFlow(AngleKernel::bias, grid).largest_eigenvalue(),
                         grid_eigenvalue(AngleKernel::bias, 64, 0), 1e-14));
}

TEST(SampledFlow, SinglePrecisionRoundsTheResidual) {
  const SortedAngles samples(random_angles(50, Key(4)));
  const SampledFlow flow(AngleKernel::bias, samples);
  const Vector initial = gaussians(Key(5), 50);
  const Eigen::VectorXf rounded = initial.cast<float>();
  const Vector expected = flow.step(rounded.cast<double>(), 0.1);
  EXPECT_TRUE(test::near(Vector(flow.step_float32(rounded, 0.1).cast<double>()), expected,
                         6e-8 * expected.cwiseAbs().maxCoeff()));
}

}  // namespace
}  // namespace wideband::sampled_flow_test

#include "wideband/experiment/circle/preconditioning_run.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/preconditioning_fixture.hpp"
#include "wideband/circle/basis.hpp"
#include "wideband/circle/dense_product.hpp"
#include "wideband/data/circle_points.hpp"

namespace wideband::preconditioning_run_test {
namespace {

PreconditioningTask small_task() {
  PreconditioningConfig config;
  config.sizes = {60};
  config.cutoff = 3;
  config.targets = {"five"};
  config.steps = 20;
  config.seeds = 1;
  config.probes = 40;
  set_blas_threads(1);
  return preconditioning_tasks(config).at(0);
}

// The baseline straight from its definition, with functions on the probes written out.
TEST(PreconditioningRun, BaselineLossesAreThoseOfKernelGradientDescent) {
  const PreconditioningGroup group = preconditioning_run(small_task(), 60);
  const Vector g = random_angles(60, Key(1).child("angles").child(0));
  const Vector z = grid_angles(40);
  const Matrix A = dense_operator(AngleKernel::bias, g, g);
  const Matrix to_probes = dense_operator(AngleKernel::bias, z, g);
  const Vector y = target_values(target("five"), g);
  Vector f = Vector::Zero(60);
  Vector f_probe = Vector::Zero(40);
  for (Index s = 0; s < 20; ++s) {
    const Vector r = f - y;
    f -= 0.08 * A * r;
    f_probe -= 0.08 * to_probes * r;
  }
  const FlowGroup& flow = group.flow(Preconditioning::baseline);
  const Index last = flow.loss_train.cols() - 1;
  EXPECT_TRUE(test::near(flow.loss_train(0, last), (f - y).squaredNorm() / 120, 1e-14));
  const Vector off = f_probe - target_values(target("five"), z);
  EXPECT_TRUE(test::near(flow.loss_probe(0, last), off.squaredNorm() / 80, 1e-14));
}

TEST(PreconditioningRun, AllFlowsStartFromTheTarget) {
  const PreconditioningGroup group = preconditioning_run(small_task(), 60);
  for (const Preconditioning flow : flows()) {
    EXPECT_TRUE(test::near(group.flow(flow).loss_train(0, 0),
                           std::pow(group.start_norm[0], 2) / 120, 1e-14));
    EXPECT_TRUE(test::near(group.flow(flow).loss_probe(0, 0), energy(group.target) / 2, 1e-14));
  }
}

TEST(PreconditioningRun, EmpiricalRatesAreOne) {
  const PreconditioningGroup group = preconditioning_run(small_task(), 60);
  EXPECT_TRUE(
      test::near(Matrix(group.flow(Preconditioning::empirical).rates), Matrix::Ones(1, 7), 1e-11));
  EXPECT_GT(group.flow(Preconditioning::theory).rate_deviation[0], 0.01);
}

}  // namespace
}  // namespace wideband::preconditioning_run_test

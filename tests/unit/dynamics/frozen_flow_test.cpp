#include "wideband/dynamics/frozen_flow.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "wideband/circle/arc_network.hpp"
#include "wideband/circle/tangent_gram.hpp"
#include "wideband/data/circle_points.hpp"
#include "wideband/linalg/product.hpp"

namespace wideband::frozen_flow_test {
namespace {

const bool one_blas_thread = (set_blas_threads(1), true);

TEST(FrozenFlow, IsTheIterationOfTheOperatorWithFixedArcs) {
  // Wide (dense eigenproblem) and narrow (3m x 3m), one step at a time with A v in O(n + m).
  for (const Index m : {6, 60}) {
    const Index n = 64;
    const ArcNetwork network(initial_network(Key(3), m), grid_angles(n));
    const Vector r0 = gaussians(Key(5), n);
    const FrozenFlow flow(tangent_eigenpairs(network), r0);
    const Vector steps = (Vector(4) << 0, 1, 7, 500).finished();
    const Matrix closed = flow.residuals(0.3, steps);
    Vector r = r0;
    for (Index s = 0, next = 0; s <= 500; ++s) {
      // 500 products, each to n eps of |r|.
      if (static_cast<double>(s) == steps(next)) {
        EXPECT_TRUE(test::near(Vector(closed.col(next)), r, 1e-11));
        ++next;
      }
      r -= 0.3 * network.tangent_product(r);
    }
  }
}

TEST(FrozenFlow, TrainsTheLinearizedNetwork) {
  // theta <- theta - lr J'(f_0 + J (theta - theta_0) - y): parameters moved, J fixed.
  const Index n = 48, m = 20;
  const double eta = 0.25;
  const ArcNetwork network(initial_network(Key(3), m), grid_angles(n));
  const Vector r0 = network.outputs() - gaussians(Key(6), n);
  ParameterVector moved{Vector::Zero(m), Vector::Zero(m), Vector::Zero(m), Vector::Zero(m)};
  for (int s = 0; s < 200; ++s) {
    const ParameterVector g = network.transposed_jacobian(r0 + network.jacobian(moved));
    const double rate = eta / static_cast<double>(n);
    moved.a -= rate * g.a, moved.w1 -= rate * g.w1;
    moved.w2 -= rate * g.w2, moved.b -= rate * g.b;
  }
  const Matrix closed =
      FrozenFlow(tangent_eigenpairs(network), r0).residuals(eta, Vector::Constant(1, 200.0));
  EXPECT_TRUE(test::near(Vector(closed.col(0)), r0 + network.jacobian(moved), 1e-11));
}

TEST(FrozenFlow, StepsTendToTheFlow) {
  // |(1 - x)^(t/x lambda) - exp(-lambda t)| <= eta lambda (lambda t) exp(-lambda t) + ... < eta.
  const Index n = 48;
  const ArcNetwork network(initial_network(Key(3), 20), grid_angles(n));
  const Vector r0 = gaussians(Key(6), n);
  const FrozenFlow flow(tangent_eigenpairs(network), r0);
  const double t = 20;
  const Vector exact = flow.flow(Vector::Constant(1, t)).col(0);
  const auto error = [&](double eta) {
    return (Vector(flow.residuals(eta, Vector::Constant(1, t / eta)).col(0)) - exact).norm();
  };
  EXPECT_TRUE(test::near(error(1e-3) / error(5e-4), 2, 0.01));
  EXPECT_TRUE(test::near(flow.flow(Vector::Zero(1)), r0, 0));
}

TEST(FrozenFlow, TakesFractionsOfAStepOnlyWhereStepsDecay) {
  const ArcNetwork network(initial_network(Key(3), 20), grid_angles(32));
  const FrozenFlow flow(tangent_eigenpairs(network), Vector::Ones(32));
  EXPECT_NO_THROW(flow.residuals(0.5, Vector::Constant(1, 2.5)));
  EXPECT_NO_THROW(flow.residuals(5.0, Vector::Constant(1, 2.0)));
  EXPECT_THROW(flow.residuals(5.0, Vector::Constant(1, 2.5)), std::invalid_argument);
  EXPECT_THROW(flow.residuals(0.5, Vector::Constant(1, -1.0)), std::invalid_argument);
  EXPECT_THROW(FrozenFlow(tangent_eigenpairs(network), Vector::Ones(31)), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::frozen_flow_test

#include "wideband/dynamics/preconditioned_flow.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/circle/basis.hpp"
#include "wideband/circle/dense_product.hpp"
#include "wideband/circle/sample_moments.hpp"
#include "wideband/data/circle_points.hpp"
#include "wideband/data/target.hpp"
#include "wideband/linalg/decomposition.hpp"

namespace wideband::preconditioned_flow_test {
namespace {

using test::eps;

struct Sample {
  SortedAngles angles;
  Matrix Phi;
  Matrix A;
  SampleMatrices matrices;
};

Sample sample(Index n, Index cutoff) {
  const Vector g = random_angles(n, Key(1).child(n));
  return {SortedAngles(g), fourier_basis(g, cutoff), dense_operator(AngleKernel::bias, g, g),
          sample_matrices(SortedAngles(g), {.cutoff = cutoff})};
}

Matrix inverse(const Matrix& G) {
  return solve(G, Matrix::Identity(G.rows(), G.cols()));
}

// B as an (n, n) matrix, straight from its definition.
Matrix dense_flow(Preconditioning flow, const Sample& s, const PreconditionerOptions& options) {
  if (flow == Preconditioning::baseline) return s.A;
  const double n = static_cast<double>(s.Phi.rows());
  const Matrix M = preconditioner(flow, s.matrices, options);
  return s.Phi * M * inverse(s.matrices.G) * s.Phi.transpose() / n * s.A;
}

TEST(Preconditioner, InvertsWhatItsNameSays) {
  const Sample s = sample(60, 2);
  const PreconditionerOptions options{.shift = 0.01, .reg = 0.001};
  const Matrix I = Matrix::Identity(5, 5);
  const auto inverse_of = [&](Preconditioning flow) {
    return preconditioner(flow, s.matrices, options);
  };
  EXPECT_EQ(inverse_of(Preconditioning::baseline), I);
  EXPECT_TRUE(test::near(Matrix(inverse_of(Preconditioning::theory) *
                                (Matrix(s.matrices.lambda.asDiagonal()) + 0.01 * I)),
                         I, 1e-13));
  EXPECT_TRUE(test::near(
      Matrix(inverse_of(Preconditioning::empirical) * (s.matrices.C + 0.011 * I)), I, 1e-12));
  const Vector mean = coordinate_means(AngleKernel::bias, 2, 60);
  EXPECT_TRUE(test::near(
      Matrix(inverse_of(Preconditioning::corrected) * (Matrix(mean.asDiagonal()) + 0.01 * I)), I,
      1e-13));
}

TEST(PreconditionedFlow, StepsAsTheDenseDefinition) {
  const Sample s = sample(50, 2);
  const Vector r = gaussians(Key(3), 50);
  const PreconditionerOptions options{.reg = 1e-3};
  for (const Preconditioning flow : flows()) {
    const PreconditionedFlow fast(flow, s.angles, s.matrices, options);
    const Vector expected = r - 0.1 * dense_flow(flow, s, options) * r;
    EXPECT_TRUE(test::near(fast.step(r, 0.1), expected, 1e-13)) << to_string(flow);
    EXPECT_TRUE(
        test::near(Vector(fast.step_float32(r.cast<float>(), 0.1).cast<double>()), expected, 1e-5));
  }
}

TEST(BlockFlow, FollowsTheResidualsOfAnyTarget) {
  const Sample s = sample(64, 2);
  const Vector r0 = -target_values(target("five"), s.angles.angle());  // 3 and 7 lie outside
  const BlockCoordinates start = block_coordinates(s.Phi, r0);
  EXPECT_TRUE(test::near(Vector(s.Phi.transpose() * start.perpendicular), Vector::Zero(5), 1e-12));
  for (const Preconditioning flow :
       {Preconditioning::theory, Preconditioning::empirical, Preconditioning::corrected}) {
    const BlockFlow block(flow, s.angles, s.matrices, start.perpendicular);
    const PreconditionedFlow full(flow, s.angles, s.matrices);
    Vector alpha = start.alpha;
    Vector r = r0;
    for (Index step = 0; step < 300; ++step) {
      alpha = block.step(alpha, 0.08);
      r = full.step(r, 0.08);
    }
    EXPECT_TRUE(test::near(r, Vector(s.Phi * alpha + start.perpendicular), 1e-12));
    for (Index step = 0; step < 2000; ++step) alpha = block.step(alpha, 0.08);
    EXPECT_TRUE(test::near(alpha, block.limit(), 1e-12)) << to_string(flow);
  }
}

TEST(BlockFlow, OfTheEmpiricalFlowIsGeometricDownToTinyNumbers) {
  const Sample s = sample(64, 2);
  const BlockFlow block(Preconditioning::empirical, s.angles, s.matrices, Vector::Zero(64));
  const Vector start{{1.0, -0.5, 0.25, 2.0, 0.125}};
  Vector alpha = start;
  for (Index step = 0; step < 1657; ++step) alpha = block.step(alpha, 0.08);
  const double factor = std::pow(0.92, 1657);  // 1e-60
  // M C = I up to cond(C) eps; s steps multiply the relative error by s, times the spread of alpha.
  EXPECT_TRUE(test::near(Vector(alpha / factor), start, 1657 * 0.1 * 100 * eps));
  EXPECT_LT(alpha.norm(), 1e-59);
}

TEST(PreconditionerDistance, IsThatOfTheDenseMatrices) {
  const Sample s = sample(300, 2);
  const PreconditionerOptions options{.reg = 1e-8};
  const PreconditionerDistance distance = preconditioner_distance(s.angles, s.matrices, options);
  const Matrix M = preconditioner(Preconditioning::theory, s.matrices, options) -
                   preconditioner(Preconditioning::empirical, s.matrices, options);
  const Matrix P = s.Phi * M * inverse(s.matrices.G) * s.Phi.transpose() / 300;
  EXPECT_TRUE(test::near(distance.P, P.cwiseAbs().maxCoeff(), 1e-13));
  EXPECT_TRUE(test::near(distance.B, Matrix(P * s.A).cwiseAbs().maxCoeff(), 1e-13));
  EXPECT_TRUE(test::near(distance.M, M.cwiseAbs().maxCoeff(), 1e-13));
  EXPECT_TRUE(test::near(distance.MC, Matrix(M * s.matrices.C).cwiseAbs().maxCoeff(), 1e-13));
}

}  // namespace
}  // namespace wideband::preconditioned_flow_test

#include "wideband/circle/plane_couplings.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "wideband/circle/basis.hpp"
#include "wideband/circle/tangent_gram.hpp"
#include "wideband/data/circle_points.hpp"

namespace wideband::plane_couplings_test {
namespace {

ShallowNetwork biased_network(Index m, double beta_b) {
  ShallowNetwork network = initial_network(Key(5).child("network"), m, beta_b);
  network.b = 0.7 * gaussians(Key(5).child("b"), m);
  return network;
}

// Sums of n m terms of order 1 over n m: 1e-12 is n eps with room for m = 700 > one chunk.
constexpr double tolerance = 1e-12;

TEST(PlaneCouplings, AreThoseOfTheDenseOperator) {
  for (const Index n : {24, 31, 9}) {
    for (const double beta_b : {1.0, 0.0, 0.5}) {
      for (const Index m : {7, 700}) {
        const Index cutoff = 4;
        const ArcNetwork network(biased_network(m, beta_b), grid_angles(n));
        const Matrix A = tangent_gram(network) / static_cast<double>(n);
        const Matrix U = plane_frame(grid_fourier_basis(n, cutoff));
        const Vector r = gaussians(Key(4), n);
        const PlaneCoupling coupling = PlaneCouplings(n, cutoff).at(network, r);

        Matrix parts = Matrix::Zero(n, cutoff + 2);
        for (Index k = 0; k <= cutoff; ++k) {
          const Matrix plane_k = plane(U, k);
          parts.col(k) = plane_k * (plane_k.transpose() * r);
          const double strength =
              (plane_k.transpose() * A * plane_k).trace() / static_cast<double>(plane_size(k));
          EXPECT_TRUE(test::near(coupling.strengths(k), strength, tolerance));
        }
        parts.col(cutoff + 1) = r - parts.leftCols(cutoff + 1).rowwise().sum();
        const double squared = r.squaredNorm();
        EXPECT_TRUE(
            test::near(coupling.W, Matrix(parts.transpose() * A * parts / squared), tolerance));
        EXPECT_TRUE(test::near(coupling.energies,
                               Vector(parts.colwise().squaredNorm().transpose() / squared),
                               tolerance));
        EXPECT_TRUE(test::near(coupling.trace, A.trace(), tolerance));
        EXPECT_TRUE(test::near(coupling.rate(), r.dot(A * r) / squared, tolerance));
      }
    }
  }
}

TEST(PlaneCouplings, PredictedRateWeighsStrengthsByEnergies) {
  PlaneCoupling coupling;
  coupling.strengths = (Vector(2) << 0.5, 0.25).finished();
  coupling.energies = (Vector(3) << 0.2, 0.4, 0.4).finished();
  coupling.W = Matrix::Constant(3, 3, 0.01);
  EXPECT_TRUE(test::near(coupling.predicted_rate(), 0.2 * 0.5 + 0.4 * 0.25 + 0.01, 1e-16));
  EXPECT_TRUE(test::near(coupling.diagonal_rate(), 0.03, 1e-16));
  EXPECT_TRUE(test::near(coupling.rate(), 0.09, 1e-16));
}

TEST(PlaneCouplings, RefusesCoarseGridsAndWrongLengths) {
  EXPECT_THROW(PlaneCouplings(8, 4), std::invalid_argument);
  EXPECT_THROW(PlaneCouplings(10, 0), std::invalid_argument);
  const PlaneCouplings couplings(16, 4);
  const ArcNetwork network(biased_network(3, 1), grid_angles(18));
  EXPECT_THROW(couplings.at(network, Vector::Ones(18)), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::plane_couplings_test

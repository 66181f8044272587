#include "wideband/circle/square_spreads.hpp"

#include <cmath>
#include <stdexcept>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "wideband/circle/arc_network.hpp"
#include "wideband/circle/basis.hpp"
#include "wideband/circle/continuum_blocks.hpp"
#include "wideband/circle/sample_matrices.hpp"
#include "wideband/circle/width_moments.hpp"
#include "wideband/data/circle_points.hpp"
#include "wideband/math/statistics.hpp"

namespace wideband::square_spreads_test {
namespace {

// K = 1, d = 3: n |G - I|^2 = 4 n |S_1|^2 + 2 n |S_2|^2, variance 16 + 4.
TEST(SampleSquareSpreads, OfThreeColumnsByHand) {
  const SampleSquareSpreads spreads = sample_square_spreads(AngleKernel::bias, 1);
  EXPECT_TRUE(test::near(spreads.gram, std::sqrt(20.0), 1e-14));
  const double l0 = 0.553963550927, l1 = 0.351321183642;
  const double w1 = 4 * std::pow(l0 + l1, 2), w2 = 2 * std::pow(2 * l1, 2);
  EXPECT_TRUE(test::near(spreads.compressed, std::hypot(w1, w2), 1e-11));
}

TEST(SampleSquareSpreads, AreZeroForTheConstantAlone) {
  EXPECT_EQ(sample_square_spreads(AngleKernel::bias, 0).gram, 0);
  EXPECT_EQ(sample_square_spreads(AngleKernel::bias, 0).compressed, 0);
  EXPECT_THROW(sample_square_spreads(AngleKernel::bias, -1), std::invalid_argument);
}

// The sample std of N squares errs by about sqrt((kurtosis - 1)/4N) of itself, at most 7 % here; at
// n = 400 the limit is about d/n off.
TEST(SampleSquareSpreads, AreThoseOfMeasuredSamples) {
  const Index n = 400, repetitions = 600, cutoff = 2;
  Vector gram(repetitions), compressed(repetitions), action(repetitions);
  const Matrix identity = Matrix::Identity(5, 5);
  for (Index i = 0; i < repetitions; ++i) {
    const SortedAngles angles(random_angles(n, Key(5).child(i)));
    const SampleMatrices m = sample_matrices(angles, {.cutoff = cutoff});
    gram[i] = static_cast<double>(n) * (m.G - identity).squaredNorm();
    compressed[i] = static_cast<double>(n) * (m.H - Matrix(m.lambda.asDiagonal())).squaredNorm();
    action[i] = m.E.squaredNorm();
  }
  const SampleSquareSpreads spreads = sample_square_spreads(AngleKernel::bias, cutoff);
  EXPECT_TRUE(test::relatively_near(summary(gram).std, spreads.gram, 0.2));
  EXPECT_TRUE(test::relatively_near(summary(compressed).std, spreads.compressed, 0.2));
  EXPECT_TRUE(test::relatively_near(summary(action).std, spreads.action, 0.2));
}

// One plane: x^2, x Gaussian of variance V_00; std sqrt2 V_00.
TEST(WidthSquareSpreads, OfTheConstantIsThatOfOneSquare) {
  const double V = WidthMoments({.cutoff = 0}).fro();
  EXPECT_TRUE(test::relatively_near(width_square_spreads(0, 1).whole, std::sqrt(2.0) * V, 1e-13));
  EXPECT_THROW(width_square_spreads(-1, 1), std::invalid_argument);
}

// Two independent squared moduli make up V_kl for k != l, both >= 1: the spread lies between
// V/sqrt2 (equal shares) and V (one alone). Parity leaves nothing between 2 and 3.
TEST(WidthSquareSpreads, OfBlocksLieBetweenThoseOfTwoAndOfOneExponential) {
  const Matrix V = WidthMoments({.cutoff = 5}).planes();
  const Matrix spreads = width_square_spreads(5, 1).planes;
  for (Index k = 0; k <= 5; ++k) {
    for (Index l = 0; l <= 5; ++l) {
      if (k == l) continue;
      EXPECT_GE(spreads(k, l), V(k, l) / std::sqrt(2.0) * (1 - 1e-12)) << k << l;
      EXPECT_LE(spreads(k, l), V(k, l) * (1 + 1e-12)) << k << l;
    }
  }
  EXPECT_TRUE(test::relatively_near(spreads(0, 2), V(0, 2), 1e-12));
  EXPECT_NEAR(spreads(2, 3), 0, 1e-15);
}

TEST(WidthSquareSpreads, AreThoseOfMeasuredNetworks) {
  const Index m = 400, repetitions = 600, cutoff = 2;
  const WidthMoments moments({.cutoff = cutoff});
  Vector whole(repetitions), corner(repetitions);
  for (Index i = 0; i < repetitions; ++i) {
    Matrix B = continuum_block(initial_network(Key(6).child(i), m, 1), cutoff);
    for (Index p = 0; p < 5; ++p) B(p, p) -= moments.eigenvalues()(basis_frequency(p));
    whole[i] = static_cast<double>(m) * B.squaredNorm();
    corner[i] = static_cast<double>(m) * B.block(0, 1, 1, 2).squaredNorm();
  }
  const WidthSquareSpreads spreads = width_square_spreads(cutoff, 1);
  EXPECT_TRUE(test::relatively_near(summary(whole).std, spreads.whole, 0.2));
  EXPECT_TRUE(test::relatively_near(summary(corner).std, spreads.planes(0, 1), 0.2));
}

}  // namespace
}  // namespace wideband::square_spreads_test

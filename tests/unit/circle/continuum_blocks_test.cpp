#include "wideband/circle/continuum_blocks.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"

namespace wideband::continuum_blocks_test {
namespace {

using test::eps;
using test::pi;

// Arcs of every kind: ordinary, always active, never active, nearly closed, without direction.
ShallowNetwork mixed_network(double beta_b) {
  ShallowNetwork network = initial_network(Key(3), 9, beta_b);
  network.b = gaussians(Key(4), 9);
  network.b(1) = 10;
  network.b(2) = -10;
  network.w1(3) = 0.6, network.w2(3) = -0.8, network.b(3) = 1 - 1e-9;
  network.w1(4) = network.w2(4) = 0, network.b(4) = 0.3;
  network.w1(5) = network.w2(5) = 0, network.b(5) = 0;
  return network;
}

TEST(ArcCoefficients, AreThoseOfTheHalfCircleWithoutBias) {
  // Both are a few operations from sin(k pi/2): k eps from powers of the unit direction.
  const HalfArc half = half_arc(20);
  const ArcCoefficients arc = arc_coefficients(1.7, 0, 20);
  EXPECT_TRUE(test::near(arc.gate, half.o, 20 * eps));
  EXPECT_TRUE(test::near(arc.cosine, half.h, 20 * eps));
  EXPECT_TRUE(test::near(arc.sine, half.s, 20 * eps));
}

TEST(ArcCoefficients, AreEmptyOrFullBeyondTheRadius) {
  const ArcCoefficients full = arc_coefficients(1, 2, 4);
  EXPECT_EQ(full.gate(0), 1);
  EXPECT_TRUE(test::near(full.gate.tail(4), Vector::Zero(4), 8 * eps));
  EXPECT_TRUE(test::near(full.cosine(1), std::sqrt(0.5), eps));
  const ArcCoefficients empty = arc_coefficients(1, -1, 4);
  EXPECT_EQ(empty.gate.norm() + empty.cosine.norm() + empty.sine.norm(), 0);
}

TEST(ContinuumBlock, AgreesWithQuadrature) {
  // Quadrature to 1e-14 of each coefficient; entries of B are sums of products of O(10) numbers.
  for (const double beta_b : {0.0, 1.0}) {
    const ShallowNetwork network = mixed_network(beta_b);
    const Matrix plain = plain_continuum_block(network, 5);
    const double tolerance = 1e-13 * plain.lpNorm<Eigen::Infinity>();
    EXPECT_TRUE(test::near(continuum_block(network, 5), plain, tolerance));
  }
}

TEST(ContinuumCoefficients, AgreeWithQuadrature) {
  const ShallowNetwork network = mixed_network(1);
  const Vector plain = plain_continuum_coefficients(network, 5);
  EXPECT_TRUE(test::near(continuum_coefficients(network, 5), plain, 1e-13 * plain.norm()));
}

TEST(ContinuumCoefficients, AreTheMeansOfTheOutputs) {
  // Midpoint sums on N angles: the outputs are piecewise smooth with kinks of slope R |a|, so the
  // error per mode is at most (2 pi/N)^2/24 (total variation of f')/2pi, f' + k f bounded by 100.
  const Index N = 4096;
  const ShallowNetwork network = mixed_network(1);
  const Vector angles = Vector::LinSpaced(N, 0, 2 * pi * (N - 1.0) / N);
  const Vector f = plain_outputs(network, angles);
  const Vector coefficients = continuum_coefficients(network, 2);
  const double tolerance = 100 * std::pow(2 * pi / N, 2) / 24;
  EXPECT_TRUE(test::near(coefficients(0), f.mean(), tolerance));
  EXPECT_TRUE(test::near(coefficients(4),
                         std::sqrt(2.0) * (f.array() * (2 * angles.array()).sin()).mean(),
                         tolerance));
}

TEST(HalfArcBlocks, AgreeWithTheGeneralBlock) {
  for (const double beta_b : {0.0, 1.0}) {
    const ShallowNetwork network = initial_network(Key(8), 300, beta_b);
    HalfArcBlocks sums(12, beta_b);
    sums.add(network);
    EXPECT_TRUE(test::near(sums.block(), continuum_block(network, 12), 25 * eps));
  }
}

TEST(HalfArcBlocks, RefuseBiasesAndEmptiness) {
  ShallowNetwork network = initial_network(Key(8), 3);
  network.b(1) = 1e-300;
  HalfArcBlocks sums(2, 1);
  EXPECT_THROW(sums.block(), std::invalid_argument);
  EXPECT_THROW(sums.add(network), std::invalid_argument);
}

TEST(InitialContinuumBlocks, AreThoseOfTheNestedNetworks) {
  const std::vector<Index> widths{1, 32, 1024, 1500, 3000};
  const std::vector<Matrix> blocks = initial_continuum_blocks(Key(11), widths, 6);
  for (std::size_t i = 0; i < widths.size(); ++i) {
    const Matrix expected = continuum_block(initial_network(Key(11), widths[i]), 6);
    EXPECT_TRUE(test::near(blocks[i], expected, 40 * eps)) << widths[i];
  }
}

TEST(InitialContinuumBlocks, DoNotDependOnTheOtherWidths) {
  const std::vector<Matrix> together = initial_continuum_blocks(Key(11), {32, 1024, 1500}, 4);
  EXPECT_EQ(together[1], initial_continuum_blocks(Key(11), {1024}, 4).front());
  EXPECT_EQ(together[2], initial_continuum_blocks(Key(11), {1500}, 4).front());
  EXPECT_THROW(initial_continuum_blocks(Key(11), {64, 32}, 4), std::invalid_argument);
  EXPECT_THROW(initial_continuum_blocks(Key(11), {0}, 4), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::continuum_blocks_test

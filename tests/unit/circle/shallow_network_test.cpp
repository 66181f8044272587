#include "wideband/circle/shallow_network.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"

namespace wideband::shallow_network_test {
namespace {

using test::eps;
using test::pi;

Vector grid(Index n) {
  Vector angles(n);
  for (Index i = 0; i < n; ++i)
    angles(i) = 2 * pi * static_cast<double>(i) / static_cast<double>(n);
  return angles;
}

ShallowNetwork biased_network(Index m, double beta_b = 1) {
  ShallowNetwork network = initial_network(Key(5).child("network"), m, beta_b);
  network.b = 0.7 * gaussians(Key(5).child("b"), m);
  return network;
}

TEST(ShallowNetwork, OneNeuronByHand) {
  // a = 2, w = (3, 4), b = -1 at g = 0 and g = pi: z = 2 and z = -4.
  ShallowNetwork network{Vector::Constant(1, 2.0), Vector::Constant(1, 3.0),
                         Vector::Constant(1, 4.0), Vector::Constant(1, -1.0), 1};
  Vector angles(2);
  angles << 0, pi;
  const Vector f = plain_outputs(network, angles);
  EXPECT_TRUE(test::near(f(0), 4, 8 * eps));
  EXPECT_EQ(f(1), 0);
  network.beta_b = 0;
  EXPECT_TRUE(test::near(plain_outputs(network, angles)(0), 6, 8 * eps));
}

TEST(ShallowNetwork, NarrowNetworksAreTheFirstNeuronsOfWideOnes) {
  const ShallowNetwork narrow = initial_network(Key(3), 5);
  const ShallowNetwork wide = initial_network(Key(3), 1000);
  EXPECT_EQ(narrow.a, wide.a.head(5));
  EXPECT_EQ(narrow.w1, wide.w1.head(5));
  EXPECT_EQ(narrow.w2, wide.w2.head(5));
  EXPECT_EQ(wide.b, Vector::Zero(1000));
  EXPECT_NE(wide.a, wide.w1);
}

TEST(InitialNeurons, AreAPieceOfTheNetwork) {
  const ShallowNetwork whole = initial_network(Key(3), 1000, 0.5);
  const ShallowNetwork piece = initial_neurons(Key(3), 321, 100, 0.5);
  EXPECT_EQ(piece.a, whole.a.segment(321, 100));
  EXPECT_EQ(piece.w1, whole.w1.segment(321, 100));
  EXPECT_EQ(piece.w2, whole.w2.segment(321, 100));
  EXPECT_EQ(piece.b, Vector::Zero(100));
  EXPECT_EQ(piece.beta_b, 0.5);
}

TEST(ShallowNetwork, RefusesBadShapes) {
  EXPECT_THROW(initial_network(Key(1), 0), std::invalid_argument);
  ShallowNetwork network = biased_network(4);
  network.w2.conservativeResize(3);
  EXPECT_THROW(plain_outputs(network, grid(8)), std::invalid_argument);
}

TEST(PlainGradient, IsTheDerivativeOfTheLoss) {
  // Central differences of the loss have error h^2 + eps/h times values of order 10 where no gate
  // switches; h = 1e-5 gives 1e-9 with the constants left generous.
  const ShallowNetwork network = biased_network(6);
  const Vector angles = grid(17);
  const Vector y = gaussians(Key(8), 17);
  const ParameterVector gradient =
      plain_gradient(network, angles, plain_outputs(network, angles) - y);
  const auto loss = [&](const ShallowNetwork& at) {
    return (plain_outputs(at, angles) - y).squaredNorm() / 2;
  };
  const double h = 1e-5;
  Vector ShallowNetwork::*const blocks[] = {&ShallowNetwork::a, &ShallowNetwork::w1,
                                            &ShallowNetwork::w2, &ShallowNetwork::b};
  const Vector* const expected[] = {&gradient.a, &gradient.w1, &gradient.w2, &gradient.b};
  for (int block = 0; block < 4; ++block) {
    for (Index j = 0; j < 6; ++j) {
      ShallowNetwork above = network, below = network;
      (above.*blocks[block])(j) += h;
      (below.*blocks[block])(j) -= h;
      EXPECT_TRUE(test::near((loss(above) - loss(below)) / (2 * h), (*expected[block])(j), 1e-7));
    }
  }
}

TEST(DenseStepper, TakesThePlainStep) {
  for (const double beta_b : {1.0, 0.0, 0.5}) {
    ShallowNetwork plain = biased_network(37, beta_b);
    const Vector angles = grid(64);
    const Vector y = gaussians(Key(9), 64);
    DenseStepper dense(plain, angles);
    for (int s = 0; s < 20; ++s) {
      const double loss = plain_step(plain, angles, y, 1e-3);
      EXPECT_TRUE(test::relatively_near(dense.step(y, 1e-3), loss, 1e-12));
    }
    // 20 steps, each a sum of 64 terms of order 1 times 1e-3: 1e3 eps is generous by 10.
    EXPECT_TRUE(test::near(dense.network().a, plain.a, 1e3 * eps));
    EXPECT_TRUE(test::near(dense.network().w1, plain.w1, 1e3 * eps));
    EXPECT_TRUE(test::near(dense.network().w2, plain.w2, 1e3 * eps));
    EXPECT_TRUE(test::near(dense.network().b, plain.b, 1e3 * eps));
  }
}

}  // namespace
}  // namespace wideband::shallow_network_test

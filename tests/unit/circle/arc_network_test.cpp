#include "wideband/circle/arc_network.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"

namespace wideband::arc_network_test {
namespace {

using test::eps;
using test::pi;

Vector grid(Index n) {
  Vector angles(n);
  for (Index i = 0; i < n; ++i)
    angles(i) = 2 * pi * static_cast<double>(i) / static_cast<double>(n);
  return angles;
}

Vector sorted_iid(Index n) {
  Vector angles = 2 * pi * uniforms(Key(static_cast<std::uint64_t>(n)).child("angles"), n);
  std::sort(angles.begin(), angles.end());
  return angles;
}

ShallowNetwork biased_network(Index m, double beta_b = 1) {
  ShallowNetwork network = initial_network(Key(5).child("network"), m, beta_b);
  network.b = 0.7 * gaussians(Key(5).child("b"), m);
  return network;
}

double output_scale(const ShallowNetwork& network) {
  return (network.a.array().abs() *
          (network.w1.array().abs() + network.w2.array().abs() + network.b.array().abs()))
             .sum() /
         std::sqrt(static_cast<double>(network.width()));
}

void expect_equal(const ParameterVector& measured, const ParameterVector& expected,
                  double tolerance) {
  EXPECT_TRUE(test::near(measured.a, expected.a, tolerance));
  EXPECT_TRUE(test::near(measured.w1, expected.w1, tolerance));
  EXPECT_TRUE(test::near(measured.w2, expected.w2, tolerance));
  EXPECT_TRUE(test::near(measured.b, expected.b, tolerance));
}

TEST(ArcNetwork, OutputsAndGradientAreThoseOfThePlainNetwork) {
  for (const Vector& angles : {grid(64), grid(63), sorted_iid(64), grid(1)}) {
    for (const double beta_b : {1.0, 0.0, 0.5}) {
      const ShallowNetwork network = biased_network(50, beta_b);
      const ArcNetwork arcs(network, angles);
      const double n_and_m = static_cast<double>(angles.size() + 50 + 8);
      EXPECT_TRUE(test::near(arcs.outputs(), plain_outputs(network, angles),
                             2 * n_and_m * eps * output_scale(network)));
      const Vector v = gaussians(Key(11), angles.size());
      // Each entry is a difference of prefix sums of n terms |v_i|, times at most 4 |parameters|.
      const double bound = 2 * n_and_m * eps * v.lpNorm<1>() * 12;
      expect_equal(arcs.transposed_jacobian(v), plain_gradient(network, angles, v), bound);
    }
  }
}

TEST(ArcNetwork, StepsLikeThePlainNetwork) {
  for (const Vector& angles : {grid(96), grid(95), sorted_iid(96)}) {
    for (const double beta_b : {1.0, 0.0}) {
      ShallowNetwork plain = initial_network(Key(7), 40, beta_b);
      ArcNetwork arcs(plain, angles);
      const Vector y = gaussians(Key(12), angles.size());
      for (int s = 0; s < 300; ++s) {
        const Vector r = plain_outputs(plain, angles) - y;
        const double squared = plain_gradient(plain, angles, r).squared_norm();
        const double loss = plain_step(plain, angles, y, 1e-3);
        const ArcStep step = arcs.step(y, 1e-3);
        ASSERT_TRUE(test::relatively_near(step.loss, loss, 1e-11)) << s;
        ASSERT_TRUE(test::relatively_near(step.squared_gradient, squared, 1e-10)) << s;
        ASSERT_TRUE(test::relatively_near(
            step.rate, squared / (static_cast<double>(angles.size()) * r.squaredNorm()), 1e-10));
      }
      EXPECT_TRUE(test::near(arcs.network().a, plain.a, 1e-11));
      EXPECT_TRUE(test::near(arcs.network().w1, plain.w1, 1e-11));
      EXPECT_TRUE(test::near(arcs.network().w2, plain.w2, 1e-11));
      EXPECT_TRUE(test::near(arcs.network().b, plain.b, 1e-11));
    }
  }
}

TEST(ArcNetwork, JacobianIsTheAdjointAndTheDerivative) {
  const ShallowNetwork network = biased_network(30);
  const Vector angles = grid(48);
  const ArcNetwork arcs(network, angles);
  const Vector v = gaussians(Key(1), 48);
  const ParameterVector p{gaussians(Key(2), 30), gaussians(Key(3), 30), gaussians(Key(4), 30),
                          gaussians(Key(5), 30)};
  const ParameterVector g = arcs.transposed_jacobian(v);
  const Vector Jp = arcs.jacobian(p);
  EXPECT_TRUE(
      test::near(v.dot(Jp), g.a.dot(p.a) + g.w1.dot(p.w1) + g.w2.dot(p.w2) + g.b.dot(p.b), 1e-11));
  // f is quadratic along p while no gate switches: the central difference is exact to eps/h, and
  // h = 1e-6 turns no arc end here by more than the distance to the next sample.
  ShallowNetwork above = network, below = network;
  const double h = 1e-6;
  above.a += h * p.a, above.w1 += h * p.w1, above.w2 += h * p.w2, above.b += h * p.b;
  below.a -= h * p.a, below.w1 -= h * p.w1, below.w2 -= h * p.w2, below.b -= h * p.b;
  EXPECT_TRUE(test::near(
      Jp, (plain_outputs(above, angles) - plain_outputs(below, angles)) / (2 * h), 1e-8));
}

TEST(ArcNetwork, TangentProductsAreJJt) {
  for (const double beta_b : {1.0, 0.0, 0.5}) {
    for (const Vector& angles : {grid(48), sorted_iid(47)}) {
      const ArcNetwork arcs(biased_network(30, beta_b), angles);
      const Index n = angles.size();
      Matrix V(n, 3);
      for (int k = 0; k < 3; ++k) V.col(k) = gaussians(Key(31).child(k), n);
      const Matrix AV = arcs.tangent_products(V);
      for (int k = 0; k < 3; ++k) {
        const Vector v = V.col(k);
        const Vector JJv = arcs.jacobian(arcs.transposed_jacobian(v)) / static_cast<double>(n);
        EXPECT_TRUE(test::near(arcs.tangent_product(v), JJv, 1e-12));
        EXPECT_TRUE(test::near(Vector(AV.col(k)), JJv, 1e-12));
      }
    }
  }
}

TEST(ArcNetwork, BrokenAndDegenerateNeuronsTakePart) {
  // Half circles ending on samples, a neuron with w = 0, and dead ones among ordinary ones.
  const Index n = 24;
  const Vector angles = grid(n);
  ShallowNetwork network = biased_network(n + 4);
  for (Index j = 0; j < n; ++j) {
    network.w1(j) = std::cos(angles(j));
    network.w2(j) = std::sin(angles(j));
    network.b(j) = j % 2 == 0 ? 0.0 : -std::cos(angles(5));
  }
  network.w1(n) = network.w2(n) = network.b(n) = 0;
  network.w1(n + 1) = network.w2(n + 1) = 0;
  ArcNetwork arcs(network, angles);
  const Vector y = gaussians(Key(3), n);
  for (int s = 0; s < 50; ++s) {
    EXPECT_TRUE(test::near(arcs.outputs(), plain_outputs(network, angles), 1e-12));
    const double loss = plain_step(network, angles, y, 1e-3);
    EXPECT_TRUE(test::relatively_near(arcs.step(y, 1e-3).loss, loss, 1e-12));
  }
}

TEST(ArcNetwork, NeuronsKeepTheCallersOrder) {
  const ShallowNetwork network = biased_network(64);
  const ArcNetwork arcs(network, grid(32));
  EXPECT_EQ(arcs.network().a, network.a);
  EXPECT_EQ(arcs.network().w1, network.w1);
  EXPECT_EQ(arcs.network().w2, network.w2);
  EXPECT_EQ(arcs.network().b, network.b);
}

TEST(ArcNetwork, StopsWhereTheLossIsNotFinite) {
  ShallowNetwork network = biased_network(16);
  network.a(3) = 1e200;
  ArcNetwork arcs(network, grid(32));
  EXPECT_FALSE(std::isfinite(arcs.step(Vector::Ones(32), 1).loss));
  EXPECT_EQ(arcs.network().a, network.a);
  EXPECT_EQ(arcs.outputs(), ArcNetwork(network, grid(32)).outputs());
}

TEST(ArcNetwork, RefusesWrongLengths) {
  ArcNetwork arcs(initial_network(Key(2), 4), grid(8));
  EXPECT_THROW(arcs.step(Vector::Ones(7), 1), std::invalid_argument);
  EXPECT_THROW(arcs.transposed_jacobian(Vector::Ones(9)), std::invalid_argument);
  EXPECT_THROW(arcs.tangent_product(Vector::Ones(9)), std::invalid_argument);
  EXPECT_THROW(arcs.tangent_products(Matrix::Ones(9, 2)), std::invalid_argument);
  EXPECT_THROW(arcs.jacobian({Vector(4), Vector(3), Vector(4), Vector(4)}), std::invalid_argument);
}

TEST(ArcNetworkFull, KeepsItsArcsExactOverAHundredThousandSteps) {
  // The active sets at the end are those of the dense sign test, and the outputs follow.
  const Index n = 256;
  const Vector angles = grid(n);
  ArcNetwork arcs(initial_network(Key(4), 64), angles);
  Vector y(n);
  for (Index i = 0; i < n; ++i) y(i) = 1 + std::cos(angles(i)) + std::cos(5 * angles(i));
  for (int s = 0; s < 100000; ++s) {
    arcs.step(y, 1e-3);
    if (s % 1000 != 0) continue;
    const ShallowNetwork network = arcs.network();
    ASSERT_TRUE(test::near(arcs.outputs(), plain_outputs(network, angles),
                           2 * 328 * eps * output_scale(network)))
        << s;
  }
}

}  // namespace
}  // namespace wideband::arc_network_test

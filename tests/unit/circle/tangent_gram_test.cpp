#include "wideband/circle/tangent_gram.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"

namespace wideband::tangent_gram_test {
namespace {

using test::eps;
using test::pi;

Vector grid(Index n) {
  Vector angles(n);
  for (Index i = 0; i < n; ++i)
    angles(i) = 2 * pi * static_cast<double>(i) / static_cast<double>(n);
  return angles;
}

ShallowNetwork biased_network(Index m, double beta_b) {
  ShallowNetwork network = initial_network(Key(5).child("network"), m, beta_b);
  network.b = 0.7 * gaussians(Key(5).child("b"), m);
  return network;
}

TEST(TangentGram, IsThePlainOne) {
  for (const Index n : {1, 2, 40, 41, 67}) {
    for (const double beta_b : {1.0, 0.0, 0.5}) {
      Vector iid = 2 * pi * uniforms(Key(6), n);
      std::sort(iid.begin(), iid.end());
      for (const Vector& angles : {grid(n), iid}) {
        const ShallowNetwork network = biased_network(33, beta_b);
        const Matrix plain = plain_tangent_gram(network, angles);
        const Matrix fast = tangent_gram(ArcNetwork(network, angles));
        // Sums over at most 2m entries and n columns, whose partial sums are bounded by those of
        // all neurons: (2m + n) eps times the sum of their largest contributions.
        double largest = 0;
        for (Index j = 0; j < 33; ++j) {
          const double z =
              std::abs(network.w1(j)) + std::abs(network.w2(j)) + std::abs(network.b(j));
          largest += (z * z + 2 * network.a(j) * network.a(j)) / 33;
        }
        EXPECT_TRUE(test::near(fast, plain, static_cast<double>(2 * 33 + n + 8) * eps * largest));
        EXPECT_EQ(fast, fast.transpose());
      }
    }
  }
}

TEST(TangentGram, ActsLikeTheTangentProduct) {
  const Index n = 50;
  const ArcNetwork network(biased_network(20, 1), grid(n));
  const Vector v = gaussians(Key(8), n);
  EXPECT_TRUE(test::near(Vector(tangent_gram(network) * v / static_cast<double>(n)),
                         network.tangent_product(v), 1e-12));
}

}  // namespace
}  // namespace wideband::tangent_gram_test

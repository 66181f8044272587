#include "wideband/random/key.hpp"

#include <cmath>
#include <numbers>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "support/compare.hpp"

namespace wideband::key_test {
namespace {

TEST(Philox, KnownAnswers) {
  // The philox4x64 10 lines of kat_vectors in the distribution of Random123 1.14.
  using Block = std::array<std::uint64_t, 4>;
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (Block{0x16554d9eca36314c, 0xdb20fe9d672d0fdc,
                                                 0xd7e772cee186176b, 0x7e68b68aec7ba23b}));
  constexpr std::uint64_t ones = ~std::uint64_t{0};
  EXPECT_EQ(
      philox({ones, ones, ones, ones}, {ones, ones}),
      (Block{0x87b092c3013fe90b, 0x438c3c67be8d0224, 0x9cc7d7c69cd777b6, 0xa09caebf594f0ba0}));
  EXPECT_EQ(
      philox({0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x082efa98ec4e6c89},
             {0x452821e638d01377, 0xbe5466cf34e90c6c}),
      (Block{0xa528f45403e61d95, 0x38c72dbd566e9788, 0xa5a1610e72fd18b5, 0x57bd43b5e52b7fe6}));
}

TEST(Key, ChildrenAreDistinctAndReproducible) {
  const Key root(7);
  std::set<std::pair<std::uint64_t, std::uint64_t>> seen = {{root.high(), root.low()}};
  const auto insert = [&](const Key& key) { return seen.insert({key.high(), key.low()}).second; };
  for (Index i = 0; i < 1000; ++i) EXPECT_TRUE(insert(root.child(i)));
  std::string name;
  for (int length = 0; length < 40; ++length, name += 'a') EXPECT_TRUE(insert(root.child(name)));
  EXPECT_TRUE(insert(root.child("weights")));
  EXPECT_TRUE(insert(root.child(std::string_view("a\0", 2))));  // not the child named "a"
  EXPECT_TRUE(insert(root.child("weights").child(3)));
  EXPECT_TRUE(insert(root.child(3).child("weights")));
  EXPECT_EQ(Key(7).child("weights").child(3), root.child("weights").child(3));
  EXPECT_NE(Key(8).child("weights"), root.child("weights"));
}

TEST(Key, RefusesNegativeIndices) {
  EXPECT_THROW(Key(1).child(Index{-1}), std::invalid_argument);
  EXPECT_THROW(uniform(Key(1), -1), std::invalid_argument);
  EXPECT_THROW(gaussian(Key(1), -1), std::invalid_argument);
  EXPECT_THROW(uniforms(Key(1), -1), std::invalid_argument);
  EXPECT_THROW(gaussians(Key(1), 4, -1), std::invalid_argument);
}

TEST(Stream, BulkEqualsSingleBitForBit) {
  const Key key = Key(3).child("bulk");
  for (const Index first : {0, 1, 2, 3, 5, 255, 256, 1021}) {
    for (const Index count : {0, 1, 2, 3, 4, 5, 255, 256, 257, 600}) {
      const Vector u = uniforms(key, count, first);
      const Vector g = gaussians(key, count, first);
      ASSERT_EQ(u.size(), count);
      ASSERT_EQ(g.size(), count);
      for (Index i = 0; i < count; ++i) {
        ASSERT_EQ(u[i], uniform(key, first + i));
        ASSERT_EQ(g[i], gaussian(key, first + i));
      }
    }
  }
}

TEST(Stream, GaussiansAreBoxMullerOfTheirBlock) {
  // The words of the block behind element 4 j, through the C library's functions: formula (1). The
  // rounded angle 2 pi v is off by up to 7e-16, and rho <= 8.6.
  const Key key = Key(4).child("formula");
  for (Index j = 0; j < 20000; ++j) {
    const auto words = philox({static_cast<std::uint64_t>(j), 0, 0, 2}, {key.low(), key.high()});
    for (std::size_t pair = 0; pair < 4; pair += 2) {
      const double u = (static_cast<double>(words[pair] >> 11) + 1) * 0x1p-53;
      const double v = static_cast<double>(words[pair + 1] >> 11) * 0x1p-53;
      const double rho = std::sqrt(-2 * std::log(u));
      const double angle = 2 * std::numbers::pi * v;
      const Index i = 4 * j + static_cast<Index>(pair);
      ASSERT_TRUE(test::near(gaussian(key, i), rho * std::cos(angle), 1e-14));
      ASSERT_TRUE(test::near(gaussian(key, i + 1), rho * std::sin(angle), 1e-14));
    }
  }
}

// Sample moments within five standard errors: chance of a false alarm below 1e-5 in all.
void expect_mean(const Vector& values, double expected, double variance) {
  const double error = std::sqrt(variance / static_cast<double>(values.size()));
  EXPECT_TRUE(test::near(values.mean(), expected, 5 * error));
}

TEST(Stream, UniformMoments) {
  const Vector u = uniforms(Key(11).child("uniform"), 1 << 20);
  EXPECT_GE(u.minCoeff(), 0);
  EXPECT_LT(u.maxCoeff(), 1);
  expect_mean(u, 0.5, 1.0 / 12);
  expect_mean(u.cwiseProduct(u), 1.0 / 3, 1.0 / 5 - 1.0 / 9);
}

TEST(Stream, GaussianMomentsAndTail) {
  const Vector g = gaussians(Key(11).child("gaussian"), 1 << 20);
  const Vector square = g.cwiseProduct(g);
  expect_mean(g, 0, 1);
  expect_mean(square, 1, 2);                               // 3 - 1
  expect_mean(square.cwiseProduct(g), 0, 15);              // E g^6
  expect_mean(square.cwiseProduct(square), 3, 105 - 9);    // E g^8 - 9
  const double tail = std::erfc(2 / std::numbers::sqrt2);  // P(|g| > 2)
  expect_mean((square.array() > 4).cast<double>().matrix(), tail, tail * (1 - tail));
}

TEST(Stream, NeighborsAndRelativesAreUncorrelated) {
  // The mean of a product of two independent standard normal numbers has variance 1 / n.
  const Key key(12);
  const Index n = 1 << 18;
  const Vector g = gaussians(key, n + 1);
  const auto expect_uncorrelated = [&](const Vector& other) {
    expect_mean(g.head(n).cwiseProduct(other), 0, 1);
  };
  expect_uncorrelated(g.tail(n));
  expect_uncorrelated(gaussians(key.child(0), n));
  expect_uncorrelated(gaussians(key.child("a"), n));
  expect_uncorrelated(gaussians(Key(13), n));
  const Vector u = uniforms(key, n);
  expect_mean(g.head(n).cwiseProduct((u.array() - 0.5).matrix()), 0, 1.0 / 12);
  const Vector a = gaussians(key.child(1), n);
  expect_mean(a.cwiseProduct(gaussians(key.child(2), n)), 0, 1);
}

}  // namespace
}  // namespace wideband::key_test

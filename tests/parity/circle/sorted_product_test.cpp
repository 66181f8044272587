#include "wideband/circle/sorted_product.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/circle/dense_product.hpp"
#include "wideband/random/key.hpp"

namespace wideband::sorted_product_test {
namespace {

using test::pi;

// The bound that the header states, |v|_1 / n, plus the twin's own 4 eps per entry.
double bound(const Vector& v, Index n) {
  return (2e-15 + 9e-16) * v.lpNorm<1>() / static_cast<double>(n);
}

Vector sorted_uniform(const Key& key, Index n) {
  Vector g = 2 * pi * uniforms(key, n);
  std::sort(g.begin(), g.end());
  return g;
}

void expect_parity(const Vector& g, const Vector& v) {
  const SortedAngles samples(g);
  for (const AngleKernel kernel : angle_kernels()) {
    const Vector y = operator_product(kernel, samples, v);
    const Vector expected = dense_product(kernel, g, g, v);
    EXPECT_TRUE(test::near(y, expected, bound(v, g.size())))
        << to_string(kernel) << ", n = " << g.size();
  }
}

TEST(SortedProduct, EqualsTheDenseTwinForRandomAngles) {
  const Key key(1);
  for (const Index n : {1, 2, 3, 4, 17, 100, 501}) {
    const Vector g = sorted_uniform(key.child(n), n);
    expect_parity(g, Vector::Ones(n));
    expect_parity(g, gaussians(key.child("v").child(n), n));
  }
}

TEST(SortedProduct, EqualsTheDenseTwinOnGridsAndUnderTies) {
  for (const Index n : {2, 3, 64, 65}) {
    Vector grid(n);
    for (Index i = 0; i < n; ++i)
      grid[i] = 2 * pi * static_cast<double>(i) / static_cast<double>(n);
    expect_parity(grid, gaussians(Key(2), n));
  }
  Vector ties(9);
  ties << 0, 0, 1, 1, 1, pi, pi, 1 + pi, std::nextafter(2 * pi, 0.0);
  expect_parity(ties, gaussians(Key(3), 9));
  expect_parity(Vector::Constant(5, 2.0), gaussians(Key(4), 5));
}

TEST(SortedProduct, EqualsTheDenseTwinOfClusteredAngles) {
  Vector half = sorted_uniform(Key(5), 80) / 16;
  expect_parity(half, Vector::Ones(80));
  half = (half.array() + 6.28 - half[79]).matrix();
  expect_parity(half, gaussians(Key(6), 80));
}

TEST(SortedProduct, OfColumnsIsThatOfEachColumnToTheBit) {
  const Index n = 100;
  const SortedAngles samples(sorted_uniform(Key(7), n));
  for (const Index columns : {1, 2, 7, 8, 21}) {
    Matrix V(n, columns);
    for (Index c = 0; c < columns; ++c) V.col(c) = gaussians(Key(8).child(c), n);
    const Matrix Y = operator_products(AngleKernel::bias, samples, V);
    for (Index c = 0; c < columns; ++c) {
      EXPECT_EQ(Y.col(c), operator_product(AngleKernel::bias, samples, V.col(c))) << c;
    }
    const Matrix part = operator_products(AngleKernel::bias, samples, V.leftCols(1));
    EXPECT_EQ(part.col(0), Y.col(0));
  }
}

TEST(SortedProduct, AtProbesEqualsTheDenseTwin) {
  const Vector g = sorted_uniform(Key(9), 200);
  const Vector z = sorted_uniform(Key(10), 77);
  const Vector v = gaussians(Key(11), 200);
  for (const AngleKernel kernel : angle_kernels()) {
    const Vector y = probe_product(kernel, SortedAngles(z), SortedAngles(g), v);
    EXPECT_TRUE(test::near(y, dense_product(kernel, z, g, v), bound(v, 200)));
  }
}

// A million samples, a few rows of the twin: the stated accuracy, for v = 1 and for random v.
TEST(SortedProduct, KeepsItsAccuracyAtAMillion) {
  const Index n = 1000000;
  const Vector g = sorted_uniform(Key(12), n);
  const SortedAngles samples(g);
  Vector z(8);
  Vector index(8);
  for (Index i = 0; i < 8; ++i) {
    index[i] = static_cast<double>(i * (n - 1) / 7);
    z[i] = g[static_cast<Index>(index[i])];
  }
  const Vector vectors[] = {Vector::Ones(n), gaussians(Key(13), n)};
  for (const Vector& v : vectors) {
    for (const AngleKernel kernel : {AngleKernel::bias, AngleKernel::K0}) {
      const Vector y = operator_product(kernel, samples, v);
      const Vector expected = dense_product(kernel, z, g, v);
      for (Index i = 0; i < 8; ++i) {
        EXPECT_TRUE(test::near(y[static_cast<Index>(index[i])], expected[i],
                               2e-15 * v.lpNorm<1>() / static_cast<double>(n)));
      }
    }
  }
}

}  // namespace
}  // namespace wideband::sorted_product_test

#include "wideband/math/chebyshev.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"

namespace wideband::chebyshev_test {
namespace {

using test::eps;

TEST(Chebyshev, ReproducesAnEntireFunction) {
  std::vector<double> values;
  for (const double x : chebyshev_points(20, 1, 3)) values.push_back(std::exp(x));
  const std::vector<double> c = chebyshev_coefficients(values);
  for (const double x : {1.0, 1.3, 2.0, 2.99, 3.0}) {
    EXPECT_TRUE(test::near(chebyshev_sum(c, x - 2), std::exp(x), 64 * eps));
  }
  EXPECT_LE(std::abs(c[19]), 64 * eps);
}

TEST(Chebyshev, OfOnePointIsTheValue) {
  EXPECT_EQ(chebyshev_points(1, 2, 4)[0], 3 + std::cos(std::acos(-1.0) / 2));
  const std::vector<double> value = {7};
  EXPECT_EQ(chebyshev_coefficients(value)[0], 7);
  EXPECT_EQ(chebyshev_sum(value, 0.4), 7);
}

TEST(Chebyshev, PolynomialsAreCosines) {
  const std::vector<double> T = chebyshev_polynomials(6, std::cos(0.7));
  for (int k = 0; k < 6; ++k) {
    EXPECT_TRUE(test::near(T[static_cast<std::size_t>(k)], std::cos(0.7 * k), 8 * eps));
  }
}

}  // namespace
}  // namespace wideband::chebyshev_test

#include "wideband/circle/spectrum_reference.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/circle/spectrum.hpp"

namespace wideband::spectrum_reference_test {
namespace {

using test::eps;

TEST(RelativeRounding, OfTheClosedFormIsBelowEightEps) {
  for (const AngleKernel kernel : angle_kernels()) {
    for (const Index n : {1, 2, 3, 4, 16, 1001, 1048576}) {
      for (Index k = 0; k <= n / 2; k += 1 + n / 8) {
        const double value = grid_eigenvalue(kernel, n, k);
        EXPECT_TRUE(test::near(relative_rounding(kernel, n, k, value), 0, 8 * eps))
            << to_string(kernel) << " n = " << n << " k = " << k;
      }
    }
  }
}

TEST(RelativeRounding, SeesOneUnitInTheLastPlace) {
  // tests/golden/circle/spectrum.csv: the 25-digit value nearest to which this double is.
  const double value = grid_eigenvalue(AngleKernel::bias, 131072, 65534);
  const double base = relative_rounding(AngleKernel::bias, 131072, 65534, value);
  const double next = relative_rounding(AngleKernel::bias, 131072, 65534, value * (1 + 4 * eps));
  EXPECT_TRUE(test::near(next - base, 4 * eps, .51 * eps));
  EXPECT_TRUE(test::near(
      relative_rounding(AngleKernel::bias, 131072, 65534, 5.820766110295802365948721e-11), 0,
      .51 * eps));
}

TEST(RelativeRounding, IsTheValueItselfAtAZero) {
  EXPECT_EQ(relative_rounding(AngleKernel::nobias, 64, 5, 1e-17), 1e-17);
  EXPECT_THROW(relative_rounding(AngleKernel::nobias, 64, 33, 0), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::spectrum_reference_test

#include "wideband/circle/angle_kernel.hpp"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"

namespace wideband::angle_kernel_test {
namespace {

using test::eps;
using test::pi;

TEST(KernelValue, AgreesWithTheClosedFormsAtTableAngles) {
  // Theta_bias and Theta_nobias at pi/3 and pi/2 from the closed form in 40 digits.
  EXPECT_TRUE(test::near(kernel_value(AngleKernel::bias, 0), 1.5, 2 * eps));
  EXPECT_TRUE(test::near(kernel_value(AngleKernel::nobias, 0), 1.0, 2 * eps));
  EXPECT_TRUE(test::near(kernel_value(AngleKernel::K0, 0), 0.5, eps));
  EXPECT_TRUE(test::near(kernel_value(AngleKernel::bias, pi / 3), 0.804498890522115, 1e-15));
  EXPECT_TRUE(test::near(kernel_value(AngleKernel::nobias, pi / 3), 0.471165557188781, 1e-15));
  EXPECT_TRUE(test::near(kernel_value(AngleKernel::bias, pi / 2), 0.409154943091895, 1e-15));
  EXPECT_EQ(kernel_value(AngleKernel::bias, pi), 0);
}

TEST(KernelValue, KeepsItsDigitsNearTheAntipode) {
  // Series in u = pi - d: K0 = u^3/(6 pi) + O(u^5), Theta_bias = 5 u^3/(12 pi) + O(u^5); u is exact
  // in d.
  const double delta = pi - 0x1p-20;
  const double u = pi - delta;
  EXPECT_TRUE(
      test::relatively_near(kernel_value(AngleKernel::K0, delta), u * u * u / (6 * pi), 1e-11));
  EXPECT_TRUE(test::relatively_near(kernel_value(AngleKernel::bias, delta),
                                    5 * u * u * u / (12 * pi), 1e-11));
}

TEST(KernelValue, BlocksAddUp) {
  for (double delta = 0; delta <= pi; delta += 0.01) {
    const double K0 = kernel_value(AngleKernel::K0, delta);
    const double K1 = kernel_value(AngleKernel::K1, delta);
    EXPECT_TRUE(
        test::near(kernel_value(AngleKernel::nobias, delta), K0 + std::cos(delta) * K1, 4 * eps));
    EXPECT_TRUE(test::near(kernel_value(AngleKernel::bias, delta), K0 + (1 + std::cos(delta)) * K1,
                           4 * eps));
  }
}

TEST(KernelValue, RefusesAnglesThatAreNoDistances) {
  EXPECT_THROW(kernel_value(AngleKernel::K0, -0.1), std::domain_error);
  EXPECT_THROW(kernel_value(AngleKernel::K0, 3.2), std::domain_error);
  EXPECT_THROW(kernel_value(AngleKernel::K0, std::nan("")), std::domain_error);
}

TEST(AngleKernel, NamesRoundTripAndTyposAreNamed) {
  for (const AngleKernel kernel : angle_kernels())
    EXPECT_EQ(angle_kernel(to_string(kernel)), kernel);
  try {
    angle_kernel("nobais");
    FAIL() << "did not throw";
  } catch (const std::invalid_argument& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("did you mean \"nobias\"?"));
  }
}

TEST(AngularDistance, WrapsAround) {
  EXPECT_TRUE(test::near(angular_distance(0.1, 2 * pi - 0.1), 0.2, 4 * eps));
  EXPECT_EQ(angular_distance(1.0, 1.0), 0);
}

}  // namespace
}  // namespace wideband::angle_kernel_test

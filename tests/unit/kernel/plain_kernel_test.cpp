#include "wideband/kernel/plain_kernel.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/kernel_points.hpp"

namespace wideband::plain_kernel_test {
namespace {

const Matrix golden_rows = (Matrix(2, 3) << 1, 2, -1, 0.5, -1, 3).finished();

// Values in 40-digit arithmetic from the definition K_0 = x.z / d.
TEST(PlainKernel, AgreesWithGoldenValues) {
  const PlainKernel relu = plain_kernel(golden_rows, parse_architecture("dense | relu | dense"));
  EXPECT_TRUE(test::near(relu.nngp(0, 1), 0.1116344218909612, 4e-16));
  EXPECT_TRUE(test::near(relu.ntk(0, 1), -0.1174615328946790, 4e-16));
  EXPECT_TRUE(test::near(relu.ntk(0, 0), 2, 4e-16));

  const PlainKernel erf = plain_kernel(
      golden_rows, parse_architecture("dense W=1.5 b=0.05 | erf | dense W=1.5 b=0.05"));
  EXPECT_TRUE(test::relatively_near(erf.nngp(0, 1), -0.7923819615687206, 1e-15));
  EXPECT_TRUE(test::relatively_near(erf.ntk(0, 1), -1.680340763714869, 1e-15));
  EXPECT_TRUE(test::relatively_near(erf.ntk(0, 0), 4.565005066835674, 1e-15));

  const PlainKernel standard = plain_kernel(
      golden_rows,
      parse_architecture("standard: dense 512 W=1.5 b=0.1 | relu | dense W=1.5 b=0.1"));
  EXPECT_TRUE(test::relatively_near(standard.nngp(0, 1), 0.5816334690784865, 1e-15));
  EXPECT_TRUE(test::relatively_near(standard.ntk(0, 1), 129.8714812042238, 2e-15));
  EXPECT_TRUE(test::relatively_near(standard.ntk(0, 0), 1163.435, 1e-15));
}

// One layer by hand: K = W^2 x.z/d + b^2, Theta = K; and N x.z/d + 1 under standard.
TEST(PlainKernel, OneDenseLayerIsLinear) {
  const PlainKernel linear = plain_kernel(golden_rows, parse_architecture("dense W=0.5 b=0.2"));
  const double inner = (0.5 - 2 - 3) / 3.0;
  EXPECT_TRUE(test::near(linear.nngp(0, 1), 0.25 * inner + 0.04, 1e-15));
  EXPECT_EQ(linear.ntk(0, 1), linear.nngp(0, 1));
  const PlainKernel standard =
      plain_kernel(golden_rows, parse_architecture("standard: dense 7 W=0.5 b=0"));
  EXPECT_TRUE(test::near(standard.ntk(0, 1), 3 * inner + 1, 4e-15));
}

TEST(PlainKernel, CrossCallEqualsTheSymmetricOneOffTheDiagonal) {
  const Architecture net = parse_architecture(
      "dense W=1.3 b=0.1 | gelu | dense | residual(dense | erf | dense) | dense");
  const Matrix X = test::clustered_rows(5, 1);
  const PlainKernel symmetric = plain_kernel(X, net), cross = plain_kernel(X, X, net);
  for (Index i = 0; i < X.rows(); ++i) {
    for (Index j = 0; j < i; ++j) EXPECT_EQ(symmetric.ntk(i, j), cross.ntk(i, j));
    EXPECT_TRUE(test::relatively_near(cross.nngp(i, i), symmetric.nngp(i, i), 1e-14));
  }
}

TEST(PlainKernel, RefusesWhatIsNotGaussian) {
  EXPECT_THROW(plain_kernel(golden_rows, parse_architecture("relu | dense")),
               std::invalid_argument);
  EXPECT_THROW(plain_kernel(golden_rows, parse_architecture("dense | relu | relu")),
               std::invalid_argument);
}

}  // namespace
}  // namespace wideband::plain_kernel_test

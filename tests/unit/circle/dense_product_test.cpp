#include "wideband/circle/dense_product.hpp"

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"

namespace wideband::dense_product_test {
namespace {

using test::pi;

TEST(DenseOperator, HoldsTheKernelOverN) {
  Vector angles(3);
  angles << 0, pi / 2, 3 * pi / 2;
  const Matrix A = dense_operator(AngleKernel::bias, angles, angles);
  // Theta_bias(0) = 3/2, Theta_bias(pi/2) = 0.409154943091895, Theta_bias(pi) = 0.
  Matrix expected(3, 3);
  expected << 1.5, 0.409154943091895, 0.409154943091895,  //
      0.409154943091895, 1.5, 0,                          //
      0.409154943091895, 0, 1.5;
  EXPECT_TRUE(test::near(A, expected / 3, 1e-15));
}

TEST(DenseProduct, IsTheMatrixTimesTheVector) {
  const Vector probes = Vector::LinSpaced(5, 0, 6);
  const Vector samples = Vector::LinSpaced(7, 0.1, 6.1);
  const Vector v = Vector::LinSpaced(7, -1, 2);
  const Vector expected = dense_operator(AngleKernel::K0, probes, samples) * v;
  EXPECT_TRUE(test::near(dense_product(AngleKernel::K0, probes, samples, v), expected, 1e-15));
  EXPECT_THROW(dense_product(AngleKernel::K0, probes, samples, probes), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::dense_product_test

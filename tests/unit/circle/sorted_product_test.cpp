#include "wideband/circle/sorted_product.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"

namespace wideband::sorted_product_test {
namespace {

using test::pi;

TEST(SortedAngles, RefusesWhatIsNotSorted) {
  EXPECT_THROW(SortedAngles{Vector()}, std::invalid_argument);
  EXPECT_THROW(SortedAngles(Vector{{1.0, 0.5}}), std::invalid_argument);
  EXPECT_THROW(SortedAngles(Vector{{0.0, 2 * pi}}), std::invalid_argument);
  EXPECT_THROW(SortedAngles(Vector{{-1e-300, 1.0}}), std::invalid_argument);
  EXPECT_THROW(SortedAngles(Vector{{0.0, std::nan("")}}), std::invalid_argument);
  EXPECT_NO_THROW(SortedAngles(Vector{{0.5, 0.5, 0.5}}));
}

TEST(OperatorProduct, OfOneAndOfTwoSamples) {
  for (const AngleKernel kernel : angle_kernels()) {
    const double diagonal = kernel_value(kernel, 0);
    for (const double g : {0.0, 1.0, pi, 5.0}) {
      const Vector y = operator_product(kernel, SortedAngles(Vector{{g}}), Vector{{-2.0}});
      EXPECT_TRUE(test::near(y[0], -2 * diagonal, 8e-15));
    }
    const Vector y =
        operator_product(kernel, SortedAngles(Vector{{0.25, 0.25 + pi}}), Vector{{1.0, 0.5}});
    const double antipode = kernel_value(kernel, pi);
    EXPECT_TRUE(test::near(y[0], (diagonal + 0.5 * antipode) / 2, 3e-15));
    EXPECT_TRUE(test::near(y[1], (0.5 * diagonal + antipode) / 2, 3e-15));
  }
}

TEST(OperatorProduct, RefusesAVectorOfAnotherLength) {
  const SortedAngles samples(Vector{{0.0, 1.0}});
  EXPECT_THROW(operator_product(AngleKernel::bias, samples, Vector::Ones(3)),
               std::invalid_argument);
  EXPECT_THROW(operator_products(AngleKernel::bias, samples, Matrix::Ones(1, 2)),
               std::invalid_argument);
}

}  // namespace
}  // namespace wideband::sorted_product_test

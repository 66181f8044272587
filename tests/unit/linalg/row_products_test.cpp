#include "wideband/linalg/row_products.hpp"

#include <cmath>
#include <stdexcept>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "wideband/linalg/product.hpp"

namespace wideband::row_products_test {
namespace {

TEST(RowProducts, AreInnerProductsOfRows) {
  Matrix A(6, 5), B(6, 5), C(6, 6);
  for (Index i = 0; i < 6; ++i) {
    for (Index k = 0; k < 5; ++k) {
      A(i, k) = static_cast<double>((i * 7 + k * 3) % 11) - 5;
      B(i, k) = static_cast<double>((i * 5 + k * 2) % 13) - 6;
    }
  }
  row_products(A.data(), B.data(), 6, 5, C.data());
  // Integers below 2^53: exact in any order.
  EXPECT_TRUE(test::near(C, A * B.transpose(), 0));
  EXPECT_THROW(row_products(A.data(), B.data(), 6, 0, C.data()), std::invalid_argument);
}

// Equal blocks give equal bits; a row that moves within its block keeps its products up to
// rounding.
TEST(RowProducts, AreRepeatable) {
  const BlasThreads single(1);
  constexpr Index rows = 64, d = 300;
  Matrix A(rows, d), B(rows, d), C(rows, rows), shifted(rows, d), D(rows, rows);
  for (Index i = 0; i < rows; ++i) {
    for (Index k = 0; k < d; ++k) {
      A(i, k) = std::sin(static_cast<double>(1 + i * d + k));
      B(i, k) = std::cos(static_cast<double>(3 + i * d + 2 * k));
    }
  }
  row_products(A.data(), B.data(), rows, d, C.data());
  for (Index i = 0; i < rows; ++i) shifted.row(i) = A.row((i + 5) % rows);
  row_products(shifted.data(), B.data(), rows, d, D.data());
  for (Index i = 0; i < rows; ++i) {
    EXPECT_TRUE(test::near(D.row(i), C.row((i + 5) % rows), 1e-14 * d));
  }
  Matrix again(rows, rows);
  row_products(A.data(), B.data(), rows, d, again.data());
  EXPECT_EQ(again, C);
}

TEST(BlasThreads, RestoresWhatWasSet) {
  set_blas_threads(2);
  { const BlasThreads single(1); }
  set_blas_threads(1);
}

}  // namespace
}  // namespace wideband::row_products_test

// Comparisons that a NaN cannot pass.
#pragma once

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "wideband/core/types.hpp"

namespace wideband::test {

/// |measured - expected| <= tolerance, written so that a NaN on either side fails.
inline ::testing::AssertionResult near(double measured, double expected, double tolerance) {
  const double error = std::abs(measured - expected);
  if (!(error <= tolerance)) {
    return ::testing::AssertionFailure()
           << fmt::format("measured {:.17g}, expected {:.17g}: error {:.3g} > tolerance {:.3g}",
                          measured, expected, error, tolerance);
  }
  return ::testing::AssertionSuccess();
}

/// |measured - expected| <= tolerance |expected|.
inline ::testing::AssertionResult relatively_near(double measured, double expected,
                                                  double tolerance) {
  return near(measured, expected, tolerance * std::abs(expected));
}

/// Largest entrywise |A - B| <= tolerance; shapes must agree.
inline ::testing::AssertionResult near(MatrixView A, MatrixView B, double tolerance) {
  if (A.rows() != B.rows() || A.cols() != B.cols()) {
    return ::testing::AssertionFailure()
           << fmt::format("shapes {}x{} and {}x{}", A.rows(), A.cols(), B.rows(), B.cols());
  }
  for (Index i = 0; i < A.rows(); ++i) {
    for (Index j = 0; j < A.cols(); ++j) {
      const auto entry = near(A(i, j), B(i, j), tolerance);
      if (!entry)
        return ::testing::AssertionFailure() << fmt::format("({}, {}): ", i, j) << entry.message();
    }
  }
  return ::testing::AssertionSuccess();
}

}  // namespace wideband::test

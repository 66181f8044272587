// Derivatives of kernels against differences of the plain kernel.
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/kernel_points.hpp"
#include "wideband/kernel/kernel.hpp"
#include "wideband/kernel/plain_kernel.hpp"
#include "wideband/model/fields.hpp"

namespace wideband::kernel_tangents_test {
namespace {

// Five-point differences: h^4 times a fifth derivative, below 2000 of the kernel here, and eps/h.
void expect_differences(const char* text, const std::vector<std::string>& fields) {
  SCOPED_TRACE(text);
  const Architecture net = parse_architecture(text);
  const Matrix X = test::gaussian_rows(4, 3, 9);
  const auto tangents = kernel_tangents(X, net, fields);
  for (std::size_t f = 0; f < fields.size(); ++f) {
    SCOPED_TRACE(fields[f]);
    constexpr double h = 1e-3;
    const auto moved = [&](double step) {
      Architecture changed = net;
      for (double* number : field_values(changed, fields[f])) *number += step;
      return plain_kernel(X, changed);
    };
    const PlainKernel a = moved(h), b = moved(-h), c = moved(2 * h), d = moved(-2 * h);
    const Matrix K = (8 * (a.nngp - b.nngp) - (c.nngp - d.nngp)) / (12 * h);
    const Matrix Theta = (8 * (a.ntk - b.ntk) - (c.ntk - d.ntk)) / (12 * h);
    const double tolerance = 2e-9 * (1 + a.ntk.cwiseAbs().maxCoeff());
    EXPECT_TRUE(test::near(tangents[f].nngp, K, tolerance));
    EXPECT_TRUE(test::near(tangents[f].ntk, Theta, tolerance));
    EXPECT_TRUE(test::near(tangents[f].variance_x[2], K(2, 2), tolerance));
  }
}

TEST(KernelTangents, AreDerivatives) {
  expect_differences("dense W=1.2 b=0.3 | relu | dense W=1.1 b=0.2 | erf a=1.2 b=0.8 | dense b=0.1",
                     {"W", "b", "0.W", "2.b", "3.a", "3.b"});
  expect_differences("standard: dense 9 W=1.2 b=0.3 | gelu | dense 5 W=0.8 | relu | dense b=0.4",
                     {"W", "b", "2.W"});
  expect_differences(
      "dense b=0.2 | residual(dense W=0.7 | leaky_relu 0.3 | dense W=0.6 b=0.1) | layernorm "
      "eps=0.4 "
      "| relu | dropout 0.8 training=1 | dense",
      {"W", "alpha", "eps", "keep", "1.1.2.b"});
  expect_differences("concat(dense 3 W=1.2; dense 1 b=0.4) | leaky_relu 0.2 | dense b=0.1",
                     {"W", "alpha", "0.1.0.b"});
}

TEST(KernelTangents, RefuseUnknownFields) {
  const std::vector<std::string> fields = {"beta"};
  EXPECT_THROW(kernel_tangents(Matrix::Ones(2, 2), parse_architecture("dense"), fields),
               std::invalid_argument);
}

}  // namespace
}  // namespace wideband::kernel_tangents_test

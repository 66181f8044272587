// The vector recursion against the plain kernel, pair by pair.
#include "wideband/kernel/pair_recursion.hpp"

#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/kernel_points.hpp"
#include "wideband/kernel/kernel.hpp"
#include "wideband/kernel/plain_kernel.hpp"

namespace wideband::pair_recursion_test {
namespace {

// Both kernels relative to the diagonal. Per layer some eps of the angle; 20 eps each is generous.
template <class Real>
void expect_plain(const Matrix& X, const std::string& text, double tolerance) {
  SCOPED_TRACE(text);
  const Architecture net = parse_architecture(text);
  const KernelResult<Real> fast = kernel<Real>(X, net);
  const PlainKernel plain = plain_kernel(X, net);
  for (Index i = 0; i < X.rows(); ++i) {
    for (Index j = 0; j < X.rows(); ++j) {
      const double deviation = std::sqrt(plain.nngp(i, i) * plain.nngp(j, j));
      const double tangent = std::sqrt(plain.ntk(i, i) * plain.ntk(j, j));
      EXPECT_TRUE(
          test::near(static_cast<double>(fast.nngp(i, j)), plain.nngp(i, j), tolerance * deviation))
          << i << ' ' << j;
      EXPECT_TRUE(
          test::near(static_cast<double>(fast.ntk(i, j)), plain.ntk(i, j), tolerance * tangent))
          << i << ' ' << j;
    }
  }
}

constexpr const char* nets[] = {
    "dense | relu | dense",
    "dense W=1.5 b=0.1 | relu | dense W=1.5 b=0.1 | relu | dense W=1.5 b=0.1",
    "dense W=1.5 b=0.1 | abs | dense W=1.5 b=0.1 | leaky_relu 0.2 | dense",
    "dense W=1.5 b=0.1 | erf | dense W=1.5 b=0.1 | erf | dense",
    "dense W=1.5 b=0.1 | gelu | dense W=1.5 b=0.1 | sin | dense",
    "dense W=1.5 b=0.1 | probit | dense W=1.5 | sigmoid_like | dense W=2",
    "dense W=0.03 | gelu | dense | relu | dense",
    "dense W=0.1 | gelu | dense W=0.1 b=0.01 | gelu | dense",
    "dense W=2 b=0.5 | gelu | dense W=2 | gelu | dense W=2",
    "dense W=2 | layernorm eps=0 | erf | dense W=2 | gelu | dense",
    "standard: dense 64 W=1.5 b=0.1 | relu | dense 32 W=1.5 b=0 | relu | dense W=1.5",
    "dense W=1.5 b=0.1 | residual(dense W=0.7 | relu | dense W=0.5 b=0.2) | relu | dense",
    "dense | sum(dense W=2 | relu | dense; dense b=0.3; identity) | erf | dense",
    "concat(dense 3 W=1.2; dense 1 b=0.4) | relu | dense b=0.1 | layernorm | relu | dense",
    "dense b=0.2 | relu | dropout 0.7 training=1 | dense | relu | dense",
    "sum(identity; dense W=2 b=0.3) | dense b=0.1 | relu | dense",
};

TEST(PairRecursion, EqualsThePlainKernel) {
  for (const Index d : {3, 40}) {
    const Matrix X = test::clustered_rows(d, 7);
    for (const char* net : nets) {
      expect_plain<double>(X, net, 60 * 0x1p-53);
      expect_plain<float>(X, net, 60 * 0x1p-24);
    }
  }
}

// Tables of the fast kernel against quadrature of the plain one: their estimates, and some eps.
TEST(PairRecursion, NumericDualsStayWithinTheirEstimate) {
  const Matrix X = test::clustered_rows(20, 9);
  for (const char* net : {"dense W=1.5 b=0.1 | tanh | dense W=1.5 b=0.1 | relu | dense",
                          "dense W=1.5 b=0.1 | silu | dense"}) {
    const double estimate = kernel(X, parse_architecture(net)).error_estimate;
    EXPECT_LT(estimate, 1e-10);
    expect_plain<double>(X, net, 2 * estimate);
    expect_plain<float>(X, net, 60 * 0x1p-24);
  }
}

TEST(PairRecursion, DeepNetsStayAtRounding) {
  std::string text = "dense W=1.5 b=0.1";
  for (int l = 0; l < 30; ++l) text += " | relu | dense W=1.5 b=0.1";
  const Matrix X = test::clustered_rows(64, 8);
  expect_plain<double>(X, text, 1e-14);
  expect_plain<float>(X, text, 3e-6);
}

}  // namespace
}  // namespace wideband::pair_recursion_test

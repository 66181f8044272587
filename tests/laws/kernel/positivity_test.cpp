// Gram matrices are positive semidefinite up to their error estimate.
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "support/kernel_points.hpp"
#include "wideband/kernel/kernel.hpp"
#include "wideband/linalg/decomposition.hpp"
#include "wideband/linalg/row_products.hpp"

namespace wideband::positivity_test {
namespace {

// Law 1: lambda_min >= -error_estimate trace - n eps lambda_max.
template <class Real>
void expect_positive(const Matrix& X, const std::string& text) {
  SCOPED_TRACE(text);
  const KernelResult<Real> result = kernel<Real>(X, parse_architecture(text));
  for (const MatrixOf<Real>* gram : {&result.nngp, &result.ntk}) {
    const Matrix G = gram->template cast<double>();
    const Vector values = symmetric_eigenvalues(G);
    const double largest = values.maxCoeff(), n = static_cast<double>(G.rows());
    const double floor = result.error_estimate * G.trace() + n * 2.2e-16 * largest;
    EXPECT_GE(values.minCoeff(), -floor) << (gram == &result.ntk ? "ntk" : "nngp");
  }
}

Matrix circle(Index n) {
  Matrix X(n, 2);
  for (Index i = 0; i < n; ++i) {
    const double angle =
        2 * 3.14159265358979323846 * static_cast<double>(i) / static_cast<double>(n);
    X.row(i) << std::cos(angle), std::sin(angle);
  }
  return X;
}

TEST(KernelPositivity, HoldsForEveryActivation) {
  const BlasThreads single(1);
  Matrix clustered(45, 7);
  for (Index k = 0; k < 5; ++k)
    clustered.middleRows(9 * k, 9) = test::clustered_rows(7, 20 + static_cast<std::uint64_t>(k));
  for (const char* phi :
       {"relu", "leaky_relu 0.1", "abs", "erf", "probit", "gelu", "sin", "cos", "rbf 0.5",
        "exp b=0.3", "gaussian", "gabor", "sign", "step", "monomial 3", "rectified_monomial 2",
        "hermite 3", "polynomial 1,0,-0.5", "exp_normalized"}) {
    const std::string net =
        std::string("dense W=0.9 b=0.1 | ") + phi + " | dense b=0.1 | relu | dense";
    expect_positive<double>(test::gaussian_rows(60, 7, 19), net);
    expect_positive<double>(clustered, net);
    expect_positive<double>(circle(64), net);
    expect_positive<float>(clustered, net);
  }
}

}  // namespace
}  // namespace wideband::positivity_test

// The loops of erf and GELU against their scalar twins, on every target of this processor.
#include "wideband/simd/activation_steps.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/simd_activations.hpp"
#include "support/simd_rows.hpp"

namespace wideband::activation_steps_test {
namespace {

using test::AlignedRow;

template <class Real>
class ActivationSteps : public ::testing::Test {
 public:
  static constexpr double eps = std::numeric_limits<Real>::epsilon();

  // Angles to 64 eps of 1 (c0 is a difference of terms up to 0.8 over 2N >= 0.7) and, of equal
  // variances, of themselves; tangents to 32 eps.
  static void expect_equal(std::size_t n, bool relative, AlignedRow<Real>& angle,
                           AlignedRow<Real>& tangent, AlignedRow<Real>& plain_angle,
                           AlignedRow<Real>& plain_tangent) {
    for (std::size_t i = 0; i < n; ++i) {
      const double root = std::sqrt(std::abs(static_cast<double>(plain_angle[i])));
      ASSERT_TRUE(test::near(std::sqrt(std::abs(static_cast<double>(angle[i]))), root,
                             64 * eps * (relative ? root : 1)))
          << i;
      ASSERT_EQ(std::signbit(angle[i]), std::signbit(plain_angle[i])) << i;
      ASSERT_TRUE(test::near(static_cast<double>(tangent[i]), static_cast<double>(plain_tangent[i]),
                             32 * eps))
          << i;
    }
  }
};
using Reals = ::testing::Types<double, float>;
TYPED_TEST_SUITE(ActivationSteps, Reals);

// Variances of the columns: the row's own, close to it, and 0.05 to 1000.
std::vector<double> column_variances(std::size_t n, double q, bool equal) {
  std::vector<double> variances(n, q);
  for (std::size_t i = 0; !equal && i < n; ++i) {
    if (i % 3 == 1) variances[i] = q * (1 + std::ldexp(1.0, -static_cast<int>(i % 50)));
    if (i % 3 == 2) variances[i] = 0.05 * std::pow(2e4, test::scattered(i, 1));
  }
  return variances;
}

TYPED_TEST(ActivationSteps, EqualTheirTwins) {
  using Real = TypeParam;
  test::on_every_target([] {
    const std::vector<double> angles = test::packed_angles();
    const std::size_t n = angles.size();
    for (const double q : {0.05, 1.0, 300.0}) {
      for (const bool equal : {true, false}) {
        const std::vector<double> variances = column_variances(n, q, equal);
        AlignedRow<Real> angle(angles), plain(angles), tangent(n, Real(0.7)), twin(n, Real(0.7));
        test::ErrorFunctionRows<Real> erf_row({q}), erf_columns(variances);
        const simd::ErrorFunction<Real> erf{erf_row.samples(), erf_columns.samples(), equal};
        simd::error_function_step(erf, angle.size(), angle.data(), tangent.data());
        simd::scalar::error_function_step(erf, n, plain.data(), twin.data());
        ActivationSteps<Real>::expect_equal(n, equal, angle, tangent, plain, twin);

        AlignedRow<Real> input(angles), even(n), plain_even(n);
        test::GeluRows<Real> gelu_row({q}), gelu_columns(variances);
        const simd::Gelu<Real> gelu{gelu_row.samples(), gelu_columns.samples(), equal};
        simd::gelu_step(gelu, input.size(), input.data(), even.data(), tangent.data());
        simd::scalar::gelu_step(gelu, n, input.data(), plain_even.data(), twin.data());
        ActivationSteps<Real>::expect_equal(n, equal, even, tangent, plain_even, twin);
      }
    }
  });
}

}  // namespace
}  // namespace wideband::activation_steps_test

// The vector loops against their scalar twins, on every target of this processor.
#include "wideband/simd/pair_steps.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/simd_activations.hpp"
#include "support/simd_rows.hpp"
#include "wideband/simd/scalar_pair_steps.hpp"

namespace wideband::pair_steps_test {
namespace {

using test::AlignedRow;

template <class Real>
class PairSteps : public ::testing::Test {
 public:
  static constexpr double eps = std::numeric_limits<Real>::epsilon();

  // Both angles agree to 16 eps of their own size and of 1, tangents to 16 eps.
  static void expect_equal(std::size_t n, AlignedRow<Real>& angle, AlignedRow<Real>& tangent,
                           AlignedRow<Real>& plain_angle, AlignedRow<Real>& plain_tangent) {
    for (std::size_t i = 0; i < n; ++i) {
      const double expected = test::angle_of(plain_angle[i]);
      ASSERT_TRUE(
          test::near(test::angle_of(angle[i]), expected, 16 * eps * std::min(expected, 1.0)))
          << i << ' ' << angle[i] << ' ' << plain_angle[i];
      const auto small = static_cast<double>(std::abs(plain_angle[i]));
      ASSERT_TRUE(
          test::near(static_cast<double>(std::abs(angle[i])), small, 16 * eps * (small + 1e-300)))
          << i << ' ' << expected;
      ASSERT_TRUE(test::near(static_cast<double>(tangent[i]), static_cast<double>(plain_tangent[i]),
                             16 * eps))
          << i;
    }
  }
};
using Reals = ::testing::Types<double, float>;
TYPED_TEST_SUITE(PairSteps, Reals);

template <class Real>
simd::Rectifier<Real> rectifier(double a, double b) {
  const double square = a * a + b * b;
  return {.mu = static_cast<Real>((a - b) * (a - b) / (2 * std::numbers::pi * square)),
          .one_minus_M = static_cast<Real>((a + b) * (a + b) / (2 * square)),
          .one_minus_2M = static_cast<Real>(2 * a * b / square)};
}

TYPED_TEST(PairSteps, RectifierEqualsItsTwin) {
  using Real = TypeParam;
  test::on_every_target([] {
    for (const bool acute : {false, true}) {
      for (const auto& [a, b] : {std::pair{0.0, 1.0}, {-1.0, 1.0}, {0.01, 1.0}, {0.3, -0.8}}) {
        const std::vector<double> angles = test::packed_angles(acute);
        AlignedRow<Real> angle(angles), plain(angles), tangent(angles.size()),
            plain_tangent(angles.size());
        for (std::size_t i = 0; i < angles.size(); ++i) {
          tangent[i] = plain_tangent[i] = static_cast<Real>(test::scattered(i, 0));
        }
        simd::Rectifier<Real> step = rectifier<Real>(a, b);
        step.own = Real(0.4);
        step.kept = Real(0.6);
        step.acute = acute;
        simd::rectifier_step(step, angle.size(), angle.data(), tangent.data());
        simd::scalar::rectifier_step(step, plain.size(), plain.data(), plain_tangent.data());
        PairSteps<Real>::expect_equal(angles.size(), angle, tangent, plain, plain_tangent);
      }
    }
  });
}

// j(t) = t^3/3 - t^5/30 + ... in higher precision at both ends: the twin itself.
TYPED_TEST(PairSteps, TwinOfTheRectifierKeepsItsDigits) {
  using Real = TypeParam;
  for (const double theta : {1e-6, 1e-3, 0.03, 0.7, 1.3}) {
    const double s = std::pow(std::sin(theta / 2), 2);
    AlignedRow<Real> angle(1), tangent(1, Real(1));
    angle[0] = static_cast<Real>(s);
    simd::scalar::rectifier_step(rectifier<Real>(0, 1), 1, angle.data(), tangent.data());
    // j by quadrature of t sin t from 0 to theta, Simpson's rule on 2000 panels.
    double j = 0;
    const double h = theta / 2000;
    for (int k = 0; k < 2000; ++k) {
      const double t = k * h, m = t + h / 2, e = t + h;
      j += h / 6 * (t * std::sin(t) + 4 * m * std::sin(m) + e * std::sin(e));
    }
    const double expected = s - j / (2 * std::numbers::pi);
    EXPECT_TRUE(
        test::near(static_cast<double>(angle[0]), expected, 8 * PairSteps<Real>::eps * expected));
    EXPECT_TRUE(test::near(static_cast<double>(tangent[0]), 1 - theta / std::numbers::pi,
                           4 * PairSteps<Real>::eps));
  }
}

TYPED_TEST(PairSteps, AbsMapsOppositeRowsToEqualOnes) {
  using Real = TypeParam;
  test::on_every_target([] {
    AlignedRow<Real> angle(1, Real(-0.0)), tangent(1, Real(1));
    simd::rectifier_step(rectifier<Real>(-1, 1), 1, angle.data(), tangent.data());
    EXPECT_EQ(angle[0], Real(0));
    EXPECT_FALSE(std::signbit(angle[0]));
    EXPECT_TRUE(test::near(static_cast<double>(tangent[0]), -1, 4 * PairSteps<Real>::eps));
  });
}

template <class Real>
simd::Mixture<Real> mixture(test::MixtureRows<Real>& rows, bool acute) {
  simd::Mixture<Real> step = rows.mixture();
  step.acute = acute;
  return step;
}

TYPED_TEST(PairSteps, SumsEqualTheirTwins) {
  using Real = TypeParam;
  test::on_every_target([] {
    for (const bool acute : {false, true}) {
      const std::vector<double> angles = test::packed_angles(acute);
      const std::size_t n = angles.size();
      test::MixtureRows<Real> rows(n);
      AlignedRow<Real> angle(angles), plain(angles), other(n), none(n);
      for (std::size_t i = 0; i < n; ++i)
        other[i] = static_cast<Real>((test::scattered(i, 3) - (acute ? 0 : 0.5)) / 2);
      simd::bias_step(mixture(rows, acute), angle.size(), angle.data());
      simd::scalar::bias_step(mixture(rows, acute), plain.size(), plain.data());
      PairSteps<Real>::expect_equal(n, angle, none, plain, none);
      simd::sum_step(mixture(rows, acute), angle.size(), angle.data(), other.data());
      simd::scalar::sum_step(mixture(rows, acute), plain.size(), plain.data(), other.data());
      PairSteps<Real>::expect_equal(n, angle, none, plain, none);
    }
  });
}

TYPED_TEST(PairSteps, TangentDropoutAndCovarianceEqualTheirTwins) {
  using Real = TypeParam;
  test::on_every_target([] {
    const std::vector<double> angles = test::packed_angles();
    const std::size_t n = angles.size();
    AlignedRow<Real> angle(angles), plain(angles), tangent(n, Real(0.3)),
        plain_tangent(n, Real(0.3));
    AlignedRow<Real> own(n), kept(n), bias(n), out(n), plain_out(n);
    for (std::size_t i = 0; i < n; ++i) {
      own[i] = static_cast<Real>(test::scattered(i, 4));
      kept[i] = static_cast<Real>(test::scattered(i, 5));
      bias[i] = static_cast<Real>(test::scattered(i, 6));
    }
    const simd::TangentStep<Real> step{.own = Real(0.9),
                                       .kept = Real(0.8),
                                       .bias = Real(0.1),
                                       .own_row = own.data(),
                                       .kept_row = kept.data(),
                                       .bias_row = bias.data()};
    simd::tangent_step(step, angle.size(), angle.data(), tangent.data());
    simd::scalar::tangent_step(step, plain.size(), plain.data(), plain_tangent.data());
    simd::covariance_row(Real(1.5), own.data(), angle.size(), angle.data(), out.data());
    simd::scalar::covariance_row(Real(1.5), own.data(), plain.size(), plain.data(),
                                 plain_out.data());
    PairSteps<Real>::expect_equal(n, angle, tangent, plain, plain_tangent);
    PairSteps<Real>::expect_equal(n, angle, out, plain, plain_out);
    simd::dropout_step(Real(0.7), angle.size(), angle.data(), tangent.data());
    simd::scalar::dropout_step(Real(0.7), plain.size(), plain.data(), plain_tangent.data());
    PairSteps<Real>::expect_equal(n, angle, tangent, plain, plain_tangent);
  });
}

TEST(AngleFromCosine, EqualsItsTwinAndFindsTheSmallest) {
  test::on_every_target([] {
    AlignedRow<double> rho(100), angle(100), plain(100);
    for (std::size_t i = 0; i < rho.size(); ++i)
      rho[i] = 0.999 * std::cos(0.3 + 0.01 * static_cast<double>(i));
    const double smallest = simd::angle_from_cosine(rho.size(), rho.data(), angle.data());
    EXPECT_EQ(smallest, simd::scalar::angle_from_cosine(rho.size(), rho.data(), plain.data()));
    for (std::size_t i = 0; i < rho.size(); ++i) EXPECT_EQ(angle[i], plain[i]);
    rho[3] = 1 + 1e-15;  // rounding of a product of unit rows
    EXPECT_EQ(simd::angle_from_cosine(rho.size(), rho.data(), angle.data()), 0);
    EXPECT_EQ(angle[3], 0);
  });
}

}  // namespace
}  // namespace wideband::pair_steps_test

#include "wideband/math/fourier.hpp"

#include <cmath>
#include <complex>
#include <numbers>
#include <stdexcept>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/random/key.hpp"

namespace wideband::fourier_test {
namespace {

using test::eps;

using Complex = std::complex<double>;

// exp(-2 pi i a / n) in 64-bit arithmetic, the integer a reduced first.
std::complex<long double> root(Index a, Index n) {
  const long double angle = 2 * std::numbers::pi_v<long double> * static_cast<long double>(a % n) /
                            static_cast<long double>(n);
  return {std::cos(angle), -std::sin(angle)};
}

// Coefficient k of formula (1), term by term.
Complex plain_coefficient(const Vector& x, Index k) {
  std::complex<long double> sum = 0;
  for (Index i = 0; i < x.size(); ++i) {
    sum += static_cast<long double>(x[i]) * root(i * k, x.size());
  }
  return Complex(static_cast<double>(sum.real()), static_cast<double>(sum.imag()));
}

double bound(const Vector& x) {
  const auto n = static_cast<double>(x.size());
  return (has_small_factors(x.size()) ? 1e-15 : 4e-15) * std::log2(2 * n) * x.norm();
}

TEST(HasSmallFactors, IsFalseFromThePrime37On) {
  for (const Index n : {1, 2, 31, 32, 1001, 31 * 31, 1 << 20})
    EXPECT_TRUE(has_small_factors(n)) << n;
  for (const Index n : {37, 74, 97, 37 * 37, 1009, 31 * 41})
    EXPECT_FALSE(has_small_factors(n)) << n;
}

TEST(RealFft, AgreesWithTheSumAtAnyLength) {
  // Powers, products of the small primes, 1001 = 7 11 13, and primes that go by the chirp.
  for (const Index n : {1, 2, 3, 4, 5, 6, 16, 27, 30, 96, 97, 101, 194, 211, 256, 1001, 1009}) {
    const Vector x = gaussians(Key(1).child(n), n);
    const Eigen::VectorXcd X = real_fft(x);
    ASSERT_EQ(X.size(), n / 2 + 1);
    for (Index k = 0; k <= n / 2; ++k) {
      ASSERT_LE(std::abs(X[k] - plain_coefficient(x, k)), bound(x)) << n << " " << k;
    }
  }
}

TEST(RealFft, KeepsItsDigitsAtAMillionSamples) {
  const Index n = Index{1} << 20;
  const Vector x = gaussians(Key(2), n);
  const Eigen::VectorXcd X = real_fft(x);
  for (const Index k : {Index{1}, Index{12345}, n / 2 - 1}) {
    EXPECT_LE(std::abs(X[k] - plain_coefficient(x, k)), bound(x)) << k;
  }
}

TEST(RealFft, SendsACosineToOneCoefficient) {
  for (const Index n : {Index{1} << 20, Index{1001}, Index{10007}}) {
    const Index k = n / 3;
    Vector x(n);
    for (Index i = 0; i < n; ++i) x[i] = static_cast<double>(root(i * k, n).real());
    Eigen::VectorXcd X = real_fft(x);
    X[k] -= static_cast<double>(n) / 2;
    const double factor = has_small_factors(n) ? 1 : 4;
    const double peak = factor * 4 * eps * static_cast<double>(n) / 2;
    EXPECT_LE(X.cwiseAbs().maxCoeff(), bound(x) + peak) << n;
  }
}

TEST(RealFft, InSinglePrecisionIsSinglePrecision) {
  for (const Index n : {64, 101, 1001}) {
    const Vector x = gaussians(Key(3), n);
    const Eigen::VectorXf narrow = x.cast<float>();
    const Eigen::VectorXcd error =
        real_fft(narrow).cast<Complex>() - real_fft(narrow.cast<double>().eval());
    EXPECT_LE(error.cwiseAbs().maxCoeff(), bound(x) * 0x1p29);  // eps of float over eps of double
    EXPECT_GT(error.cwiseAbs().maxCoeff(), bound(x));
  }
}

TEST(InverseRealFft, RestoresTheSequence) {
  for (const Index n : {1, 2, 3, 8, 15, 101, 202, 1001, 4096}) {
    const Vector x = gaussians(Key(4).child(n), n);
    EXPECT_TRUE(test::near(inverse_real_fft(real_fft(x), n), x, bound(x))) << n;
  }
}

TEST(InverseRealFft, IgnoresImpossibleImaginaryParts) {
  Eigen::VectorXcd X(3);
  X << Complex(4, 7), Complex(0, 0), Complex(0, -2);
  EXPECT_TRUE(test::near(inverse_real_fft(X, 4), Vector::Ones(4), 1e-15));
}

TEST(Fourier, RefusesWrongLengths) {
  EXPECT_THROW(real_fft(Vector()), std::invalid_argument);
  EXPECT_THROW(inverse_real_fft(Eigen::VectorXcd::Zero(3), 6), std::invalid_argument);
  EXPECT_THROW(inverse_real_fft(Eigen::VectorXcd::Zero(1), 0), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::fourier_test

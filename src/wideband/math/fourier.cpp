#include "wideband/math/fourier.hpp"

#include <bit>
#include <cmath>
#include <complex>
#include <cstdint>
#include <numbers>

#include <fmt/format.h>
#include <unsupported/Eigen/FFT>

#include "wideband/core/error.hpp"

namespace wideband {
namespace {

template <typename Scalar>
using ComplexVector = Eigen::Matrix<std::complex<Scalar>, Eigen::Dynamic, 1>;
template <typename Scalar>
using RealVector = Eigen::Matrix<Scalar, Eigen::Dynamic, 1>;

void require_length(const char* function, Index n) {
  if (n < 1 || n >= Index{1} << 27) {
    require(false, fmt::format("[{}] expected 1 <= n < 2^27, got {}", function, n));
  }
}

// exp(-i pi j^2 / n), the square reduced modulo 2n in integers.
template <typename Scalar>
std::complex<Scalar> chirp(Index j, Index n) {
  const std::int64_t reduced = (j * j) % (2 * n);
  const double angle = std::numbers::pi * static_cast<double>(reduced) / static_cast<double>(n);
  return {static_cast<Scalar>(std::cos(angle)), static_cast<Scalar>(-std::sin(angle))};
}

// Bluestein: k i = (k^2 + i^2 - (k - i)^2) / 2 turns the transform into a convolution with a chirp,
// done at the next power of two.
template <typename Scalar>
ComplexVector<Scalar> chirp_transform(const ComplexVector<Scalar>& x) {
  const Index n = x.size();
  const Index m = static_cast<Index>(std::bit_ceil(static_cast<std::uint64_t>(2 * n - 1)));
  ComplexVector<Scalar> w(n);
  for (Index j = 0; j < n; ++j) w[j] = chirp<Scalar>(j, n);
  ComplexVector<Scalar> a = ComplexVector<Scalar>::Zero(m);
  ComplexVector<Scalar> b = ComplexVector<Scalar>::Zero(m);
  a.head(n) = x.cwiseProduct(w);
  b.head(n) = w.conjugate();
  for (Index j = 1; j < n; ++j) b[m - j] = b[j];
  Eigen::FFT<Scalar> fft;
  ComplexVector<Scalar> A(m), B(m);
  fft.fwd(A.data(), a.data(), m);
  fft.fwd(B.data(), b.data(), m);
  A.array() *= B.array();
  fft.inv(a.data(), A.data(), m);
  return a.head(n).cwiseProduct(w);
}

template <typename Scalar>
ComplexVector<Scalar> half_spectrum(const Eigen::Ref<const RealVector<Scalar>>& x) {
  const Index n = x.size();
  require_length("real_fft", n);
  if (n == 1) return x.template cast<std::complex<Scalar>>();
  if (!has_small_factors(n)) {
    return chirp_transform<Scalar>(x.template cast<std::complex<Scalar>>()).head(n / 2 + 1);
  }
  Eigen::FFT<Scalar> fft;
  fft.SetFlag(Eigen::FFT<Scalar>::HalfSpectrum);
  ComplexVector<Scalar> X(n / 2 + 1);
  fft.fwd(X.data(), x.data(), n);
  return X;
}

}  // namespace

// The butterfly of a prime factor p costs p operations per number.
bool has_small_factors(Index n) {
  for (Index p = 2; p <= 31; ++p) {
    while (n % p == 0) n /= p;
  }
  return n == 1;
}

Eigen::VectorXcd real_fft(VectorView x) {
  return half_spectrum<double>(x);
}

Eigen::VectorXcf real_fft(const Eigen::Ref<const Eigen::VectorXf>& x) {
  return half_spectrum<float>(x);
}

Vector inverse_real_fft(const Eigen::Ref<const Eigen::VectorXcd>& X, Index n) {
  require_length("inverse_real_fft", n);
  if (X.size() != n / 2 + 1) {
    require(false, fmt::format("[inverse_real_fft] expected X.size == n/2 + 1 = {}, got {}",
                               n / 2 + 1, X.size()));
  }
  Eigen::VectorXcd half = X;
  half[0].imag(0);
  if (n % 2 == 0) half[n / 2].imag(0);
  if (n == 1) return half.real();
  if (!has_small_factors(n)) {
    // The inverse of a real sequence is the conjugate of the transform of the conjugate.
    Eigen::VectorXcd spectrum(n);
    spectrum.head(n / 2 + 1) = half.conjugate();
    for (Index k = n / 2 + 1; k < n; ++k) spectrum[k] = half[n - k];
    return chirp_transform<double>(spectrum).real() / static_cast<double>(n);
  }
  Eigen::FFT<double> fft;
  fft.SetFlag(Eigen::FFT<double>::HalfSpectrum);
  Vector x(n);
  fft.inv(x.data(), half.data(), n);
  return x;
}

}  // namespace wideband

#include "wideband/circle/basis.hpp"

#include <cmath>
#include <complex>
#include <numbers>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/linalg/decomposition.hpp"

namespace wideband {
namespace {

constexpr double root2 = std::numbers::sqrt2;

void require_samples(const char* function, Index n, Index cutoff) {
  require(cutoff >= 0, fmt::format("[{}] expected cutoff >= 0, got {}", function, cutoff));
  require(n >= basis_size(cutoff), fmt::format("[{}] expected n >= 2 cutoff + 1 = {}, got n = {}",
                                               function, basis_size(cutoff), n));
}

// exp(i k g) for one g without the rounding of k g: the product's error is carried to first order.
std::complex<double> unit_power(double g, Index k) {
  const auto frequency = static_cast<double>(k);
  const double angle = frequency * g;
  const double rest = std::fma(frequency, g, -angle);
  const double c = std::cos(angle);
  const double s = std::sin(angle);
  return {c - rest * s, s + rest * c};
}

}  // namespace

Matrix fourier_basis(VectorView angles, Index cutoff) {
  constexpr Index renewal = 8;  // rotations between exact powers, so that errors stay below 20 eps
  require_samples("fourier_basis", angles.size(), cutoff);
  Matrix Phi(angles.size(), basis_size(cutoff));
  for (Index i = 0; i < angles.size(); ++i) {
    const std::complex<double> turn = unit_power(angles(i), 1);
    std::complex<double> z(1, 0);
    Phi(i, 0) = 1;
    for (Index k = 1; k <= cutoff; ++k) {
      z = k % renewal == 0 ? unit_power(angles(i), k)
                           : std::complex<double>(z.real() * turn.real() - z.imag() * turn.imag(),
                                                  z.real() * turn.imag() + z.imag() * turn.real());
      Phi(i, 2 * k - 1) = root2 * z.real();
      Phi(i, 2 * k) = root2 * z.imag();
    }
  }
  return Phi;
}

Matrix grid_fourier_basis(Index n, Index cutoff) {
  require_samples("grid_fourier_basis", n, cutoff);
  Vector cosines(n);
  Vector sines(n);
  for (Index i = 0; i < n; ++i) {
    const double g = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(n);
    cosines(i) = std::cos(g);
    sines(i) = std::sin(g);
  }
  Matrix Phi(n, basis_size(cutoff));
  for (Index i = 0; i < n; ++i) {
    Phi(i, 0) = 1;
    for (Index k = 1; k <= cutoff; ++k) {
      Phi(i, 2 * k - 1) = root2 * cosines(k * i % n);
      Phi(i, 2 * k) = root2 * sines(k * i % n);
    }
  }
  return Phi;
}

Matrix unit_columns(MatrixView Phi) {
  Matrix unit = Phi;
  for (Index p = 0; p < unit.cols(); ++p) unit.col(p) /= unit.col(p).norm();
  return unit;
}

Matrix plane_frame(MatrixView Phi) {
  Matrix frame(Phi.rows(), Phi.cols());
  for (Index k = 0; plane_start(k) < Phi.cols(); ++k) {
    const Matrix columns = Phi.middleCols(plane_start(k), plane_size(k));
    frame.middleCols(plane_start(k), plane_size(k)) = orthonormal_frame(columns);
  }
  return frame;
}

Vector plane_amplitudes(const Matrix& frame, VectorView r) {
  require(frame.rows() == r.size(),
          fmt::format("[plane_amplitudes] expected frame.rows == r.size, got {} and {}",
                      frame.rows(), r.size()));
  const Vector coefficients = frame.transpose() * r;
  Vector amplitudes(basis_frequency(frame.cols() - 1) + 1);
  for (Index k = 0; k < amplitudes.size(); ++k) {
    amplitudes(k) = coefficients.segment(plane_start(k), plane_size(k)).norm();
  }
  return amplitudes;
}

}  // namespace wideband

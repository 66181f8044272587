#include "wideband/circle/grid_operator.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include <fmt/format.h>

#include "wideband/circle/spectrum.hpp"
#include "wideband/core/constants.hpp"
#include "wideband/core/error.hpp"
#include "wideband/math/fourier.hpp"

namespace wideband {
namespace {

void require_size(Index n) {
  require(n >= 1, fmt::format("[grid_operator] expected n >= 1, got {}", n));
}

// c_i = Theta(2 pi min(i, n - i)/n)/n; symmetric to the bit, so that its transform is real.
Vector first_column(AngleKernel kernel, Index n) {
  require_size(n);
  const auto size = static_cast<double>(n);
  Vector c(n);
  for (Index i = 0; i <= n / 2; ++i) {
    const double delta = std::min(pi, 2 * pi * static_cast<double>(i) / size);
    c(i) = kernel_value(kernel, delta) / size;
    if (i > 0) c(n - i) = c(i);
  }
  return c;
}

// The closed forms of angle_kernel.hpp as single precision evaluates them.
float kernel_value_float32(AngleKernel kernel, float delta) {
  constexpr float pi32 = std::numbers::pi_v<float>;
  const float gate = pi32 - delta;
  const float sine = std::sin(delta);
  const float cosine = std::cos(delta);
  switch (kernel) {
    case AngleKernel::K0:
      return (sine + gate * cosine) / (2 * pi32);
    case AngleKernel::K1:
      return gate / (2 * pi32);
    case AngleKernel::nobias:
      return (sine + 2 * gate * cosine) / (2 * pi32);
    case AngleKernel::bias:
      return (sine + 2 * gate * cosine + gate) / (2 * pi32);
  }
  throw std::invalid_argument("[grid_spectrum_float32] unknown enumerator");
}

}  // namespace

Vector grid_spectrum(AngleKernel kernel, Index n) {
  return real_fft(first_column(kernel, n)).real();
}

Eigen::VectorXf grid_spectrum_float32(AngleKernel kernel, Index n) {
  require_size(n);
  constexpr float period = 2 * std::numbers::pi_v<float>;
  const auto size = static_cast<float>(n);
  Eigen::VectorXf c(n);
  for (Index i = 0; i < n; ++i) {
    const float g = period * static_cast<float>(i) / size;
    c(i) = kernel_value_float32(kernel, std::min(g, period - g)) / size;
  }
  return real_fft(c).real();
}

Matrix dense_grid_operator(AngleKernel kernel, Index n) {
  const Vector c = first_column(kernel, n);
  Matrix A(n, n);
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < n; ++j) A(i, j) = c((i - j + n) % n);
  }
  return A;
}

GridOperator::GridOperator(AngleKernel kernel, Index n)
    : kernel_(kernel), n_(n), lambda_(grid_spectrum(kernel, n)) {}

Vector GridOperator::product(VectorView v) const {
  return function(v, [](double lambda) { return lambda; });
}

Vector GridOperator::function(VectorView v, const std::function<double(double)>& f) const {
  require(v.size() == n_,
          fmt::format("[grid_operator] expected a vector of n = {} entries, got {}", n_, v.size()));
  Eigen::VectorXcd coefficients = real_fft(v);
  for (Index k = 0; k < coefficients.size(); ++k) coefficients(k) *= f(lambda_(k));
  return inverse_real_fft(coefficients, n_);
}

Vector gaussian_process_start(Index n, const Key& key) {
  require_size(n);
  Eigen::VectorXcd coefficients = real_fft(gaussians(key, n));
  for (Index k = 0; k < coefficients.size(); ++k) {
    coefficients(k) *= std::sqrt(static_cast<double>(n) * grid_eigenvalue(AngleKernel::K0, n, k));
  }
  return inverse_real_fft(coefficients, n);
}

}  // namespace wideband

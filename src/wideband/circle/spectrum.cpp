#include "wideband/circle/spectrum.hpp"

#include <cmath>
#include <cstdlib>
#include <stdexcept>

#include <fmt/format.h>

#include "wideband/core/constants.hpp"
#include "wideband/core/error.hpp"
#include "wideband/math/quadrature.hpp"

namespace wideband {
namespace {

double square(double x) {
  return x * x;
}

bool is_odd(Index k) {
  return k % 2 != 0;
}

// The eigenvalues at k = 0 and 1 that no power of k describes: constants of the gate kernels.
double constant_part(AngleKernel kernel, Index k) {
  if (k == 0) return kernel == AngleKernel::K1 || kernel == AngleKernel::bias ? 0.25 : 0;
  if (k != 1 || kernel == AngleKernel::K1) return 0;
  return kernel == AngleKernel::K0 ? 0.125 : 0.25;
}

bool has_gate_kernel(AngleKernel kernel) {
  return kernel == AngleKernel::K1 || kernel == AngleKernel::bias;
}

// x - sin x, by its Taylor series where the difference would cancel.
double minus_sine(double x) {
  if (x > 0.5) return x - std::sin(x);
  double term = x;
  double sum = 0;
  for (int j = 1; j <= 8; ++j) {
    term *= -x * x / ((2.0 * j) * (2.0 * j + 1));
    sum -= term;
  }
  return sum;
}

// The eigenvalue on a grid of even size n without the constants of `constant_part`.
double even_grid_power_part(AngleKernel kernel, Index n, Index k) {
  const auto size = static_cast<double>(n);
  const auto frequency = static_cast<double>(k);
  if (is_odd(k)) {
    if (!has_gate_kernel(kernel)) return 0;
    return 1 / square(size * std::sin(pi * frequency / size));  // (3)
  }
  if (kernel == AngleKernel::K1) return 0;
  const double x = 2 * pi / size;
  const double s1 = std::sin(pi * (frequency - 1) / size);
  const double s2 = std::sin(pi * (frequency + 1) / size);
  if (kernel == AngleKernel::K0) {
    const double cosine = std::sin(pi * (size / 2 - frequency) / size);  // cos(pi k/n)
    return 2 * square(cosine * std::sin(pi / size) / (size * s1 * s2)) +
           minus_sine(x) / (2 * pi * size * s1 * s2);  // (5)
  }
  return (1 / square(s1) + 1 / square(s2)) / square(size) -
         std::sin(x) / (2 * pi * size * s1 * s2);  // (4)
}

double even_grid_eigenvalue(AngleKernel kernel, Index n, Index k) {
  const double multiplicity = n == 2 && k == 1 ? 2 : 1;
  return multiplicity * constant_part(kernel, k) + even_grid_power_part(kernel, n, k);
}

void require_frequency(const char* function, Index k) {
  require(k >= 0, fmt::format("[{}] expected k >= 0, got {}", function, k));
}

void require_grid_frequency(const char* function, Index n, Index k) {
  require(n >= 1, fmt::format("[{}] expected n >= 1, got {}", function, n));
  require(k >= 0 && k <= n / 2,
          fmt::format("[{}] expected 0 <= k <= n/2 = {}, got {}", function, n / 2, k));
}

}  // namespace

double continuum_eigenvalue(AngleKernel kernel, Index k) {
  require_frequency("continuum_eigenvalue", k);
  const auto frequency = static_cast<double>(k);
  const double constant = constant_part(kernel, k);
  if (is_odd(k)) {
    return constant + (has_gate_kernel(kernel) ? 1 / square(pi * frequency) : 0);  // (2)
  }
  if (kernel == AngleKernel::K1) return constant;
  const double squared = square(frequency);
  const double numerator = kernel == AngleKernel::K0 ? 2 : squared + 3;
  return constant + numerator / square(pi * (squared - 1));  // (2)
}

double continuum_eigenvalue_by_quadrature(AngleKernel kernel, Index k) {
  require_frequency("continuum_eigenvalue_by_quadrature", k);
  const auto frequency = static_cast<double>(k);
  const Index panels = k / 8 + 1;
  const double width = pi / static_cast<double>(panels);
  double sum = 0;
  for (Index panel = 0; panel < panels; ++panel) {
    const double left = static_cast<double>(panel) * width;
    const double right = panel + 1 == panels ? pi : left + width;
    sum += integrate([&](double d) { return kernel_value(kernel, d) * std::cos(frequency * d); },
                     left, right)
               .value;
  }
  return sum / pi;  // (1)
}

Vector continuum_eigenvalues(AngleKernel kernel, Index cutoff) {
  require_frequency("continuum_eigenvalues", cutoff);
  Vector lambda(cutoff + 1);
  for (Index k = 0; k <= cutoff; ++k) lambda(k) = continuum_eigenvalue(kernel, k);
  return lambda;
}

double spectrum_trace(AngleKernel kernel, Index cutoff) {
  require_frequency("spectrum_trace", cutoff);
  double sum = 0;
  for (Index k = cutoff; k >= 1; --k) sum += continuum_eigenvalue(kernel, k);
  return continuum_eigenvalue(kernel, 0) + 2 * sum;
}

double spectrum_tail(AngleKernel kernel, Index cutoff) {
  return kernel_value(kernel, 0) - spectrum_trace(kernel, cutoff);
}

double kernel_square_integral(AngleKernel kernel) {
  switch (kernel) {
    case AngleKernel::K0:
      return 1.0 / 24 + 5 / (16 * square(pi));
    case AngleKernel::K1:
      return 1.0 / 12;
    case AngleKernel::nobias:
      return 1.0 / 6 + 5 / (8 * square(pi));
    case AngleKernel::bias:
      return 1.0 / 4 + 25 / (8 * square(pi));
  }
  throw std::invalid_argument("[kernel_square_integral] unknown enumerator");
}

double grid_eigenvalue(AngleKernel kernel, Index n, Index k) {
  require_grid_frequency("grid_eigenvalue", n, k);
  if (!is_odd(n)) return even_grid_eigenvalue(kernel, n, k);
  return even_grid_eigenvalue(kernel, 2 * n, k) +
         even_grid_eigenvalue(kernel, 2 * n, n - k);  // (6)
}

bool has_leading_excess(AngleKernel kernel, Index n, Index k) {
  if (kernel == AngleKernel::bias) return true;
  if (kernel == AngleKernel::K0 || is_odd(n)) return false;
  return is_odd(k) == (kernel == AngleKernel::K1);
}

double grid_eigenvalue_by_summation(AngleKernel kernel, Index n, Index k, Index terms) {
  require_grid_frequency("grid_eigenvalue_by_summation", n, k);
  double sum = 0;
  for (Index q = terms; q >= 1; --q) {
    sum += continuum_eigenvalue(kernel, std::abs(k + q * n)) +
           continuum_eigenvalue(kernel, std::abs(k - q * n));
  }
  return sum + continuum_eigenvalue(kernel, k);
}

}  // namespace wideband

#include "wideband/circle/sample_moments.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

#include <fmt/format.h>

#include "wideband/circle/basis.hpp"
#include "wideband/circle/sample_matrices.hpp"
#include "wideband/circle/spectrum.hpp"
#include "wideband/core/constants.hpp"
#include "wideband/core/error.hpp"
#include "wideband/math/fourier.hpp"
#include "wideband/math/quadrature.hpp"

namespace wideband {
namespace {

double sample_size(Index n) {
  require(n >= 1, fmt::format("[sample_moments] expected n >= 1, got {}", n));
  return static_cast<double>(n);
}

// ∫Theta^2 D_K^2 dmu. The integrand is even and smooth on [0, pi]; panels of about eight of its
// fastest waves.
double kernel_dirichlet_integral(AngleKernel kernel, Index cutoff) {
  const double d = static_cast<double>(basis_size(cutoff));
  const auto integrand = [&](double g) {
    const double half = std::sin(g / 2);
    const double dirichlet = half == 0 ? d : std::sin(d * g / 2) / half;
    const double theta = kernel_value(kernel, g);
    return theta * theta * dirichlet * dirichlet / pi;
  };
  const Index panels = 1 + cutoff / 8;
  double sum = 0;
  for (Index i = 0; i < panels; ++i) {
    const double a = pi * static_cast<double>(i) / static_cast<double>(panels);
    const double b =
        i + 1 == panels ? pi : pi * static_cast<double>(i + 1) / static_cast<double>(panels);
    sum += integrate(integrand, a, b, 1e-12).value;
  }
  return sum;
}

// t_k = ∫Theta^2 cos(kg) dmu, k <= last, by a mean over points: the kink at 0 leaves an error of
// (2 pi/points)^2/12 times the jump of the slope there, over 2 pi.
Vector squared_kernel_coefficients(AngleKernel kernel, Index last) {
  const auto least = static_cast<std::uint64_t>(std::max<Index>(8192, 16 * last));
  const auto points = static_cast<Index>(std::bit_ceil(least));
  Vector values(points);
  for (Index i = 0; i < points; ++i) {
    const Index j = std::min(i, points - i);
    const double theta =
        kernel_value(kernel, 2 * pi * static_cast<double>(j) / static_cast<double>(points));
    values[i] = theta * theta;
  }
  return real_fft(values).real().head(last + 1) / static_cast<double>(points);
}

// (phi_p phi_q)(g) = constant + sum of amplitude_j sqrt2 (cos or sin)(frequency_j g).
struct ColumnProduct {
  double constant = 0;
  std::array<Index, 2> frequency = {0, 0};
  std::array<double, 2> amplitude = {0, 0};
};

ColumnProduct column_product(Index p, Index q) {
  const Index k = basis_frequency(p), l = basis_frequency(q);
  if (k == 0 && l == 0) return {1, {0, 0}, {0, 0}};
  if (k == 0 || l == 0) return {0, {k + l, 0}, {1, 0}};
  const double half = std::sqrt(0.5);
  if (k != l) return {0, {std::abs(k - l), k + l}, {half, half}};
  return {p == q ? 1.0 : 0.0, {2 * k, 0}, {half, 0}};
}

// z_pq of (4a) before lambda_p^2 is taken off.
double pair_moment(Index p, Index q, const Vector& t) {
  const Index k = basis_frequency(p);
  double squares = t[0];  // phi^2 = 1 + cos 2kg for a cosine, 1 - cos 2kg for a sine
  if (k > 0 && k == basis_frequency(q)) squares += (p == q ? 0.5 : -0.5) * t[2 * k];
  const ColumnProduct f = column_product(p, q);
  double products = f.constant * f.constant * t[0];
  for (std::size_t j = 0; j < 2; ++j)
    products += f.amplitude[j] * f.amplitude[j] * t[f.frequency[j]];
  return (squares + products) / 2;
}

}  // namespace

Matrix basis_product_variance(Index cutoff) {
  const Index d = basis_size(cutoff);
  Matrix v = Matrix::Ones(d, d);
  v(0, 0) = 0;
  for (Index k = 1; k <= cutoff; ++k)
    v.block(plane_start(k), plane_start(k), 2, 2).setConstant(0.5);
  return v;  // (1)
}

double gram_square_moment(Index cutoff, Index n) {
  const double d = static_cast<double>(basis_size(cutoff));
  return d * (d - 1) / sample_size(n);  // (2)
}

Vector action_column_square_moments(AngleKernel kernel, Index cutoff, Index n) {
  const Vector lambda = basis_eigenvalues(kernel, cutoff);
  return (1 - 1 / sample_size(n)) *
         (kernel_square_integral(kernel) - lambda.array().square());  // (3)
}

double action_square_moment(AngleKernel kernel, Index cutoff, Index n) {
  return action_column_square_moments(kernel, cutoff, n).sum();
}

Matrix compressed_leading_variance(AngleKernel kernel, Index cutoff, Index n) {
  const Vector lambda = basis_eigenvalues(kernel, cutoff);
  Matrix variance = basis_product_variance(cutoff) / sample_size(n);
  for (Index p = 0; p < lambda.size(); ++p) {
    for (Index q = 0; q < lambda.size(); ++q) {
      variance(p, q) *= (lambda[p] + lambda[q]) * (lambda[p] + lambda[q]);  // (4)
    }
  }
  return variance;
}

Matrix compressed_entry_variance(AngleKernel kernel, Index cutoff, Index n) {
  const double size = sample_size(n);
  const Vector lambda = basis_eigenvalues(kernel, cutoff);
  const Vector t = squared_kernel_coefficients(kernel, 2 * cutoff);
  const Matrix v = basis_product_variance(cutoff);
  const double diagonal = kernel_value(kernel, 0);
  Matrix variance(lambda.size(), lambda.size());
  for (Index p = 0; p < lambda.size(); ++p) {
    for (Index q = 0; q < lambda.size(); ++q) {
      const double sum = lambda[p] + lambda[q];
      const double z = pair_moment(p, q, t) - (p == q ? lambda[p] * lambda[p] : 0);
      variance(p, q) = ((size - 1) * (size - 2) * sum * sum * v(p, q) + 2 * (size - 1) * z +
                        2 * diagonal * (size - 1) * sum * v(p, q) + diagonal * diagonal * v(p, q)) /
                       (size * size * size);  // (4a)
    }
  }
  return variance;
}

double compressed_square_moment(AngleKernel kernel, Index cutoff, Index n) {
  const double size = sample_size(n);
  const double d = static_cast<double>(basis_size(cutoff));
  const Vector lambda = basis_eigenvalues(kernel, cutoff);
  const double diagonal = kernel_value(kernel, 0);
  const double S = compressed_leading_variance(kernel, cutoff, 1).sum();
  const double Z =
      (d * d * kernel_square_integral(kernel) + kernel_dirichlet_integral(kernel, cutoff)) / 2 -
      lambda.squaredNorm();
  return ((size - 1) * (size - 2) * S + 2 * (size - 1) * Z +
          4 * diagonal * (size - 1) * (d - 1) * lambda.sum() + diagonal * diagonal * d * (d - 1)) /
         (size * size * size);  // (5)
}

Vector coordinate_means(AngleKernel kernel, Index cutoff, Index n) {
  return basis_eigenvalues(kernel, cutoff).array() +
         spectrum_tail(kernel, cutoff) / sample_size(n);  // (6)
}

}  // namespace wideband

#include "wideband/circle/sample_moments.hpp"

#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "wideband/circle/basis.hpp"
#include "wideband/circle/sample_matrices.hpp"
#include "wideband/circle/spectrum.hpp"
#include "wideband/core/error.hpp"
#include "wideband/math/quadrature.hpp"

namespace wideband {
namespace {

constexpr double pi = std::numbers::pi;

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

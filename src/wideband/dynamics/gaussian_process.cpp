#include "wideband/dynamics/gaussian_process.hpp"

#include <cmath>
#include <limits>
#include <numbers>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/linalg/product.hpp"

namespace wideband {
namespace {

constexpr double roundoff = std::numeric_limits<double>::epsilon() / 2;

// Eigenvalues of A, none of which may be rounding.
Vector resolved_values(const char* function, const TrainedKernel& kernel, double ridge) {
  const KernelSpectrum& spectrum = kernel.spectrum();
  const Vector z = spectrum.values.array() + ridge;
  const double rounding = static_cast<double>(z.size()) * roundoff * z(z.size() - 1);
  if (!(z(0) > rounding)) {
    throw NumericalError(
        fmt::format("[{}] kernel + ridge is singular: eigenvalues {:.3g} to {:.3g}, ridge {:.3g}; "
                    "a larger ridge is needed",
                    function, z(0), z(z.size() - 1), ridge));
  }
  return z;
}

// Eigenvalues of A with unresolved ones of the kernel counted as zero, so that the noise in them
// does not choose among the directions that a small ridge leaves open.
Vector values_above_noise(const KernelSpectrum& spectrum, double ridge) {
  Vector z = spectrum.values;
  z.head(spectrum.unresolved()).setZero();
  z.array() += ridge;
  return z;
}

Matrix divided(const Vector& z, const Matrix& C) {
  return z.cwiseInverse().asDiagonal() * C;
}

struct Inverse {
  Matrix inverse;  // A^-1
  Matrix alpha;    // A^-1 y
};

Inverse inverse_of(const TrainedKernel& kernel) {
  if (const Cholesky* const factor = kernel.factor()) {
    return {factor->inverse(), factor->solve(kernel.y())};
  }
  const Vector z = resolved_values("log_marginal_likelihood_gradient", kernel, kernel.ridge());
  const Matrix& modes = kernel.spectrum().modes;
  return {transposed_product(modes, divided(z, modes)),
          transposed_product(modes, divided(z, product(modes, kernel.y())))};
}

LeaveOneOut left_out(const TrainedKernel& kernel, double ridge, const Matrix& alpha,
                     const Vector& diagonal) {
  LeaveOneOut result{.ridge = ridge, .mean = kernel.y(), .variance = {}};
  for (Index i = 0; i < diagonal.size(); ++i) {
    result.mean.row(i) -= alpha.row(i) / diagonal(i);
    result.variance.push_back(1 / diagonal(i));
  }
  return result;
}

}  // namespace

Evidence evidence(const TrainedKernel& kernel) {
  const auto n = static_cast<double>(kernel.y().rows());
  const auto o = static_cast<double>(kernel.y().cols());
  Evidence result;
  if (const Cholesky* const factor = kernel.factor()) {
    result.data_fit = factor->half_solve(kernel.y()).squaredNorm();
    result.log_det = factor->log_determinant();
  } else {
    const Vector z = resolved_values("log_marginal_likelihood", kernel, kernel.ridge());
    const Matrix C = product(kernel.spectrum().modes, kernel.y());
    result.data_fit = (C.rowwise().squaredNorm().array() / z.array()).sum();
    result.log_det = z.array().log().sum();
  }
  result.log_marginal_likelihood =
      -(result.data_fit + o * result.log_det + n * o * std::log(2 * std::numbers::pi)) / 2;
  return result;
}

std::vector<double> evidence_gradient(const TrainedKernel& kernel,
                                      std::span<const MatrixView> tangents) {
  const auto [inverse, alpha] = inverse_of(kernel);
  const Index n = inverse.rows();
  const auto o = static_cast<double>(alpha.cols());
  const double identity = alpha.squaredNorm() - o * inverse.trace();
  const bool relative = kernel.options().ridge_scale == RidgeScale::relative;
  std::vector<double> gradient;
  for (const MatrixView& tangent : tangents) {
    if (tangent.rows() != n || tangent.cols() != n) {
      require(false,
              fmt::format("[log_marginal_likelihood_gradient] expected tangents {} x {}, got "
                          "{} x {}",
                          n, n, tangent.rows(), tangent.cols()));
    }
    const double fit = alpha.cwiseProduct(product(tangent, alpha)).sum();
    const double volume = o * inverse.cwiseProduct(tangent).sum();
    const double ridge =
        relative ? kernel.options().ridge * tangent.trace() / static_cast<double>(n) : 0;
    gradient.push_back((fit - volume + ridge * identity) / 2);
  }
  return gradient;
}

double evidence_ridge_derivative(const TrainedKernel& kernel) {
  const double per_unit = kernel.absolute_ridge(1);
  const auto o = static_cast<double>(kernel.y().cols());
  if (const Cholesky* const factor = kernel.factor()) {
    return per_unit *
           (factor->solve(kernel.y()).squaredNorm() - o * factor->inverse_diagonal().sum()) / 2;
  }
  const Vector z = resolved_values("log_marginal_likelihood_gradient", kernel, kernel.ridge());
  const Matrix alpha = divided(z, product(kernel.spectrum().modes, kernel.y()));
  return per_unit * (alpha.squaredNorm() - o * z.cwiseInverse().sum()) / 2;
}

std::vector<LeaveOneOut> leave_one_out(const TrainedKernel& kernel,
                                       std::span<const double> ridges) {
  for (const double ridge : ridges) {
    require(ridge >= 0 && std::isfinite(ridge),
            fmt::format("[leave_one_out] expected ridges >= 0, got {}", ridge));
  }
  const Cholesky* const factor = ridges.empty() ? kernel.factor() : nullptr;
  if (factor != nullptr) {
    return {
        left_out(kernel, kernel.ridge(), factor->solve(kernel.y()), factor->inverse_diagonal())};
  }
  std::vector<double> absolute;
  for (const double ridge : ridges) absolute.push_back(kernel.absolute_ridge(ridge));
  if (ridges.empty()) absolute.push_back(kernel.ridge());
  const Matrix& modes = kernel.spectrum().modes;
  const Index n = modes.rows(), o = kernel.y().cols(), count = std::ssize(absolute);
  const Matrix C = product(modes, kernel.y());
  Matrix inverses(n, count), coordinates(n, count * o);
  for (Index k = 0; k < count; ++k) {
    const double ridge = absolute[static_cast<std::size_t>(k)];
    const Vector z = ridge > 0 ? values_above_noise(kernel.spectrum(), ridge)
                               : resolved_values("leave_one_out", kernel, 0);
    inverses.col(k) = z.cwiseInverse();
    coordinates.middleCols(k * o, o) = divided(z, C);
  }
  const Matrix alpha = transposed_product(modes, coordinates);
  const Matrix diagonals = transposed_product(modes.cwiseAbs2(), inverses);
  std::vector<LeaveOneOut> results;
  for (Index k = 0; k < count; ++k) {
    results.push_back(left_out(kernel, absolute[static_cast<std::size_t>(k)],
                               alpha.middleCols(k * o, o), diagonals.col(k)));
  }
  return results;
}

}  // namespace wideband

#include "wideband/circle/sample_matrices.hpp"

#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

#include "wideband/circle/basis.hpp"
#include "wideband/circle/spectrum.hpp"
#include "wideband/core/error.hpp"
#include "wideband/linalg/decomposition.hpp"
#include "wideband/linalg/product.hpp"

namespace wideband {

Vector basis_eigenvalues(AngleKernel kernel, Index cutoff) {
  Vector lambda(basis_size(cutoff));
  for (Index p = 0; p < lambda.size(); ++p)
    lambda[p] = continuum_eigenvalue(kernel, basis_frequency(p));
  return lambda;
}

Vector sampled_eigenvalues(AngleKernel kernel, Index cutoff, Index n) {
  require(n >= 1, fmt::format("[sampled_eigenvalues] expected n >= 1, got {}", n));
  const double inverse = 1 / static_cast<double>(n);
  return (1 - inverse) * basis_eigenvalues(kernel, cutoff).array() +
         kernel_value(kernel, 0) * inverse;  // (1)
}

SampleMatrices sample_matrices(const SortedAngles& samples, const SampleMatrixOptions& options) {
  require(options.published_gram_ridge >= 0,
          fmt::format("[sample_matrices] expected published_gram_ridge >= 0, got {}",
                      options.published_gram_ridge));
  const double n = static_cast<double>(samples.size());
  const Matrix Phi = fourier_basis(samples.angle(), options.cutoff);
  SampleMatrices result;
  result.n = samples.size();
  result.options = options;
  result.lambda = sampled_eigenvalues(options.kernel, options.cutoff, result.n);
  result.G = gram(Phi) / n;
  result.E = operator_products(options.kernel, samples, Phi);
  result.H = transposed_product(Phi, result.E) / n;
  result.E.noalias() -= Phi * result.lambda.asDiagonal();
  result.column_norm = Phi.colwise().norm();
  Matrix ridged = result.G;
  ridged.diagonal().array() += options.published_gram_ridge;
  result.C = solve_positive(ridged, result.H);
  return result;
}

LargestEntry largest_entry(MatrixView M) {
  LargestEntry largest;
  for (Index i = 0; i < M.rows(); ++i) {
    for (Index j = 0; j < M.cols(); ++j) {
      const double value = std::abs(M(i, j));
      if (value > largest.value) largest = {value, i, j};
    }
  }
  return largest;
}

SampleErrors sample_errors(const SampleMatrices& matrices) {
  const SampleMatrixOptions& options = matrices.options;
  const Index d = matrices.lambda.size();
  const Matrix identity = Matrix::Identity(d, d);
  const Matrix gram_error = matrices.G - identity;
  const Matrix compressed_error = matrices.H - Matrix(matrices.lambda.asDiagonal());
  SampleErrors errors;
  errors.gram = largest_entry(gram_error);
  errors.compressed = largest_entry(compressed_error);
  errors.action = largest_entry(matrices.E);
  errors.gram_fro = gram_error.norm();
  errors.compressed_fro = compressed_error.norm();
  errors.action_fro = matrices.E.norm();
  errors.action_column =
      matrices.E.colwise().norm().transpose().array() / matrices.column_norm.array();
  errors.coordinate_max = largest_entry(matrices.C - Matrix(matrices.lambda.asDiagonal())).value;
  const double shift =
      spectrum_tail(options.kernel, options.cutoff) / static_cast<double>(matrices.n);
  const Vector mean = basis_eigenvalues(options.kernel, options.cutoff).array() + shift;
  errors.coordinate_mean = largest_entry(matrices.C - Matrix(mean.asDiagonal())).value;
  return errors;
}

std::complex<double> empirical_coefficient(const SortedAngles& samples, Index q) {
  std::complex<double> sum = 0;
  for (const double g : samples.angle()) sum += std::polar(1.0, static_cast<double>(q) * g);
  return sum / static_cast<double>(samples.size());
}

Eigen::VectorXcd mode_mixing_sum(AngleKernel kernel, const SortedAngles& samples, Index k,
                                 Index terms) {
  Eigen::VectorXcd sum = Eigen::VectorXcd::Zero(samples.size());
  for (Index l = -terms; l <= terms; ++l) {
    const std::complex<double> weight =
        continuum_eigenvalue(kernel, std::abs(l)) * empirical_coefficient(samples, k - l);
    for (Index i = 0; i < samples.size(); ++i) {
      sum[i] += weight * std::polar(1.0, static_cast<double>(l) * samples.angle()[i]);  // (2)
    }
  }
  return sum;
}

}  // namespace wideband

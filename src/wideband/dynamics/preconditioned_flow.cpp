#include "wideband/dynamics/preconditioned_flow.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "wideband/circle/basis.hpp"
#include "wideband/circle/sample_moments.hpp"
#include "wideband/core/error.hpp"
#include "wideband/linalg/decomposition.hpp"
#include "wideband/linalg/product.hpp"

namespace wideband {
namespace {

Matrix identity(const SampleMatrices& matrices) {
  return Matrix::Identity(matrices.lambda.size(), matrices.lambda.size());
}

// Largest |X_i' Y_l| over the rows of two thin factors, block of rows by block of rows.
double largest_product(const Matrix& X, const Matrix& Y) {
  constexpr Index rows = 256;
  const Matrix Yt = Y.transpose();
  double largest = 0;
  for (Index i = 0; i < X.rows(); i += rows) {
    const Matrix block = product(X.middleRows(i, std::min(rows, X.rows() - i)), Yt);
    largest = std::max(largest, block.cwiseAbs().maxCoeff());
  }
  return largest;
}

}  // namespace

std::string to_string(Preconditioning flow) {
  switch (flow) {
    case Preconditioning::baseline:
      return "baseline";
    case Preconditioning::theory:
      return "theory";
    case Preconditioning::empirical:
      return "empirical";
    case Preconditioning::corrected:
      return "corrected";
  }
  throw std::invalid_argument("[preconditioned_flow] unknown enumerator");
}

const std::vector<Preconditioning>& flows() {
  static const std::vector<Preconditioning> all = {
      Preconditioning::baseline, Preconditioning::theory, Preconditioning::empirical,
      Preconditioning::corrected};
  return all;
}

Matrix preconditioner(Preconditioning flow, const SampleMatrices& matrices,
                      const PreconditionerOptions& options) {
  const auto inverse_diagonal = [&](const Vector& lambda) -> Matrix {
    const Vector shifted = lambda.array() + options.shift;
    if (!(shifted.array().abs() > 0).all()) {
      throw NumericalError("[preconditioner] an eigenvalue plus the shift is zero");
    }
    return shifted.cwiseInverse().asDiagonal();
  };
  switch (flow) {
    case Preconditioning::baseline:
      return identity(matrices);
    case Preconditioning::theory:  // (1)
      return inverse_diagonal(matrices.lambda);
    case Preconditioning::empirical:  // (2)
      return solve(matrices.C + (options.shift + options.reg) * identity(matrices),
                   identity(matrices));
    case Preconditioning::corrected:  // (3)
      return inverse_diagonal(
          coordinate_means(matrices.options.kernel, matrices.options.cutoff, matrices.n));
  }
  throw std::invalid_argument("[preconditioner] unknown enumerator");
}

Matrix block_matrix(Preconditioning flow, const SampleMatrices& matrices,
                    const PreconditionerOptions& options) {
  return product(preconditioner(flow, matrices, options), matrices.C);
}

BlockCoordinates block_coordinates(MatrixView Phi, VectorView r) {
  require(Phi.rows() == r.size(),
          fmt::format("[block_coordinates] expected {} residuals, got {}", Phi.rows(), r.size()));
  const Vector alpha = solve_positive(gram(Phi), transposed_product(Phi, r));
  return {alpha, r - Phi * alpha};
}

BlockFlow::BlockFlow(Preconditioning flow, const SortedAngles& samples,
                     const SampleMatrices& matrices, VectorView perpendicular,
                     const PreconditionerOptions& options)
    : block_(block_matrix(flow, matrices, options)) {
  const Matrix Phi = fourier_basis(samples.angle(), matrices.options.cutoff);
  const Vector moved = operator_product(matrices.options.kernel, samples, perpendicular);
  const Matrix u =
      solve_positive(matrices.G, transposed_product(Phi, moved) / static_cast<double>(matrices.n));
  drift_ = preconditioner(flow, matrices, options) * u;
  limit_ = -solve(matrices.C, u);
}

Vector BlockFlow::step(VectorView alpha, double eta) const {
  return alpha - eta * (block_ * alpha + drift_);
}

PreconditionedFlow::PreconditionedFlow(Preconditioning flow, const SortedAngles& samples,
                                       const SampleMatrices& matrices,
                                       const PreconditionerOptions& options)
    : preconditioned_(flow != Preconditioning::baseline),
      kernel_(matrices.options.kernel),
      samples_(samples) {
  if (!preconditioned_) return;
  Phi_ = fourier_basis(samples.angle(), matrices.options.cutoff);
  factor_ = product(preconditioner(flow, matrices, options),
                    solve_positive(matrices.G, identity(matrices))) /
            static_cast<double>(matrices.n);
}

Vector PreconditionedFlow::step(VectorView r, double eta) const {
  const Vector Ar = operator_product(kernel_, samples_, r);
  if (!preconditioned_) return r - eta * Ar;
  const Vector coefficients = factor_ * (Phi_.transpose() * Ar);
  return r - eta * (Phi_ * coefficients);
}

Eigen::VectorXf PreconditionedFlow::step_float32(const Eigen::VectorXf& r, double eta) const {
  return step(r.cast<double>(), eta).cast<float>();
}

PreconditionerDistance preconditioner_distance(const SortedAngles& samples,
                                               const SampleMatrices& matrices,
                                               const PreconditionerOptions& options) {
  const Matrix M = preconditioner(Preconditioning::theory, matrices, options) -
                   preconditioner(Preconditioning::empirical, matrices, options);
  const Matrix Phi = fourier_basis(samples.angle(), matrices.options.cutoff);
  const Matrix A_Phi = operator_products(matrices.options.kernel, samples, Phi);
  const Matrix left = product(Phi, product(M, solve_positive(matrices.G, identity(matrices))));
  const double n = static_cast<double>(matrices.n);
  return {largest_product(left, Phi) / n, largest_product(left, A_Phi) / n, largest_entry(M).value,
          largest_entry(product(M, matrices.C)).value};
}

}  // namespace wideband

#include "wideband/dynamics/kernel_matrix.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/core/memory.hpp"

namespace wideband {
namespace {

// n x m numbers, not set.
Matrix allocated(Index n, Index m) {
  Matrix A(n, m);
  advise_huge_pages(A.data(), static_cast<std::size_t>(A.size()) * sizeof(double));
  return A;
}

constexpr Index tile = 64;  // rows and columns of two tiles stay in cache

// Averages the entries (i, j) and (j, i) of one pair of tiles and adds to the sums of rows.
void symmetrize_tile(const MatrixView& Theta, Index first_row, Index first_column, KernelMatrix& K,
                     const Vector& root, Vector& sums) {
  const Index n = Theta.rows();
  const Index last_row = std::min(n, first_row + tile);
  for (Index i = first_row; i < last_row; ++i) {
    const Index last_column = std::min(i, first_column + tile);
    for (Index j = first_column; j < last_column; ++j) {
      const double lower = Theta(i, j);
      const double upper = Theta(j, i);
      double mean = lower;
      if (lower != upper) {
        mean = (lower + upper) / 2;
        const double scale = root(i) * root(j);
        const double difference = std::abs(lower - upper);
        K.asymmetry = std::max(K.asymmetry, scale > 0 ? difference / scale : HUGE_VAL);
      }
      K.values(i, j) = mean;
      K.values(j, i) = mean;
      sums(i) += std::abs(mean);
      sums(j) += std::abs(mean);
    }
  }
}

}  // namespace

Matrix copied(const Matrix& A) {
  Matrix copy = allocated(A.rows(), A.cols());
  copy = A;
  return copy;
}

void require_finite(const char* function, const char* name, MatrixView A) {
  if (A.allFinite()) return;
  for (Index i = 0; i < A.rows(); ++i) {
    for (Index j = 0; j < A.cols(); ++j) {
      require(std::isfinite(A(i, j)),
              fmt::format("[{}] expected finite {}, got {} in row {}, column {}", function, name,
                          A(i, j), i, j));
    }
  }
}

KernelMatrix checked_kernel(MatrixView Theta, double kernel_error) {
  const Index n = Theta.rows();
  if (n == 0 || Theta.cols() != n) {
    require(false, fmt::format("[predict] expected a square kernel with rows, got {} x {}", n,
                               Theta.cols()));
  }
  require_finite("predict", "kernel", Theta);
  KernelMatrix K;
  K.values = allocated(n, n);
  K.values.diagonal() = Theta.diagonal();
  for (Index i = 0; i < n; ++i) {
    if (Theta(i, i) < 0) {
      throw NumericalError(fmt::format(
          "[predict] kernel indefinite: entry {} of its diagonal is {:.3g}", i, Theta(i, i)));
    }
  }
  const Vector root = Theta.diagonal().cwiseSqrt();
  Vector sums = Theta.diagonal();
  for (Index i = 0; i < n; i += tile) {
    for (Index j = 0; j <= i; j += tile) symmetrize_tile(Theta, i, j, K, root, sums);
  }
  const double allowed = 10 * std::max(kernel_error, 1e-12);
  if (!(K.asymmetry <= allowed)) {
    require(false,
            fmt::format("[predict] expected a symmetric kernel: |T_ij - T_ji| reaches {:.3g} "
                        "of sqrt(T_ii T_jj), allowed are {:.3g}",
                        K.asymmetry, allowed));
  }
  K.trace = Theta.diagonal().sum();
  K.norm = sums.maxCoeff();
  return K;
}

}  // namespace wideband

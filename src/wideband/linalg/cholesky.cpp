#include "wideband/linalg/cholesky.hpp"

#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/linalg/product.hpp"

extern "C" {
void dpotrf_(const char* uplo, const int* n, double* a, const int* lda, int* info);
void dpotri_(const char* uplo, const int* n, double* a, const int* lda, int* info);
void dtrtri_(const char* uplo, const char* diag, const int* n, double* a, const int* lda,
             int* info);
void dtrsm_(const char* side, const char* uplo, const char* transa, const char* diag, const int* m,
            const int* n, const double* alpha, const double* a, const int* lda, double* b,
            const int* ldb);
}

namespace wideband {
namespace {

// A row-major matrix is its transpose to Fortran: our lower triangle L is an upper one, U = L', and
// A = U'U. A right-hand side B (n, k) is B' (k, n), from which U is divided on the right.

int lapack_size(const char* function, Index size) {
  if (size > std::numeric_limits<int>::max()) {
    require(false, fmt::format("[{}] expected dimensions below 2^31, got {}", function, size));
  }
  return static_cast<int>(size);
}

void require_success(const char* function, const char* routine, int info) {
  if (info != 0) {
    throw NumericalError(fmt::format("[{}] {} failed with info = {}", function, routine, info));
  }
}

void divide(const char* function, const Matrix& factor, const char* transposed, Matrix& B) {
  const int n = lapack_size(function, B.rows());
  const int k = lapack_size(function, B.cols());
  if (n == 0 || k == 0) return;
  const double one = 1;
  dtrsm_("R", "U", transposed, "N", &k, &n, &one, factor.data(), &n, B.data(), &k);
}

void require_right_side(const char* function, const Matrix& factor, const MatrixView& B) {
  if (factor.rows() != B.rows()) {
    require(false,
            fmt::format("[{}] expected B.rows == {}, got {}", function, factor.rows(), B.rows()));
  }
}

}  // namespace

Cholesky::Cholesky(Matrix A) : factor_(std::move(A)) {
  const int info = factorize("Cholesky");
  if (info > 0) {
    throw NumericalError(fmt::format("[Cholesky] leading minor {} of {} is not positive definite",
                                     info, factor_.rows()));
  }
}

// 0, or the order of the leading minor that is not positive.
int Cholesky::factorize(const char* function) {
  if (factor_.rows() != factor_.cols()) {
    require(false, fmt::format("[{}] expected a square matrix, got {} x {}", function,
                               factor_.rows(), factor_.cols()));
  }
  require(factor_.allFinite(),
          fmt::format("[{}] expected finite entries, got NaN or infinity", function));
  const int n = lapack_size(function, factor_.rows());
  if (n == 0) return 0;
  int info = 0;
  dpotrf_("U", &n, factor_.data(), &n, &info);
  if (info < 0) require_success(function, "dpotrf", info);
  return info;
}

std::optional<Cholesky> positive_factor(Matrix A) {
  Cholesky cholesky;
  cholesky.factor_ = std::move(A);
  if (cholesky.factorize("positive_factor") > 0) return std::nullopt;
  return cholesky;
}

Matrix Cholesky::half_solve(MatrixView B) const {
  require_right_side("Cholesky::half_solve", factor_, B);
  Matrix X = B;
  divide("Cholesky::half_solve", factor_, "N", X);
  return X;
}

Matrix Cholesky::solve(MatrixView B) const {
  require_right_side("Cholesky::solve", factor_, B);
  Matrix X = B;
  divide("Cholesky::solve", factor_, "N", X);
  divide("Cholesky::solve", factor_, "T", X);
  return X;
}

Vector Cholesky::inverse_diagonal() const {
  const int n = lapack_size("Cholesky::inverse_diagonal", size());
  Vector diagonal = Vector::Zero(n);
  if (n == 0) return diagonal;
  Matrix inverse = factor_;
  int info = 0;
  dtrtri_("U", "N", &n, inverse.data(), &n, &info);
  require_success("Cholesky::inverse_diagonal", "dtrtri", info);
  for (Index k = 0; k < n; ++k) {  // A^-1 = L^-T L^-1
    diagonal.head(k + 1) += inverse.row(k).head(k + 1).cwiseAbs2().transpose();
  }
  return diagonal;
}

Matrix Cholesky::inverse() const {
  const int n = lapack_size("Cholesky::inverse", size());
  Matrix inverse = factor_;
  if (n == 0) return inverse;
  int info = 0;
  dpotri_("U", &n, inverse.data(), &n, &info);
  require_success("Cholesky::inverse", "dpotri", info);
  mirror_lower(inverse);
  return inverse;
}

double Cholesky::log_determinant() const {
  return 2 * factor_.diagonal().array().log().sum();
}

}  // namespace wideband

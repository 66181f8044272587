#include "wideband/linalg/product.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "wideband/core/error.hpp"

// A row-major matrix is its transpose to Fortran, hence C' = B' A' below and no copy anywhere.
extern "C" {
void dgemm_(const char* transa, const char* transb, const int* m, const int* n, const int* k,
            const double* alpha, const double* a, const int* lda, const double* b, const int* ldb,
            const double* beta, double* c, const int* ldc);
void dgemv_(const char* trans, const int* m, const int* n, const double* alpha, const double* a,
            const int* lda, const double* x, const int* incx, const double* beta, double* y,
            const int* incy);
void dsyrk_(const char* uplo, const char* trans, const int* n, const int* k, const double* alpha,
            const double* a, const int* lda, const double* beta, double* c, const int* ldc);
void openblas_set_num_threads(int threads);
char* openblas_get_config();
char* openblas_get_corename();
}

namespace wideband {
namespace {

constexpr double one = 1;
constexpr double zero = 0;

int blas_size(Index size) {
  if (size > std::numeric_limits<int>::max()) {
    require(false, fmt::format("[blas] expected dimensions below 2^31, got {}", size));
  }
  return static_cast<int>(size);
}

int leading_dimension(const MatrixView& A) {
  return blas_size(std::max({Index{1}, A.cols(), A.outerStride()}));
}

void require_equal(const char* function, const char* left, Index a, const char* right, Index b) {
  if (a != b) {
    require(false,
            fmt::format("[{}] expected {} == {}, got {} and {}", function, left, right, a, b));
  }
}

}  // namespace

Matrix product(MatrixView A, MatrixView B) {
  require_equal("product", "A.cols", A.cols(), "B.rows", B.rows());
  if (A.cols() == 0) return Matrix::Zero(A.rows(), B.cols());
  Matrix C(A.rows(), B.cols());
  if (C.size() == 0) return C;
  const int n = blas_size(A.rows()), k = blas_size(A.cols()), m = blas_size(B.cols());
  const int lda = leading_dimension(A), ldb = leading_dimension(B);
  if (m == 1) {   // gemm packs its operands, which a single column does not pay for
    C.setZero();  // gemm overwrites what it finds; some gemv scale it by zero, NaN or not
    dgemv_("T", &k, &n, &one, A.data(), &lda, B.data(), &ldb, &zero, C.data(), &m);
    return C;
  }
  dgemm_("N", "N", &m, &n, &k, &one, B.data(), &ldb, A.data(), &lda, &zero, C.data(), &m);
  return C;
}

Matrix transposed_product(MatrixView A, MatrixView B) {
  require_equal("transposed_product", "A.rows", A.rows(), "B.rows", B.rows());
  if (A.rows() == 0) return Matrix::Zero(A.cols(), B.cols());
  Matrix C(A.cols(), B.cols());
  if (C.size() == 0) return C;
  const int n = blas_size(A.cols()), k = blas_size(A.rows()), m = blas_size(B.cols());
  const int lda = leading_dimension(A), ldb = leading_dimension(B);
  if (m == 1) {
    C.setZero();
    dgemv_("N", &n, &k, &one, A.data(), &lda, B.data(), &ldb, &zero, C.data(), &m);
    return C;
  }
  dgemm_("N", "T", &m, &n, &k, &one, B.data(), &ldb, A.data(), &lda, &zero, C.data(), &m);
  return C;
}

Matrix gram(MatrixView A) {
  Matrix C = Matrix::Zero(A.cols(), A.cols());
  if (A.size() == 0) return C;
  const int n = blas_size(A.cols()), k = blas_size(A.rows());
  const int lda = leading_dimension(A);
  // Fortran's upper triangle is our lower one.
  dsyrk_("U", "N", &n, &k, &one, A.data(), &lda, &zero, C.data(), &n);
  mirror_lower(C);
  return C;
}

void mirror_lower(Matrix& C) {
  constexpr Index tile = 32;  // in tiles, so that no walk down a column leaves cache
  const Index n = C.rows();
  for (Index i0 = 0; i0 < n; i0 += tile) {
    for (Index j0 = 0; j0 <= i0; j0 += tile) {
      for (Index i = i0; i < std::min(n, i0 + tile); ++i) {
        for (Index j = j0; j < std::min(i, j0 + tile); ++j) C(j, i) = C(i, j);
      }
    }
  }
}

void set_blas_threads(Index threads) {
  if (threads < 1) {
    require(false, fmt::format("[set_blas_threads] expected threads >= 1, got {}", threads));
  }
  openblas_set_num_threads(blas_size(threads));
}

std::string blas_description() {
  return fmt::format("{}, kernel {}", openblas_get_config(), openblas_get_corename());
}

}  // namespace wideband

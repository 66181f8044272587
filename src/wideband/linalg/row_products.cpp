#include "wideband/linalg/row_products.hpp"

#include <limits>

#include <fmt/format.h>

#include "wideband/core/error.hpp"

extern "C" {
void dgemm_(const char* transa, const char* transb, const int* m, const int* n, const int* k,
            const double* alpha, const double* a, const int* lda, const double* b, const int* ldb,
            const double* beta, double* c, const int* ldc);
void openblas_set_num_threads(int threads);
int openblas_get_num_threads();
}

namespace wideband {

BlasThreads::BlasThreads(Index threads) : before_(openblas_get_num_threads()) {
  openblas_set_num_threads(static_cast<int>(threads));
}

BlasThreads::~BlasThreads() {
  openblas_set_num_threads(before_);
}

void row_products(const double* A, const double* B, Index rows, Index d, double* C) {
  require(d >= 1 && d <= std::numeric_limits<int>::max() && rows <= std::numeric_limits<int>::max(),
          fmt::format("[row_products] expected 1 <= d < 2^31, got {} rows of {}", rows, d));
  const int n = static_cast<int>(rows), k = static_cast<int>(d);
  const double one = 1, zero = 0;
  // To Fortran a row-major matrix is its transpose: C' = B A'.
  dgemm_("T", "N", &n, &n, &k, &one, B, &k, A, &k, &zero, C, &n);
}

}  // namespace wideband

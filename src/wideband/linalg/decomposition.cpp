#include "wideband/linalg/decomposition.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <vector>

#include <fmt/format.h>

#include "wideband/core/error.hpp"

// LAPACK by its Fortran symbols; liblapacke would load a second BLAS into the process.
extern "C" {
void dsyevd_(const char* jobz, const char* uplo, const int* n, double* a, const int* lda, double* w,
             double* work, const int* lwork, int* iwork, const int* liwork, int* info);
void dsyevr_(const char* jobz, const char* range, const char* uplo, const int* n, double* a,
             const int* lda, const double* vl, const double* vu, const int* il, const int* iu,
             const double* abstol, int* m, double* w, double* z, const int* ldz, int* isuppz,
             double* work, const int* lwork, int* iwork, const int* liwork, int* info);
void dgeev_(const char* jobvl, const char* jobvr, const int* n, double* a, const int* lda,
            double* wr, double* wi, double* vl, const int* ldvl, double* vr, const int* ldvr,
            double* work, const int* lwork, int* info);
void dgesdd_(const char* jobz, const int* m, const int* n, double* a, const int* lda, double* s,
             double* u, const int* ldu, double* vt, const int* ldvt, double* work, const int* lwork,
             int* iwork, int* info);
void dgeqrf_(const int* m, const int* n, double* a, const int* lda, double* tau, double* work,
             const int* lwork, int* info);
void dorgqr_(const int* m, const int* n, const int* k, double* a, const int* lda, const double* tau,
             double* work, const int* lwork, int* info);
void dgetrf_(const int* m, const int* n, double* a, const int* lda, int* pivots, int* info);
void dgecon_(const char* norm, const int* n, const double* a, const int* lda, const double* anorm,
             double* rcond, double* work, int* iwork, int* info);
void dgetrs_(const char* trans, const int* n, const int* nrhs, const double* a, const int* lda,
             const int* pivots, double* b, const int* ldb, int* info);
void dpotrf_(const char* uplo, const int* n, double* a, const int* lda, int* info);
void dpotrs_(const char* uplo, const int* n, const int* nrhs, const double* a, const int* lda,
             double* b, const int* ldb, int* info);
}

namespace wideband {
namespace {

using ColumnMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::ColMajor>;

// Beyond, the 1 + 6n + 2n^2 numbers of dsyevd's workspace no longer fit LAPACK's 32-bit integers.
constexpr Index divide_and_conquer_limit = 32765;

int lapack_size(const char* function, Index size) {
  if (size > divide_and_conquer_limit) {
    require(false, fmt::format("[{}] expected at most {} columns, got {}", function,
                               divide_and_conquer_limit, size));
  }
  return static_cast<int>(size);
}

int row_count(const char* function, Index size) {
  if (size > std::numeric_limits<int>::max()) {
    require(false, fmt::format("[{}] expected rows below 2^31, got {}", function, size));
  }
  return static_cast<int>(size);
}

void require_finite(const char* function, const MatrixView& A) {
  if (!A.allFinite()) {
    require(false, fmt::format("[{}] expected finite entries, got NaN or infinity", function));
  }
}

void require_square(const char* function, const MatrixView& A) {
  if (A.rows() != A.cols()) {
    require(false, fmt::format("[{}] expected a square matrix, got {} x {}", function, A.rows(),
                               A.cols()));
  }
}

void require_right_side(const char* function, const MatrixView& A, const MatrixView& B) {
  if (A.rows() != B.rows()) {
    require(false, fmt::format("[{}] expected A.rows == B.rows, got {} and {}", function, A.rows(),
                               B.rows()));
  }
}

// info > 0 is mathematics, info < 0 an argument that we got wrong.
void require_success(const char* function, const char* routine, int info) {
  if (info != 0) {
    throw NumericalError(fmt::format("[{}] {} failed with info = {}", function, routine, info));
  }
}

// The answer of a workspace query; LAPACK returns a size as a double.
int queried_size(double answer) {
  return std::max(1, static_cast<int>(answer));
}

// Numbers that are not set: a large workspace is touched by its routine alone.
std::unique_ptr<double[]> workspace(int size) {
  return std::make_unique_for_overwrite<double[]>(static_cast<std::size_t>(size));
}

// Replaces the symmetric A (n, n) by its eigenvectors in rows, or destroys it (job 'N').
Vector syevd(const char* function, const char* job, Matrix& A) {
  const bool with_vectors = *job == 'V';
  const int n = with_vectors ? lapack_size(function, A.rows()) : row_count(function, A.rows());
  Vector values(n);
  if (n == 0) return values;
  double work_size = 0;
  int integer_size = 0, query = -1, info = 0;
  // Fortran's upper triangle is our lower one.
  dsyevd_(job, "U", &n, A.data(), &n, values.data(), &work_size, &query, &integer_size, &query,
          &info);
  require_success(function, "dsyevd", info);
  const int lwork = queried_size(work_size);
  const std::unique_ptr<double[]> work = workspace(lwork);
  std::vector<int> integers(static_cast<std::size_t>(integer_size));
  dsyevd_(job, "U", &n, A.data(), &n, values.data(), work.get(), &lwork, integers.data(),
          &integer_size, &info);
  require_success(function, "dsyevd", info);
  return values;
}

// Destroys the symmetric A (n, n); its eigenvectors are the rows of the result. LAPACK's addresses
// are 64 bits wide, and no size here grows faster than n.
SymmetricModes syevr(const char* function, Matrix& A) {
  const int n = row_count(function, A.rows());
  SymmetricModes result{Vector(n), Matrix(n, n)};
  if (n == 0) return result;
  const double unused = 0, abstol = 0;
  const int none = 0, query = -1;
  int found = 0, integer_size = 0, info = 0;
  double work_size = 0;
  std::vector<int> support(2 * static_cast<std::size_t>(n));
  dsyevr_("V", "A", "U", &n, A.data(), &n, &unused, &unused, &none, &none, &abstol, &found,
          result.values.data(), result.modes.data(), &n, support.data(), &work_size, &query,
          &integer_size, &query, &info);
  require_success(function, "dsyevr", info);
  const int lwork = queried_size(work_size);
  const std::unique_ptr<double[]> work = workspace(lwork);
  std::vector<int> integers(static_cast<std::size_t>(integer_size));
  dsyevr_("V", "A", "U", &n, A.data(), &n, &unused, &unused, &none, &none, &abstol, &found,
          result.values.data(), result.modes.data(), &n, support.data(), work.get(), &lwork,
          integers.data(), &integer_size, &info);
  require_success(function, "dsyevr", info);
  if (found != n) {
    throw NumericalError(fmt::format("[{}] dsyevr found {} of {} pairs", function, found, n));
  }
  return result;
}

double largest_column_sum(const MatrixView& A) {
  return A.size() == 0 ? 0 : A.cwiseAbs().colwise().sum().maxCoeff();
}

}  // namespace

SymmetricModes symmetric_modes(Matrix A, EigenDriver driver) {
  require_square("symmetric_modes", A);
  require_finite("symmetric_modes", A);
  const bool small = A.rows() <= divide_and_conquer_limit;
  if (driver == EigenDriver::relatively_robust || (driver == EigenDriver::automatic && !small)) {
    return syevr("symmetric_modes", A);
  }
  Vector values = syevd("symmetric_modes", "V", A);
  return {std::move(values), std::move(A)};
}

SymmetricEigen symmetric_eigen(MatrixView A) {
  SymmetricModes eigen = symmetric_modes(A);
  eigen.modes.transposeInPlace();
  return {std::move(eigen.values), std::move(eigen.modes)};
}

Vector symmetric_eigenvalues(MatrixView A) {
  require_square("symmetric_eigenvalues", A);
  require_finite("symmetric_eigenvalues", A);
  Matrix overwritten = A;
  return syevd("symmetric_eigenvalues", "N", overwritten);
}

Eigen::VectorXcd eigenvalues(MatrixView A) {
  require_square("eigenvalues", A);
  require_finite("eigenvalues", A);
  const int n = lapack_size("eigenvalues", A.rows());
  if (n == 0) return {};
  Matrix overwritten = A;  // Fortran sees the transpose, whose eigenvalues are the same
  Vector real(n), imaginary(n);
  double work_size = 0, no_vectors = 0;
  const int query = -1, stride = 1;
  int info = 0;
  dgeev_("N", "N", &n, overwritten.data(), &n, real.data(), imaginary.data(), &no_vectors, &stride,
         &no_vectors, &stride, &work_size, &query, &info);
  require_success("eigenvalues", "dgeev", info);
  const int lwork = queried_size(work_size);
  const std::unique_ptr<double[]> work = workspace(lwork);
  dgeev_("N", "N", &n, overwritten.data(), &n, real.data(), imaginary.data(), &no_vectors, &stride,
         &no_vectors, &stride, work.get(), &lwork, &info);
  require_success("eigenvalues", "dgeev", info);
  Eigen::VectorXcd values(n);
  values.real() = real;
  values.imag() = imaginary;
  return values;
}

Vector singular_values(MatrixView A) {
  require_finite("singular_values", A);
  const int m = row_count("singular_values", A.cols());  // Fortran sees the transpose
  const int n = row_count("singular_values", A.rows());
  Vector values(std::min(m, n));
  if (values.size() == 0) return values;
  Matrix overwritten = A;
  double work_size = 0, no_vectors = 0;
  const int query = -1, stride = 1;
  int info = 0;
  std::vector<int> integers(8 * static_cast<std::size_t>(values.size()));
  dgesdd_("N", &m, &n, overwritten.data(), &m, values.data(), &no_vectors, &stride, &no_vectors,
          &stride, &work_size, &query, integers.data(), &info);
  require_success("singular_values", "dgesdd", info);
  const int lwork = queried_size(work_size);
  const std::unique_ptr<double[]> work = workspace(lwork);
  dgesdd_("N", &m, &n, overwritten.data(), &m, values.data(), &no_vectors, &stride, &no_vectors,
          &stride, work.get(), &lwork, integers.data(), &info);
  require_success("singular_values", "dgesdd", info);
  return values;
}

double operator_norm(MatrixView A) {
  const Vector values = singular_values(A);
  return values.size() == 0 ? 0 : values[0];
}

Matrix orthonormal_frame(MatrixView A) {
  require_finite("orthonormal_frame", A);
  if (A.rows() < A.cols()) {
    require(false, fmt::format("[orthonormal_frame] expected rows >= columns, got {} x {}",
                               A.rows(), A.cols()));
  }
  const int n = row_count("orthonormal_frame", A.rows());
  const int d = lapack_size("orthonormal_frame", A.cols());
  if (d == 0) return Matrix(n, 0);
  ColumnMatrix Q = A;
  Vector tau(d);
  double factor_size = 0, frame_size = 0;
  const int query = -1;
  int info = 0;
  dgeqrf_(&n, &d, Q.data(), &n, tau.data(), &factor_size, &query, &info);
  require_success("orthonormal_frame", "dgeqrf", info);
  dorgqr_(&n, &d, &d, Q.data(), &n, tau.data(), &frame_size, &query, &info);
  require_success("orthonormal_frame", "dorgqr", info);
  const int lwork = std::max(queried_size(factor_size), queried_size(frame_size));
  const std::unique_ptr<double[]> work = workspace(lwork);
  dgeqrf_(&n, &d, Q.data(), &n, tau.data(), work.get(), &lwork, &info);
  require_success("orthonormal_frame", "dgeqrf", info);
  const Vector R = Q.diagonal();
  for (Index j = 0; j < d; ++j) {
    const double bound = static_cast<double>(n) * std::numeric_limits<double>::epsilon();
    if (!(std::abs(R[j]) > bound * A.col(j).norm())) {
      throw NumericalError(
          fmt::format("[orthonormal_frame] column {} depends on those before it: |R_jj| = {:.3g} "
                      "at norm {:.3g}",
                      j, std::abs(R[j]), A.col(j).norm()));
    }
  }
  dorgqr_(&n, &d, &d, Q.data(), &n, tau.data(), work.get(), &lwork, &info);
  require_success("orthonormal_frame", "dorgqr", info);
  for (Index j = 0; j < d; ++j) {
    if (R[j] < 0) Q.col(j) *= -1;
  }
  return Q;
}

Matrix solve(MatrixView A, MatrixView B) {
  require_square("solve", A);
  require_finite("solve", A);
  require_finite("solve", B);
  require_right_side("solve", A, B);
  const int n = lapack_size("solve", A.rows());
  const int columns = row_count("solve", B.cols());
  if (n == 0 || columns == 0) return B;
  const double norm = largest_column_sum(A);
  ColumnMatrix factor = A;
  ColumnMatrix X = B;
  std::vector<int> pivots(static_cast<std::size_t>(n));
  int info = 0;
  dgetrf_(&n, &n, factor.data(), &n, pivots.data(), &info);
  double reciprocal_condition = 0;
  if (info == 0) {
    const std::unique_ptr<double[]> work = workspace(4 * n);
    std::vector<int> integers(static_cast<std::size_t>(n));
    dgecon_("1", &n, factor.data(), &n, &norm, &reciprocal_condition, work.get(), integers.data(),
            &info);
    require_success("solve", "dgecon", info);
  }
  if (!(reciprocal_condition >= std::numeric_limits<double>::epsilon())) {
    throw NumericalError(fmt::format(
        "[solve] matrix of size {} is singular to rounding: reciprocal condition number {:.3g}", n,
        reciprocal_condition));
  }
  dgetrs_("N", &n, &columns, factor.data(), &n, pivots.data(), X.data(), &n, &info);
  require_success("solve", "dgetrs", info);
  return X;
}

Matrix solve_positive(MatrixView A, MatrixView B) {
  require_square("solve_positive", A);
  require_finite("solve_positive", A);
  require_finite("solve_positive", B);
  require_right_side("solve_positive", A, B);
  const int n = lapack_size("solve_positive", A.rows());
  const int columns = row_count("solve_positive", B.cols());
  if (n == 0 || columns == 0) return B;
  Matrix factor = A;  // Fortran's upper triangle is our lower one
  ColumnMatrix X = B;
  int info = 0;
  dpotrf_("U", &n, factor.data(), &n, &info);
  if (info > 0) {
    throw NumericalError(
        fmt::format("[solve_positive] leading minor {} of {} is not positive definite", info, n));
  }
  require_success("solve_positive", "dpotrf", info);
  dpotrs_("U", &n, &columns, factor.data(), &n, X.data(), &n, &info);
  require_success("solve_positive", "dpotrs", info);
  return X;
}

}  // namespace wideband

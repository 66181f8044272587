// Linear algebra in a hundred digits, element by element: what floating point is judged by.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include <boost/multiprecision/cpp_bin_float.hpp>

#include "wideband/core/types.hpp"

namespace wideband::test {

using Exact = boost::multiprecision::cpp_bin_float_100;
using ExactVector = std::vector<Exact>;
using ExactMatrix = std::vector<ExactVector>;

inline ExactMatrix exact(MatrixView A) {
  ExactMatrix result(static_cast<std::size_t>(A.rows()));
  for (Index i = 0; i < A.rows(); ++i) {
    for (Index j = 0; j < A.cols(); ++j) {
      result[static_cast<std::size_t>(i)].emplace_back(A(i, j));
    }
  }
  return result;
}

inline ExactVector product(const ExactMatrix& A, const ExactVector& x) {
  ExactVector result;
  for (const ExactVector& row : A) {
    Exact sum = 0;
    for (std::size_t j = 0; j < x.size(); ++j) sum += row[j] * x[j];
    result.push_back(sum);
  }
  return result;
}

inline void add_to_diagonal(ExactMatrix& A, const Exact& shift) {
  for (std::size_t i = 0; i < A.size(); ++i) A[i][i] += shift;
}

struct ExactSolution {
  ExactVector x;
  Exact determinant = 1;
};

/// Gaussian elimination of a symmetric positive definite A.
inline ExactSolution solve(ExactMatrix A, ExactVector b) {
  const std::size_t n = A.size();
  ExactSolution result;
  for (std::size_t k = 0; k < n; ++k) {
    result.determinant *= A[k][k];
    for (std::size_t i = k + 1; i < n; ++i) {
      const Exact factor = A[i][k] / A[k][k];
      for (std::size_t j = k; j < n; ++j) A[i][j] -= factor * A[k][j];
      b[i] -= factor * b[k];
    }
  }
  result.x.resize(n);
  for (std::size_t k = n; k-- > 0;) {
    Exact sum = b[k];
    for (std::size_t j = k + 1; j < n; ++j) sum -= A[k][j] * result.x[j];
    result.x[k] = sum / A[k][k];
  }
  return result;
}

}  // namespace wideband::test

// Kernel matrices for tests: random features, prescribed spectra, smooth kernels on a line.
#pragma once

#include <cmath>

#include "wideband/core/types.hpp"
#include "wideband/linalg/decomposition.hpp"
#include "wideband/random/key.hpp"

namespace wideband::test {

inline Matrix normal_matrix(Index rows, Index cols, const Key& key) {
  const Vector stream = gaussians(key, rows * cols);
  return Eigen::Map<const Matrix>(stream.data(), rows, cols);
}

/// F F'/features with F (rows, features) standard normal: positive semidefinite of that rank.
inline Matrix feature_kernel(Index rows, Index features, const Key& key) {
  const Matrix F = normal_matrix(rows, features, key);
  const Matrix K = F * F.transpose() / static_cast<double>(features);
  return (K + K.transpose()) / 2;
}

/// V diag(values) V' with random orthonormal V.
inline Matrix kernel_of_spectrum(const Vector& values, const Key& key) {
  const Index n = values.size();
  const Matrix V = orthonormal_frame(normal_matrix(n, n, key));
  const Matrix K = V * values.asDiagonal() * V.transpose();
  return (K + K.transpose()) / 2;
}

/// exp(-|i - j|^2/(2 scale^2)) between points 0, 1, ..., as smooth and ill-conditioned as wanted.
inline Matrix smooth_kernel(Index rows, Index cols, double scale, double shift = 0) {
  Matrix K(rows, cols);
  for (Index i = 0; i < rows; ++i) {
    for (Index j = 0; j < cols; ++j) {
      const double x = (static_cast<double>(i - j) + shift) / scale;
      K(i, j) = std::exp(-x * x / 2);
    }
  }
  return K;
}

}  // namespace wideband::test

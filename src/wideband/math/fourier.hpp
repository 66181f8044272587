// Discrete Fourier transforms of real sequences.
#pragma once

#include "wideband/core/types.hpp"

namespace wideband {

/// X_k = sum_i x_i exp(-2 pi i k i / n), k = 0, ..., floor(n/2); any n >= 1. Cost O(n log n),
/// error below 1e-15 log2(n) |x|_2 per coefficient.
Eigen::VectorXcd real_fft(VectorView x);

/// The real sequence of length n whose real_fft is X (n/2 + 1 coefficients).
Vector inverse_real_fft(const Eigen::Ref<const Eigen::VectorXcd>& X, Index n);

/// real_fft in single precision throughout; what float32 programs see.
Eigen::VectorXcf real_fft(const Eigen::Ref<const Eigen::VectorXf>& x);

}  // namespace wideband

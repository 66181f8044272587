// Discrete Fourier transforms of real sequences.
#pragma once

#include "wideband/core/types.hpp"

namespace wideband {

/// Whether sequences of length n are transformed by mixed radices: every prime factor is at
/// most 31. Other lengths take a chirp convolution, at 5 to 10 times the cost and four times the
/// memory.
bool has_small_factors(Index n);

/// Half spectrum of a real sequence.
///
///   X_k = sum_i x_i exp(-2 pi i k i / n), k = 0, ..., floor(n/2)                               (1)
///
/// x        (n) any length n >= 1, below 2^27
/// cost     O(n log n): mixed radices (2^20 numbers take about 0.1 s) where has_small_factors(n),
/// else a
///          chirp convolution
/// accuracy 1e-15 log2(2n) |x|_2 + 4 eps max |X_k| per coefficient, four times that by the chirp
/// throws   std::invalid_argument for an empty or longer sequence
/// source   Eigen's kissfft; Bluestein 1970 for large prime factors
Eigen::VectorXcd real_fft(VectorView x);

/// The real sequence of length n whose real_fft is X (floor(n/2) + 1 coefficients); imaginary parts
/// that a real sequence cannot have, at k = 0 and k = n/2, are ignored.
Vector inverse_real_fft(const Eigen::Ref<const Eigen::VectorXcd>& X, Index n);

/// real_fft in single precision throughout; what float32 programs see.
Eigen::VectorXcf real_fft(const Eigen::Ref<const Eigen::VectorXf>& x);

}  // namespace wideband

// Sample sets for tests of kernels: generic, clustered down to 1e-9, scaled copies, opposite rows.
#pragma once

#include <cstdint>

#include "wideband/core/types.hpp"
#include "wideband/random/key.hpp"

namespace wideband::test {

/// Gaussian rows.
inline Matrix gaussian_rows(Index n, Index d, std::uint64_t seed) {
  Matrix X(n, d);
  const Key key = Key(seed).child("rows");
  for (Index i = 0; i < n; ++i) {
    for (Index k = 0; k < d; ++k) X(i, k) = gaussian(key, i * d + k);
  }
  return X;
}

/// Row 0, then rows at relative distances 0 (equal), 1e-9, 1e-6, 1e-3, 0.1, a generic one, the
/// opposite one, and copies scaled by 1.7 and by -0.4.
inline Matrix clustered_rows(Index d, std::uint64_t seed) {
  const Matrix G = gaussian_rows(9, d, seed);
  Matrix X(9, d);
  X.row(0) = G.row(0);
  X.row(1) = G.row(0);
  X.row(2) = G.row(0) + 1e-9 * G.row(1);
  X.row(3) = G.row(0) + 1e-6 * G.row(2);
  X.row(4) = G.row(0) + 1e-3 * G.row(3);
  X.row(5) = G.row(0) + 0.1 * G.row(4);
  X.row(6) = G.row(5);
  X.row(7) = -G.row(0);
  X.row(8) = 1.7 * G.row(0);
  return X;
}

}  // namespace wideband::test

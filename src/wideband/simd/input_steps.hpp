// Angles between one row and many from differences of their features, at the widest vectors there
// are.
#pragma once

#include <cstddef>

namespace wideband::simd {

/// One sample x beside many samples z, feature by feature.
struct RowPairs {
  std::size_t d;
  const double* x;
  double norm;                   // |x|
  const double* const* columns;  // feature k of every z
  const double* norms;           // |z|
};

/// angle: the smaller of s and c, packed as in pair_steps.hpp, by
///
///   delta = (x - z).(x + z) / (|x| + |z|)      (= |x| - |z| without cancellation)            (1)
///   s = |(x - z) - z delta/|z||^2 / (4 |x|^2),   c = |(x + z) + z delta/|z||^2 / (4 |x|^2)   (2)
///
/// and 1/2 where |x| or |z| is 0. n is a multiple of `lanes`.
void angle_between_rows(const RowPairs& pairs, std::size_t n, double* angle, double* delta);

namespace scalar {
void angle_between_rows(const RowPairs& pairs, std::size_t n, double* angle, double* delta);
}

}  // namespace wideband::simd

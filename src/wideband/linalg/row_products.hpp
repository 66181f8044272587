// Inner products between rows, in blocks of one shape, by one BLAS thread.
#pragma once

#include "wideband/core/types.hpp"

namespace wideband {

/// While it lives, BLAS uses `threads` threads inside one call; then what it used before.
class BlasThreads {
 public:
  explicit BlasThreads(Index threads);
  BlasThreads(const BlasThreads&) = delete;
  BlasThreads& operator=(const BlasThreads&) = delete;
  ~BlasThreads();

 private:
  int before_;
};

/// C = A B', all pairs of rows. Equal blocks of one shape give equal bits as long as BLAS has one
/// thread.
///
/// A, B     (rows, d) row by row without gaps
/// C        (rows, rows), row by row
/// cost     2 rows^2 d flop
void row_products(const double* A, const double* B, Index rows, Index d, double* C);

}  // namespace wideband

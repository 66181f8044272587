// Scaling of inputs: rows to the sphere, columns to mean 0 and deviation 1.
#pragma once

#include "wideband/core/types.hpp"

namespace wideband {

/// Every row divided by its norm, times sqrt d, so that x.x/d = 1. Throws std::invalid_argument
/// naming a row of zeros, which has no direction; `name` is what messages call the matrix.
Matrix unit_rows(MatrixView X, const char* name = "X");

/// Mean and deviation of every column.
struct ColumnScale {
  Vector mean;
  Vector deviation;
};

/// Deviations over the n rows, (1/n) sum (x - mean)^2 under the root.
ColumnScale column_scale(MatrixView X);

/// (X - mean)/deviation, column by column; a column of deviation 0 is only centered.
Matrix standardized(MatrixView X, const ColumnScale& scale);

}  // namespace wideband

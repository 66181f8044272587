// Arrays whose first dimension counts repetitions: joined block by block, stacked into records.
#pragma once

#include <vector>

#include "wideband/core/types.hpp"
#include "wideband/experiment/record.hpp"

namespace wideband {

/// Appends the repetitions of `more` to `all`, which may be empty.
void append(Vector& all, const Vector& more);
void append(Matrix& all, const Matrix& more);

/// Matrices of one shape as one array (matrices, rows, columns).
Array stacked(const std::vector<Matrix>& matrices);

/// Appends the matrices of such an array to `matrices`.
void unstack(const Array& array, std::vector<Matrix>& matrices);

}  // namespace wideband

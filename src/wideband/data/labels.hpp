// Classes as targets: one-hot rows of labels, and how often the largest output is the right one.
#pragma once

#include <string>

#include "wideband/core/types.hpp"

namespace wideband {

/// One column of integers 0 ... C-1 as (n, C) rows with a single 1, less `offset` everywhere. C is
/// `classes`, or one more than the largest label where classes = 0. Throws std::invalid_argument
/// naming `name` and the row for what is no such column.
Matrix one_hot(MatrixView labels, double offset = 0, Index classes = 0,
               const std::string& name = "labels");

/// Rows whose largest output is where the largest target is, as a fraction; of equal outputs the
/// first counts.
double accuracy(MatrixView outputs, MatrixView targets);

/// sqrt of the mean squared difference over all entries.
double root_mean_square_error(MatrixView outputs, MatrixView targets);

}  // namespace wideband

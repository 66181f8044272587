// Matrices of the user, in whichever format their file is.
#pragma once

#include <string>

#include "wideband/data/npy.hpp"

namespace wideband {

/// The matrix that a command-line argument names, its format by extension: FILE.npy, FILE.csv,
/// FILE.h5:NAME for one dataset, FILE.h5 for a file that holds one of two dimensions.
///
/// throws   std::invalid_argument naming file, place and fault, or the formats there are;
///          UnavailableError for a file that cannot be read
StoredMatrix read_matrix(const std::string& argument);

enum class MatrixFormat { npy, csv, h5 };

/// The format of a path by its extension; `purpose` begins the message ("--out").
MatrixFormat format_of(const std::string& path, const std::string& purpose);

/// "x.h5" and "train/inputs" of "x.h5:train/inputs"; the second is empty where there is no colon.
std::pair<std::string, std::string> split_dataset(const std::string& argument);

}  // namespace wideband

// Matrices in NumPy's .npy files: read in blocks, written with a header that every NumPy reads.
#pragma once

#include <filesystem>
#include <istream>
#include <span>
#include <string>

#include "wideband/core/types.hpp"

namespace wideband {

/// A matrix that came from a file.
struct StoredMatrix {
  Matrix values;
  bool single_precision = false;  // stored as 32-bit floats
};

/// The matrix in a .npy file, one row per sample; a 1-d array is one column.
///
/// reads    versions 1 to 3; <f8 <f4 <i4 <i8 |u1 |i1 |b1, widened; C or Fortran order
/// cost     one pass in blocks of a mebibyte, no second copy
/// throws   std::invalid_argument naming the file and the fault: malformed, truncated, too long,
///          another type, not 1-d or 2-d, without rows or columns, NaN or infinite (row and column,
///          from 0); UnavailableError for a file that cannot be read
StoredMatrix read_npy(const std::filesystem::path& path);

/// The same from a seekable stream; `name` is what messages call it.
StoredMatrix read_npy(std::istream& stream, const std::string& name);

/// Everything in front of the numbers of a little-endian array in C order.
std::string npy_header(std::span<const Index> shape, bool single_precision);

/// The whole file for a small array.
std::string npy_bytes(const Matrix& values);

}  // namespace wideband

// Arrays of bytes in IDX files, the format of the MNIST family, compressed by gzip or not.
#pragma once

#include <filesystem>
#include <vector>

#include "wideband/core/types.hpp"

namespace wideband {

/// The array of an IDX file: one row per entry of the first dimension, the others side by side.
struct IdxArray {
  std::vector<Index> shape;  // as stored: {60000, 28, 28}; of all entries, also where few were read
  Matrix values;             // (rows, product of the other dimensions), 0 to 255
};

/// The first `rows` entries (0: all) of an IDX file of unsigned bytes.
///
/// reads    0, 0, 8, number of dimensions (1 to 8), big-endian 32-bit sizes, then bytes in C order
/// cost     one pass; memory is taken for bytes that are there, not for what a header promises
/// throws   std::invalid_argument naming the file and the fault: no IDX file, another type than
///          unsigned bytes, without entries, truncated, damaged gzip, bytes left over, fewer
///          entries than asked for; UnavailableError for a file that cannot be opened
/// source   LeCun, Cortes & Burges 1998
IdxArray read_idx(const std::filesystem::path& path, Index rows = 0);

}  // namespace wideband

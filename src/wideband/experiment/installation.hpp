// What this installation consists of and what it will use: a table for `wideband doctor`.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace wideband {

/// The instructions that inner loops use.
std::string simd_description();

/// Name and value, in the order in which they are to be shown: version, commit, compiler,
/// processor, cores, memory, BLAS and its kernel, HDF5, gnuplot, data sets. What is missing says
/// so.
std::vector<std::pair<std::string, std::string>> installation();

}  // namespace wideband

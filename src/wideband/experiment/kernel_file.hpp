// Kernels that were computed before: what `wideband kernel` wrote, or matrices of other programs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "wideband/core/types.hpp"
#include "wideband/dynamics/ensemble.hpp"

namespace wideband {

/// Which kernels a law reads.
struct WantedKernels {
  bool nngp = false;
  bool ntk = false;
};

/// nngp: K; ntk_gp: Theta; ntk: Theta, and K too for a covariance.
WantedKernels wanted_kernels(Law law, bool covariance);

struct KernelFile {
  Matrix nngp, ntk;                                // empty where not wanted
  std::vector<double> variance_x, ntk_diagonal_x;  // of the rows' points, where the file has them
  std::optional<std::string> architecture, scale;
  double error_estimate = 0;  // never below the rounding of the stored type
};

/// Reads what is wanted. A kernel file (.h5) holds "nngp" and "ntk"; .npy, .csv, an .h5 with
/// another single matrix, and FILE.h5:NAME are one matrix, the law's own kernel. The error estimate
/// is the file's, or that of NAME.json beside NAME.npy, NAME_ntk.npy.
///
/// throws   std::invalid_argument for what is malformed or not there, UnavailableError for what
///          cannot be read
KernelFile read_kernel_file(const std::string& argument, WantedKernels wanted);

}  // namespace wideband

// The eigensystem of a kernel matrix, and which of its modes are more than rounding.
#pragma once

#include "wideband/core/types.hpp"
#include "wideband/dynamics/kernel_matrix.hpp"

namespace wideband {

struct ResolutionOptions {
  double rank_tolerance = 0;  // 0: see below; else cut = this times lambda_max
  double kernel_error = 0;    // of entry (i, j) relative to sqrt(K_ii K_jj)
};

/// Modes of K = V diag(lambda) V'. A mode is resolved if
///
///   lambda_i > cut = max(n eps lambda_max, kernel_error trace K),   eps = 2^-53               (1)
///
/// the bound of what an error of kernel_error sqrt(K_ii K_jj) in the entries does to eigenvalues.
struct KernelSpectrum {
  Vector values;  // ascending; those in [-cut, 0) are set to 0
  Matrix modes;   // (n, n), row i is the eigenvector of value i
  double cut = 0;
  double smallest = 0;  // before values were set to 0
  Index rank = 0;       // resolved modes, the last `rank` ones

  double largest() const { return values(values.size() - 1); }
  Index unresolved() const { return values.size() - rank; }
};

/// cost     9 n^3 flop
/// throws   NumericalError ("kernel indefinite") for an eigenvalue below -cut
KernelSpectrum kernel_spectrum(const KernelMatrix& K, const ResolutionOptions& options = {});

/// cut of (1) for a known or bounded lambda_max.
double resolution(const KernelMatrix& K, double lambda_max, const ResolutionOptions& options);

/// |K - V diag(lambda) V'| and |V'V - I|, Frobenius norms, estimated from 64 random vectors and
/// doubled: each is below the true norm with probability 2e-9 at most.
struct SpectrumDeviation {
  double product = 0;
  double orthogonality = 0;
};
SpectrumDeviation spectrum_deviation(const KernelMatrix& K, const KernelSpectrum& spectrum);

}  // namespace wideband

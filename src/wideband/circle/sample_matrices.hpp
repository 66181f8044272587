// What a finite sample does to the Fourier basis: Gram matrix, compressed operator, action error.
#pragma once

#include <complex>

#include "wideband/circle/angle_kernel.hpp"
#include "wideband/circle/sorted_product.hpp"
#include "wideband/core/types.hpp"

namespace wideband {

/// The diagonal of Lambda^(n), column by column of the basis of `cutoff`.
///
///   lambda_p^(n) = (1 - 1/n) lambda_{k(p)} + Theta(0)/n                                       (1)
///
/// It is the mean of H: the n pairs (i, i) carry Theta(0). Throws std::invalid_argument if n < 1.
Vector sampled_eigenvalues(AngleKernel kernel, Index cutoff, Index n);

/// The same without a sample: lambda_{k(p)}.
Vector basis_eigenvalues(AngleKernel kernel, Index cutoff);

struct SampleMatrixOptions {
  AngleKernel kernel = AngleKernel::bias;
  Index cutoff = 10;  // K; d = 2K + 1
  /// Added to G before it is inverted; 1e-8 in the published code, 0 in the definition of C.
  double published_gram_ridge = 0;
};

/// The matrices of one sample of n angles, with Phi (n, d) the basis and A = Theta(X, X)/n.
struct SampleMatrices {
  Index n = 0;
  SampleMatrixOptions options;
  Matrix G;            // Phi'Phi/n
  Matrix H;            // Phi'A Phi/n
  Matrix C;            // G^(-1) H
  Vector lambda;       // diagonal of Lambda^(n)
  Matrix E;            // (n, d), A Phi - Phi Lambda^(n)
  Vector column_norm;  // (d), |Phi_p|
};

/// cost     O(n d^2) time, two (n, d) arrays at the peak, no (n, n) matrix: n = 10^6 is fine
/// accuracy entries of G, H within 1e-14, of E within 1e-14
/// throws   std::invalid_argument if n < d or a field of the options is out of range,
///          NumericalError if G is singular (too many ties)
SampleMatrices sample_matrices(const SortedAngles& samples, const SampleMatrixOptions& options);

/// A largest absolute entry and where it sits.
struct LargestEntry {
  double value = 0;
  Index row = 0;
  Index column = 0;
};

/// The first entry, row by row, whose absolute value is largest.
LargestEntry largest_entry(MatrixView M);

/// The distances of a sample from the uniform circle that theory predicts.
struct SampleErrors {
  LargestEntry gram;        // of G - I
  LargestEntry compressed;  // of H - Lambda^(n)
  LargestEntry action;      // of E
  double gram_fro = 0;
  double compressed_fro = 0;
  double action_fro = 0;
  Vector action_column;        // (d), |E_p|/|Phi_p|
  double coordinate_max = 0;   // max|C - Lambda^(n)|
  double coordinate_mean = 0;  // max|C - Lambda_K - tail_K/n I|, centered at the mean of C
};
SampleErrors sample_errors(const SampleMatrices& matrices);

/// S_q = (1/n) sum_i exp(i q g_i), which couples the frequencies k and k - q of a sample.
std::complex<double> empirical_coefficient(const SortedAngles& samples, Index q);

/// The mode mixing sum, cut at |l| <= terms, at every sample.
///
///   (A e_k)_i = sum_{l in Z} lambda_{|l|} S_{k-l} e_l(g_i),   e_l(g) = exp(i l g) (2)
///
/// cost     O(n terms)
/// accuracy what the cut leaves out is below spectrum_tail(kernel, terms) in absolute value
Eigen::VectorXcd mode_mixing_sum(AngleKernel kernel, const SortedAngles& samples, Index k,
                                 Index terms);

}  // namespace wideband

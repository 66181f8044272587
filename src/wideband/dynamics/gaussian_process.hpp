// What a Gaussian process with covariance K and noise r says about its targets.
#pragma once

#include <span>
#include <vector>

#include "wideband/core/types.hpp"
#include "wideband/dynamics/predictor.hpp"
#include "wideband/dynamics/trained_kernel.hpp"

namespace wideband {

struct Evidence {
  double log_marginal_likelihood = 0;
  double data_fit = 0;  // tr(y'A^-1 y), A = K + r I
  double log_det = 0;
};

/// -(data_fit + o log_det + n o log 2 pi)/2.
/// throws   NumericalError if A is singular to rounding, here and below
Evidence evidence(const TrainedKernel& kernel);

/// (1/2) tr((alpha alpha' - o A^-1) dA), alpha = A^-1 y, for each tangent dK of the kernel; with a
/// relative ridge dA = dK + (ridge tr(dK)/n) I.
std::vector<double> evidence_gradient(const TrainedKernel& kernel,
                                      std::span<const MatrixView> tangents);

/// The derivative by PredictOptions::ridge.
double evidence_ridge_derivative(const TrainedKernel& kernel);

/// [A^-1 y]_i/[A^-1]_ii and 1/[A^-1]_ii at each ridge, from one eigensystem. Where only the
/// options' own ridge is asked for and a Cholesky factor is at hand, from that. A grid may begin at
/// ridges below the resolution of the kernel, where unresolved modes count as zero; r = 0 needs
/// full rank.
std::vector<LeaveOneOut> leave_one_out(const TrainedKernel& kernel, std::span<const double> ridges);

}  // namespace wideband

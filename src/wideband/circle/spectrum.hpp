// Closed-form eigenvalues of the angle kernels on the uniform circle and on equispaced grids.
#pragma once

#include "wideband/circle/angle_kernel.hpp"
#include "wideband/core/types.hpp"

namespace wideband {

/// Eigenvalue lambda_k of the convolution with a kernel on the uniform circle.
///
///   lambda_k = (1/pi) ∫_0^pi Theta(d) cos(k d) dd                                             (1)
///
///   k           K0                 K1             nobias                    bias
///   0           2/pi^2             1/4            3/pi^2                    3/pi^2 + 1/4
///   1           1/8                1/pi^2         1/4                       1/4 + 1/pi^2
///   odd >= 3    0                  1/(pi k)^2     0                         1/(pi k)^2
///   even >= 2   2/(pi(k^2-1))^2    0              (k^2+3)/(pi(k^2-1))^2     as nobias         (2)
///
/// k        >= 0; multiplicity 1 for k = 0, else 2 (cosine and sine)
/// accuracy 4 eps relative; the zeros are exact
/// throws   std::invalid_argument if k < 0
/// source   docs/theory/circle.md, "Spectrum"
double continuum_eigenvalue(AngleKernel kernel, Index k);

/// The plain twin of continuum_eigenvalue: (1) by Gauss-Kronrod panels of at most eight half waves.
/// Within 1e-14 of it for k <= 64. Cost O(k) panels.
double continuum_eigenvalue_by_quadrature(AngleKernel kernel, Index k);

/// lambda_0, ..., lambda_cutoff.
Vector continuum_eigenvalues(AngleKernel kernel, Index cutoff);

/// Trace over the frequencies <= cutoff: lambda_0 + 2 sum_{1 <= k <= cutoff} lambda_k.
double spectrum_trace(AngleKernel kernel, Index cutoff);

/// What the trace lacks: 2 sum_{k > cutoff} lambda_k = Theta(0) - spectrum_trace(kernel, cutoff),
/// by the sum rule lambda_0 + 2 sum_{k >= 1} lambda_k = Theta(0).
///
/// accuracy absolute 2e-16 (cutoff + 1): a difference of O(1) numbers, about 2/(pi^2 cutoff)
double spectrum_tail(AngleKernel kernel, Index cutoff);

/// ∫ Theta^2 dmu = lambda_0^2 + 2 sum_{k >= 1} lambda_k^2:
/// K0 1/24 + 5/(16 pi^2), K1 1/12, nobias 1/6 + 5/(8 pi^2), bias 1/4 + 25/(8 pi^2).
double kernel_square_integral(AngleKernel kernel);

/// Eigenvalue at frequency k of A = Theta(X, X)/n on the equispaced grid of n angles, which is the
/// alias sum over all integers q of lambda_{|k + q n|}, in closed form.
///
/// With s1 = sin(pi (k-1)/n), s2 = sin(pi (k+1)/n), x = 2 pi/n, for even n:
///   odd k    K1, bias 1/(n sin(pi k/n))^2;  + 1/4 (nobias, bias), + 1/8 (K0) at k = 1         (3)
///   even k   nobias, bias (1/s1^2 + 1/s2^2)/n^2 - sin x/(2 pi n s1 s2)                        (4)
///            K0 2 (cos(pi k/n) sin(pi/n)/(n s1 s2))^2 + (x - sin x)/(2 pi n s1 s2)            (5)
///            K1, bias: + 1/4 at k = 0
///   The constants at k = 1 count twice for n = 2, where frequency 1 is its own alias.
///   odd n    eigenvalue(2n, k) + eigenvalue(2n, n - k)                                        (6)
///
/// n        >= 1
/// k        0 <= k <= n/2
/// accuracy 8 eps relative for n <= 2^20, zeros exact (tests/golden/alias: 50-digit values)
/// throws   std::invalid_argument outside those ranges
/// source   docs/theory/circle.md, "Equispaced grid"
double grid_eigenvalue(AngleKernel kernel, Index n, Index k);

/// Whether grid_eigenvalue exceeds continuum_eigenvalue by 1/(3n^2) to leading order at k << n:
/// always with bias; on even grids, where aliases keep their parity, for even k of nobias and odd k
/// of K1.
bool has_leading_excess(AngleKernel kernel, Index n, Index k);

/// The plain twin of grid_eigenvalue: the alias sum itself, cut at |q| <= terms; what it lacks is
/// positive and below 1/(n^2 terms).
double grid_eigenvalue_by_summation(AngleKernel kernel, Index n, Index k, Index terms = 1000);

}  // namespace wideband

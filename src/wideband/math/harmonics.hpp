// Spectra of kernels that depend on the angle alone, on spheres of any dimension.
#pragma once

#include <vector>

#include "wideband/core/types.hpp"

namespace wideband {

/// Number of independent harmonics of degree k on S^(d-1), the multiplicity of eigenvalue lambda_k.
///
///   N(d, k) = (2k + d - 2)/(d - 2) C(k + d - 3, k),   2 for d = 2, k >= 1;   N(d, 0) = 1      (1)
///
/// accuracy exact up to 2^53
/// throws   std::invalid_argument for d < 2 or k < 0
double harmonic_multiplicity(Index d, Index k);

/// Angles and weights of two rules for integrals over [0, pi]: Gauss-Legendre with 30 nodes in each
/// panel, then with 20 nodes in the same panels, whose difference estimates the error of the
/// second.
struct AngleQuadrature {
  std::vector<double> theta;       // in [0, pi]
  std::vector<double> complement;  // pi - theta, with its own digits near pi
  std::vector<double> weight;
  std::size_t fine = 0;  // nodes of the first rule
};

/// Panels of width pi/2^10 at both ends, doubling toward the middle up to 16/cutoff (so that 20
/// nodes resolve cos(cutoff theta) to 1e-20). Kernels of networks are analytic in theta on the
/// closed interval, whatever their kinks in cos theta, so panels that shrink toward the ends as the
/// kernels' own scale does converge geometrically.
AngleQuadrature angle_quadrature(Index cutoff);

/// Eigenvalues with a bound of their error.
struct ZonalSpectrum {
  Vector value;  // k = 0, ..., cutoff
  Vector error;  // absolute
};

/// Eigenvalues of (Tf)(x) = integral of kappa(angle(x, y)) f(y) over the uniform sphere S^(d-1).
///
///   lambda_k = c_d integral_0^pi kappa(theta) P_k(cos theta) sin(theta)^(d-2) d theta          (2)
///   c_d = Gamma(d/2)/(sqrt(pi) Gamma((d-1)/2)),   P_k(1) = 1                                   (3)
///
/// P_k are cosines for d = 2, Legendre polynomials for d = 3, else Gegenbauer polynomials, by the
/// recurrence in differences P_{k+1} - P_k, which loses no digits near the poles.
///
/// values   kappa at every angle of `rule`
/// cost     O(angles cutoff)
/// accuracy error_k = |fine - coarse| + (8 + 2k) eps c_d integral |kappa P_k| sin^(d-2), for values
///          right to 4 eps; absolute: relative to kappa(0) about eps/sqrt(N(d, k))
/// throws   std::invalid_argument for d < 2, cutoff < 0, or as many values as there are no angles
/// source   Funk 1916, Hecke 1918; Müller 1966
ZonalSpectrum zonal_spectrum(const AngleQuadrature& rule, VectorView values, Index d, Index cutoff);

/// Eigenvalues on S^(d-1) of the arc-cosine kernels E s(w.x) s(w.y), w ~ N(0, I_d), |x| = |y| = 1.
///
///   step   1/4 (k = 0),    (G/(2 pi) Gamma(k/2)/Gamma((k+d)/2))^2   (k odd),    0   (even >= 2)
///   (4) relu   1/(4d) (k = 1), d (G/(4 pi) Gamma((k-1)/2)/Gamma((k+d+1)/2))^2 (even), 0 (odd >= 3)
///   (5)
///
/// with G = Gamma(d/2). For d = 2 these are the eigenvalues of K1 and K0 of circle/.
///
/// accuracy 32 eps relative, zeros exact
/// throws   std::invalid_argument for d < 2 or k < 0
/// source   Bach 2017, appendix D; docs/theory/kernels/spheres.md
double step_kernel_eigenvalue(Index d, Index k);
double relu_kernel_eigenvalue(Index d, Index k);

/// Eigenvalues on S^(d-1) of the tangent kernel K_relu + cos(theta) K_step of the shallow ReLU
/// network without biases: odd k >= 3 have none.
///
///   relu_k + ((k + d - 2) step_{k+1} + k step_{k-1})/(2k + d - 2)                              (6)
double relu_tangent_eigenvalue(Index d, Index k);

}  // namespace wideband

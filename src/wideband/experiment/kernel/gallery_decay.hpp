// What kernel-gallery reads off its spectra: exponents of decay, traces and their tails.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "wideband/experiment/kernel/gallery_results.hpp"

namespace wideband {

/// Fit over the degrees of one parity, nu = k + (d - 2)/2:
///
///   log lambda_k = log A - p log nu + c/nu^2                                                   (1)
///
/// In nu the eigenvalues of a kernel that is analytic in theta at both ends have no odd
/// corrections.
struct Decay {
  std::string domain;
  std::string activation;
  Index depth = 0;
  double b = 0;
  std::string parity;  // "even", "odd"
  std::string kernel;  // "nngp", "ntk"
  double exponent = 0;
  double standard_error = 0;  // from the residuals
  /// What the fit leaves out: twice the change of p when the lower half of the window is left out;
  /// the slope of higher orders (c/nu^2)^j, sum of 2j x^j over j >= 2 with x = |c|/nu^2 in the
  /// middle of the window; and the relative error of the last eigenvalue.
  double model_error = 0;
  std::optional<double> predicted = {};  // d for ntk, d + 2 for nngp, of rectified activations
  Index first = 0, last = 0;             // degrees of the window
  Index count = 0;                       // of eigenvalues in it
};

/// One for each network, sphere, kernel and parity with at least eight eigenvalues in the window,
/// from a quarter of the last degree whose eigenvalue exceeds its error a hundred times; the
/// parities that vanish have none.
std::vector<Decay> decays(const GalleryResults& results);

/// Whether the kernels of the activation have the kink at theta = 0 that makes a power law.
bool is_rectified(const std::string& activation);

/// A sum over degrees with the error that its terms or its extrapolation leave.
struct TraceSum {
  double value = 0;
  double error = 0;
};

/// Sum of N(d, k) lambda_k over k <= last.
TraceSum partial_trace(const ZonalSpectrum& spectrum, Index d, Index last);

/// What follows after the last degree. With the exponent p of (1) given, both parities go on as
/// A nu^-p exp(c/nu^2 + e/nu^4), fitted to the last degrees, and the error is the change when e is
/// left out; else (smooth kernels) as geometric series of the last two terms of a parity, whose
/// value is then its own error.
TraceSum trace_tail(const ZonalSpectrum& spectrum, Index d, std::optional<double> exponent);

/// Degrees k <= 4 are called low.
inline constexpr Index low_degree = 4;

}  // namespace wideband

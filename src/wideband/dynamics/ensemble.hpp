// Moments of infinitely wide trained ensembles, and samples from them.
#pragma once

#include <span>
#include <vector>

#include "wideband/core/types.hpp"
#include "wideband/dynamics/predictor.hpp"
#include "wideband/random/key.hpp"

namespace wideband {

enum class Law {
  nngp,   // the last layer trained, all others at random: kernel K
  ntk,    // all layers trained: mean by Theta, covariance by Theta and K
  ntk_gp  // a Gaussian process with covariance Theta
};

/// Kernels of training points X (n) and test points Z (m): xx (n, n), zx (m, n), zz (m, m). A law
/// needs its own: nngp K, ntk_gp Theta, ntk both. Without zx the points are the training points
/// (give zz = xx for their covariance). Without zz (K_zz; Theta_zz for ntk_gp) there is no
/// covariance.
struct EnsembleKernels {
  MatrixView K_xx = Matrix(), Theta_xx = Matrix();
  MatrixView K_zx = Matrix(), Theta_zx = Matrix();
  MatrixView K_zz = Matrix(), Theta_zz = Matrix();
};

/// Mean and covariance over networks drawn at f_0 of mean zero and trained for a time t, with
/// G = K (nngp) or Theta (ntk, ntk_gp), eigensystem V, lambda of G_xx, z = lambda + r:
///
///   mean                   G_zx V g_t V'y                                                      (1)
///   covariance, ntk        K_zz + B K_xx B' - (B K_xz + its transpose), B = Theta_zx V g_t V'  (2)
///   covariance, nngp       G_zz - G_zx V ((1 - psi_t^2)/z) V'G_xz                              (3)
///   covariance, ntk_gp     the same with G = Theta
///
/// (3) is exactly the trained ensemble's at r = 0; at r > 0 it is the convention whose limit is the
/// posterior with noise r. observation_noise * I is added.
///
/// throws   std::invalid_argument for a missing kernel or wrong shapes, as Predictor
/// source   Lee et al. 2019 (2); Rasmussen & Williams 2006
Prediction ensemble(const EnsembleKernels& kernels, MatrixView y, double t, Law law,
                    const PredictOptions& options = {});

/// The same for many times, from a predictor that was built with the law's own G_xx.
std::vector<Prediction> ensemble(const Predictor& predictor, const EnsembleKernels& kernels,
                                 std::span<const double> times, Law law);

/// (count, m o): row s is sample s of the (m, o) outputs, row by row: mean + V sqrt(max(lambda, 0))
/// xi with V, lambda of the covariance and xi from key.child(s), so that sample s does not depend
/// on the count. Throws std::invalid_argument without a covariance.
Matrix posterior_samples(const Prediction& prediction, Index count, Key key);

}  // namespace wideband

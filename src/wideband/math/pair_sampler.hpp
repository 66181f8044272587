// Samples of dual functions over the angle, by series or by quadrature: what tables are made of.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "wideband/math/hermite_series.hpp"
#include "wideband/math/numeric_dual.hpp"
#include "wideband/math/sigma_grid.hpp"

namespace wideband {

/// At one pair of variances, over a grid, with I = K(rho = 1) - K(rho) and
/// c0 = sqrt(K11 K22) - K(rho = 1):
///
///   mean_slope A = I / (2 s sqrt(K11 K22)) = sqrt(q1 q2/(K11 K22)) (1/s) int_0^s Kdot ds
///   slope        = Kdot / sqrt(Kdot11 Kdot22)
///   bend B       = c0 / (2 sqrt(K11 K22) (log q1 - log q2)^2)
///   error        of K and Kdot over the same roots
struct PairSamples {
  std::vector<double> mean_slope;
  std::vector<double> slope;
  double bend = 0;
  double error = 0;
};

/// Moments of phi over one variable.
struct LineMoments {
  double variance = 0;
  double slope_variance = 0;
  double mean = 0;
  double spread = 0;  // E (phi - mean)^2
  double slope_mean = 0;
};
LineMoments line_moments(const Phi& phi, double q);

/// B above: a quarter of the squared distance of phi(sqrt(q1) z)/sqrt(K11) and
/// phi(sqrt(q2) z)/sqrt(K22), over (log q1 - log q2)^2; at q1 = q2 its limit.
double bend_of(const Phi& phi, double q1, double q2);

/// rule       polar or cartesian: quadrature; hermite: series; automatic: series where their tail
///            meets the tolerance at q_max, else quadrature; elu, selu and hard_tanh by the
///            integral over one variable
class PairSampler {
 public:
  PairSampler(const Phi& phi, double q_min, double q_max, const NumericDualOptions& options);

  bool uses_series() const { return series_; }
  /// Kdot / sqrt(Kdot11 Kdot22) at one angle.
  double slope(double q1, double q2, HalfAngle angle);
  PairSamples samples(double q1, double q2, const SigmaGrid& grid);
  std::uint64_t integrals() const { return integrals_; }
  const HermiteSeries& series(double q);

 private:
  const LineMoments& moments(double q);
  PairSamples from_series(double q1, double q2, const SigmaGrid& grid);
  PairSamples from_quadrature(double q1, double q2, const SigmaGrid& grid);
  double quadrature(double q1, double q2, HalfAngle angle, double scale);

  Phi phi_;
  NumericDualOptions options_;
  bool series_ = false;
  bool smoothed_ = false;  // one integral per pair, see smoothed_slope.hpp
  bool cartesian_ = false;
  std::map<double, HermiteSeries> known_;
  std::map<double, LineMoments> moments_;
  double error_ = 0;  // largest of the quadrature since it was last reset
  int nodes_ = 80;    // where the search for enough of them starts
  int order_ = 0;     // terms of every series: those that q_max needs
  std::uint64_t integrals_ = 0;
};

}  // namespace wideband

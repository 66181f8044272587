// Products with the kernel operator of arbitrary angles in O(n), once the angles are sorted.
#pragma once

#include "wideband/circle/angle_kernel.hpp"
#include "wideband/core/types.hpp"

namespace wideband {

/// Ascending angles of [0, 2pi) with their cosines and sines, computed once for many products.
/// Throws std::invalid_argument if they are empty, out of range, NaN, or not ascending (ties may
/// stand).
class SortedAngles {
 public:
  explicit SortedAngles(VectorView angles);
  Index size() const { return angle_.size(); }
  const Vector& angle() const { return angle_; }
  const Vector& cosine() const { return cosine_; }
  const Vector& sine() const { return sine_; }

 private:
  Vector angle_;
  Vector cosine_;
  Vector sine_;
};

/// A v of the sampled kernel operator, without a matrix.
///
///   y_i = (1/n) sum_l Theta(|g_i - g_l|) v_l                                                  (1)
///
/// With x = g_i - g_l in (-pi, pi], Theta(|x|) = even(x) + sgn(x) odd(x), a sum of products of
/// functions of g_i and of g_l:
///
///   K1      even = 1/2           odd = -x/(2pi)                                               (2)
///   K0      even = cos(x)/2      odd = sin x/(2pi) - x cos x/(2pi)                            (3)
///   nobias  even = cos x         odd = sin x/(2pi) - x cos x/pi                               (4)
///   bias = nobias + K1
///
/// The even part needs totals. The odd part needs, over samples of the half circle behind g_i minus
/// those ahead, sums of v {1, cos, sin} {1, g}: a sweep over i adds a sample when g_i passes it and
/// subtracts it when g_i passes its antipode. The sums are carried in twice the precision.
///
/// v        (n)
/// returns  (n)
/// cost     O(n) time, six sums of memory beside the result
/// accuracy 2e-15 |v|_1 / n absolute, at n = 10^6 as for small n
/// throws   std::invalid_argument if v has another length than the samples
/// source   sums over sorted angles; the compensated sum is Knuth's two-sum
Vector operator_product(AngleKernel kernel, const SortedAngles& samples, VectorView v);

/// The same for every column of V (n, c): equal bit for bit to the products of single columns.
Matrix operator_products(AngleKernel kernel, const SortedAngles& samples, MatrixView V);

/// y_z = (1/n) sum_l Theta(|z - g_l|) v_l at the probes z: a merge of two sorted lists, O(probes +
/// n).
Vector probe_product(AngleKernel kernel, const SortedAngles& probes, const SortedAngles& samples,
                     VectorView v);
Matrix probe_products(AngleKernel kernel, const SortedAngles& probes, const SortedAngles& samples,
                      MatrixView V);

}  // namespace wideband

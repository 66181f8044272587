#include "wideband/simd/input_steps.hpp"

#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "wideband/simd/input_steps.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace wideband::simd {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

void row_angles(const RowPairs& pairs, std::size_t n, double* HWY_RESTRICT angle,
                double* HWY_RESTRICT delta) {
  const hn::CappedTag<double, 16> d;
  using V = hn::Vec<decltype(d)>;
  const V zero = hn::Zero(d), half = hn::Set(d, 0.5), norm_x = hn::Set(d, pairs.norm);
  const V inverse = hn::Set(d, pairs.norm > 0 ? 0.5 / pairs.norm : 0);
  for (std::size_t i = 0; i < n; i += hn::Lanes(d)) {
    const V norm_z = hn::LoadU(d, pairs.norms + i);
    const auto both = hn::And(hn::Gt(norm_x, zero), hn::Gt(norm_z, zero));
    V sum = zero;
    for (std::size_t k = 0; k < pairs.d; ++k) {
      const V x = hn::Set(d, pairs.x[k]), z = hn::LoadU(d, pairs.columns[k] + i);
      sum = hn::MulAdd(hn::Sub(x, z), hn::Add(x, z), sum);
    }
    const V difference = hn::IfThenElseZero(both, hn::Div(sum, hn::Add(norm_x, norm_z)));  // (1)
    const V ratio = hn::IfThenElseZero(both, hn::Div(difference, norm_z));
    V minus = zero, plus = zero;
    for (std::size_t k = 0; k < pairs.d; ++k) {
      const V x = hn::Set(d, pairs.x[k]), z = hn::LoadU(d, pairs.columns[k] + i);
      const V away = hn::Mul(hn::NegMulAdd(z, ratio, hn::Sub(x, z)), inverse);
      const V along = hn::Mul(hn::MulAdd(z, ratio, hn::Add(x, z)), inverse);
      minus = hn::MulAdd(away, away, minus);  // (2)
      plus = hn::MulAdd(along, along, plus);
    }
    const V small = hn::IfThenElse(hn::Le(minus, plus), minus, hn::Or(plus, hn::Set(d, -0.0)));
    hn::Store(hn::IfThenElse(both, small, half), d, angle + i);
    hn::StoreU(difference, d, delta + i);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace wideband::simd
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace wideband::simd {

HWY_EXPORT(row_angles);

void angle_between_rows(const RowPairs& pairs, std::size_t n, double* angle, double* delta) {
  HWY_DYNAMIC_DISPATCH(row_angles)(pairs, n, angle, delta);
}

namespace scalar {

void angle_between_rows(const RowPairs& pairs, std::size_t n, double* angle, double* delta) {
  for (std::size_t i = 0; i < n; ++i) {
    const double norm_z = pairs.norms[i];
    angle[i] = 0.5;
    delta[i] = 0;
    if (!(pairs.norm > 0 && norm_z > 0)) continue;
    for (std::size_t k = 0; k < pairs.d; ++k) {
      const double x = pairs.x[k], z = pairs.columns[k][i];
      delta[i] += (x - z) * (x + z);
    }
    delta[i] /= pairs.norm + norm_z;  // (1)
    double s = 0, c = 0;
    for (std::size_t k = 0; k < pairs.d; ++k) {
      const double x = pairs.x[k], z = pairs.columns[k][i];
      const double away = (x - z - z * (delta[i] / norm_z)) / (2 * pairs.norm);
      const double along = (x + z + z * (delta[i] / norm_z)) / (2 * pairs.norm);
      s += away * away;  // (2)
      c += along * along;
    }
    angle[i] = s <= c ? s : std::copysign(c, -1.0);
  }
}

}  // namespace scalar
}  // namespace wideband::simd
#endif  // HWY_ONCE

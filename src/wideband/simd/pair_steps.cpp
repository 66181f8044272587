#include "wideband/simd/pair_steps.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "wideband/simd/pair_steps.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "wideband/simd/polynomials.hpp"

HWY_BEFORE_NAMESPACE();
namespace wideband::simd {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Value at x of the polynomial whose highest coefficient comes first.
template <class D, class V, class Real, std::size_t count>
HWY_INLINE V horner(D d, const Real (&coefficients)[count], V x) {
  V sum = hn::Set(d, coefficients[0]);
  for (std::size_t k = 1; k < count; ++k) sum = hn::MulAdd(sum, x, hn::Set(d, coefficients[k]));
  return sum;
}

// Whether the sign bit is set, that of zero included (IfNegativeThenElse differs between targets).
template <class D, class V>
HWY_INLINE hn::Mask<D> negative(D d, V v) {
  return hn::Lt(hn::CopySign(hn::Set(d, hn::TFromD<D>(1)), v), hn::Zero(d));
}

// The member of (s, c) that is at most 1/2, c with the sign bit set.
template <class D, class V>
HWY_INLINE V packed(D d, V s, V c) {
  return hn::IfThenElse(hn::Le(s, c), s, hn::Or(c, hn::Set(d, hn::TFromD<D>(-0.0))));
}

// 1 - 2s; for c in place of s its negative.
template <class D, class V>
HWY_INLINE V cosine(D d, V angle) {
  const V half =
      hn::NegMulAdd(hn::Set(d, hn::TFromD<D>(2)), hn::Abs(angle), hn::Set(d, hn::TFromD<D>(1)));
  return hn::IfThenElse(negative(d, angle), hn::Neg(half), half);
}

template <class D, class V>
struct Halves {
  V s, c;
};

template <class D, class V>
HWY_INLINE Halves<D, V> unpacked(D d, V angle) {
  const V small = hn::Abs(angle);
  const V large = hn::Sub(hn::Set(d, hn::TFromD<D>(1)), small);
  const auto opposite = negative(d, angle);
  return {hn::IfThenElse(opposite, large, small), hn::IfThenElse(opposite, small, large)};
}

// With v = min(s, c): the angle 2 asin sqrt v = 2 sqrt v A(v), j of it = 2 v sqrt v C(v).
template <class Real>
HWY_INLINE void rectifier(const Rectifier<Real>& step, std::size_t n, Real* HWY_RESTRICT angle,
                          Real* HWY_RESTRICT tangent) {
  const hn::CappedTag<Real, lanes> d;
  using V = hn::Vec<decltype(d)>;
  const std::size_t width = hn::Lanes(d);
  const V one = hn::Set(d, Real(1)), two = hn::Set(d, Real(2));
  const V bend_scale = hn::Set(d, 2 * step.mu), turn_scale = hn::Set(d, 4 * step.mu);
  const V own = hn::Set(d, step.own), kept = hn::Set(d, step.kept);
  const V one_minus_M = hn::Set(d, step.one_minus_M), M = hn::Set(d, 1 - step.one_minus_M);
  const V opposite_slope = hn::Set(d, step.one_minus_2M);
  for (std::size_t i = 0; i < n; i += width) {
    const V in = hn::Load(d, angle + i);
    const V v = hn::Abs(in);
    const V root = hn::Sqrt(v);
    const V arc = horner(d, Polynomials<Real>::arc, v);
    const V cubic = horner(d, Polynomials<Real>::cubic, v);
    const V bend = hn::Mul(hn::Mul(bend_scale, hn::Mul(v, root)), cubic);
    const V turn = hn::Mul(hn::Mul(turn_scale, root), arc);
    V out = hn::Sub(v, bend);  // (1)
    V slope = hn::Sub(one, turn);
    V cos = hn::NegMulAdd(two, out, one);
    if (!step.acute) {  // (2)
      const V c = hn::Add(hn::MulAdd(M, hn::NegMulAdd(two, v, one), v), bend);
      const V s = hn::Sub(hn::MulAdd(one_minus_M, hn::Sub(one, v), hn::Mul(M, v)), bend);
      const auto opposite = negative(d, in);
      out = hn::IfThenElse(opposite, packed(d, s, c), out);
      slope = hn::IfThenElse(opposite, hn::Add(opposite_slope, turn), slope);
      cos = cosine(d, out);
    }
    hn::Store(out, d, angle + i);
    const V next = hn::Mul(hn::Mul(kept, slope), hn::Load(d, tangent + i));
    hn::Store(hn::MulAdd(own, cos, next), d, tangent + i);  // (3)
  }
}

template <class D, class V, class Real>
HWY_INLINE V squared_half_sine(D d, const Mixture<Real>& step, std::size_t i) {
  if (step.half_sine != nullptr) {
    const V e = hn::Load(d, step.half_sine + i);
    return hn::Mul(e, e);
  }
  const V e = hn::Mul(hn::Mul(hn::Set(d, step.c), hn::Load(d, step.c_row + i)),
                      hn::Sub(hn::Set(d, step.t), hn::Load(d, step.t_row + i)));  // (4)
  return hn::Mul(e, e);
}

template <class Real>
HWY_INLINE void bias(const Mixture<Real>& step, std::size_t n, Real* HWY_RESTRICT angle) {
  const hn::CappedTag<Real, lanes> d;
  using V = hn::Vec<decltype(d)>;
  const std::size_t width = hn::Lanes(d);
  const V g = hn::Set(d, step.g), h = hn::Set(d, step.h);
  for (std::size_t i = 0; i < n; i += width) {
    const V ee = squared_half_sine<decltype(d), V>(d, step, i);
    const V in = hn::Load(d, angle + i);
    const V G = hn::Mul(g, hn::Load(d, step.g_row + i));
    if (step.acute) {
      hn::Store(hn::MulAdd(in, G, ee), d, angle + i);  // (5)
      continue;
    }
    const V H = hn::Mul(h, hn::Load(d, step.h_row + i));
    const auto A = unpacked(d, in);
    hn::Store(packed(d, hn::MulAdd(A.s, G, ee), hn::MulAdd(A.c, G, hn::Add(ee, H))), d, angle + i);
  }
}

template <class Real>
HWY_INLINE void sum(const Mixture<Real>& step, std::size_t n, Real* HWY_RESTRICT angle,
                    const Real* HWY_RESTRICT other) {
  const hn::CappedTag<Real, lanes> d;
  using V = hn::Vec<decltype(d)>;
  const std::size_t width = hn::Lanes(d);
  const V g = hn::Set(d, step.g), h = hn::Set(d, step.h);
  for (std::size_t i = 0; i < n; i += width) {
    const V ee = squared_half_sine<decltype(d), V>(d, step, i);
    const V G = hn::Mul(g, hn::Load(d, step.g_row + i));
    const V H = hn::Mul(h, hn::Load(d, step.h_row + i));
    const auto A = unpacked(d, hn::Load(d, angle + i));
    const auto B = unpacked(d, hn::Load(d, other + i));
    const V s = hn::MulAdd(A.s, G, hn::MulAdd(B.s, H, ee));
    const V c = hn::MulAdd(A.c, G, hn::MulAdd(B.c, H, ee));
    hn::Store(packed(d, s, c), d, angle + i);  // (5)
  }
}

template <class Real>
HWY_INLINE void dense_tangent(const TangentStep<Real>& step, std::size_t n,
                              const Real* HWY_RESTRICT angle, Real* HWY_RESTRICT tangent) {
  const hn::CappedTag<Real, lanes> d;
  using V = hn::Vec<decltype(d)>;
  const std::size_t width = hn::Lanes(d);
  const V own = hn::Set(d, step.own), kept = hn::Set(d, step.kept), bias = hn::Set(d, step.bias);
  for (std::size_t i = 0; i < n; i += width) {
    const V first =
        hn::Mul(hn::Mul(own, hn::Load(d, step.own_row + i)), cosine(d, hn::Load(d, angle + i)));
    const V second = hn::Mul(kept, hn::Load(d, step.kept_row + i));
    V sum = hn::MulAdd(second, hn::Load(d, tangent + i), first);
    if (step.bias != 0) sum = hn::MulAdd(bias, hn::Load(d, step.bias_row + i), sum);
    hn::Store(sum, d, tangent + i);
  }
}

template <class Real>
HWY_INLINE void dropout(Real keep, std::size_t n, Real* HWY_RESTRICT angle,
                        Real* HWY_RESTRICT tangent) {
  const hn::CappedTag<Real, lanes> d;
  using V = hn::Vec<decltype(d)>;
  const V floor = hn::Set(d, (1 - keep) / 2), k = hn::Set(d, keep);
  for (std::size_t i = 0; i < n; i += hn::Lanes(d)) {
    const V in = hn::Load(d, angle + i);
    // The smaller member stays the smaller one: keep <= 1.
    const V small = hn::MulAdd(k, hn::Abs(in), floor);
    hn::Store(hn::CopySignToAbs(small, in), d, angle + i);
    hn::Store(hn::Mul(k, hn::Load(d, tangent + i)), d, tangent + i);
  }
}

double half_angles(std::size_t n, const double* HWY_RESTRICT rho, double* HWY_RESTRICT angle) {
  const hn::CappedTag<double, lanes> d;
  using V = hn::Vec<decltype(d)>;
  const V one = hn::Set(d, 1.0), half = hn::Set(d, 0.5);
  V smallest = one;
  for (std::size_t i = 0; i < n; i += hn::Lanes(d)) {
    const V r = hn::LoadU(d, rho + i);
    // |rho| may exceed 1 by rounding; such a pair is refined.
    const V small = hn::Mul(half, hn::Sub(one, hn::Min(hn::Abs(r), one)));
    smallest = hn::Min(smallest, small);
    hn::Store(hn::CopySignToAbs(small, r), d, angle + i);
  }
  return hn::GetLane(hn::MinOfLanes(d, smallest));
}

template <class Real>
HWY_INLINE void covariance(Real r, const Real* HWY_RESTRICT r_row, std::size_t n,
                           const Real* HWY_RESTRICT angle, Real* HWY_RESTRICT out) {
  const hn::CappedTag<Real, lanes> d;
  using V = hn::Vec<decltype(d)>;
  const V scale = hn::Set(d, r);
  for (std::size_t i = 0; i < n; i += hn::Lanes(d)) {
    const V rr = hn::Mul(scale, hn::Load(d, r_row + i));
    hn::Store(hn::Mul(rr, cosine(d, hn::Load(d, angle + i))), d, out + i);
  }
}

void rectifier_f64(const Rectifier<double>& step, std::size_t n, double* angle, double* tangent) {
  rectifier(step, n, angle, tangent);
}
void rectifier_f32(const Rectifier<float>& step, std::size_t n, float* angle, float* tangent) {
  rectifier(step, n, angle, tangent);
}
void bias_f64(const Mixture<double>& step, std::size_t n, double* angle) {
  bias(step, n, angle);
}
void bias_f32(const Mixture<float>& step, std::size_t n, float* angle) {
  bias(step, n, angle);
}
void sum_f64(const Mixture<double>& step, std::size_t n, double* angle, const double* other) {
  sum(step, n, angle, other);
}
void sum_f32(const Mixture<float>& step, std::size_t n, float* angle, const float* other) {
  sum(step, n, angle, other);
}
void tangent_f64(const TangentStep<double>& step, std::size_t n, const double* angle,
                 double* tangent) {
  dense_tangent(step, n, angle, tangent);
}
void tangent_f32(const TangentStep<float>& step, std::size_t n, const float* angle,
                 float* tangent) {
  dense_tangent(step, n, angle, tangent);
}
void dropout_f64(double keep, std::size_t n, double* angle, double* tangent) {
  dropout(keep, n, angle, tangent);
}
void dropout_f32(float keep, std::size_t n, float* angle, float* tangent) {
  dropout(keep, n, angle, tangent);
}
void covariance_f64(double r, const double* r_row, std::size_t n, const double* angle,
                    double* out) {
  covariance(r, r_row, n, angle, out);
}
void covariance_f32(float r, const float* r_row, std::size_t n, const float* angle, float* out) {
  covariance(r, r_row, n, angle, out);
}

}  // namespace HWY_NAMESPACE
}  // namespace wideband::simd
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace wideband::simd {

HWY_EXPORT(rectifier_f64);
HWY_EXPORT(rectifier_f32);
HWY_EXPORT(bias_f64);
HWY_EXPORT(bias_f32);
HWY_EXPORT(sum_f64);
HWY_EXPORT(sum_f32);
HWY_EXPORT(tangent_f64);
HWY_EXPORT(tangent_f32);
HWY_EXPORT(dropout_f64);
HWY_EXPORT(dropout_f32);
HWY_EXPORT(half_angles);
HWY_EXPORT(covariance_f64);
HWY_EXPORT(covariance_f32);

void rectifier_step(const Rectifier<double>& step, std::size_t n, double* angle, double* tangent) {
  HWY_DYNAMIC_DISPATCH(rectifier_f64)(step, n, angle, tangent);
}
void rectifier_step(const Rectifier<float>& step, std::size_t n, float* angle, float* tangent) {
  HWY_DYNAMIC_DISPATCH(rectifier_f32)(step, n, angle, tangent);
}
void bias_step(const Mixture<double>& step, std::size_t n, double* angle) {
  HWY_DYNAMIC_DISPATCH(bias_f64)(step, n, angle);
}
void bias_step(const Mixture<float>& step, std::size_t n, float* angle) {
  HWY_DYNAMIC_DISPATCH(bias_f32)(step, n, angle);
}
void sum_step(const Mixture<double>& step, std::size_t n, double* angle, const double* other) {
  HWY_DYNAMIC_DISPATCH(sum_f64)(step, n, angle, other);
}
void sum_step(const Mixture<float>& step, std::size_t n, float* angle, const float* other) {
  HWY_DYNAMIC_DISPATCH(sum_f32)(step, n, angle, other);
}
void tangent_step(const TangentStep<double>& step, std::size_t n, const double* angle,
                  double* tangent) {
  HWY_DYNAMIC_DISPATCH(tangent_f64)(step, n, angle, tangent);
}
void tangent_step(const TangentStep<float>& step, std::size_t n, const float* angle,
                  float* tangent) {
  HWY_DYNAMIC_DISPATCH(tangent_f32)(step, n, angle, tangent);
}
void dropout_step(double keep, std::size_t n, double* angle, double* tangent) {
  HWY_DYNAMIC_DISPATCH(dropout_f64)(keep, n, angle, tangent);
}
void dropout_step(float keep, std::size_t n, float* angle, float* tangent) {
  HWY_DYNAMIC_DISPATCH(dropout_f32)(keep, n, angle, tangent);
}
double angle_from_cosine(std::size_t n, const double* rho, double* angle) {
  return HWY_DYNAMIC_DISPATCH(half_angles)(n, rho, angle);
}
void covariance_row(double r, const double* r_row, std::size_t n, const double* angle,
                    double* out) {
  HWY_DYNAMIC_DISPATCH(covariance_f64)(r, r_row, n, angle, out);
}
void covariance_row(float r, const float* r_row, std::size_t n, const float* angle, float* out) {
  HWY_DYNAMIC_DISPATCH(covariance_f32)(r, r_row, n, angle, out);
}

}  // namespace wideband::simd
#endif  // HWY_ONCE

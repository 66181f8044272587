#include "wideband/simd/activation_steps.hpp"

#include <numbers>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "wideband/simd/activation_steps.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "wideband/simd/polynomials.hpp"

HWY_BEFORE_NAMESPACE();
namespace wideband::simd {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Vectors of one type with the operators that formulas are written in.
template <class Real>
struct Pack {
  using D = hn::CappedTag<Real, 16>;
  using V = hn::Vec<D>;
  V v;

  HWY_INLINE Pack() : v(hn::Zero(D())) {}
  HWY_INLINE Pack(V value) : v(value) {}
  HWY_INLINE Pack(Real value) : v(hn::Set(D(), value)) {}
  static HWY_INLINE Pack load(const Real* from) { return {hn::Load(D(), from)}; }
  HWY_INLINE void store(Real* to) const { hn::Store(v, D(), to); }

  friend HWY_INLINE Pack operator+(Pack a, Pack b) { return {hn::Add(a.v, b.v)}; }
  friend HWY_INLINE Pack operator-(Pack a, Pack b) { return {hn::Sub(a.v, b.v)}; }
  friend HWY_INLINE Pack operator*(Pack a, Pack b) { return {hn::Mul(a.v, b.v)}; }
  friend HWY_INLINE Pack operator/(Pack a, Pack b) { return {hn::Div(a.v, b.v)}; }
};

template <class Real>
HWY_INLINE Pack<Real> fma(Pack<Real> a, Pack<Real> b, Pack<Real> c) {
  return {hn::MulAdd(a.v, b.v, c.v)};
}
template <class Real>
HWY_INLINE Pack<Real> root(Pack<Real> a) {
  return {hn::Sqrt(a.v)};
}

// atan t for |t| <= 1: four interleaved sums, since one chain of multiply-adds waits for itself.
template <class Real>
HWY_INLINE Pack<Real> arctangent(Pack<Real> t) {
  using P = Pack<Real>;
  constexpr const auto& c = Polynomials<Real>::arctangent;
  constexpr std::size_t count = sizeof(c) / sizeof(Real);
  // Below eps^2 the square changes nothing, but its powers would be denormal, hence slow.
  const P x{hn::Max((t * t).v, P(sizeof(Real) == 4 ? Real(0x1p-30) : Real(0x1p-70)).v)};
  const P xx = x * x, y = xx * xx;
  P sums[4] = {P(c[0]), P(c[1]), P(c[2]), P(c[3])};
  std::size_t k = 4;
  for (; k + 4 <= count; k += 4) {
    for (std::size_t r = 0; r < 4; ++r) sums[r] = fma(sums[r], y, P(c[k + r]));
  }
  // Powers of the groups fall from the left: x^3, x^2, x, 1; what is left goes by Horner.
  P sum = fma(fma(sums[0], x, sums[1]), xx, fma(sums[2], x, sums[3]));
  for (; k < count; ++k) sum = fma(sum, x, P(c[k]));
  return t * sum;
}

template <class Real>
HWY_INLINE Pack<Real> excess(Pack<Real> convexity, Pack<Real> half, Pack<Real> mean, Pack<Real> N) {
  const Pack<Real> value = convexity - half * half / (mean + N);
  return {hn::Max(value.v, Pack<Real>().v)};
}

template <class Real>
HWY_INLINE Pack<Real> at_most_half(Pack<Real> a) {
  return {hn::Min(a.v, Pack<Real>(Real(0.5)).v)};
}

template <class Real>
HWY_INLINE void error_function(const ErrorFunction<Real>& step, std::size_t n,
                               Real* HWY_RESTRICT angle, Real* HWY_RESTRICT tangent) {
  using P = Pack<Real>;
  const auto& a = step.row;
  const auto& b = step.columns;
  const P one(Real(1)), two(Real(2)), four(Real(4)), eight(Real(8));
  const P q1(*a.q), w1(*a.w), y1(*a.y), p1(*a.p), f1(*a.f), root_f1(*a.root_f);
  const P inverse1(*a.inverse_root), u1(*a.u), pp1 = two * p1 * p1;
  const P g1 = one + two * q1;
  for (std::size_t i = 0; i < n; i += hn::Lanes(typename P::D())) {
    const P in = P::load(angle + i), small{hn::Abs(in.v)};
    const P rho = one - two * small, sc = small * (one - small);
    const P y2 = P::load(b.y + i), p2 = P::load(b.p + i), R = p1 * p2;
    const P RR4 = four * R * R;
    const P AA = fma(y1, y2, fma(pp1, y2, two * p2 * p2 * y1));
    const P A = root(AA), B = root(fma(four * RR4, sc, AA));
    // One division serves tan(I/2) and 1/B.
    const P lower = fma(A, rho, B) * (one + fma(A, B, RR4 * rho)), both = one / (lower * B);
    P sum = two * arctangent(eight * R * sc * B * both);  // (1)
    if (!step.equal_variances) {
      const P q2 = P::load(b.q + i), w2 = P::load(b.w + i), d = q1 - q2;
      const P cross = fma(q1, w2, q2 * w1), qq4 = four * q1 * q2, W = w1 + w2;
      const P gg = g1 * fma(two, q2, one);
      // sqrt(q1 q2) A / sqrt(y1 y2) = R A / (y1 y2); one division serves X and h.
      const P below_X = W * W * fma(two, cross, four * R * A * gg);
      const P below_h = cross * (gg + fma(w1, w2, qq4));
      const P inverse = one / (below_X * below_h);
      const P X = arctangent(eight * d * d * below_h * inverse);
      const P h = arctangent(two * d * (q1 + q2 + qq4) * below_X * inverse);
      const P N = root_f1 * P::load(b.root_f + i);
      sum = sum + excess(X, h, P(Real(0.5)) * (f1 + P::load(b.f + i)), N);
    }
    const P scale = P(Real(0.5)) * inverse1 * P::load(b.inverse_root + i);
    const P out = at_most_half(sum * scale);  // (2)
    P{hn::CopySignToAbs(out.v, in.v)}.store(angle + i);
    (P::load(tangent + i) * (u1 * P::load(b.u + i) * (lower * both))).store(tangent + i);  // (3)
  }
}

template <class Real>
HWY_INLINE Pack<Real> gelu_excess(const GeluSamples<Real>& a, const GeluSamples<Real>& b,
                                  std::size_t i, Pack<Real> R, Pack<Real> A, Pack<Real> m) {
  using P = Pack<Real>;
  const P one(Real(1)), two(Real(2)), half(Real(0.5));
  const P q1(*a.q), w1(*a.w), e1(*a.e), q2 = P::load(b.q + i), w2 = P::load(b.w + i);
  const P e2 = P::load(b.e + i), d = q1 - q2, cross = fma(q1, w2, q2 * w1), qq = q1 * q2;
  const P ww = w1 * w2, W = w1 + w2, mean = P(*a.root_w) * P::load(b.root_w + i);
  // Divisions in pairs, each by one reciprocal.
  const P below_arc = fma(two, R * A, cross), crosses = one / (cross * below_arc);
  const P roots = P(*a.root_t) + P::load(b.root_t + i), widths = one / (W * roots);
  const P inverse_W = roots * widths, dW = d * inverse_W;
  const P lean = d * fma(two, qq, q1 + q2) * below_arc * crosses;
  const P arc = arctangent(two * dW * dW * cross * crosses);
  const P below_bend = A * (A + mean), bends = one / (below_bend * ww);
  const P t_difference = lean * below_bend * bends, e_difference = P() - d * e1 * e2;
  const P root_difference = t_difference * W * widths;
  // R (2d/W)^2 / (A (A + mean) mean), 1/mean = mean/ww
  const P bend = P(Real(4)) * R * dW * dW * mean * bends;
  const P t_convexity = fma(root_difference, root_difference, bend);
  const P convexity = fma(half, fma(e1 + e2, t_convexity, e_difference * t_difference), arc);
  const P arc_half = arctangent(lean / (m * m + ww + qq));
  const P t_sum = P(*a.t) + P::load(b.t + i);
  const P difference = fma(half, fma(t_sum, e_difference, t_difference * (e1 + e2)), arc_half);
  return excess(convexity, difference, half * (P(*a.h) + P::load(b.h + i)),
                P(*a.root_h) * P::load(b.root_h + i));
}

template <class Real>
HWY_INLINE void gelu(const Gelu<Real>& step, std::size_t n, const Real* HWY_RESTRICT angle,
                     Real* HWY_RESTRICT even, Real* HWY_RESTRICT tangent) {
  using P = Pack<Real>;
  const auto& a = step.row;
  const auto& b = step.columns;
  const P one(Real(1)), two(Real(2)), four(Real(4)), half(Real(0.5));
  const P inverse_two_pi(Real(0.5) * std::numbers::inv_pi_v<Real>);
  const P q1(*a.q), root1(*a.root_q), e1(*a.e), m1(*a.m), inverse1(*a.inverse_root), k1(*a.k);
  for (std::size_t i = 0; i < n; i += hn::Lanes(typename P::D())) {
    const P in = P::load(angle + i), small{hn::Abs(in.v)};
    const P rho = one - two * small, sc = small * (one - small);
    const P q2 = P::load(b.q + i), e2 = P::load(b.e + i), R = root1 * P::load(b.root_q + i);
    const P RR = q1 * q2, ee = e1 * e2, AA = one + q1 + q2;
    const P A = root(AA), BB = fma(four * RR, sc, AA), B = root(BB), AB = A * B;
    const P m = m1 * P::load(b.m + i), Rsc = four * R * sc, turned = fma(rho, RR, AB) * ee;
    // One division serves 1/B, the share, and both arc tangents.
    const P below_share = AA + AB, below_W = m + A, below_V = fma(rho, A, B) * (one + turned);
    const P first = B * below_share, second = below_W * below_V, inverse = one / (first * second);
    const P inverse_first = second * inverse, inverse_second = first * inverse;
    const P inverse_B = below_share * inverse_first;
    const P share = (AB - one) * B * inverse_first;
    const P rational = Rsc * inverse_B * (ee - RR * ee * share);
    const P W = two * arctangent(R * below_V * inverse_second);
    const P V = two * arctangent(Rsc * below_W * inverse_second);
    P sum = rational + two * small * W + rho * V;  // (4)
    if (!step.equal_variances) sum = sum + gelu_excess(a, b, i, R, A, m);
    at_most_half(sum * half * inverse1 * P::load(b.inverse_root + i)).store(even + i);  // (5)
    const P slope = W - V + rho * R * inverse_B * (inverse_B * inverse_B + e1 + e2);
    const P turn = slope * inverse_two_pi;
    const P Kdot = P(Real(0.25)) + P{hn::CopySign(turn.v, in.v)};
    (P::load(tangent + i) * k1 * P::load(b.k + i) * Kdot).store(tangent + i);  // (6)
  }
}

void error_function_f64(const ErrorFunction<double>& step, std::size_t n, double* angle,
                        double* tangent) {
  error_function(step, n, angle, tangent);
}
void error_function_f32(const ErrorFunction<float>& step, std::size_t n, float* angle,
                        float* tangent) {
  error_function(step, n, angle, tangent);
}
void gelu_f64(const Gelu<double>& step, std::size_t n, const double* angle, double* even,
              double* tangent) {
  gelu(step, n, angle, even, tangent);
}
void gelu_f32(const Gelu<float>& step, std::size_t n, const float* angle, float* even,
              float* tangent) {
  gelu(step, n, angle, even, tangent);
}

}  // namespace HWY_NAMESPACE
}  // namespace wideband::simd
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace wideband::simd {

HWY_EXPORT(error_function_f64);
HWY_EXPORT(error_function_f32);
HWY_EXPORT(gelu_f64);
HWY_EXPORT(gelu_f32);

void error_function_step(const ErrorFunction<double>& step, std::size_t n, double* angle,
                         double* tangent) {
  HWY_DYNAMIC_DISPATCH(error_function_f64)(step, n, angle, tangent);
}
void error_function_step(const ErrorFunction<float>& step, std::size_t n, float* angle,
                         float* tangent) {
  HWY_DYNAMIC_DISPATCH(error_function_f32)(step, n, angle, tangent);
}
void gelu_step(const Gelu<double>& step, std::size_t n, const double* angle, double* even,
               double* tangent) {
  HWY_DYNAMIC_DISPATCH(gelu_f64)(step, n, angle, even, tangent);
}
void gelu_step(const Gelu<float>& step, std::size_t n, const float* angle, float* even,
               float* tangent) {
  HWY_DYNAMIC_DISPATCH(gelu_f32)(step, n, angle, even, tangent);
}

}  // namespace wideband::simd
#endif  // HWY_ONCE

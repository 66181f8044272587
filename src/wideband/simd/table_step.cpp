#include "wideband/simd/table_step.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "wideband/simd/table_step.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#ifndef WIDEBAND_SIMD_TABLE_STEP
#define WIDEBAND_SIMD_TABLE_STEP
namespace wideband::simd {

inline constexpr double panel_end = 0.70710678118654752440;

// One panel: where it begins and ends, and its place among the coefficients.
template <class Real>
struct Panel {
  Real low, high;
  const Real* coefficients;
};

template <class Real>
Panel<Real> panel_of(const Table<Real>& table, std::size_t cell, std::size_t p, bool beyond) {
  const double high = std::ldexp(panel_end, -static_cast<int>(p));
  const double low = p < table.splits ? high / 2 : 0;
  const std::size_t panel = p + (beyond ? table.splits + 1 : 0);
  return {static_cast<Real>(low), static_cast<Real>(high),
          table.left + table.offsets[cell] + 2 * panel * table.nodes * table.widths[cell]};
}

template <class Real>
const Real* bends_of(const Table<Real>& table, std::size_t cell) {
  const std::size_t halves = table.odd || table.even ? 1 : 2;
  return table.left + table.offsets[cell] +
         2 * halves * (table.splits + 1) * table.nodes * table.widths[cell];
}

}  // namespace wideband::simd
#endif

HWY_BEFORE_NAMESPACE();
namespace wideband::simd {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// sum_k coefficients_k right_k, right_0 = 1
template <class D, class V, class Real>
HWY_INLINE V contracted(D d, const Real* HWY_RESTRICT coefficients, std::size_t width,
                        const V* HWY_RESTRICT right) {
  V sum = hn::Set(d, coefficients[0]);
  for (std::size_t k = 1; k < width; ++k) {
    sum = hn::MulAdd(hn::Set(d, coefficients[k]), right[k], sum);
  }
  return sum;
}

// (2) for A and S at once, by Clenshaw's recurrence.
template <class D, class V, class Real>
HWY_INLINE void series(D d, const Real* own, std::size_t nodes, std::size_t width, const V* right,
                       V t, V& A, V& S) {
  const V two_t = hn::Add(t, t);
  V later_A = hn::Zero(d), now_A = hn::Zero(d), later_S = hn::Zero(d), now_S = hn::Zero(d);
  for (std::size_t i = nodes; i-- > 1;) {
    const Real* pair = own + 2 * i * width;
    const V next_A = hn::MulAdd(two_t, now_A, hn::Sub(contracted(d, pair, width, right), later_A));
    const V next_S =
        hn::MulAdd(two_t, now_S, hn::Sub(contracted(d, pair + width, width, right), later_S));
    later_A = now_A;
    now_A = next_A;
    later_S = now_S;
    now_S = next_S;
  }
  A = hn::MulAdd(t, now_A, hn::Sub(contracted(d, own, width, right), later_A));
  S = hn::MulAdd(t, now_S, hn::Sub(contracted(d, own + width, width, right), later_S));
}

template <class Real>
HWY_INLINE void tabulated(const Table<Real>& table, std::size_t n, Real* HWY_RESTRICT angle,
                          Real* HWY_RESTRICT tangent) {
  const hn::CappedTag<Real, 16> d;
  using V = hn::Vec<decltype(d)>;
  constexpr std::size_t most = 16;  // polynomials of a cell
  const V zero = hn::Zero(d), one = hn::Set(d, Real(1)), minus_zero = hn::Set(d, Real(-0.0));
  const bool folded = table.odd || table.even;
  for (std::size_t i = 0; i < n; i += hn::Lanes(d)) {
    const V in = hn::Load(d, angle + i), small = hn::Abs(in), sigma = hn::Sqrt(small);
    const auto opposite = hn::Lt(hn::CopySign(one, in), zero);
    const V cell_row = hn::Load(d, table.cell_row + i);
    V A = zero, S = zero, bend = zero;
    for (std::size_t cell = 0; cell < table.cells; ++cell) {
      const auto here = hn::Eq(cell_row, hn::Set(d, static_cast<Real>(cell)));
      if (hn::AllFalse(d, here)) continue;
      const std::size_t width = table.widths[cell];
      V right[most];
      for (std::size_t k = 0; k < width; ++k) {
        right[k] = hn::Load(d, table.right + k * table.stride + i);
      }
      bend = hn::IfThenElse(here, contracted(d, bends_of(table, cell), width, right), bend);
      for (std::size_t p = 0; p <= table.splits; ++p) {
        for (int beyond = 0; beyond <= (folded ? 0 : 1); ++beyond) {
          const Panel<Real> panel = panel_of(table, cell, p, beyond == 1);
          auto inside = hn::And(here, hn::Ge(sigma, hn::Set(d, panel.low)));
          if (p > 0) inside = hn::And(inside, hn::Lt(sigma, hn::Set(d, panel.high)));
          if (!folded) inside = hn::And(inside, beyond == 1 ? opposite : hn::Not(opposite));
          if (hn::AllFalse(d, inside)) continue;
          const Real scale = 2 / (panel.high - panel.low);
          const Real shift = (panel.high + panel.low) / (panel.high - panel.low);
          const V t = hn::Min(hn::MulSub(sigma, hn::Set(d, scale), hn::Set(d, shift)), one);
          V own_A, own_S;
          series(d, panel.coefficients, table.nodes, width, right, t, own_A, own_S);
          A = hn::IfThenElse(inside, own_A, A);
          S = hn::IfThenElse(inside, own_S, S);
        }
      }
    }
    const V s = folded ? small : hn::IfThenElse(opposite, hn::Sub(one, small), small);
    const V gap = hn::Sub(hn::Set(d, table.log_q), hn::Load(d, table.log_q_row + i));
    const V raw = hn::MulAdd(s, A, hn::Mul(hn::Mul(gap, gap), bend));  // (1)
    const V now = hn::Min(hn::Max(raw, zero), one), rest = hn::Sub(one, now);
    V out = hn::IfThenElse(hn::Le(now, rest), now, hn::Or(rest, minus_zero));
    if (table.odd) {
      // theta' -> pi - theta'
      const V turned = hn::IfThenElse(hn::Lt(rest, now), rest, hn::Or(now, minus_zero));
      out = hn::IfThenElse(opposite, turned, out);
    }
    if (table.even) S = hn::IfThenElse(opposite, hn::Neg(S), S);
    hn::Store(out, d, angle + i);
    hn::Store(hn::Mul(S, hn::Load(d, tangent + i)), d, tangent + i);
  }
}

void tabulated_f64(const Table<double>& table, std::size_t n, double* angle, double* tangent) {
  tabulated(table, n, angle, tangent);
}
void tabulated_f32(const Table<float>& table, std::size_t n, float* angle, float* tangent) {
  tabulated(table, n, angle, tangent);
}

}  // namespace HWY_NAMESPACE
}  // namespace wideband::simd
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace wideband::simd {

HWY_EXPORT(tabulated_f64);
HWY_EXPORT(tabulated_f32);

void table_step(const Table<double>& table, std::size_t n, double* angle, double* tangent) {
  HWY_DYNAMIC_DISPATCH(tabulated_f64)(table, n, angle, tangent);
}
void table_step(const Table<float>& table, std::size_t n, float* angle, float* tangent) {
  HWY_DYNAMIC_DISPATCH(tabulated_f32)(table, n, angle, tangent);
}

namespace scalar {
namespace {

template <class Real>
void tabulated(const Table<Real>& table, std::size_t n, Real* angle, Real* tangent) {
  const bool folded = table.odd || table.even;
  for (std::size_t i = 0; i < n; ++i) {
    const Real small = std::abs(angle[i]), sigma = std::sqrt(small);
    const bool opposite = std::signbit(angle[i]);
    const auto cell = static_cast<std::size_t>(table.cell_row[i]);
    std::size_t p = 0;
    while (p < table.splits && sigma < panel_of(table, cell, p, false).low) ++p;
    const Panel<Real> panel = panel_of(table, cell, p, opposite && !folded);
    const Real t =
        std::min(Real(1), (2 * sigma - panel.low - panel.high) / (panel.high - panel.low));
    const std::size_t width = table.widths[cell];
    const auto contracted = [&](const Real* coefficients) {
      Real sum = 0;
      for (std::size_t k = 0; k < width; ++k) {
        sum += coefficients[k] * table.right[k * table.stride + i];
      }
      return sum;
    };
    // sum_i T_i(t) c_i with T_i = cos(i arccos t)
    Real A = 0, S = 0;
    for (std::size_t order = 0; order < table.nodes; ++order) {
      const Real T = std::cos(static_cast<Real>(order) * std::acos(std::max(Real(-1), t)));
      A += T * contracted(panel.coefficients + 2 * order * width);
      S += T * contracted(panel.coefficients + (2 * order + 1) * width);
    }
    const Real gap = table.log_q - table.log_q_row[i];
    const Real s = opposite && !folded ? 1 - small : small;
    Real now = std::clamp(s * A + gap * gap * contracted(bends_of(table, cell)), Real(0), Real(1));
    Real rest = 1 - now;
    if (table.odd && opposite) std::swap(now, rest);
    angle[i] = now <= rest ? now : std::copysign(rest, Real(-1));
    tangent[i] *= table.even && opposite ? -S : S;
  }
}

}  // namespace

void table_step(const Table<double>& table, std::size_t n, double* angle, double* tangent) {
  tabulated(table, n, angle, tangent);
}
void table_step(const Table<float>& table, std::size_t n, float* angle, float* tangent) {
  tabulated(table, n, angle, tangent);
}

}  // namespace scalar
}  // namespace wideband::simd
#endif  // HWY_ONCE

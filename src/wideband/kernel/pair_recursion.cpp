#include "wideband/kernel/pair_recursion.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <numbers>
#include <optional>
#include <type_traits>
#include <utility>

#include "wideband/core/status.hpp"
#include "wideband/kernel/sample_factors.hpp"
#include "wideband/math/dual.hpp"
#include "wideband/simd/activation_steps.hpp"
#include "wideband/simd/table_step.hpp"

namespace wideband {

template <class Real>
PairRecursion<Real>::PairRecursion(std::vector<Step> steps, const SampleTrace& x,
                                   const SampleTrace& z, const NumericDuals& duals, Index d)
    : steps_(std::move(steps)), x_(x), z_(z), duals_(duals), features_(static_cast<double>(d)) {
  struct Level {
    bool raw = false;
    bool acute = false;
  };
  std::vector<Level> stack = {{.raw = true}};
  for (const auto& dual : duals_) layouts_.push_back(dual ? dual->layout() : NumericDual::Layout{});
  for (std::size_t l = 0; l < steps_.size(); ++l) {
    const Step& step = steps_[l];
    Level& top = stack.back();
    switch (step.kind) {
      case StepKind::dense:
        add_dense(l, top.raw, top.acute);
        top.raw = false;
        break;
      case StepKind::activation:
        add_activation(l, top.acute);
        top = {.acute = leaves_acute(operations_.back())};
        break;
      case StepKind::dropout:
        add(Kind::dropout, l, 0, top.acute);
        top.raw = false;
        break;
      case StepKind::copy: {
        add(Kind::copy, l, 0, false).below = step.below;
        stack.push_back(stack[stack.size() - 1 - static_cast<std::size_t>(step.below)]);
        depth_ = std::max(depth_, static_cast<Index>(stack.size()));
        break;
      }
      case StepKind::sum: {
        const bool acute = top.acute && stack[stack.size() - 2].acute;
        add(Kind::sum, l, 6, acute);
        stack.pop_back();
        stack.back() = {.acute = acute};
        break;
      }
      case StepKind::settle: {
        add(Kind::settle, l, 0, false);
        const Level settled = top;
        stack.pop_back();
        stack.back() = settled;
        break;
      }
      case StepKind::layer_norm:  // scales K and Theta alike: the normalized state stays
      case StepKind::scale:
        top.raw = false;
        break;
    }
  }
}

template <class Real>
typename PairRecursion<Real>::Operation& PairRecursion<Real>::add(Kind kind, std::size_t l,
                                                                  Index slots, bool acute) {
  operations_.push_back({.kind = kind, .step = l, .slot = slots_, .acute = acute});
  slots_ += slots;
  return operations_.back();
}

// Whether all angles behind an activation's last operation are at most pi/2.
template <class Real>
bool PairRecursion<Real>::leaves_acute(const Operation& operation) {
  if (operation.kind == Kind::rectifier) return operation.rectifier.one_minus_M <= Real(0.5);
  return operation.acute && (operation.kind == Kind::error_function ||
                             operation.kind == Kind::offset || operation.kind == Kind::gelu);
}

template <class Real>
void PairRecursion<Real>::add_dense(std::size_t l, bool raw, bool acute) {
  const Step& step = steps_[l];
  if (step.fan_in > 0) add_tangent(l, acute);  // from K_in, in front of the bias
  if (step.bias > 0) add(Kind::bias, l, 4, acute).raw = raw;
  if (step.fan_in == 0) add_tangent(l, acute);
}

template <class Real>
void PairRecursion<Real>::add_activation(std::size_t l, bool acute) {
  const std::optional<Bends> phi = bends(steps_[l].phi);
  if (phi) {
    Operation& operation = add(Kind::rectifier, l, 0, acute);
    operation.rectifier = rectifier<Real>(*phi);
    operation.rectifier.acute = acute;
    return;
  }
  const std::optional<ErfParameters> erf = erf_parameters(steps_[l].phi);
  if (erf && erf->a != 0 && in_range(l, erf->b * erf->b, 0.05)) {
    add(Kind::error_function, l, simd::ErrorFunctionSamples<Real>::count, acute).equal_variances =
        equal_variances(l);
    if (erf->c != 0) add(Kind::offset, l, 4, acute);
  } else if (steps_[l].phi.family == PhiFamily::gelu &&
             in_range(l, 1, std::is_same_v<Real, float> ? 1e-12 : 1e-90)) {
    add(Kind::gelu, l, simd::GeluSamples<Real>::count + 4, acute).equal_variances =
        equal_variances(l);
  } else if (layouts_[l].nodes > 0) {
    const std::vector<std::size_t>& widths = layouts_[l].widths;
    add(Kind::table, l, 2 + static_cast<Index>(*std::max_element(widths.begin(), widths.end())),
        acute);
  } else {
    add(duals_[l] != nullptr ? Kind::numeric : Kind::dual, l, 1, acute);
  }
}

// Whether the loops of simd/activation_steps.hpp keep their digits at all variances times `scale`.
template <class Real>
bool PairRecursion<Real>::in_range(std::size_t l, double scale, double smallest) const {
  constexpr double largest = std::is_same_v<Real, float> ? 1e5 : 1e40;  // to the sixth power
  for (const SampleTrace* trace : {&x_, &z_}) {
    for (const double q : trace->before[l].variance) {
      if (q != 0 && !(q * scale >= smallest && q * scale <= largest)) return false;
    }
  }
  return true;
}

template <class Real>
bool PairRecursion<Real>::equal_variances(std::size_t l) const {
  double low = infinity, high = 0;
  for (const SampleTrace* trace : {&x_, &z_}) {
    for (const double q : trace->before[l].variance) {
      if (q == 0) continue;  // such samples are patched
      low = std::min(low, q);
      high = std::max(high, q);
    }
  }
  return high == low;
}

// Behind a rectifier the dense part rides along if its factors are the same for every sample, which
// homogeneous networks have up to rounding.
template <class Real>
void PairRecursion<Real>::add_tangent(std::size_t l, bool acute) {
  const bool behind = !operations_.empty() && operations_.back().kind == Kind::rectifier &&
                      operations_.back().step + 1 == l && steps_[l].bias_tangent == 0;
  double low_own = infinity, high_own = 0, low_kept = infinity, high_kept = 0;
  for (const SampleTrace* trace : {&x_, &z_}) {
    const auto n = static_cast<Index>(trace->output.variance.size());
    for (Index i = 0; behind && i < n; ++i) {
      if (trace->zero[static_cast<std::size_t>(i)]) continue;
      double own = 0, kept = 0, bias = 0;
      dense_ratios(*trace, l, i, own, kept, bias);
      low_own = std::min(low_own, own);
      high_own = std::max(high_own, own);
      low_kept = std::min(low_kept, kept);
      high_kept = std::max(high_kept, kept);
    }
  }
  constexpr double same = 1 + 32 * std::numeric_limits<double>::epsilon();
  if (behind && high_own <= low_own * same && high_kept <= low_kept * same) {
    operations_.back().rectifier.own = static_cast<Real>(high_own * high_own);
    operations_.back().rectifier.kept = static_cast<Real>(high_kept * high_kept);
    return;
  }
  add(Kind::tangent, l, 3, acute);
}

template <class Real>
const SampleSignal& PairRecursion<Real>::after(const SampleTrace& trace, std::size_t l) const {
  return l + 1 < trace.before.size() ? trace.before[l + 1] : trace.output;
}

template <class Real>
void PairRecursion<Real>::dense_ratios(const SampleTrace& trace, std::size_t l, Index i,
                                       double& own, double& kept, double& bias) const {
  const auto s = static_cast<std::size_t>(i);
  const Step& step = steps_[l];
  const SampleSignal& in = trace.before[l];
  const SampleSignal& out = after(trace, l);
  const double source = step.fan_in > 0 ? step.fan_in * in.variance[s] : out.variance[s];
  own = root_of_ratio(source, out.tangent[s]);  // (1)
  kept = root_of_ratio(step.weight * in.tangent[s], out.tangent[s]);
  bias = root_of_ratio(step.bias_tangent, out.tangent[s]);
}

template <class Real>
void PairRecursion<Real>::fill(const Operation& operation, const SampleTrace& trace, Index first,
                               Index count, Real* factors) const {
  constexpr Index width = PairWork<Real>::width;
  const std::size_t l = operation.step;
  const Step& step = steps_[l];
  for (Index i = 0; i < count; ++i) {
    const auto s = static_cast<std::size_t>(first + i);
    const double q = trace.before[l].variance[s];
    switch (operation.kind) {
      case Kind::bias:
        mixture_factors(step.weight * q, step.bias, width, factors + i);
        break;
      case Kind::sum: {
        mixture_factors(trace.beneath[l].variance[s], q, width, factors + i);
        const double below = trace.beneath[l].tangent[s], top = trace.before[l].tangent[s];
        factors[4 * width + i] = static_cast<Real>(root_of_ratio(below, below + top));
        factors[5 * width + i] = static_cast<Real>(root_of_ratio(top, below + top));
        break;
      }
      case Kind::tangent: {
        double own = 0, kept = 0, bias = 0;
        dense_ratios(trace, l, first + i, own, kept, bias);
        factors[i] = static_cast<Real>(own);
        factors[width + i] = static_cast<Real>(kept);
        factors[2 * width + i] = static_cast<Real>(bias);
        break;
      }
      case Kind::error_function: {
        const double b = erf_parameters(step.phi)->b;
        error_function_factors(b * b * q, width, factors + i);
        break;
      }
      case Kind::offset: {
        const ErfParameters erf = *erf_parameters(step.phi);
        const double even = erf.a * erf.a * (2 / std::numbers::pi) * arc_sine(erf.b * erf.b * q);
        mixture_factors(even, erf.c * erf.c, width, factors + i);
        break;
      }
      case Kind::gelu: {
        constexpr Index own = simd::GeluSamples<Real>::count;
        gelu_factors(q, dual_slope_variance(step.phi, q), width, factors + i);
        mixture_factors(q / 4, q * gelu_factor(q) / (2 * std::numbers::pi), width,
                        factors + own * width + i);
        break;
      }
      case Kind::table: {
        const NumericDual::Row column = duals_[l]->column(q);
        factors[i] = static_cast<Real>(column.cell);
        factors[width + i] = static_cast<Real>(q > 0 ? std::log(q) : 0);
        for (std::size_t k = 0; k < column.right.size(); ++k) {
          factors[(2 + static_cast<Index>(k)) * width + i] = static_cast<Real>(column.right[k]);
        }
        break;
      }
      case Kind::numeric:
      case Kind::dual:
        factors[i] = static_cast<Real>(
            root_of_ratio(trace.before[l].tangent[s], after(trace, l).tangent[s]));  // (2)
        break;
      default:
        break;
    }
  }
}

template <class Real>
PairWork<Real> PairRecursion<Real>::work() const {
  constexpr Index width = PairWork<Real>::width;
  constexpr Index align = 64 / static_cast<Index>(sizeof(Real));
  PairWork<Real> work;
  const Index length = (2 * depth_ + 1 + 2 * slots_) * width;
  work.storage = PairWork<Real>::Buffer::Zero(length + align);
  void* begin = work.storage.data();
  std::size_t space = static_cast<std::size_t>(length + align) * sizeof(Real);
  auto* first = static_cast<Real*>(
      std::align(64, static_cast<std::size_t>(length) * sizeof(Real), begin, space));
  const auto take = [&](Index count) {
    const std::span<Real> part(first, static_cast<std::size_t>(count * width));
    first += count * width;
    return part;
  };
  work.signals = take(2 * depth_);
  work.half_sine = take(1);
  work.row_factors = take(slots_);
  work.column_factors = take(slots_);
  return work;
}

template <class Real>
bool PairRecursion<Real>::wants_differences() const {
  return std::any_of(operations_.begin(), operations_.end(), [](const Operation& operation) {
    return operation.kind == Kind::bias && operation.raw;
  });
}

template <class Real>
void PairRecursion<Real>::enter(PairWork<Real>& work, Index i0, Index rows, Index j0,
                                Index columns) const {
  // Tiles of one row of blocks follow each other: what is known of its rows stays.
  const bool same_rows = work.first_row == i0;
  work.first_row = i0;
  work.first_column = j0;
  work.numeric_rows.resize(steps_.size());
  work.numeric_columns.resize(steps_.size());
  for (const Operation& operation : operations_) {
    const std::size_t l = operation.step;
    fill(operation, z_, j0, columns, work.column_factor(operation.slot));
    if (operation.kind == Kind::numeric) {
      numeric_samples(l, z_, j0, columns, work.numeric_columns[l]);
    }
    if (same_rows) continue;
    fill(operation, x_, i0, rows, work.row_factor(operation.slot));
    if (operation.kind == Kind::numeric || operation.kind == Kind::table) {
      numeric_samples(l, x_, i0, rows, work.numeric_rows[l]);
    }
  }
}

template <class Real>
void PairRecursion<Real>::numeric_samples(std::size_t l, const SampleTrace& trace, Index first,
                                          Index count,
                                          typename PairWork<Real>::NumericRows& rows) const {
  rows.rows.clear();
  rows.left.clear();
  rows.of_sample.clear();
  for (Index i = 0; i < count; ++i) {
    const double q = trace.before[l].variance[static_cast<std::size_t>(first + i)];
    std::size_t known = 0;
    while (known < std::min<std::size_t>(rows.rows.size(), 16) && rows.rows[known].q != q) ++known;
    if (known < rows.rows.size() && rows.rows[known].q == q) {
      rows.of_sample.push_back(known);
      continue;
    }
    const bool tabulated = layouts_[l].nodes > 0;
    rows.rows.push_back(tabulated ? duals_[l]->contracted(q) : duals_[l]->row(q));
    const std::vector<double>& left = rows.rows.back().left;
    rows.left.emplace_back(left.begin(), left.end());
    rows.of_sample.push_back(rows.rows.size() - 1);
  }
}

template <class Real>
void PairRecursion<Real>::table(const Operation& operation, PairWork<Real>& work, Index row,
                                std::size_t n, Real* angle, Real* tangent) const {
  const std::size_t l = operation.step;
  const NumericDual::Layout& layout = layouts_[l];
  const auto& rows = work.numeric_rows[l];
  const std::vector<Real>& left = rows.left[rows.of_sample[static_cast<std::size_t>(row)]];
  if (left.empty()) return;  // a sample of variance 0, patched
  const Index slot = operation.slot;
  simd::table_step({.nodes = layout.nodes,
                    .splits = layout.splits,
                    .odd = layout.odd,
                    .even = layout.even,
                    .cells = layout.widths.size(),
                    .widths = layout.widths.data(),
                    .offsets = layout.offsets.data(),
                    .left = left.data(),
                    .log_q = work.row_factor(slot + 1)[row],
                    .cell_row = work.column_factor(slot),
                    .log_q_row = work.column_factor(slot + 1),
                    .right = work.column_factor(slot + 2),
                    .stride = static_cast<std::size_t>(PairWork<Real>::width)},
                   n, angle, tangent);
}

template <class Real>
void PairRecursion<Real>::numeric_duals(const Operation& operation, PairWork<Real>& work, Index row,
                                        Index columns, Index level) const {
  const std::size_t l = operation.step;
  const auto& rows = work.numeric_rows[l];
  const auto& others = work.numeric_columns[l];
  const NumericDual::Row& first = rows.rows[rows.of_sample[static_cast<std::size_t>(row)]];
  const auto r1 = static_cast<double>(work.row_factor(operation.slot)[row]);
  const Real* r2 = work.column_factor(operation.slot);
  Real* angle = work.angle(level);
  Real* tangent = work.tangent(level);
  for (Index j = 0; j < columns; ++j) {
    const NumericDual::Row& second = others.rows[others.of_sample[static_cast<std::size_t>(j)]];
    const HalfAngle in =
        half_angle(static_cast<double>(std::abs(angle[j])), std::signbit(angle[j]));
    const Dual pair = duals_[l]->dual(first, second, in);
    angle[j] = static_cast<Real>(pair.angle.s <= pair.angle.c ? pair.angle.s : -pair.angle.c);
    tangent[j] *= static_cast<Real>(pair.slope * r1 * static_cast<double>(r2[j]));
  }
}

template <class Real>
simd::Mixture<Real> PairRecursion<Real>::mixture(Index slot, bool acute, PairWork<Real>& work,
                                                 Index row) const {
  return {.g = work.row_factor(slot)[row],
          .h = work.row_factor(slot + 1)[row],
          .c = work.row_factor(slot + 2)[row],
          .t = work.row_factor(slot + 3)[row],
          .g_row = work.column_factor(slot),
          .h_row = work.column_factor(slot + 1),
          .c_row = work.column_factor(slot + 2),
          .t_row = work.column_factor(slot + 3),
          .acute = acute};
}

// The half sine e of simd::Mixture for input pairs whose norms differ by delta: with
// sqrt a = W |x| / sqrt d, sin(phi_1 - phi_2) = (sqrt a_2 - sqrt a_1) h_1 h_2 / b and
// e = sin / (2 cos(half)), cos(half) = c_1 c_2 (1 + t_1 t_2); its sign does not matter.
template <class Real>
void PairRecursion<Real>::raw_half_sines(const Operation& operation, PairWork<Real>& work,
                                         Index row, Index columns,
                                         std::span<const RefinedPair> refined,
                                         simd::Mixture<Real>& step) const {
  if (refined.empty()) return;
  const Step& dense = steps_[operation.step];
  Real* e = work.half_sine.data();
  if (static_cast<Index>(refined.size()) < columns) {
    for (Index j = 0; j < columns; ++j) e[j] = step.c * step.c_row[j] * (step.t - step.t_row[j]);
  }
  const double scale = std::sqrt(dense.weight / features_ / dense.bias) / 2;
  const auto h = static_cast<double>(work.row_factor(operation.slot + 1)[row]);
  for (const RefinedPair& pair : refined) {
    const Index j = pair.column;
    const double cosine = static_cast<double>(step.c) * static_cast<double>(step.c_row[j]) *
                          (1 + static_cast<double>(step.t) * static_cast<double>(step.t_row[j]));
    e[j] = static_cast<Real>(pair.norm_difference * scale * h * static_cast<double>(step.h_row[j]) /
                             cosine);
  }
  step.half_sine = e;
}

template <class Real>
void PairRecursion<Real>::error_function(const Operation& operation, PairWork<Real>& work,
                                         Index row, std::size_t n, Real* angle,
                                         Real* tangent) const {
  constexpr Index width = PairWork<Real>::width;
  const simd::ErrorFunction<Real> step{
      .row = error_function_samples<Real>(work.row_factor(operation.slot) + row, width),
      .columns = error_function_samples<Real>(work.column_factor(operation.slot), width),
      .equal_variances = operation.equal_variances};
  simd::error_function_step(step, n, angle, tangent);
}

// x/2 plus an even function: two independent branches, the second of which waits in half_sine.
template <class Real>
void PairRecursion<Real>::gelu(const Operation& operation, PairWork<Real>& work, Index row,
                               std::size_t n, Real* angle, Real* tangent) const {
  constexpr Index width = PairWork<Real>::width;
  const simd::Gelu<Real> step{
      .row = gelu_samples<Real>(work.row_factor(operation.slot) + row, width),
      .columns = gelu_samples<Real>(work.column_factor(operation.slot), width),
      .equal_variances = operation.equal_variances};
  Real* even = work.half_sine.data();
  simd::gelu_step(step, n, angle, even, tangent);
  const Index mixed = operation.slot + simd::GeluSamples<Real>::count;
  simd::sum_step(mixture(mixed, operation.acute, work, row), n, angle, even);
}

template <class Real>
void PairRecursion<Real>::scalar_duals(const Operation& operation, PairWork<Real>& work, Index row,
                                       Index columns, Index level) const {
  const std::size_t l = operation.step;
  const Phi& phi = steps_[l].phi;
  const double q1 = x_.before[l].variance[static_cast<std::size_t>(work.first_row + row)];
  const Real r1 = work.row_factor(operation.slot)[row];
  const Real* r2 = work.column_factor(operation.slot);
  Real* angle = work.angle(level);
  Real* tangent = work.tangent(level);
  for (Index j = 0; j < columns; ++j) {
    const double q2 = z_.before[l].variance[static_cast<std::size_t>(work.first_column + j)];
    const Dual pair = dual(
        phi, q1, q2, half_angle(static_cast<double>(std::abs(angle[j])), std::signbit(angle[j])));
    angle[j] = static_cast<Real>(pair.angle.s <= pair.angle.c ? pair.angle.s : -pair.angle.c);
    tangent[j] *=
        static_cast<Real>(pair.slope * static_cast<double>(r1) * static_cast<double>(r2[j]));
  }
}

template <class Real>
void PairRecursion<Real>::run(PairWork<Real>& work, Index i, Index columns,
                              std::span<const RefinedPair> refined) const {
  const Index row = i - work.first_row;
  const auto n = simd::padded(static_cast<std::size_t>(columns));
  std::fill_n(work.tangent(0), n, Real(0));
  Index top = 0;
  for (const Operation& operation : operations_) {
    Real* angle = work.angle(top);
    Real* tangent = work.tangent(top);
    switch (operation.kind) {
      case Kind::rectifier:
        simd::rectifier_step(operation.rectifier, n, angle, tangent);
        break;
      case Kind::dual:
        scalar_duals(operation, work, row, columns, top);
        break;
      case Kind::error_function:
        error_function(operation, work, row, n, angle, tangent);
        break;
      case Kind::gelu:
        gelu(operation, work, row, n, angle, tangent);
        break;
      case Kind::table:
        table(operation, work, row, n, angle, tangent);
        break;
      case Kind::numeric:
        numeric_duals(operation, work, row, columns, top);
        break;
      case Kind::offset:
      case Kind::bias: {
        simd::Mixture<Real> step = mixture(operation.slot, operation.acute, work, row);
        if (operation.raw) raw_half_sines(operation, work, row, columns, refined, step);
        simd::bias_step(step, n, angle);
        break;
      }
      case Kind::tangent: {
        const Index slot = operation.slot;
        simd::tangent_step({.own = work.row_factor(slot)[row],
                            .kept = work.row_factor(slot + 1)[row],
                            .bias = work.row_factor(slot + 2)[row],
                            .own_row = work.column_factor(slot),
                            .kept_row = work.column_factor(slot + 1),
                            .bias_row = work.column_factor(slot + 2)},
                           n, angle, tangent);
        break;
      }
      case Kind::dropout:
        simd::dropout_step(static_cast<Real>(steps_[operation.step].keep), n, angle, tangent);
        break;
      case Kind::copy: {
        const Index source = top - operation.below;
        ++top;
        std::copy_n(work.angle(source), n, work.angle(top));
        std::copy_n(work.tangent(source), n, work.tangent(top));
        break;
      }
      case Kind::sum: {
        --top;
        simd::sum_step(mixture(operation.slot, operation.acute, work, row), n, work.angle(top),
                       angle);
        const Index slot = operation.slot + 4;
        const Real below = work.row_factor(slot)[row], above = work.row_factor(slot + 1)[row];
        const Real *below_row = work.column_factor(slot), *above_row = work.column_factor(slot + 1);
        Real* sum = work.tangent(top);
        for (std::size_t j = 0; j < n; ++j) {
          sum[j] = below * below_row[j] * sum[j] + above * above_row[j] * tangent[j];
        }
        break;
      }
      case Kind::settle:
        --top;
        std::copy_n(angle, n, work.angle(top));
        std::copy_n(tangent, n, work.tangent(top));
        break;
    }
  }
}

template class PairRecursion<double>;
template class PairRecursion<float>;

}  // namespace wideband

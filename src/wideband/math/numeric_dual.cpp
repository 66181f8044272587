#include "wideband/math/numeric_dual.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/math/dual_table.hpp"
#include "wideband/math/gauss_hermite.hpp"
#include "wideband/math/pair_sampler.hpp"

namespace wideband {
namespace {

enum class Parity { none, odd, even };

Parity parity_of(const Phi& phi) {
  bool odd = true;
  bool even = true;
  for (int i = 1; i <= 40; ++i) {
    const double x = 0.13 * i * (1 + 0.01 * i);
    odd = odd && value(phi, -x) == -value(phi, x) && derivative(phi, -x) == derivative(phi, x);
    even = even && value(phi, -x) == value(phi, x) && derivative(phi, -x) == -derivative(phi, x);
  }
  if (odd) return Parity::odd;
  return even ? Parity::even : Parity::none;
}

void check(const Phi& phi, std::span<const double> variances, const NumericDualOptions& options) {
  if (phi.family == PhiFamily::exp_normalized) {
    require(false, "[numeric_dual] exp_normalized is a kernel without a function");
  }
  if (!(options.tolerance > 0)) {
    require(false, fmt::format("[numeric_dual] expected tolerance > 0, got {}", options.tolerance));
  }
  for (const double q : variances) {
    if (!(q >= 0) || !std::isfinite(q)) {
      require(false, fmt::format("[numeric_dual] expected finite variances >= 0, got {}", q));
    }
  }
}

bool bends_off_zero(const Phi& phi) {
  const std::vector<double> bends = kinks(phi);
  return std::any_of(bends.begin(), bends.end(), [](double kink) { return kink != 0; });
}

// With a kink at t != 0 the expectations have a cone at q1 = q2, theta = 0, where t/sqrt(q1) and
// t/sqrt(q2) meet: no polynomial in log q follows it, so every value needs a table of its own.
constexpr std::size_t most_values_with_kinks = 32;

void check_kinks(const Phi& phi, const std::vector<VarianceCell>& cells) {
  const bool spread = std::any_of(cells.begin(), cells.end(),
                                  [](const VarianceCell& cell) { return cell.nodes > 1; });
  if (spread) {
    throw NumericalError(
        fmt::format("[numeric_dual] {} has kinks away from 0 and more than {} different variances; "
                    "scale the inputs to one norm",
                    phi.name.empty() ? name_of(phi.family) : phi.name, most_values_with_kinks));
  }
}

// The narrowest peak is at the largest variance. Kinks off zero make Kdot flat below an angle that
// falls with the difference of the variances: neighbors.
VariancePairs probes(const std::vector<VarianceCell>& cells) {
  const double q_max = std::exp(cells.back().high);
  VariancePairs pairs = {{q_max, q_max}, {std::exp(cells.front().low), q_max}};
  for (std::size_t i = 0; i + 1 < cells.size(); ++i) {
    pairs.emplace_back(std::exp(cells[i].low), std::exp(cells[i + 1].low));
  }
  return pairs;
}

double dot(const double* a, const double* b, std::size_t n) {
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) sum += a[i] * b[i];
  return sum;
}

// K = phi(0) E phi(v): the constant against a variable of mean m and spread m2.
HalfAngle angle_to_constant(double constant, const NumericDual::Row& row) {
  const double root = std::sqrt(row.mean * row.mean + row.spread);
  if (constant == 0 || root == 0) return {};
  const double smaller = row.spread / (2 * root * (root + std::abs(row.mean)));
  return half_angle(smaller, constant * row.mean < 0);
}

}  // namespace

struct NumericDual::State {
  Phi phi;
  NumericDualOptions options;
  Parity parity = Parity::none;
  double error = 0;
  std::uint64_t integrals = 0;
  std::vector<VarianceCell> cells;
  SigmaGrid grid;
  std::vector<DualTable> tables;  // of cells (a, b), a <= b, at b (b + 1)/2 + a
  std::vector<std::size_t> offsets;
  GaussHermiteRule rule;
  std::size_t terms = 0;  // of the series

  bool product() const { return options.quadrature.rule == QuadratureRule::gauss_hermite; }
  bool series() const { return options.quadrature.rule == QuadratureRule::hermite; }

  void build_product(double q_max);
  std::size_t cell_of(double q) const;
  Dual from_table(const Row& first, const Row& second, HalfAngle angle) const;
  Dual from_series(const Row& first, const Row& second, HalfAngle angle) const;
  Dual from_product(const Row& first, const Row& second, HalfAngle angle) const;
  double unseen_error(PairSampler& sampler, const NumericDual& dual) const;
};

NumericDual::NumericDual(NumericDual&&) noexcept = default;
NumericDual& NumericDual::operator=(NumericDual&&) noexcept = default;
NumericDual::~NumericDual() = default;

NumericDual::NumericDual(const Phi& phi, std::span<const double> variances,
                         const NumericDualOptions& options)
    : state_(std::make_unique<State>()) {
  check(phi, variances, options);
  state_->phi = phi;
  state_->options = options;
  state_->parity = parity_of(phi);
  const bool corners = !state_->product() && !state_->series() && bends_off_zero(phi);
  state_->cells =
      corners ? variance_cells(variances, most_values_with_kinks) : variance_cells(variances);
  if (corners) check_kinks(phi, state_->cells);
  if (state_->product()) {
    state_->rule = gauss_hermite_rule(static_cast<int>(options.quadrature.degree));
  }
  if (state_->cells.empty()) return;  // only zeros
  const double q_min = std::exp(state_->cells.front().low);
  const double q_max = std::exp(state_->cells.back().high);
  if (state_->product()) {
    state_->build_product(q_max);
    return;
  }
  PairSampler sampler(phi, q_min, q_max, options);
  if (state_->series()) {
    state_->terms = sampler.series(q_max).value.size();
    state_->error = std::max(sampler.series(q_min).tail, sampler.series(q_max).tail) + 1e-15;
    state_->integrals = sampler.integrals();
    return;
  }
  const double target = std::max(options.tolerance / 10, 2e-14);
  state_->grid = sigma_grid(sampler, probes(state_->cells), state_->parity == Parity::none, target);
  for (std::size_t b = 0; b < state_->cells.size(); ++b) {
    for (std::size_t a = 0; a <= b; ++a) {
      const DualTable table = dual_table(sampler, state_->grid, state_->cells[a], state_->cells[b]);
      state_->error = std::max(state_->error, table.error);
      state_->tables.push_back(table);
    }
  }
  state_->error += state_->unseen_error(sampler, *this) + 1e-15;
  state_->integrals = sampler.integrals();
  if (!(state_->error <= options.tolerance)) {
    throw NumericalError(fmt::format(
        "[numeric_dual] {}: error {:.3g} of the table > dual_tolerance {:.3g} for variances {} "
        "to {}",
        name_of(phi.family), state_->error, options.tolerance, q_min, q_max));
  }
}

// The table against the integral where neither the angle nor log q is a node.
double NumericDual::State::unseen_error(PairSampler& sampler, const NumericDual& numeric) const {
  double largest = 0;
  for (const VarianceCell& cell : cells) {
    const double width = cell.high - cell.low;
    const double q1 = std::exp(cell.low + 0.37 * width);
    const double q2 = std::exp(cell.low + 0.81 * width);
    const Row first = numeric.row(q1);
    const Row second = numeric.row(q2);
    for (const double sigma : {0.31 * SigmaGrid::end, 0.67 * SigmaGrid::end}) {
      for (const bool beyond : {false, true}) {
        if (beyond && !grid.far) continue;
        const HalfAngle angle = half_angle_at(sigma, beyond);
        const double scale = std::sqrt(first.slope_variance) * std::sqrt(second.slope_variance);
        if (scale == 0) continue;
        const double found = from_table(first, second, angle).slope / scale;
        largest = std::max(largest, std::abs(found - sampler.slope(q1, q2, angle)));
      }
    }
  }
  return largest;
}

void NumericDual::State::build_product(double q_max) {
  // Against twice the degree, at the largest variance.
  const int degree = static_cast<int>(options.quadrature.degree);
  const GaussHermiteRule finer = gauss_hermite_rule(std::min(200, 2 * degree));
  const ProductRuleValues own = product_rule(phi, rule, q_max, q_max, half_angle(0, false));
  const double scale = own.K;
  const double slope_scale = own.Kdot;
  for (const double smaller : {0.0, 0.05, 0.3, 0.5}) {
    const HalfAngle angle = half_angle(smaller, false);
    const ProductRuleValues coarse = product_rule(phi, rule, q_max, q_max, angle);
    const ProductRuleValues fine = product_rule(phi, finer, q_max, q_max, angle);
    if (scale > 0) error = std::max(error, std::abs(coarse.K - fine.K) / scale);
    if (slope_scale > 0) {
      error = std::max(error, std::abs(coarse.Kdot - fine.Kdot) / slope_scale);
    }
  }
}

std::size_t NumericDual::State::cell_of(double q) const {
  const double x = std::log(q);
  std::size_t nearest = 0;
  double distance = HUGE_VAL;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const double outside = std::max({0.0, cells[i].low - x, x - cells[i].high});
    if (outside < distance) {
      distance = outside;
      nearest = i;
    }
  }
  if (!(distance <= 1e-12)) {
    require(false, fmt::format("[numeric_dual] variance {} was not announced", q));
  }
  return nearest;
}

double NumericDual::variance(double q) const {
  if (state_->product()) return product_rule(state_->phi, state_->rule, q, q, {0, 1}).K;
  return line_moments(state_->phi, q).variance;
}

double NumericDual::slope_variance(double q) const {
  if (state_->product()) return product_rule(state_->phi, state_->rule, q, q, {0, 1}).Kdot;
  return line_moments(state_->phi, q).slope_variance;
}

NumericDual::Variances NumericDual::variances(double q) const {
  if (state_->product()) return {variance(q), slope_variance(q)};
  const LineMoments moments = line_moments(state_->phi, q);
  return {moments.variance, moments.slope_variance};
}

NumericDual::Row NumericDual::row(double q) const {
  const State& state = *state_;
  Row row;
  row.q = q;
  if (state.product()) {
    row.variance = variance(q);
    row.slope_variance = slope_variance(q);
    return row;
  }
  const LineMoments moments = line_moments(state.phi, q);
  row.variance = moments.variance;
  row.slope_variance = moments.slope_variance;
  row.mean = moments.mean;
  row.spread = moments.spread;
  row.slope_mean = moments.slope_mean;
  if (q == 0) return row;
  if (state.series()) {
    const HermiteSeries series = hermite_series(state.phi, q, static_cast<int>(state.terms), 0);
    row.left = series.value;
    row.right = series.slope;
    return row;
  }
  const Row table = contracted(q);
  row.cell = table.cell;
  row.left = table.left;
  row.right = table.right;
  return row;
}

NumericDual::Row NumericDual::column(double q) const {
  Row column;
  column.q = q;
  if (q == 0) return column;
  column.cell = state_->cell_of(q);
  column.right = state_->cells[column.cell].polynomials(std::log(q));
  return column;
}

NumericDual::Row NumericDual::contracted(double q) const {
  const State& state = *state_;
  Row row = column(q);
  if (q == 0) return row;
  for (std::size_t other = 0; other < state.cells.size(); ++other) {
    const std::size_t low = std::min(other, row.cell);
    const std::size_t high = std::max(other, row.cell);
    append_contracted(state.tables[high * (high + 1) / 2 + low], row.right,
                      row.cell == high && low != high, row.left);
  }
  return row;
}

NumericDual::Layout NumericDual::layout() const {
  const State& state = *state_;
  if (state.product() || state.series() || state.cells.empty()) return {};
  Layout layout{.nodes = state.grid.nodes,
                .splits = state.grid.splits,
                .odd = state.parity == Parity::odd,
                .even = state.parity == Parity::even,
                .widths = {},
                .offsets = {}};
  std::size_t offset = 0;
  for (const VarianceCell& cell : state.cells) {
    layout.widths.push_back(cell.nodes);
    layout.offsets.push_back(offset);
    offset += (2 * state.grid.size() + 1) * cell.nodes;
  }
  return layout;
}

Dual NumericDual::dual(double q1, double q2, HalfAngle angle) const {
  return dual(row(q1), row(q2), angle);
}

Dual NumericDual::dual(const Row& first, const Row& second, HalfAngle angle) const {
  const State& state = *state_;
  if (state.product()) return state.from_product(first, second, angle);
  if (first.q == 0 || second.q == 0) {
    const Row& constant = first.q == 0 ? first : second;
    const Row& other = first.q == 0 ? second : first;
    return {angle_to_constant(constant.mean, other), first.slope_mean * second.slope_mean};
  }
  if (first.variance == 0 || second.variance == 0) return {{}, 0};
  const bool folded = state.parity != Parity::none && angle.c < angle.s;
  if (folded) angle = {angle.c, angle.s};
  Dual result = state.series() ? state.from_series(first, second, angle)
                               : state.from_table(first, second, angle);
  if (folded && state.parity == Parity::odd) std::swap(result.angle.s, result.angle.c);
  if (folded && state.parity == Parity::even) result.slope = -result.slope;
  return result;
}

Dual NumericDual::State::from_table(const Row& first, const Row& second, HalfAngle angle) const {
  const std::size_t width = second.right.size();
  std::size_t offset = 0;  // of the block for the cell of `second`
  for (std::size_t b = 0; b < second.cell; ++b) offset += (2 * grid.size() + 1) * cells[b].nodes;
  const bool beyond = angle.c < angle.s;
  const SigmaGrid::Place place = grid.place(std::sqrt(std::min(angle.s, angle.c)));
  const std::size_t panel = place.panel + (beyond ? grid.panels_per_half() : 0);
  const double* const block = first.left.data() + offset;
  const double* const own = block + 2 * panel * grid.nodes * width;
  const double* const right = second.right.data();
  // Clenshaw's recurrence for both series at once.
  double later_A = 0, now_A = 0, later_slope = 0, now_slope = 0;
  for (std::size_t i = grid.nodes; i-- > 1;) {
    const double* const pair = own + 2 * i * width;
    const double next_A = dot(pair, right, width) + 2 * place.t * now_A - later_A;
    const double next_slope =
        dot(pair + width, right, width) + 2 * place.t * now_slope - later_slope;
    later_A = now_A;
    now_A = next_A;
    later_slope = now_slope;
    now_slope = next_slope;
  }
  const double A = dot(own, right, width) + place.t * now_A - later_A;
  const double slope = dot(own + width, right, width) + place.t * now_slope - later_slope;
  const double bend = dot(block + 2 * grid.size() * width, right, width);
  const double gap = first.q == second.q ? 0 : std::log(first.q / second.q);
  const double s = std::clamp(angle.s * A + gap * gap * bend, 0.0, 1.0);  // (1)
  return {half_angle(s, false),
          slope * std::sqrt(first.slope_variance) * std::sqrt(second.slope_variance)};
}

Dual NumericDual::State::from_series(const Row& first, const Row& second, HalfAngle angle) const {
  const double rho = cosine(angle);
  double after = 0;
  double A = 0;
  double slope = 0;
  double gap = 0;
  for (std::size_t l = first.left.size(); l-- > 0;) {
    slope = slope * rho + first.right[l] * second.right[l];
    gap += (first.left[l] - second.left[l]) * (first.left[l] - second.left[l]);
    if (l == 0) break;
    after += first.left[l] * second.left[l];
    A = A * rho + after;
  }
  const double s = std::clamp(angle.s * A + gap / 4, 0.0, 1.0);
  return {half_angle(s, false),
          slope * std::sqrt(first.slope_variance) * std::sqrt(second.slope_variance)};
}

Dual NumericDual::State::from_product(const Row& first, const Row& second, HalfAngle angle) const {
  if (first.q == 0 || second.q == 0) angle = {};
  const ProductRuleValues values = product_rule(phi, rule, first.q, second.q, angle);
  const double N = std::sqrt(first.variance) * std::sqrt(second.variance);
  if (N == 0) return {{}, values.Kdot};
  const double rho = std::clamp(values.K / N, -1.0, 1.0);
  return {settled((1 - rho) / 2, (1 + rho) / 2), values.Kdot};
}

double NumericDual::error_estimate() const {
  return state_->error;
}

std::uint64_t NumericDual::integrals() const {
  return state_->integrals;
}

}  // namespace wideband

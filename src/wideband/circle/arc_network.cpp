#include "wideband/circle/arc_network.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "wideband/core/error.hpp"

namespace wideband {
namespace {

std::vector<Index> order_by_direction(const ShallowNetwork& network) {
  validate(network);
  Vector psi(network.width());
  for (Index j = 0; j < network.width(); ++j) psi(j) = std::atan2(network.w2(j), network.w1(j));
  std::vector<Index> order(static_cast<std::size_t>(network.width()));
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(), [&](Index i, Index j) { return psi(i) < psi(j); });
  return order;
}

ShallowNetwork sorted(const ShallowNetwork& network, const std::vector<Index>& order) {
  return {network.a(order), network.w1(order), network.w2(order), network.b(order), network.beta_b};
}

constexpr Index block = 128;     // neurons that pass together through the loops of a step
constexpr Index lookahead = 32;  // neurons between a prefetch and its use

void require_length(const char* function, Index expected, Index length) {
  if (length == expected) return;
  require(false,
          fmt::format("[ArcNetwork::{}] expected {} values, got {}", function, expected, length));
}

}  // namespace

// Sums over samples or neurons of a quantity times cos g, sin g, 1.
struct ArcNetwork::Field {
  double c = 0;
  double s = 0;
  double one = 0;

  Field& operator+=(const Field& other) {
    c += other.c;
    s += other.s;
    one += other.one;
    return *this;
  }
  Field& operator-=(const Field& other) {
    c -= other.c;
    s -= other.s;
    one -= other.one;
    return *this;
  }
};

ArcNetwork::~ArcNetwork() = default;
ArcNetwork::ArcNetwork(const ArcNetwork& other) = default;
ArcNetwork::ArcNetwork(ArcNetwork&& other) noexcept = default;
ArcNetwork& ArcNetwork::operator=(const ArcNetwork& other) = default;
ArcNetwork& ArcNetwork::operator=(ArcNetwork&& other) noexcept = default;

ArcNetwork::ArcNetwork(const ShallowNetwork& network, VectorView angles)
    : origin_(order_by_direction(network)),
      neurons_(sorted(network, origin_)),
      arcs_(angles, neurons_),
      scale_(1 / std::sqrt(static_cast<double>(network.width()))),
      difference_(static_cast<std::size_t>(angles.size() + 1)),
      prefix_(static_cast<std::size_t>(angles.size() + 1)) {
  add_outputs();
}

void ArcNetwork::add_outputs() {
  for (Index j = 0; j < width(); ++j) add_on_arc(j, output_field(j), difference_);
}

ShallowNetwork ArcNetwork::network() const {
  ShallowNetwork network = neurons_;
  network.a(origin_) = neurons_.a;
  network.w1(origin_) = neurons_.w1;
  network.w2(origin_) = neurons_.w2;
  network.b(origin_) = neurons_.b;
  return network;
}

inline ArcNetwork::Field ArcNetwork::output_field(Index j) const {
  const double a = neurons_.a(j);
  return {a * neurons_.w1(j), a * neurons_.w2(j), a * offset(j)};
}

// A wrapped arc lo..n-1, 0..hi-n-1 begins at 0 a second time; its first range ends at n, which no
// sample reads.
inline void ArcNetwork::add_on_arc(Index j, const Field& value, Fields& difference) const {
  if (!arcs_.regular(j)) return add_on_broken(j, value, difference);
  const Arc arc = arcs_.arc(j);
  const Index n = samples();
  const bool wrapped = arc.hi > n;
  difference[static_cast<std::size_t>(arc.lo)] += value;
  difference[static_cast<std::size_t>(wrapped ? arc.hi - n : arc.hi)] -= value;
  if (wrapped) difference[0] += value;
}

void ArcNetwork::add_on_broken(Index j, const Field& value, Fields& difference) const {
  arcs_.each_range(j, [&](Index first, Index last) {
    difference[static_cast<std::size_t>(first)] += value;
    difference[static_cast<std::size_t>(last)] -= value;
  });
}

inline ArcNetwork::Field ArcNetwork::sum_on_arc(Index j, const Fields& prefix) const {
  if (!arcs_.regular(j)) return sum_on_broken(j, prefix);
  const Arc arc = arcs_.arc(j);
  const Index n = samples();
  const bool wrapped = arc.hi > n;
  Field sum = prefix[static_cast<std::size_t>(wrapped ? arc.hi - n : arc.hi)];
  sum -= prefix[static_cast<std::size_t>(arc.lo)];
  if (wrapped) sum += prefix.back();
  return sum;
}

ArcNetwork::Field ArcNetwork::sum_on_broken(Index j, const Fields& prefix) const {
  Field sum;
  arcs_.each_range(j, [&](Index first, Index last) {
    sum += prefix[static_cast<std::size_t>(last)];
    sum -= prefix[static_cast<std::size_t>(first)];
  });
  return sum;
}

// The gradient of neuron j from its sums over samples, formula (2), without the factor m^(-1/2).
struct ArcNetwork::NeuronGradient {
  double a, w1, w2, b;
};

inline ArcNetwork::NeuronGradient ArcNetwork::gradient(Index j, const Field& S) const {
  const double a = neurons_.a(j);
  const double c = offset(j);
  return {(neurons_.w1(j) * S.c + neurons_.w2(j) * S.s) + c * S.one, a * S.c, a * S.s,
          a * neurons_.beta_b * S.one};
}

// What a move p of the parameters of neuron j adds to the output inside its arc.
inline ArcNetwork::Field ArcNetwork::tangent_field(Index j, const NeuronGradient& p) const {
  const double a = neurons_.a(j);
  return {p.a * neurons_.w1(j) + a * p.w1, p.a * neurons_.w2(j) + a * p.w2,
          neurons_.beta_b * (p.a * neurons_.b(j) + a * p.b)};
}

ArcNetwork::Fields ArcNetwork::prefix_sums(VectorView v) const {
  Fields prefix(static_cast<std::size_t>(samples() + 1));
  Field sum;
  for (Index i = 0; i < samples(); ++i) {
    const CirclePoint& x = arcs_.point(i);
    sum += Field{v(i) * x.cos, v(i) * x.sin, v(i)};
    prefix[static_cast<std::size_t>(i + 1)] = sum;
  }
  return prefix;
}

Vector ArcNetwork::integrated(const Fields& difference, double factor) const {
  Vector f(samples());
  Field C;
  for (Index i = 0; i < samples(); ++i) {
    C += difference[static_cast<std::size_t>(i)];
    const CirclePoint& x = arcs_.point(i);
    f(i) = factor * ((x.cos * C.c + x.sin * C.s) + C.one);  // (1)
  }
  return f;
}

Vector ArcNetwork::outputs() const {
  return integrated(difference_, scale_);
}

ParameterVector ArcNetwork::transposed_jacobian(VectorView v) const {
  require_length("transposed_jacobian", samples(), v.size());
  const Fields prefix = prefix_sums(v);
  const Index m = width();
  ParameterVector result{Vector(m), Vector(m), Vector(m), Vector(m)};
  for (Index j = 0; j < m; ++j) {
    const NeuronGradient g = gradient(j, sum_on_arc(j, prefix));
    const Index to = origin_[static_cast<std::size_t>(j)];
    result.a(to) = scale_ * g.a;
    result.w1(to) = scale_ * g.w1;
    result.w2(to) = scale_ * g.w2;
    result.b(to) = scale_ * g.b;
  }
  return result;
}

Vector ArcNetwork::jacobian(const ParameterVector& p) const {
  for (const Vector* part : {&p.a, &p.w1, &p.w2, &p.b})
    require_length("jacobian", width(), part->size());
  Fields difference(static_cast<std::size_t>(samples() + 1));
  for (Index j = 0; j < width(); ++j) {
    const Index from = origin_[static_cast<std::size_t>(j)];
    const NeuronGradient move{p.a(from), p.w1(from), p.w2(from), p.b(from)};
    add_on_arc(j, tangent_field(j, move), difference);
  }
  return integrated(difference, scale_);
}

Vector ArcNetwork::tangent_product(VectorView v) const {
  require_length("tangent_product", samples(), v.size());
  const Fields prefix = prefix_sums(v);
  Fields difference(static_cast<std::size_t>(samples() + 1));
  for (Index j = 0; j < width(); ++j)
    add_on_arc(j, tangent_field(j, gradient(j, sum_on_arc(j, prefix))), difference);
  return integrated(difference, scale_ * scale_ / static_cast<double>(samples()));
}

// Rows of 3 p numbers take the place of a Field: V times cos, sin, 1.
Matrix ArcNetwork::tangent_products(MatrixView V) const {
  require_length("tangent_products", samples(), V.rows());
  const Index n = samples();
  const Index p = V.cols();
  Matrix prefix = Matrix::Zero(n + 1, 3 * p);
  for (Index i = 0; i < n; ++i) {
    const CirclePoint& x = arcs_.point(i);
    prefix.row(i + 1).head(p) = prefix.row(i).head(p) + x.cos * V.row(i);
    prefix.row(i + 1).segment(p, p) = prefix.row(i).segment(p, p) + x.sin * V.row(i);
    prefix.row(i + 1).tail(p) = prefix.row(i).tail(p) + V.row(i);
  }
  Matrix difference = Matrix::Zero(n + 1, 3 * p);
  Eigen::RowVectorXd S(3 * p), field(3 * p);
  for (Index j = 0; j < width(); ++j) {
    S.setZero();
    arcs_.each_range(j,
                     [&](Index first, Index last) { S += prefix.row(last) - prefix.row(first); });
    const double a = neurons_.a(j);
    const double w1 = neurons_.w1(j);
    const double w2 = neurons_.w2(j);
    const double c = offset(j);
    const double squared = a * a;
    const double bias_squared = squared * neurons_.beta_b * neurons_.beta_b;
    const auto S1 = S.head(p), S2 = S.segment(p, p), S0 = S.tail(p);
    const auto relu = (w1 * S1 + w2 * S2) + c * S0;
    field.head(p) = w1 * relu + squared * S1;
    field.segment(p, p) = w2 * relu + squared * S2;
    field.tail(p) = c * relu + bias_squared * S0;
    arcs_.each_range(j, [&](Index first, Index last) {
      difference.row(first) += field;
      difference.row(last) -= field;
    });
  }
  Matrix result(n, p);
  const double factor = scale_ * scale_ / static_cast<double>(n);
  S.setZero();
  for (Index i = 0; i < n; ++i) {
    const CirclePoint& x = arcs_.point(i);
    S += difference.row(i);
    result.row(i) = factor * (x.cos * S.head(p) + x.sin * S.segment(p, p) + S.tail(p));
  }
  return result;
}

// One pass over the samples: outputs and residual from the differences (which it clears), prefix
// sums of the residual. Returns |r|^2.
double ArcNetwork::residual_pass(VectorView y) {
  Field C;
  Field S;
  double squared = 0;
  const Index n = samples();
  for (Index i = 0; i < n; ++i) {
    const CirclePoint& x = arcs_.point(i);
    Field& difference = difference_[static_cast<std::size_t>(i)];
    C += difference;
    difference = Field{};
    const double r = scale_ * ((x.cos * C.c + x.sin * C.s) + C.one) - y(i);  // (1)
    squared += r * r;
    prefix_[static_cast<std::size_t>(i)] = S;
    S += Field{r * x.cos, r * x.sin, r};
  }
  prefix_[static_cast<std::size_t>(n)] = S;
  difference_[static_cast<std::size_t>(n)] = Field{};
  return squared;
}

// Sorting made the walk over arc ends sequential at first, but training moves them apart by many
// cache lines: what the hardware cannot guess is asked for early.
inline void ArcNetwork::prefetch_ends(Index j) const {
  if (!arcs_.regular(j)) return;
  const Arc arc = arcs_.arc(j);
  const Index hi = arc.hi > samples() ? arc.hi - samples() : arc.hi;
  for (const Index end : {Index{arc.lo}, hi}) {
    __builtin_prefetch(&arcs_.point(end));
    __builtin_prefetch(&prefix_[static_cast<std::size_t>(end)]);
    __builtin_prefetch(&difference_[static_cast<std::size_t>(end)], 1);
  }
}

// One pass over the neurons: gradient (2), move, new arcs, differences of the new outputs. By
// blocks in three loops, so that no load waits for the ends of another neuron's moving arc. Returns
// the squared norm of the gradient without its factor 1/m.
double ArcNetwork::neuron_pass(double learning_rate) {
  const double rate = learning_rate * scale_;
  double squared = 0;
  std::array<Index, block> moved;
  for (Index first = 0; first < width(); first += block) {
    const Index last = std::min(width(), first + block);
    std::size_t count = 0;
    for (Index j = first; j < last; ++j) {
      if (j + lookahead < width()) prefetch_ends(j + lookahead);
      const NeuronGradient g = gradient(j, sum_on_arc(j, prefix_));
      squared += (g.a * g.a + g.w1 * g.w1) + (g.w2 * g.w2 + g.b * g.b);
      neurons_.a(j) -= rate * g.a;
      neurons_.w1(j) -= rate * g.w1;
      neurons_.w2(j) -= rate * g.w2;
      neurons_.b(j) -= rate * g.b;
      moved[count] = j;
      count += arcs_.holds(j, neurons_.w1(j), neurons_.w2(j), offset(j)) ? 0 : 1;
    }
    for (std::size_t k = 0; k < count; ++k)
      arcs_.update(moved[k], neurons_.w1(moved[k]), neurons_.w2(moved[k]), offset(moved[k]));
    for (Index j = first; j < last; ++j) add_on_arc(j, output_field(j), difference_);
  }
  return squared;
}

ArcStep ArcNetwork::step(VectorView y, double learning_rate) {
  require_length("step", samples(), y.size());
  const double squared_residual = residual_pass(y);
  if (!std::isfinite(squared_residual)) {
    add_outputs();
    return {squared_residual / 2, squared_residual, squared_residual};
  }
  const double squared_gradient = scale_ * scale_ * neuron_pass(learning_rate);
  return {squared_residual / 2, squared_gradient,
          squared_gradient / (static_cast<double>(samples()) * squared_residual)};
}

}  // namespace wideband

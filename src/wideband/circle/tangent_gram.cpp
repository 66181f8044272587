#include "wideband/circle/tangent_gram.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace wideband {
namespace {

// The entries of M (symmetric in cos, sin, 1), Q, and one place to fill the vector register.
using Fields = std::array<double, 8>;
enum { cc, cs, c1, ss, s1, ones, q };

struct Event {
  Index row;
  Index neuron;
  double sign;
};

Fields neuron_fields(const ShallowNetwork& network, Index j) {
  const double w1 = network.w1(j);
  const double w2 = network.w2(j);
  const double c = network.beta_b * network.b(j);
  return {w1 * w1, w1 * w2, w1 * c, w2 * w2, w2 * c, c * c, network.a(j) * network.a(j), 0};
}

void add(Fields& to, const Fields& value, double sign) {
  for (std::size_t k = 0; k < to.size(); ++k) to[k] += sign * value[k];
}

// Where neurons enter (+) and leave (-) a sweep over the rows, in the order of rows and neurons.
std::vector<Event> sweep_events(const ArcNetwork& network) {
  std::vector<Event> events;
  events.reserve(static_cast<std::size_t>(3 * network.width()));
  for (Index j = 0; j < network.width(); ++j) {
    network.arcs().each_range(j, [&](Index first, Index last) {
      events.push_back({first, j, 1});
      events.push_back({last, j, -1});
    });
  }
  std::stable_sort(events.begin(), events.end(),
                   [](const Event& left, const Event& right) { return left.row < right.row; });
  return events;
}

void mirror_lower(Matrix& K) {
  constexpr Index tile = 32;
  const Index n = K.rows();
  for (Index i0 = 0; i0 < n; i0 += tile) {
    for (Index l0 = 0; l0 <= i0; l0 += tile) {
      for (Index i = i0; i < std::min(n, i0 + tile); ++i)
        for (Index l = l0; l < std::min(i, l0 + tile); ++l) K(l, i) = K(i, l);
    }
  }
}

}  // namespace

Matrix tangent_gram(const ArcNetwork& network) {
  const Index n = network.samples();
  const ActiveArcs& arcs = network.arcs();
  const ShallowNetwork& neurons = network.neurons();
  const double scale = 1 / static_cast<double>(network.width());
  const double bias = neurons.beta_b * neurons.beta_b;
  const std::vector<Event> events = sweep_events(network);
  std::vector<Fields> differences(static_cast<std::size_t>(n + 1), Fields{});
  Matrix K(n, n);
  std::size_t next = 0;
  for (Index i = 0; i < n; ++i) {
    for (; next < events.size() && events[next].row == i; ++next) {
      const Event& event = events[next];
      const Fields value = neuron_fields(neurons, event.neuron);
      arcs.each_range(event.neuron, [&](Index first, Index last) {
        add(differences[static_cast<std::size_t>(first)], value, event.sign);
        add(differences[static_cast<std::size_t>(last)], value, -event.sign);
      });
    }
    const CirclePoint& x = arcs.point(i);
    Fields M{};
    for (Index l = 0; l <= i; ++l) {
      add(M, differences[static_cast<std::size_t>(l)], 1);
      const CirclePoint& z = arcs.point(l);
      const double weights = x.cos * (M[cc] * z.cos + M[cs] * z.sin + M[c1]) +
                             x.sin * (M[cs] * z.cos + M[ss] * z.sin + M[s1]) +
                             (M[c1] * z.cos + M[s1] * z.sin + M[ones]);
      K(i, l) = scale * (weights + M[q] * (x.cos * z.cos + x.sin * z.sin + bias));  // (1)
    }
  }
  mirror_lower(K);
  return K;
}

Matrix plain_tangent_gram(const ShallowNetwork& network, VectorView angles) {
  validate(network);
  const Index n = angles.size();
  const double bias = network.beta_b * network.beta_b;
  Matrix K = Matrix::Zero(n, n);
  for (Index j = 0; j < network.width(); ++j) {
    Vector z(n);
    for (Index i = 0; i < n; ++i) {
      z(i) = (network.w1(j) * std::cos(angles(i)) + network.w2(j) * std::sin(angles(i))) +
             network.beta_b * network.b(j);
    }
    for (Index i = 0; i < n; ++i) {
      for (Index l = 0; l < n; ++l) {
        if (!(z(i) > 0) || !(z(l) > 0)) continue;
        const double inner = std::cos(angles(i)) * std::cos(angles(l)) +
                             std::sin(angles(i)) * std::sin(angles(l)) + bias;
        K(i, l) += z(i) * z(l) + network.a(j) * network.a(j) * inner;
      }
    }
  }
  return K / static_cast<double>(network.width());
}

}  // namespace wideband

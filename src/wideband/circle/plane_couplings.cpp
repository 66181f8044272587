#include "wideband/circle/plane_couplings.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/linalg/product.hpp"

namespace wideband {
namespace {

using Row = Eigen::Array<double, 1, Eigen::Dynamic>;

constexpr Index chunk = 512;  // neurons whose gradients are multiplied at once

}  // namespace

double PlaneCoupling::predicted_rate() const {
  const Index planes = strengths.size();
  return energies.head(planes).dot(strengths) + W(planes, planes);
}

// r = sum_k p_k cos kg + q_k sin kg + rest, and prefix sums of the rest times cos g, sin g, 1.
struct PlaneCouplings::Residual {
  Row p;
  Row q;
  Vector energies;
  Matrix rest;  // (n + 1, 3)
  double squared = 0;
};

// Sums over one neuron's arc: of cos kg and sin kg with the gate, gate cos g and gate sin g, and of
// the rest of the residual times cos g, sin g, 1.
struct PlaneCouplings::Neuron {
  Row C, S;                                // gate cos kg, gate sin kg, k = 0, ..., K + 1
  Row cos_cos, sin_cos, cos_sin, sin_sin;  // gate cos kg cos g, gate sin kg cos g, ..., k <= K
  Row relu_cos, relu_sin;                  // relu cos kg, relu sin kg
  Eigen::Array3d rest;

  explicit Neuron(Index planes)
      : C(planes + 1),
        S(planes + 1),
        cos_cos(planes),
        sin_cos(planes),
        cos_sin(planes),
        sin_sin(planes),
        relu_cos(planes),
        relu_sin(planes) {}

  void read(const ActiveArcs& arcs, Index j, const Matrix& prefix, const Matrix& residual) {
    C.setZero();
    S.setZero();
    rest.setZero();
    arcs.each_range(j, [&](Index first, Index last) {
      C += prefix.row(last).head(C.size()).array() - prefix.row(first).head(C.size()).array();
      S += prefix.row(last).tail(S.size()).array() - prefix.row(first).tail(S.size()).array();
      rest += (residual.row(last) - residual.row(first)).transpose().array();
    });
    const Index above = cos_cos.size() - 1;  // k = 1, ..., K; and cos(-g) = cos g, sin(-g) = -sin g
    cos_cos(0) = C(1);
    cos_sin(0) = S(1);
    sin_cos(0) = sin_sin(0) = 0;
    cos_cos.tail(above) = 0.5 * (C.head(above) + C.tail(above));  // (1)
    sin_sin.tail(above) = 0.5 * (C.head(above) - C.tail(above));
    sin_cos.tail(above) = 0.5 * (S.tail(above) + S.head(above));
    cos_sin.tail(above) = 0.5 * (S.tail(above) - S.head(above));
  }

  void rectify(double w1, double w2, double c) {
    const Index planes = cos_cos.size();
    relu_cos = w1 * cos_cos + w2 * cos_sin + c * C.head(planes);
    relu_sin = w1 * sin_cos + w2 * sin_sin + c * S.head(planes);
  }

  // Sum of relu^2 over the samples, from the harmonics 0, 1, 2.
  double squared_relu(double w1, double w2, double c) const {
    return 0.5 * (w1 * w1 * (C(0) + C(2)) + w2 * w2 * (C(0) - C(2))) + w1 * w2 * S(2) +
           2 * c * (w1 * C(1) + w2 * S(1)) + c * c * C(0);
  }
};

PlaneCouplings::PlaneCouplings(Index n, Index cutoff)
    : n_(n), cutoff_(cutoff), cosine_(n, cutoff + 2), sine_(n, cutoff + 2) {
  require(cutoff >= 1 && n > 2 * cutoff,
          fmt::format("[PlaneCouplings] expected cutoff >= 1 and n > 2 cutoff, got {} and {}",
                      cutoff, n));
  for (Index i = 0; i < n; ++i) {
    for (Index k = 0; k < cutoff + 2; ++k) {
      const double turns = static_cast<double>((k * i) % n) / static_cast<double>(n);
      cosine_(i, k) = std::cos(2 * std::numbers::pi * turns);
      sine_(i, k) = std::sin(2 * std::numbers::pi * turns);
    }
  }
  prefix_ = Matrix::Zero(n + 1, 2 * (cutoff + 2));
  for (Index i = 0; i < n; ++i) {
    prefix_.row(i + 1).head(cutoff + 2) = prefix_.row(i).head(cutoff + 2) + cosine_.row(i);
    prefix_.row(i + 1).tail(cutoff + 2) = prefix_.row(i).tail(cutoff + 2) + sine_.row(i);
  }
}

PlaneCouplings::Residual PlaneCouplings::split(VectorView r) const {
  const Index planes = cutoff_ + 1;
  const auto n = static_cast<double>(n_);
  Residual result;
  result.squared = r.squaredNorm();
  result.p = (2 / n) * (r.transpose() * cosine_.leftCols(planes)).array();
  result.q = (2 / n) * (r.transpose() * sine_.leftCols(planes)).array();
  result.p(0) /= 2;
  const Vector rest = r - cosine_.leftCols(planes) * result.p.matrix().transpose() -
                      sine_.leftCols(planes) * result.q.matrix().transpose();
  result.energies.resize(planes + 1);
  result.energies.head(planes) = (n / 2) * (result.p.square() + result.q.square()).transpose();
  result.energies(0) *= 2;
  result.energies(planes) = rest.squaredNorm();
  result.energies /= result.squared;
  result.rest = Matrix::Zero(n_ + 1, 3);
  for (Index i = 0; i < n_; ++i) {
    const Eigen::RowVector3d x(cosine_(i, 1), sine_(i, 1), 1);
    result.rest.row(i + 1) = result.rest.row(i) + rest(i) * x;
  }
  return result;
}

PlaneCoupling PlaneCouplings::at(const ArcNetwork& network, VectorView r) const {
  require(network.samples() == n_ && r.size() == n_,
          fmt::format("[PlaneCouplings::at] expected {} samples, got {} and {}", n_,
                      network.samples(), r.size()));
  const Index planes = cutoff_ + 1;
  const Index m = network.width();
  const ShallowNetwork& neurons = network.neurons();
  const double beta = neurons.beta_b;
  const Residual residual = split(r);
  Row strengths = Row::Zero(planes);
  PlaneCoupling result;
  result.W = Matrix::Zero(planes + 1, planes + 1);
  Neuron neuron(planes);
  Matrix gradients;  // rows a, w1, w2, b of each neuron, columns P_0 r, ..., P_K r, rest
  for (Index first = 0; first < m; first += chunk) {
    const Index count = std::min(chunk, m - first);
    gradients.resize(4 * count, planes + 1);
    for (Index j = first; j < first + count; ++j) {
      const double a = neurons.a(j), w1 = neurons.w1(j), w2 = neurons.w2(j);
      const double c = beta * neurons.b(j);
      neuron.read(network.arcs(), j, prefix_, residual.rest);
      neuron.rectify(w1, w2, c);
      const auto C = neuron.C.head(planes);
      const auto S = neuron.S.head(planes);
      strengths +=
          neuron.relu_cos.square() + neuron.relu_sin.square() +
          (a * a) * (neuron.cos_cos.square() + neuron.sin_cos.square() + neuron.cos_sin.square() +
                     neuron.sin_sin.square() + (beta * beta) * (C.square() + S.square()));
      result.trace += neuron.squared_relu(w1, w2, c) + a * a * (1 + beta * beta) * neuron.C(0);
      auto rows = gradients.middleRows(4 * (j - first), 4);
      const Row& p = residual.p;
      const Row& q = residual.q;
      rows.row(0).head(planes) = p * neuron.relu_cos + q * neuron.relu_sin;
      rows.row(1).head(planes) = a * (p * neuron.cos_cos + q * neuron.sin_cos);
      rows.row(2).head(planes) = a * (p * neuron.cos_sin + q * neuron.sin_sin);
      rows.row(3).head(planes) = (a * beta) * (p * C + q * S);
      const Eigen::Array3d& rest = neuron.rest;
      rows(0, planes) = w1 * rest(0) + w2 * rest(1) + c * rest(2);
      rows(1, planes) = a * rest(0);
      rows(2, planes) = a * rest(1);
      rows(3, planes) = a * beta * rest(2);
    }
    result.W += gram(gradients);
  }
  const double scale = 1 / (static_cast<double>(n_) * static_cast<double>(m));
  // A plane's frame is its columns over their norm: sqrt n at k = 0, sqrt(n/2) above, two of them.
  result.strengths = (scale / static_cast<double>(n_)) * strengths.transpose();
  result.energies = residual.energies;
  result.W *= scale / residual.squared;
  result.trace *= scale;
  return result;
}

}  // namespace wideband

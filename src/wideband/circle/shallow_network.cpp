#include "wideband/circle/shallow_network.hpp"

#include <cmath>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/linalg/product.hpp"

namespace wideband {
namespace {

double inverse_root(Index m) {
  return 1 / std::sqrt(static_cast<double>(m));
}

void descend(ShallowNetwork& network, const ParameterVector& gradient, double learning_rate) {
  network.a -= learning_rate * gradient.a;
  network.w1 -= learning_rate * gradient.w1;
  network.w2 -= learning_rate * gradient.w2;
  network.b -= learning_rate * gradient.b;
}

}  // namespace

void validate(const ShallowNetwork& network) {
  const Index m = network.a.size();
  require(m >= 1, "[ShallowNetwork] expected width >= 1, got 0");
  if (network.w1.size() == m && network.w2.size() == m && network.b.size() == m) return;
  require(false, fmt::format("[ShallowNetwork] expected one width, got a {}, w1 {}, w2 {}, b {}", m,
                             network.w1.size(), network.w2.size(), network.b.size()));
}

double ParameterVector::squared_norm() const {
  return a.squaredNorm() + w1.squaredNorm() + w2.squaredNorm() + b.squaredNorm();
}

ShallowNetwork initial_network(const Key& key, Index m, double beta_b) {
  require(m >= 1, fmt::format("[initial_network] expected width >= 1, got {}", m));
  return initial_neurons(key, 0, m, beta_b);
}

ShallowNetwork initial_neurons(const Key& key, Index first, Index count, double beta_b) {
  return {gaussians(key.child("a"), count, first), gaussians(key.child("w1"), count, first),
          gaussians(key.child("w2"), count, first), Vector::Zero(count), beta_b};
}

Vector plain_outputs(const ShallowNetwork& network, VectorView angles) {
  validate(network);
  Vector f = Vector::Zero(angles.size());
  for (Index i = 0; i < angles.size(); ++i) {
    const double cosine = std::cos(angles(i));
    const double sine = std::sin(angles(i));
    for (Index j = 0; j < network.width(); ++j) {
      const double c = network.beta_b * network.b(j);
      const double z = (network.w1(j) * cosine + network.w2(j) * sine) + c;
      if (z > 0) f(i) += network.a(j) * z;
    }
  }
  return inverse_root(network.width()) * f;
}

ParameterVector plain_gradient(const ShallowNetwork& network, VectorView angles, VectorView v) {
  validate(network);
  require(v.size() == angles.size(),
          fmt::format("[plain_gradient] expected {} values, got {}", angles.size(), v.size()));
  const Index m = network.width();
  ParameterVector sum{Vector::Zero(m), Vector::Zero(m), Vector::Zero(m), Vector::Zero(m)};
  for (Index i = 0; i < angles.size(); ++i) {
    const double cosine = std::cos(angles(i));
    const double sine = std::sin(angles(i));
    for (Index j = 0; j < m; ++j) {
      const double c = network.beta_b * network.b(j);
      const double z = (network.w1(j) * cosine + network.w2(j) * sine) + c;
      if (!(z > 0)) continue;
      sum.a(j) += v(i) * z;
      sum.w1(j) += v(i) * network.a(j) * cosine;
      sum.w2(j) += v(i) * network.a(j) * sine;
      sum.b(j) += v(i) * network.a(j) * network.beta_b;
    }
  }
  const double scale = inverse_root(m);
  return {scale * sum.a, scale * sum.w1, scale * sum.w2, scale * sum.b};
}

double plain_step(ShallowNetwork& network, VectorView angles, VectorView y, double learning_rate) {
  require(y.size() == angles.size(),
          fmt::format("[plain_step] expected {} labels, got {}", angles.size(), y.size()));
  const Vector r = plain_outputs(network, angles) - y;
  descend(network, plain_gradient(network, angles, r), learning_rate);
  return r.squaredNorm() / 2;
}

DenseStepper::DenseStepper(ShallowNetwork network, VectorView angles)
    : network_(std::move(network)), X_(angles.size(), 3) {
  validate(network_);
  X_.col(0) = angles.array().cos();
  X_.col(1) = angles.array().sin();
  X_.col(2).setOnes();
  Z_.resize(angles.size(), network_.width());
  G_.resize(angles.size(), network_.width());
}

// The outer product with three columns by loops, fused with its two elementwise passes: BLAS packs
// operands that it reads once. The rest are products of whole matrices.
void DenseStepper::forward() {
  const Index m = network_.width();
  const Vector c = network_.beta_b * network_.b;
  for (Index i = 0; i < X_.rows(); ++i) {
    const double cosine = X_(i, 0);
    const double sine = X_(i, 1);
    double* relu = Z_.row(i).data();
    double* gate = G_.row(i).data();
    for (Index j = 0; j < m; ++j) {
      const double z = (network_.w1[j] * cosine + network_.w2[j] * sine) + c[j];
      relu[j] = z > 0 ? z : 0.0;
      gate[j] = z > 0 ? 1.0 : 0.0;
    }
  }
}

double DenseStepper::step(VectorView y, double learning_rate) {
  const double scale = inverse_root(network_.width());
  forward();
  const Vector r = scale * product(Z_, network_.a) - y;
  const Vector gradient_a = transposed_product(Z_, r);
  const Matrix RX = X_.array().colwise() * r.array();
  const Matrix S = transposed_product(RX, G_);  // (3, m)
  const Vector scaled = scale * network_.a;
  descend(network_,
          {scale * gradient_a, scaled.cwiseProduct(S.row(0).transpose()),
           scaled.cwiseProduct(S.row(1).transpose()),
           network_.beta_b * scaled.cwiseProduct(S.row(2).transpose())},
          learning_rate);
  return r.squaredNorm() / 2;
}

}  // namespace wideband

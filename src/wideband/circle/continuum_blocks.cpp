#include "wideband/circle/continuum_blocks.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <functional>
#include <numbers>

#include <fmt/format.h>

#include "wideband/circle/nested_sums.hpp"
#include "wideband/circle/width_moments.hpp"
#include "wideband/core/constants.hpp"
#include "wideband/core/error.hpp"
#include "wideband/linalg/product.hpp"
#include "wideband/math/quadrature.hpp"

namespace wideband {
namespace {

using Complex = std::complex<double>;

constexpr double sqrt2 = std::numbers::sqrt2;
constexpr Index chunk_size = 1024;  // neurons; part of the bits of every block
constexpr Index lanes = 128;        // neurons that HalfArcBlocks turns together

void require_network(const char* function, const ShallowNetwork& network, Index cutoff) {
  validate(network);
  require(cutoff >= 0, fmt::format("[{}] expected cutoff >= 0, got {}", function, cutoff));
}

// w = R (cos psi, sin psi); a neuron without direction points at angle 0.
struct Neuron {
  double a, R, c;
  Complex direction;
};

Neuron neuron(const ShallowNetwork& network, Index j) {
  const double R = std::hypot(network.w1(j), network.w2(j));
  const Complex direction = R > 0 ? Complex(network.w1(j) / R, network.w2(j) / R) : Complex(1, 0);
  return {network.a(j), R, network.beta_b * network.b(j), direction};
}

// Half-width of the active arc. Half angles keep the digits of arcs that open or close.
double half_width(double R, double c) {
  if (c > R) return pi;
  if (c <= -R) return 0;
  return 2 * std::atan2(std::sqrt(R + c), std::sqrt(R - c));
}

// Turned coefficients (p_k | q_k) of one feature as a row in the order const, cos1, sin1, ...
template <class Row>
void write_turned(const Vector* cosine, const Vector* sine, Complex direction, Row row) {
  const Index cutoff = (row.size() - 1) / 2;
  row(0) = cosine ? (*cosine)(0) : 0;
  Complex turn = direction;
  for (Index k = 1; k <= cutoff; ++k) {
    const double p = cosine ? (*cosine)(k) : 0;
    const double q = sine ? (*sine)(k) : 0;
    row(2 * k - 1) = turn.real() * p - turn.imag() * q;
    row(2 * k) = turn.imag() * p + turn.real() * q;
    turn *= direction;
  }
}

Vector relu_coefficients(const ArcCoefficients& arc, const Neuron& neuron) {
  return neuron.R * arc.cosine + neuron.c * arc.gate;
}

// The coefficients of the features of one neuron by quadrature over its arc.
class QuadratureNeuron {
 public:
  QuadratureNeuron(const ShallowNetwork& network, Index j, Index cutoff)
      : neuron_(neuron(network, j)), psi_(std::arg(neuron_.direction)), cutoff_(cutoff) {}

  Vector coefficients(const std::function<double(double)>& feature) const {
    const double alpha = half_width(neuron_.R, neuron_.c);
    Vector row = Vector::Zero(2 * cutoff_ + 1);
    if (alpha == 0) return row;
    for (Index p = 0; p < row.size(); ++p) {
      const double k = static_cast<double>((p + 1) / 2);
      const auto integrand = [&](double g) {
        const double phi = p == 0       ? 1
                           : p % 2 == 1 ? sqrt2 * std::cos(k * g)
                                        : sqrt2 * std::sin(k * g);
        return feature(g) * phi / (2 * pi);
      };
      row(p) = integrate(integrand, psi_ - alpha, psi_ + alpha).value;
    }
    return row;
  }

  Vector relu() const {
    return coefficients([this](double g) { return neuron_.R * std::cos(g - psi_) + neuron_.c; });
  }

 private:
  Neuron neuron_;
  double psi_;
  Index cutoff_;
};

}  // namespace

ArcCoefficients arc_coefficients(double R, double c, Index cutoff) {
  const double alpha = half_width(R, c);
  const Complex step = alpha == pi ? Complex(-1, 0) : std::polar(1.0, alpha);
  Vector I(cutoff + 2);
  I(0) = alpha / pi;
  Complex power = step;
  for (Index k = 1; k < I.size(); ++k) {
    I(k) = power.imag() / (pi * static_cast<double>(k));
    power *= step;
  }
  ArcCoefficients arc{I.head(cutoff + 1), Vector(cutoff + 1), Vector(cutoff + 1)};
  arc.cosine(0) = I(1);
  arc.sine(0) = 0;
  for (Index k = 1; k <= cutoff; ++k) {
    arc.gate(k) *= sqrt2;
    arc.cosine(k) = (I(k - 1) + I(k + 1)) / sqrt2;  // (1)
    arc.sine(k) = (I(k - 1) - I(k + 1)) / sqrt2;
  }
  return arc;
}

Matrix continuum_block(const ShallowNetwork& network, Index cutoff) {
  require_network("continuum_block", network, cutoff);
  const Index m = network.width(), d = 2 * cutoff + 1;
  Matrix sum = Matrix::Zero(d, d);
  Matrix features(4 * std::min(m, chunk_size), d);
  for (Index first = 0; first < m; first += chunk_size) {
    const Index count = std::min(chunk_size, m - first);
    for (Index i = 0; i < count; ++i) {
      const Neuron unit = neuron(network, first + i);
      const ArcCoefficients arc = arc_coefficients(unit.R, unit.c, cutoff);
      const Vector relu = relu_coefficients(arc, unit);
      auto rows = features.middleRows(4 * i, 4);
      write_turned(&relu, nullptr, unit.direction, rows.row(0));
      write_turned(&arc.cosine, nullptr, unit.direction, rows.row(1));
      write_turned(nullptr, &arc.sine, unit.direction, rows.row(2));
      write_turned(&arc.gate, nullptr, unit.direction, rows.row(3));
      rows.row(1) *= unit.a;
      rows.row(2) *= unit.a;
      rows.row(3) *= unit.a * network.beta_b;
    }
    sum += gram(features.topRows(4 * count));  // (2)
  }
  return sum / static_cast<double>(m);
}

Vector continuum_coefficients(const ShallowNetwork& network, Index cutoff) {
  require_network("continuum_coefficients", network, cutoff);
  Vector sum = Vector::Zero(2 * cutoff + 1);
  Vector row(sum.size());
  for (Index j = 0; j < network.width(); ++j) {
    const Neuron unit = neuron(network, j);
    const Vector relu = relu_coefficients(arc_coefficients(unit.R, unit.c, cutoff), unit);
    write_turned(&relu, nullptr, unit.direction, Eigen::Ref<Vector>(row));
    sum += unit.a * row;
  }
  return sum / std::sqrt(static_cast<double>(network.width()));
}

Matrix plain_continuum_block(const ShallowNetwork& network, Index cutoff) {
  require_network("plain_continuum_block", network, cutoff);
  const Index d = 2 * cutoff + 1;
  Matrix sum = Matrix::Zero(d, d);
  for (Index j = 0; j < network.width(); ++j) {
    const QuadratureNeuron unit(network, j, cutoff);
    const Vector u = unit.relu();
    const Vector p = unit.coefficients([](double g) { return std::cos(g); });
    const Vector q = unit.coefficients([](double g) { return std::sin(g); });
    const Vector g0 = network.beta_b * unit.coefficients([](double) { return 1.0; });
    const double a2 = network.a(j) * network.a(j);
    sum += u * u.transpose() +
           a2 * (p * p.transpose() + q * q.transpose() + g0 * g0.transpose());  // (2)
  }
  return sum / static_cast<double>(network.width());
}

Vector plain_continuum_coefficients(const ShallowNetwork& network, Index cutoff) {
  require_network("plain_continuum_coefficients", network, cutoff);
  Vector sum = Vector::Zero(2 * cutoff + 1);
  for (Index j = 0; j < network.width(); ++j)
    sum += network.a(j) * QuadratureNeuron(network, j, cutoff).relu();
  return sum / std::sqrt(static_cast<double>(network.width()));
}

HalfArcBlocks::HalfArcBlocks(Index cutoff, double beta_b)
    : arc_(half_arc(cutoff)), beta_b_(beta_b), sums_(Eigen::ArrayXXd::Zero(4, 2 * cutoff + 1)) {}

void HalfArcBlocks::add(const ShallowNetwork& network) {
  validate(network);
  require(network.b.isZero(0), "[HalfArcBlocks::add] expected neurons without bias, b = 0");
  const Index m = network.width();
  Eigen::ArrayXd a2 = Eigen::ArrayXd::Zero(lanes), both = a2, cos1 = a2, sin1 = a2;
  Eigen::ArrayXd cosine(lanes), sine(lanes), turned(lanes);
  for (Index start = 0; start < m; start += lanes) {
    const Index size = std::min(lanes, m - start);
    for (Index i = 0; i < lanes; ++i) {
      const Index j = start + i;
      const double R = i < size ? std::hypot(network.w1(j), network.w2(j)) : 0;
      const bool active = R > 0;  // lanes without a neuron, and w = 0, weigh nothing
      a2(i) = active ? network.a(j) * network.a(j) : 0;
      both(i) = R * R + a2(i);
      cos1(i) = active ? network.w1(j) / R : 1;
      sin1(i) = active ? network.w2(j) / R : 0;
    }
    cosine.setOnes();
    sine.setZero();
    for (Index q = 0; q < sums_.cols(); ++q) {
      sums_(0, q) += (both * cosine).sum();  // (3)
      sums_(1, q) += (both * sine).sum();
      sums_(2, q) += (a2 * cosine).sum();
      sums_(3, q) += (a2 * sine).sum();
      turned = cosine * cos1 - sine * sin1;
      sine = cosine * sin1 + sine * cos1;
      cosine.swap(turned);
    }
  }
  neurons_ += m;
}

Matrix HalfArcBlocks::block() const {
  require(neurons_ > 0, "[HalfArcBlocks::block] expected at least one neuron");
  const Index cutoff = arc_.h.size() - 1, d = 2 * cutoff + 1;
  const double b2 = beta_b_ * beta_b_;
  Matrix B(d, d);
  for (Index k = 0; k <= cutoff; ++k) {
    for (Index l = 0; l <= k; ++l) {
      const double hh = arc_.h(k) * arc_.h(l), ss = arc_.s(k) * arc_.s(l);
      const double oo = b2 * arc_.o(k) * arc_.o(l);
      const Index low = k - l, high = k + l;
      const double plus_cos = (hh * sums_(0, low) + (oo + ss) * sums_(2, low)) / 2;
      const double plus_sin = (hh * sums_(1, low) + (oo + ss) * sums_(3, low)) / 2;
      const double minus_cos = (hh * sums_(0, high) + (oo - ss) * sums_(2, high)) / 2;
      const double minus_sin = (hh * sums_(1, high) + (oo - ss) * sums_(3, high)) / 2;
      const Index p = std::max<Index>(0, 2 * k - 1), q = std::max<Index>(0, 2 * l - 1);
      B(p, q) = plus_cos + minus_cos;
      if (k > 0) B(p + 1, q) = minus_sin + plus_sin;
      if (l > 0) B(p, q + 1) = minus_sin - plus_sin;
      if (l > 0) B(p + 1, q + 1) = plus_cos - minus_cos;
    }
  }
  B.triangularView<Eigen::StrictlyUpper>() = B.transpose();
  return B / static_cast<double>(neurons_);
}

std::vector<Matrix> initial_continuum_blocks(const Key& key, const std::vector<Index>& widths,
                                             Index cutoff, double beta_b) {
  const auto sums = nested_sums(HalfArcBlocks(cutoff, beta_b), widths, chunk_size,
                                [&](HalfArcBlocks& sum, Index first, Index count) {
                                  sum.add(initial_neurons(key, first, count, beta_b));
                                });
  std::vector<Matrix> blocks;
  for (const HalfArcBlocks& sum : sums) blocks.push_back(sum.block());
  return blocks;
}

}  // namespace wideband

#include "wideband/circle/sorted_product.hpp"

#include <cmath>

#include <fmt/format.h>

#include "wideband/core/constants.hpp"
#include "wideband/core/error.hpp"

namespace wideband {
namespace {

// Theta(|x|) = constant + cosine cos x + sgn(x) (linear x + sine sin x + linear_cosine x cos x)
struct Split {
  double constant;
  double cosine;
  double linear;
  double sine;
  double linear_cosine;
};

Split split(AngleKernel kernel) {
  switch (kernel) {
    case AngleKernel::K1:  // (2)
      return {0.5, 0, -1 / (2 * pi), 0, 0};
    case AngleKernel::K0:  // (3)
      return {0, 0.5, 0, 1 / (2 * pi), -1 / (2 * pi)};
    case AngleKernel::nobias:  // (4)
      return {0, 1, 0, 1 / (2 * pi), -1 / pi};
    case AngleKernel::bias:
      return {0.5, 1, -1 / (2 * pi), 1 / (2 * pi), -1 / pi};
  }
  throw std::invalid_argument("[operator_product] unknown enumerator");
}

template <int columns>
using Row = Eigen::Array<double, columns, 1>;

// Running sums of `columns` columns, each as an unevaluated sum of two doubles.
template <int columns>
struct Sums {
  Row<columns> high = Row<columns>::Zero();
  Row<columns> low = Row<columns>::Zero();

  void add(const Row<columns>& term) {
    const Row<columns> sum = high + term;
    const Row<columns> back = sum - high;
    low += (high - (sum - back)) + (term - back);
    high = sum;
  }
  Row<columns> value() const { return high + low; }
};

// Sums of v {1, cos g, sin g} {1, position}; the positions are unrolled angles.
template <int columns>
struct Moments {
  Sums<columns> one, cosine, sine, linear, linear_cosine, linear_sine;

  void add(const Row<columns>& v, double cos, double sin, double position) {
    one.add(v);
    cosine.add(v * cos);
    sine.add(v * sin);
    linear.add(v * position);
    linear_cosine.add(v * (position * cos));
    linear_sine.add(v * (position * sin));
  }
};

// One sweep of (1) over the targets for `columns` neighboring columns of V.
//
// Positions are angles minus pi. A sample at p is behind the target t while p < t < p + pi, or t <
// p - pi for its copy one turn earlier; the sums hold half of (behind - ahead). Passing p moves the
// sample from ahead to behind: + v at position p. Passing its antipode moves it from behind to
// ahead, one turn further: - v at the mean of both copies, which is the antipode itself.
template <int columns>
class Sweep {
 public:
  Sweep(const SortedAngles& samples, const double* V, Index stride)
      : samples_(samples), V_(V), stride_(stride), n_(samples.size()) {
    while (wrap_ < n_ && position(wrap_) <= 0) ++wrap_;
    left_ = wrap_;
    for (Index l = 0; l < n_; ++l) {
      const bool behind = l >= wrap_;
      add(l, behind ? 0.5 : -0.5, behind ? position(l) - 2 * pi : position(l));
      total_.add(row(l));
      total_cosine_.add(row(l) * samples_.cosine()[l]);
      total_sine_.add(row(l) * samples_.sine()[l]);
    }
  }

  void advance(double target) {
    for (; passed_ < n_ && position(passed_) <= target; ++passed_) {
      add(passed_, 1, position(passed_));
    }
    // Antipodes in ascending order: p - pi of the samples beyond the wrap, then p + pi of the rest.
    for (; left_ < n_ + wrap_; ++left_) {
      const Index l = left_ < n_ ? left_ : left_ - n_;
      const double antipode = left_ < n_ ? position(l) - pi : position(l) + pi;
      if (!(antipode <= target)) break;
      add(l, -1, antipode);
    }
  }

  Row<columns> value(const Split& part, double target, double cos, double sin) const {
    const Row<columns> even =
        part.constant * total_.value() +
        part.cosine * (cos * total_cosine_.value() + sin * total_sine_.value());
    const Row<columns> wc = odd_.cosine.value();
    const Row<columns> ws = odd_.sine.value();
    const Row<columns> x = target * odd_.one.value() - odd_.linear.value();
    const Row<columns> sine = sin * wc - cos * ws;
    const Row<columns> x_cosine =
        target * (cos * wc + sin * ws) -
        (cos * odd_.linear_cosine.value() + sin * odd_.linear_sine.value());
    return even + 2 * (part.linear * x + part.sine * sine + part.linear_cosine * x_cosine);
  }

 private:
  double position(Index l) const { return samples_.angle()[l] - pi; }
  Row<columns> row(Index l) const { return Eigen::Map<const Row<columns>>(V_ + l * stride_); }
  void add(Index l, double weight, double at) {
    odd_.add(row(l) * weight, samples_.cosine()[l], samples_.sine()[l], at);
  }

  const SortedAngles& samples_;
  const double* V_;
  Index stride_;
  Index n_;
  Index wrap_ = 0;    // the first sample beyond angle pi
  Index passed_ = 0;  // samples that the target has passed
  Index left_ = 0;    // the next sample whose antipode comes, counted from wrap_
  Sums<columns> total_, total_cosine_, total_sine_;
  Moments<columns> odd_;
};

template <int columns>
void sweep(const Split& part, const SortedAngles& targets, const SortedAngles& samples,
           const double* V, Index V_stride, double* Y, Index Y_stride) {
  const double n = static_cast<double>(samples.size());
  Sweep<columns> sweep(samples, V, V_stride);
  for (Index i = 0; i < targets.size(); ++i) {
    const double target = targets.angle()[i] - pi;
    sweep.advance(target);
    Eigen::Map<Row<columns>>(Y + i * Y_stride) =
        sweep.value(part, target, targets.cosine()[i], targets.sine()[i]) / n;
  }
}

void check_rows(Index rows, const SortedAngles& samples) {
  require(rows == samples.size(),
          fmt::format("[operator_product] expected {} rows, got {}", samples.size(), rows));
}

}  // namespace

SortedAngles::SortedAngles(VectorView angles)
    : angle_(angles), cosine_(angles.size()), sine_(angles.size()) {
  require(angle_.size() > 0, "[SortedAngles] expected at least one angle, got none");
  for (Index i = 0; i < angle_.size(); ++i) {
    const double g = angle_[i];
    if (!(g >= 0 && g < 2 * pi) || (i > 0 && g < angle_[i - 1])) {
      throw std::invalid_argument(
          fmt::format("[SortedAngles] expected ascending angles of [0, 2pi), got {} at {}", g, i));
    }
    cosine_[i] = std::cos(g);
    sine_[i] = std::sin(g);
  }
}

Vector probe_product(AngleKernel kernel, const SortedAngles& probes, const SortedAngles& samples,
                     VectorView v) {
  check_rows(v.size(), samples);
  Vector y(probes.size());
  sweep<1>(split(kernel), probes, samples, v.data(), 1, y.data(), 1);
  return y;
}

Matrix probe_products(AngleKernel kernel, const SortedAngles& probes, const SortedAngles& samples,
                      MatrixView V) {
  check_rows(V.rows(), samples);
  const Split part = split(kernel);
  Matrix Y(probes.size(), V.cols());
  Index c = 0;
  const auto block = [&](auto sweep_columns, Index width) {
    for (; c + width <= V.cols(); c += width)
      sweep_columns(part, probes, samples, V.data() + c, V.outerStride(), Y.data() + c, V.cols());
  };
  block(sweep<8>, 8);
  block(sweep<2>, 2);
  block(sweep<1>, 1);
  return Y;
}

Vector operator_product(AngleKernel kernel, const SortedAngles& samples, VectorView v) {
  return probe_product(kernel, samples, samples, v);
}

Matrix operator_products(AngleKernel kernel, const SortedAngles& samples, MatrixView V) {
  return probe_products(kernel, samples, samples, V);
}

}  // namespace wideband

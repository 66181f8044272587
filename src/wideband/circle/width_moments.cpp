#include "wideband/circle/width_moments.hpp"

#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "wideband/circle/angle_kernel.hpp"
#include "wideband/core/constants.hpp"
#include "wideband/core/error.hpp"

namespace wideband {
namespace {

constexpr double sqrt2 = std::numbers::sqrt2;

// Moments of a standard normal output weight and of the radius of a normal weight in the plane.
constexpr double mean_R4 = 8, mean_R2a2 = 2, mean_a4 = 3, mean_R2 = 2, mean_a2 = 1;

// Coefficients of `count` consecutive samples of an n-point grid, seen from their middle.
HalfArc sampled_arc(Index cutoff, Index n, Index count, double tilt) {
  HalfArc arc{Vector::Zero(cutoff + 1), Vector::Zero(cutoff + 1), Vector::Zero(cutoff + 1), tilt};
  for (Index i = 0; i < count; ++i) {
    const double x = pi * static_cast<double>(2 * i - (count - 1)) / static_cast<double>(n);
    for (Index k = 0; k <= cutoff; ++k) {
      const double scale = (k == 0 ? 1.0 : sqrt2) / static_cast<double>(n);
      const double kx = static_cast<double>(k) * x;
      arc.h(k) += scale * std::cos(x) * std::cos(kx);
      arc.s(k) += scale * std::sin(x) * std::sin(kx);
      arc.o(k) += scale * std::cos(kx);
    }
  }
  // Sums that vanish by parity are left at rounding; the others are far larger.
  for (Vector* v : {&arc.h, &arc.s, &arc.o}) *v = (v->array().abs() < 1e-14).select(0.0, *v);
  return arc;
}

// Means over a tilt uniform in [-t, t].
struct TiltMeans {
  double cos2, sin2, cos4, cos2_sin2, sin4;
};

TiltMeans tilt_means(double t) {
  if (t == 0) return {1, 0, 1, 0, 0};
  const double c2 = std::sin(2 * t) / (2 * t);  // mean of cos 2 tilt
  const double c4 = std::sin(4 * t) / (4 * t);
  return {(1 + c2) / 2, (1 - c2) / 2, (3 + 4 * c2 + c4) / 8, (1 - c4) / 8, (3 - 4 * c2 + c4) / 8};
}

// Mean of (R^2 x + a^2 y)^2 from the mean of x^2, the mean of x and the constant y.
double square_mean(double x2, double x, double y) {
  return mean_R4 * x2 + 2 * mean_R2a2 * x * y + mean_a4 * y * y;
}

// The plane block k, l of one neuron in its own frame is R^2 [cc cs; sc ss] + a^2 diag(y_c, y_s).
class OneNeuron {
 public:
  OneNeuron(const HalfArc& arc, double beta_b)
      : arc_(arc), beta2_(beta_b * beta_b), tilt_(tilt_means(arc.tilt)) {}

  double square_norm(Index k, Index l) const {
    const double hh = arc_.h(k) * arc_.h(l), ss = arc_.s(k) * arc_.s(l);
    const double hs = arc_.h(k) * arc_.s(l), sh = arc_.s(k) * arc_.h(l);
    return square_mean(tilt_.cos4 * hh * hh, tilt_.cos2 * hh, cosine(k, l)) +
           square_mean(tilt_.sin4 * ss * ss, tilt_.sin2 * ss, ss) +
           square_mean(tilt_.cos2_sin2 * (hs * hs + sh * sh), 0, 0);
  }

  double mean_trace(Index k) const {
    const double hh = arc_.h(k) * arc_.h(k), ss = arc_.s(k) * arc_.s(k);
    return mean_R2 * (tilt_.cos2 * hh + tilt_.sin2 * ss) + mean_a2 * (cosine(k, k) + ss);
  }

  double square_trace(Index k) const {
    const double hh = arc_.h(k) * arc_.h(k), ss = arc_.s(k) * arc_.s(k);
    const double x2 = tilt_.cos4 * hh * hh + 2 * tilt_.cos2_sin2 * hh * ss + tilt_.sin4 * ss * ss;
    return square_mean(x2, tilt_.cos2 * hh + tilt_.sin2 * ss, cosine(k, k) + ss);
  }

 private:
  double cosine(Index k, Index l) const {
    return arc_.h(k) * arc_.h(l) + beta2_ * arc_.o(k) * arc_.o(l);
  }

  const HalfArc& arc_;
  double beta2_;
  TiltMeans tilt_;
};

double dimension(Index k) {
  return k == 0 ? 1 : 2;
}

std::vector<HalfArc> arcs_of(const WidthMomentsOptions& options) {
  if (options.grid == 0) return {half_arc(options.cutoff)};
  return grid_half_arcs(options.cutoff, options.grid);
}

}  // namespace

HalfArc half_arc(Index cutoff) {
  require(cutoff >= 0, fmt::format("[half_arc] expected cutoff >= 0, got {}", cutoff));
  HalfArc arc{Vector::Zero(cutoff + 1), Vector::Zero(cutoff + 1), Vector::Zero(cutoff + 1)};
  for (Index k = 0; k <= cutoff; ++k) {
    const double K = static_cast<double>(k);
    if (k % 2 == 0) {
      const double sign = k % 4 == 0 ? -1 : 1;
      arc.h(k) = k == 0 ? 1 / pi : sqrt2 * sign / (pi * (K * K - 1));
      arc.s(k) = k == 0 ? 0 : K * arc.h(k);
    } else {
      arc.o(k) = sqrt2 * (k % 4 == 1 ? 1 : -1) / (pi * K);
    }
  }
  arc.o(0) = 0.5;
  if (cutoff >= 1) arc.h(1) = arc.s(1) = 1 / (2 * sqrt2);
  return arc;
}

std::vector<HalfArc> grid_half_arcs(Index cutoff, Index n) {
  require(cutoff >= 0 && n > 2 * cutoff,
          fmt::format("[grid_half_arcs] expected n > 2 cutoff >= 0, got n = {}, cutoff = {}", n,
                      cutoff));
  // The ends of the half circle meet the samples at once for even n, in turn for odd n.
  const double cell = pi / static_cast<double>(n);
  if (n % 2 == 0) return {sampled_arc(cutoff, n, n / 2, cell)};
  return {sampled_arc(cutoff, n, (n - 1) / 2, cell / 2),
          sampled_arc(cutoff, n, (n + 1) / 2, cell / 2)};
}

WidthMoments::WidthMoments(const WidthMomentsOptions& options) {
  const std::vector<HalfArc> arcs = arcs_of(options);
  eigenvalues_.setZero(options.cutoff + 1);
  isotropic_.setZero(options.cutoff + 1);
  planes_.setZero(options.cutoff + 1, options.cutoff + 1);
  const double weight = 1 / static_cast<double>(arcs.size());
  for (const HalfArc& arc : arcs) {
    const OneNeuron neuron(arc, options.beta_b);
    for (Index k = 0; k <= options.cutoff; ++k) {
      eigenvalues_(k) += weight * neuron.mean_trace(k) / dimension(k);
      isotropic_(k) += weight * neuron.square_trace(k) / (dimension(k) * dimension(k));
      for (Index l = 0; l <= options.cutoff; ++l)
        planes_(k, l) += weight * neuron.square_norm(k, l);  // (2)
    }
  }
  for (Index k = 0; k <= options.cutoff; ++k) {
    const double lambda = eigenvalues_(k);
    planes_(k, k) -= dimension(k) * lambda * lambda;
    isotropic_(k) -= lambda * lambda;
  }
}

Matrix WidthMoments::entries() const {
  const Index d = 2 * eigenvalues_.size() - 1;
  const auto plane = [](Index p) { return (p + 1) / 2; };
  Matrix variances(d, d);
  for (Index p = 0; p < d; ++p) {
    for (Index q = 0; q < d; ++q) {
      const Index k = plane(p), l = plane(q);
      const double V = planes_(k, l);
      if (k != l || k == 0) {
        variances(p, q) = V / (dimension(k) * dimension(l));
      } else {
        // Block = trace/2 I + a symmetric traceless part that turns by 2 k psi.
        const double turning = (V - 2 * isotropic_(k)) / 4;
        variances(p, q) = p == q ? isotropic_(k) + turning : turning;
      }
    }
  }
  return variances;
}

double kernel_variance(double delta, double beta_b) {
  const double K0 = kernel_value(AngleKernel::K0, delta);
  const double K1 = kernel_value(AngleKernel::K1, delta);
  const double cosine = std::cos(delta);
  const double c = cosine + beta_b * beta_b;
  const double J2 = 3 * std::sin(delta) * cosine + (pi - delta) * (1 + 2 * cosine * cosine);
  const double Theta = K0 + c * K1;
  return J2 / (2 * pi) + 3 * c * c * K1 + 2 * c * K0 - Theta * Theta;  // (3)
}

Vector alignment_moments(const WidthMoments& moments, Index cutoff) {
  const Vector& lambda = moments.eigenvalues();
  require(cutoff >= 0 && cutoff < lambda.size(),
          fmt::format("[alignment_moments] expected 0 <= cutoff <= {}, got {}", lambda.size() - 1,
                      cutoff));
  Vector sums = Vector::Zero(cutoff + 1);
  for (Index k = 0; k <= cutoff; ++k) {
    for (Index l = 0; l < lambda.size(); ++l) {
      const double V = moments.planes()(k, l);
      const double gap = lambda(k) - lambda(l);
      if (l != k && V > 0) sums(k) += 2 * V / (gap * gap);  // (4)
    }
  }
  return sums;
}

}  // namespace wideband

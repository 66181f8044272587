#include "wideband/math/harmonics.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <boost/math/quadrature/gauss.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <fmt/format.h>

#include "wideband/core/constants.hpp"
#include "wideband/core/error.hpp"

namespace wideband {
namespace {

constexpr Index grading_levels = 10;

void require_sphere(const char* function, Index d, Index k) {
  require(d >= 2 && k >= 0,
          fmt::format("[{}] expected d >= 2 and k >= 0, got {} and {}", function, d, k));
}

// Ends of the panels of [0, pi/2]; those of [pi/2, pi] are their mirror image.
std::vector<double> panel_ends(Index cutoff) {
  const double widest = 16.0 / static_cast<double>(std::max<Index>(cutoff, 1));
  std::vector<double> ends = {0};
  double level = std::ldexp(pi, -static_cast<int>(grading_levels));
  for (; level < 0.51 * pi; level *= 2) {
    const double start = ends.back();
    const auto parts = static_cast<Index>(std::ceil((level - start) / widest));
    for (Index i = 1; i <= parts; ++i)
      ends.push_back(start + (level - start) * static_cast<double>(i) / static_cast<double>(parts));
  }
  return ends;
}

template <unsigned nodes>
void add_panel(AngleQuadrature& rule, double a, double b) {
  using Gauss = boost::math::quadrature::gauss<double, nodes>;
  static_assert(nodes % 2 == 0);
  const double middle = (a + b) / 2;
  const double half = (b - a) / 2;
  for (std::size_t i = 0; i < Gauss::abscissa().size(); ++i) {
    for (const double sign : {-1.0, 1.0}) {
      const double angle = middle + sign * half * Gauss::abscissa()[i];
      const double weight = half * Gauss::weights()[i];
      rule.theta.insert(rule.theta.end(), {angle, pi - angle});
      rule.complement.insert(rule.complement.end(), {pi - angle, angle});
      rule.weight.insert(rule.weight.end(), {weight, weight});
    }
  }
}

// c_d, of total mass 1.
double normalization(Index d) {
  return boost::math::tgamma_delta_ratio(static_cast<double>(d) / 2, -0.5) / std::sqrt(pi);
}

// P_0, ..., P_cutoff at the angle; near pi by parity.
class Polynomials {
 public:
  Polynomials(Index d, Index cutoff) : d_(static_cast<double>(d)), values_(cutoff + 1) {}

  const Vector& at(double theta, double complement) {
    const bool mirrored = complement < theta;
    const double half_sine = std::sin(std::min(theta, complement) / 2);
    const double h = 2 * half_sine * half_sine;  // 1 - cos
    double difference = -h;                      // P_1 - P_0
    values_(0) = 1;
    for (Index k = 1; k < values_.size(); ++k) {
      values_(k) = values_(k - 1) + difference;
      const auto order = static_cast<double>(k);
      difference = (order * difference - (2 * order + d_ - 2) * h * values_(k)) / (order + d_ - 2);
    }
    for (Index k = 1; mirrored && k < values_.size(); k += 2) values_(k) = -values_(k);
    return values_;
  }

 private:
  double d_;
  Vector values_;
};

}  // namespace

double harmonic_multiplicity(Index d, Index k) {
  require_sphere("harmonic_multiplicity", d, k);
  if (k == 0) return 1;
  if (d == 2) return 2;
  double binomial = 1;  // C(k + d - 3, d - 3), every step an integer
  for (Index i = 1; i <= d - 3; ++i)
    binomial = binomial * static_cast<double>(k + i) / static_cast<double>(i);
  return static_cast<double>(2 * k + d - 2) * binomial / static_cast<double>(d - 2);
}

AngleQuadrature angle_quadrature(Index cutoff) {
  require(cutoff >= 0, fmt::format("[angle_quadrature] expected cutoff >= 0, got {}", cutoff));
  const std::vector<double> ends = panel_ends(cutoff);
  AngleQuadrature rule;
  for (std::size_t i = 1; i < ends.size(); ++i) add_panel<30>(rule, ends[i - 1], ends[i]);
  rule.fine = rule.theta.size();
  for (std::size_t i = 1; i < ends.size(); ++i) add_panel<20>(rule, ends[i - 1], ends[i]);
  return rule;
}

ZonalSpectrum zonal_spectrum(const AngleQuadrature& rule, VectorView values, Index d,
                             Index cutoff) {
  require_sphere("zonal_spectrum", d, cutoff);
  require(
      values.size() == static_cast<Index>(rule.theta.size()),
      fmt::format("[zonal_spectrum] expected {} values, got {}", rule.theta.size(), values.size()));
  Vector fine = Vector::Zero(cutoff + 1);
  Vector coarse = Vector::Zero(cutoff + 1);
  Vector absolute = Vector::Zero(cutoff + 1);
  Polynomials polynomials(d, cutoff);
  const double c = normalization(d);
  for (std::size_t i = 0; i < rule.theta.size(); ++i) {
    const double sine = std::sin(std::min(rule.theta[i], rule.complement[i]));
    const double density = c * std::pow(sine, static_cast<double>(d - 2));
    const double measure = rule.weight[i] * density * values(static_cast<Index>(i));
    const Vector& P = polynomials.at(rule.theta[i], rule.complement[i]);
    if (i < rule.fine) {
      fine += measure * P;
      absolute += std::abs(measure) * P.cwiseAbs();
    } else {
      coarse += measure * P;
    }
  }
  ZonalSpectrum spectrum{fine, (fine - coarse).cwiseAbs()};
  for (Index k = 0; k <= cutoff; ++k)
    spectrum.error(k) += (8 + 2 * static_cast<double>(k)) * eps * absolute(k);
  return spectrum;
}

double step_kernel_eigenvalue(Index d, Index k) {
  require_sphere("step_kernel_eigenvalue", d, k);
  if (k == 0) return 0.25;
  if (k % 2 == 0) return 0;
  const double half = static_cast<double>(d) / 2;
  const double mu = boost::math::tgamma(half) / (2 * pi) *
                    boost::math::tgamma_delta_ratio(static_cast<double>(k) / 2, half);
  return mu * mu;
}

double relu_kernel_eigenvalue(Index d, Index k) {
  require_sphere("relu_kernel_eigenvalue", d, k);
  const auto dimension = static_cast<double>(d);
  if (k == 1) return 1 / (4 * dimension);
  if (k % 2 == 1) return 0;
  const double half = dimension / 2;
  // Gamma(-1/2) = -2 sqrt(pi); the sign is squared away.
  const double ratio =
      k == 0 ? 2 * std::sqrt(pi) / boost::math::tgamma(half + 0.5)
             : boost::math::tgamma_delta_ratio(static_cast<double>(k - 1) / 2, half + 1);
  const double mu = boost::math::tgamma(half) / (4 * pi) * ratio;
  return dimension * mu * mu;
}

double relu_tangent_eigenvalue(Index d, Index k) {
  require_sphere("relu_tangent_eigenvalue", d, k);
  if (k == 0) return relu_kernel_eigenvalue(d, 0) + step_kernel_eigenvalue(d, 1);
  const auto order = static_cast<double>(k);
  const auto dimension = static_cast<double>(d);
  return relu_kernel_eigenvalue(d, k) +
         ((order + dimension - 2) * step_kernel_eigenvalue(d, k + 1) +
          order * step_kernel_eigenvalue(d, k - 1)) /
             (2 * order + dimension - 2);
}

}  // namespace wideband

#include "wideband/math/pair_sampler.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

#include <boost/math/quadrature/gauss.hpp>
#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/math/gaussian_line.hpp"
#include "wideband/math/plane_quadrature.hpp"
#include "wideband/math/smoothed_slope.hpp"

namespace wideband {
namespace {

constexpr int largest_order = 8192;
constexpr int most_nodes = 640;

std::string label(const Phi& phi) {
  return phi.name.empty() ? std::string(name_of(phi.family)) : phi.name;
}

std::function<double(double)> function_of(const Phi& phi) {
  return [&phi](double x) { return value(phi, x); };
}

// A rule for phi(sqrt(q1) z) and phi(sqrt(q2) z) at once.
LineRule rule_of(const Phi& phi, double q1, double q2) {
  const double root = std::sqrt(std::max(q1, q2));
  LineRuleOptions options{.scale = std::max(1.0, root)};
  options.radius = line_radius(function_of(phi), root, label(phi).c_str());
  for (const double kink : kinks(phi)) {
    if (q1 > 0) options.cuts.push_back(kink / std::sqrt(q1));
    if (q2 > 0 && q2 != q1) options.cuts.push_back(kink / std::sqrt(q2));
  }
  return line_rule(options);
}

double root_product(double x, double y) {
  return std::sqrt(x) * std::sqrt(y);
}

// int_a^sigma f(t) 2 t dt of a Chebyshev series on [low, high].
double weighted_integral(std::span<const double> c, double low, double high, double a, double b) {
  using Gauss = boost::math::quadrature::gauss<double, 30>;
  const auto f = [&](double t) {
    return 2 * t * chebyshev_sum(c, (2 * t - low - high) / (high - low));
  };
  return Gauss::integrate(f, a, b);
}

}  // namespace

LineMoments line_moments(const Phi& phi, double q) {
  LineMoments moments;
  if (q == 0) {
    moments.mean = value(phi, 0);
    moments.variance = moments.mean * moments.mean;
    moments.slope_mean = derivative(phi, 0);
    moments.slope_variance = moments.slope_mean * moments.slope_mean;
    return moments;
  }
  const LineRule rule = rule_of(phi, q, q);
  const double root = std::sqrt(q);
  std::vector<double> f;
  for (std::size_t i = 0; i < rule.z.size(); ++i) {
    f.push_back(value(phi, root * rule.z[i]));
    const double g = derivative(phi, root * rule.z[i]);
    moments.variance += rule.weight[i] * f[i] * f[i];
    moments.mean += rule.weight[i] * f[i];
    moments.slope_variance += rule.weight[i] * g * g;
    moments.slope_mean += rule.weight[i] * g;
  }
  for (std::size_t i = 0; i < rule.z.size(); ++i) {
    moments.spread += rule.weight[i] * (f[i] - moments.mean) * (f[i] - moments.mean);
  }
  return moments;
}

double bend_of(const Phi& phi, double q1, double q2) {
  const LineRule rule = rule_of(phi, q1, q2);
  const double root1 = std::sqrt(q1);
  const double root2 = std::sqrt(q2);
  double V1 = 0, V2 = 0, growth = 0;  // growth = d V1 / d log q1
  for (std::size_t i = 0; i < rule.z.size(); ++i) {
    const double f1 = value(phi, root1 * rule.z[i]);
    const double f2 = value(phi, root2 * rule.z[i]);
    V1 += rule.weight[i] * f1 * f1;
    V2 += rule.weight[i] * f2 * f2;
    growth += rule.weight[i] * f1 * derivative(phi, root1 * rule.z[i]) * root1 * rule.z[i];
  }
  if (V1 == 0 || V2 == 0) return 0;
  const double gap = std::log(q1 / q2);
  double sum = 0;
  for (std::size_t i = 0; i < rule.z.size(); ++i) {
    const double u = root1 * rule.z[i];
    const double difference =
        q1 == q2
            ? (u * derivative(phi, u) / 2 - value(phi, u) * growth / (2 * V1)) / std::sqrt(V1)
            : (value(phi, u) / std::sqrt(V1) - value(phi, root2 * rule.z[i]) / std::sqrt(V2)) / gap;
    sum += rule.weight[i] * difference * difference;
  }
  return sum / 4;
}

PairSampler::PairSampler(const Phi& phi, double q_min, double q_max,
                         const NumericDualOptions& options)
    : phi_(phi), options_(options) {
  const std::vector<double> bends = kinks(phi);
  const bool off_zero =
      std::any_of(bends.begin(), bends.end(), [](double kink) { return kink != 0; });
  const QuadratureRule rule = options.quadrature.rule;
  cartesian_ = rule == QuadratureRule::cartesian || (rule == QuadratureRule::automatic && off_zero);
  smoothed_ = rule == QuadratureRule::automatic && has_smoothed_slope(phi);
  if (smoothed_) return;
  const bool wanted = rule == QuadratureRule::hermite;
  if (!wanted && (rule != QuadratureRule::automatic || !bends.empty())) return;
  const double target = std::max(options.tolerance / 100, 2e-15);
  const HermiteSeries widest = hermite_series(phi, q_max, largest_order, target);
  ++integrals_;
  order_ = static_cast<int>(widest.value.size());
  series_ = wanted || widest.tail <= options.tolerance / 10;
  const double tail = std::max(widest.tail, series_ ? series(q_min).tail : 0);
  if (wanted && tail > options.tolerance) {
    throw NumericalError(
        fmt::format("[numeric_dual] {}: tail {:.3g} > dual_tolerance {:.3g} with {} Hermite "
                    "coefficients at q = {}",
                    label(phi), tail, options.tolerance, order_, q_max));
  }
}

const HermiteSeries& PairSampler::series(double q) {
  const auto found = known_.find(q);
  if (found != known_.end()) return found->second;
  ++integrals_;
  return known_.emplace(q, hermite_series(phi_, q, order_, 0)).first->second;
}

const LineMoments& PairSampler::moments(double q) {
  const auto found = moments_.find(q);
  if (found != moments_.end()) return found->second;
  return moments_.emplace(q, line_moments(phi_, q)).first->second;
}

// The smallest number of nodes whose refinement meets a tenth of the tolerance.
double PairSampler::quadrature(double q1, double q2, HalfAngle angle, double scale) {
  const auto f = [this](double x) { return derivative(phi_, x); };
  const double root = std::sqrt(std::max(q1, q2));
  const double radius = line_radius(f, root, label(phi_).c_str());
  const std::vector<double> bends = kinks(phi_);
  double error = 0;
  for (int nodes = nodes_; nodes <= most_nodes; nodes *= 2) {
    const PlaneIntegral result = smoothed_ ? smoothed_expectation(phi_, q1, q2, angle, 40.0 / nodes)
                                 : cartesian_
                                     ? cartesian_expectation(f, bends, q1, q2, angle, radius, nodes)
                                     : polar_expectation(f, q1, q2, angle, radius, nodes);
    ++integrals_;
    error = result.error / scale;
    if (error <= options_.tolerance / 10) {
      error_ = std::max(error_, error);
      return result.value / scale;
    }
    if (!smoothed_) nodes_ = std::min(2 * nodes, 320);  // the next one will need as many
  }
  throw NumericalError(fmt::format(
      "[numeric_dual] {}: error {:.3g} > dual_tolerance {:.3g} with {} nodes per axis at q1 = {}, "
      "q2 = {}, theta = {}; is a kink undeclared?",
      label(phi_), error, options_.tolerance, most_nodes, q1, q2, theta(angle)));
}

double PairSampler::slope(double q1, double q2, HalfAngle angle) {
  if (!series_) {
    const auto& m1 = moments(q1);
    const auto& m2 = moments(q2);
    const double scale = root_product(m1.slope_variance, m2.slope_variance);
    return scale == 0 ? 0 : quadrature(q1, q2, angle, scale);
  }
  const HermiteSeries& first = series(q1);
  const HermiteSeries& second = series(q2);
  const double rho = cosine(angle);
  double sum = 0;
  for (std::size_t l = std::min(first.slope.size(), second.slope.size()); l-- > 0;) {
    sum = sum * rho + first.slope[l] * second.slope[l];
  }
  return sum;
}

PairSamples PairSampler::samples(double q1, double q2, const SigmaGrid& grid) {
  PairSamples result = series_ ? from_series(q1, q2, grid) : from_quadrature(q1, q2, grid);
  result.bend = bend_of(phi_, q1, q2);
  return result;
}

PairSamples PairSampler::from_series(double q1, double q2, const SigmaGrid& grid) {
  const HermiteSeries& first = series(q1);
  const HermiteSeries& second = series(q2);
  const std::size_t terms = std::min(first.value.size(), second.value.size());
  std::vector<double> rho;
  for (std::size_t p = 0; p < grid.panels(); ++p) {
    const bool far = p >= grid.panels_per_half();
    for (const double sigma : grid.points(far ? p - grid.panels_per_half() : p)) {
      rho.push_back(cosine(half_angle_at(sigma, far)));
    }
  }
  PairSamples result;
  result.mean_slope.assign(rho.size(), 0);
  result.slope.assign(rho.size(), 0);
  // sum_l c_l (1 - rho^l)/(1 - rho) = sum_j rho^j sum_{l>j} c_l, all angles at once
  double after = 0;
  for (std::size_t l = terms; l-- > 0;) {
    const double term = first.slope[l] * second.slope[l];
    for (std::size_t i = 0; i < rho.size(); ++i) result.slope[i] = result.slope[i] * rho[i] + term;
    if (l == 0) break;
    after += first.value[l] * second.value[l];
    for (std::size_t i = 0; i < rho.size(); ++i) {
      result.mean_slope[i] = result.mean_slope[i] * rho[i] + after;
    }
  }
  result.error = std::max(first.tail, second.tail);
  return result;
}

PairSamples PairSampler::from_quadrature(double q1, double q2, const SigmaGrid& grid) {
  const auto& m1 = moments(q1);
  const auto& m2 = moments(q2);
  const double N = root_product(m1.variance, m2.variance);
  const double factor =
      N == 0 ? 0 : root_product(q1, q2) * root_product(m1.slope_variance, m2.slope_variance) / N;
  PairSamples result;
  result.mean_slope.assign(grid.size(), 0);
  result.slope.assign(grid.size(), 0);
  error_ = 0;
  const std::size_t half = grid.panels_per_half();
  double integral = 0;  // int_0^s Kdot ds up to the panel
  const auto fill = [&](std::size_t p, bool far) {
    const std::size_t offset = (far ? half + p : p) * grid.nodes;
    const std::vector<double> points = grid.points(p);
    const std::span<double> values(&result.slope[offset], grid.nodes);
    for (std::size_t i = 0; i < grid.nodes; ++i) {
      values[i] = slope(q1, q2, half_angle_at(points[i], far));
    }
    const std::vector<double> c = chebyshev_coefficients(values);
    const double low = grid.lower(p);
    const double high = grid.upper(p);
    for (std::size_t i = 0; i < grid.nodes; ++i) {
      const double sigma = points[i];
      const double s = far ? 1 - sigma * sigma : sigma * sigma;
      const double part = far ? weighted_integral(c, low, high, sigma, high)
                              : weighted_integral(c, low, high, low, sigma);
      result.mean_slope[offset + i] = factor * (integral + part) / s;
    }
    integral += weighted_integral(c, low, high, low, high);
  };
  for (std::size_t p = half; p-- > 0;) fill(p, false);
  // At rho = 0 the variables are independent, which judges the sum of everything before.
  const double independent = N == 0 ? 0 : m1.mean * m2.mean / N;
  const double gap = q1 == q2 ? 0 : std::log(q1 / q2);
  const double found = 1 - 2 * (gap * gap * bend_of(phi_, q1, q2) + factor * integral);
  for (std::size_t p = 0; grid.far && p < half; ++p) fill(p, true);
  result.error = std::max(error_, N == 0 ? 0 : std::abs(found - independent));
  return result;
}

}  // namespace wideband

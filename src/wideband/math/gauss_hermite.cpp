#include "wideband/math/gauss_hermite.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "wideband/core/error.hpp"

namespace wideband {
namespace {

// Orthonormal Hermite function h_n(x) e^{-x^2/2} for the weight e^{-x^2}, and the one before.
struct Values {
  double now, before;
};

Values hermite_function(int n, double x) {
  Values h{std::exp(-x * x / 2) / std::pow(std::numbers::pi, 0.25), 0};
  for (int i = 0; i < n; ++i) {
    const double next = std::sqrt(2.0 / (i + 1)) * x * h.now - std::sqrt(i / (i + 1.0)) * h.before;
    h = {next, h.now};
  }
  return h;
}

double root_between(int n, double low, double high) {
  const bool rising = hermite_function(n, low).now < 0;
  for (int i = 0; i < 200 && low < high; ++i) {
    const double middle = low + (high - low) / 2;
    if (middle == low || middle == high) break;
    const bool negative = hermite_function(n, middle).now < 0;
    (negative == rising ? low : high) = middle;
  }
  return low + (high - low) / 2;
}

}  // namespace

GaussHermiteRule gauss_hermite_rule(int n) {
  if (n < 1 || n > 200) {
    require(false, fmt::format("[gauss_hermite] expected a degree from 1 to 200, got {}", n));
  }
  std::vector<double> roots;
  for (int m = 1; m <= n; ++m) {
    const double end = std::sqrt(2.0 * m + 1) + 1;
    std::vector<double> ends = {-end};
    ends.insert(ends.end(), roots.begin(), roots.end());
    ends.push_back(end);
    std::vector<double> next;
    for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
      next.push_back(root_between(m, ends[i], ends[i + 1]));
    }
    roots = next;
  }
  GaussHermiteRule rule;
  for (const double x : roots) {
    // 1/sum_{k<n} h_k^2 by Christoffel and Darboux: 1/(n h_{n-1}^2) at a root of h_n.
    const double before = hermite_function(n, x).before;
    rule.x.push_back(x);
    rule.weight.push_back(std::exp(-x * x) / (n * before * before));
  }
  return rule;
}

ProductRuleValues product_rule(const Phi& phi, const GaussHermiteRule& rule, double q1, double q2,
                               HalfAngle angle) {
  const double root1 = std::sqrt(2 * q1);
  const double along = std::sqrt(2 * q2) * cosine(angle);
  const double across = std::sqrt(2 * q2) * 2 * std::sqrt(angle.s * angle.c);
  ProductRuleValues sum{0, 0};
  for (std::size_t i = 0; i < rule.x.size(); ++i) {
    double inner = 0;
    double inner_slope = 0;
    for (std::size_t j = 0; j < rule.x.size(); ++j) {
      const double v = along * rule.x[i] + across * rule.x[j];
      inner += rule.weight[j] * value(phi, v);
      inner_slope += rule.weight[j] * derivative(phi, v);
    }
    const double u = root1 * rule.x[i];
    sum.K += rule.weight[i] * value(phi, u) * inner / std::numbers::pi;
    sum.Kdot += rule.weight[i] * derivative(phi, u) * inner_slope / std::numbers::pi;
  }
  return sum;
}

}  // namespace wideband

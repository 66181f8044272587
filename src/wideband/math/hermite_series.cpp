#include "wideband/math/hermite_series.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "wideband/math/gaussian_line.hpp"

namespace wideband {
namespace {

// h_l oscillates with the frequency sqrt l.
LineRule rule_of(const Phi& phi, double root, int terms) {
  const auto f = [&](double x) { return value(phi, x); };
  LineRuleOptions options{.scale = std::max(1.0, root)};
  options.width = std::min(0.5, 16 / std::sqrt(terms));
  options.radius = line_radius(f, root, std::string(name_of(phi.family)).c_str());
  for (const double kink : kinks(phi)) options.cuts.push_back(kink / root);
  return line_rule(options);
}

double unit(double sum, double square) {
  return square == 0 ? 0 : sum / std::sqrt(square);
}

double rest(const std::vector<double>& coefficients, double square) {
  if (square == 0) return 0;
  double sum = 0;
  for (const double a : coefficients) sum += a * a;
  return std::max(0.0, 1 - sum);
}

}  // namespace

HermiteSeries hermite_series(const Phi& phi, double q, int terms, double tolerance) {
  const double root = std::sqrt(q);
  const LineRule rule = rule_of(phi, root, terms);
  const std::size_t size = rule.z.size();
  // Every factor carries the root of the weight, so that no polynomial overflows.
  std::vector<double> f(size), g(size), now(size), before(size, 0.0);
  HermiteSeries series;
  for (std::size_t i = 0; i < size; ++i) {
    now[i] = std::sqrt(rule.weight[i]);
    f[i] = value(phi, root * rule.z[i]) * now[i];
    g[i] = derivative(phi, root * rule.z[i]) * now[i];
    series.variance += f[i] * f[i];
    series.slope_variance += g[i] * g[i];
  }
  for (int l = 0; l < terms; ++l) {
    double a = 0;
    double b = 0;
    const double up = 1 / std::sqrt(l + 1.0);
    const double down = std::sqrt(l / (l + 1.0));
    for (std::size_t i = 0; i < size; ++i) {
      a += f[i] * now[i];
      b += g[i] * now[i];
      const double next = up * rule.z[i] * now[i] - down * before[i];
      before[i] = now[i];
      now[i] = next;
    }
    series.value.push_back(unit(a, series.variance));
    series.slope.push_back(unit(b, series.slope_variance));
    if (l % 8 != 7 && l + 1 < terms) continue;
    series.tail =
        std::max(rest(series.value, series.variance), rest(series.slope, series.slope_variance));
    if (tolerance > 0 && series.tail <= tolerance) break;
  }
  return series;
}

}  // namespace wideband

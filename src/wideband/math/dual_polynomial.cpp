#include "wideband/math/dual_polynomial.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace wideband {
namespace {

constexpr std::size_t capacity = 151;

// v_0 ... v_degree of one variance.
struct Expansion {
  std::array<double, capacity> v;
  std::size_t size = 0;

  double square() const {
    double sum = 0;
    for (std::size_t l = 0; l < size; ++l) sum += v[l] * v[l];
    return sum;
  }
};

// (1); with `differentiated`, of the derivative, whose coefficients are (i+1) c_{i+1}.
Expansion polynomial_expansion(std::span<const double> c, double q, bool differentiated) {
  Expansion expansion;
  const std::size_t shift = differentiated ? 1 : 0;
  expansion.size = std::min(capacity, c.size() - std::min(c.size(), shift));
  double root = 1;  // sqrt(l!) q^{l/2}
  for (std::size_t l = 0; l < expansion.size; ++l) {
    if (l > 0) root *= std::sqrt(static_cast<double>(l) * q);
    double weight = root;
    double sum = 0;
    for (std::size_t j = l; j < expansion.size; j += 2) {
      if (j > l) {
        const auto degree = static_cast<double>(j);
        weight *= degree * (degree - 1) / static_cast<double>(j - l) * q;
      }
      const double coefficient = differentiated ? static_cast<double>(j + 1) * c[j + 1] : c[j];
      sum += coefficient * weight;
    }
    expansion.v[l] = sum;
  }
  return expansion;
}

Expansion hermite_expansion(int n, double q) {
  Expansion expansion;
  expansion.size = static_cast<std::size_t>(n) + 1;
  expansion.v.fill(0);
  double weight = 1;  // sqrt(n!/l!) (q-1)^i / (2^i i!)
  for (int i = 0; n - 2 * i >= 0; ++i) {
    const int l = n - 2 * i;
    if (i > 0) weight *= std::sqrt((l + 1.0) * (l + 2.0)) * (q - 1) / (2.0 * i);
    expansion.v[static_cast<std::size_t>(l)] = weight * std::pow(q, l / 2.0);
  }
  return expansion;
}

// At q = 1, over n!.
Expansion monomial_expansion(int n) {
  Expansion expansion;
  expansion.size = static_cast<std::size_t>(n) + 1;
  expansion.v.fill(0);
  double weight = 1;  // sqrt(n!/l!) / (2^i i!)
  for (int i = 0; n - 2 * i >= 0; ++i) {
    const int l = n - 2 * i;
    if (i > 0) weight *= std::sqrt((l + 1.0) * (l + 2.0)) / (2.0 * i);
    expansion.v[static_cast<std::size_t>(l)] = weight;
  }
  return expansion;
}

// sum_l v_l w_l rho^l by Horner's rule.
double covariance_of(const Expansion& first, const Expansion& second, double rho) {
  double sum = 0;
  for (std::size_t l = first.size; l-- > 0;) sum = sum * rho + first.v[l] * second.v[l];
  return sum;
}

HalfAngle angle_of(const Expansion& first, const Expansion& second, HalfAngle angle) {
  const double norm1 = std::sqrt(first.square());
  const double norm2 = std::sqrt(second.square());
  if (norm1 == 0 || norm2 == 0) return {};
  const double decay = std::log1p(-2 * std::min(angle.s, angle.c));  // log |rho|
  const bool negative = angle.c < angle.s;
  double gap = 0;
  double apart = 0;
  double together = 0;
  for (std::size_t l = 0; l < first.size; ++l) {
    const double A = first.v[l] / norm1;
    const double B = second.v[l] / norm2;
    const double loss = l == 0 ? 0 : -std::expm1(static_cast<double>(l) * decay);  // 1 - |rho|^l
    const bool flipped = negative && l % 2 == 1;
    gap += (A - B) * (A - B);
    apart += A * B * (flipped ? 2 - loss : loss);
    together += A * B * (flipped ? loss : 2 - loss);
  }
  return settled(gap / 4 + apart / 2, gap / 4 + together / 2);  // (2)
}

}  // namespace

Dual polynomial_dual(std::span<const double> coefficients, double q1, double q2, HalfAngle angle) {
  const Expansion first = polynomial_expansion(coefficients, q1, false);
  const Expansion second = q1 == q2 ? first : polynomial_expansion(coefficients, q2, false);
  const Expansion slope1 = polynomial_expansion(coefficients, q1, true);
  const Expansion slope2 = q1 == q2 ? slope1 : polynomial_expansion(coefficients, q2, true);
  return {angle_of(first, second, angle), covariance_of(slope1, slope2, cosine(angle))};
}

double polynomial_variance(std::span<const double> coefficients, double q) {
  return polynomial_expansion(coefficients, q, false).square();
}

double polynomial_slope_variance(std::span<const double> coefficients, double q) {
  return polynomial_expansion(coefficients, q, true).square();
}

Dual monomial_dual(int n, double q1, double q2, HalfAngle angle) {
  const Expansion unit = monomial_expansion(n);
  const bool vanishes = n > 0 && (q1 == 0 || q2 == 0);
  double slope = 0;
  if (n > 0) {
    const Expansion derivative = monomial_expansion(n - 1);
    const double rho = covariance_of(derivative, derivative, cosine(angle)) / derivative.square();
    slope = n * monomial_variance(n - 1, std::sqrt(q1) * std::sqrt(q2)) * n * rho;
  }
  return {vanishes ? HalfAngle{} : angle_of(unit, unit, angle), slope};
}

double monomial_variance(int n, double q) {
  double product = 1;
  for (int i = 1; i <= n; ++i) product *= (2.0 * i - 1) * q;
  return product;
}

double monomial_slope_variance(int n, double q) {
  return n == 0 ? 0 : n * monomial_variance(n - 1, q) * n;
}

Dual hermite_dual(int n, double q1, double q2, HalfAngle angle) {
  const Expansion first = hermite_expansion(n, q1);
  const Expansion second = q1 == q2 ? first : hermite_expansion(n, q2);
  double slope = 0;
  if (n > 0) {
    slope = n * covariance_of(hermite_expansion(n - 1, q1), hermite_expansion(n - 1, q2),
                              cosine(angle));
  }
  return {angle_of(first, second, angle), slope};
}

double hermite_variance(int n, double q) {
  return hermite_expansion(n, q).square();
}

double hermite_slope_variance(int n, double q) {
  return n == 0 ? 0 : n * hermite_variance(n - 1, q);
}

}  // namespace wideband

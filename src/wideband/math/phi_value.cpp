// Values, derivatives and kinks of the activation functions.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include "wideband/core/constants.hpp"
#include "wideband/math/phi.hpp"

namespace wideband {
namespace {

using enum PhiFamily;

constexpr double sqrt2 = std::numbers::sqrt2;
constexpr double sigmoid_like_width = 2.4020563531719796;
// Klambauer, Unterthiner, Mayr & Hochreiter 2017.
constexpr double selu_scale = 1.0507009873554804934193349852946;
constexpr double selu_alpha = 1.6732632423543772848170429916717;

[[noreturn]] void refuse() {
  throw std::invalid_argument("[value] exp_normalized is a kernel without a function");
}

double corner(double x, double a, double b) {
  return x < 0 ? a * x : b * x;
}
double corner_slope(double x, double a, double b) {
  if (x == 0) return (a + b) / 2;
  return x < 0 ? a : b;
}

double logistic(double x) {
  return x < 0 ? std::exp(x) / (1 + std::exp(x)) : 1 / (1 + std::exp(-x));
}
// x / (2 cosh(x/2))^2 without its overflow.
double logistic_slope(double x) {
  const double decay = std::exp(-std::abs(x));
  return decay / ((1 + decay) * (1 + decay));
}

double normal_distribution(double x) {
  return std::erfc(-x / sqrt2) / 2;
}
double normal_density(double x) {
  return std::exp(-x * x / 2) / std::sqrt(2 * pi);
}

double exponential_unit(double x, double alpha) {
  return x < 0 ? alpha * std::expm1(x) : x;
}
double exponential_unit_slope(double x, double alpha) {
  if (x == 0) return (1 + alpha) / 2;
  return x < 0 ? alpha * std::exp(x) : 1;
}

double horner(const std::vector<double>& c, double x) {
  double sum = 0;
  for (std::size_t i = c.size(); i-- > 0;) sum = sum * x + c[i];
  return sum;
}
double horner_slope(const std::vector<double>& c, double x) {
  double sum = 0;
  for (std::size_t i = c.size(); i-- > 1;) sum = sum * x + static_cast<double>(i) * c[i];
  return sum;
}

// He_n(x)/sqrt(n!) by sqrt(n+1) h_{n+1} = x h_n - sqrt(n) h_{n-1}.
double hermite_value(int n, double x) {
  double before = 0;
  double now = 1;
  for (int i = 0; i < n; ++i) {
    const double next = (x * now - std::sqrt(i) * before) / std::sqrt(i + 1.0);
    before = now;
    now = next;
  }
  return now;
}

double rectified_power(double x, double n) {
  if (n == 0) return x == 0 ? 0.5 : (x > 0 ? 1 : 0);
  return x > 0 ? std::pow(x, n) : 0;
}

double rectified_power_slope(double x, double n) {
  if (n == 0) return 0;
  return n * rectified_power(x, n - 1);
}

}  // namespace

double value(const Phi& phi, double x) {
  const auto& p = phi.parameters;
  switch (phi.family) {
    case relu:
      return corner(x, 0, 1);
    case leaky_relu:
      return corner(x, p[0], 1);
    case abs:
      return std::abs(x);
    case abrelu:
      return corner(x, p[0], p[1]);
    case erf:
      return p[0] * std::erf(p[1] * x) + p[2];
    case probit:
      return normal_distribution(x);
    case sigmoid_like:
      return std::erfc(-x / sigmoid_like_width) / 2;
    case gelu:
      return x * normal_distribution(x);
    case sin:
      return p[0] * std::sin(p[1] * x + p[2]);
    case cos:
      return p[0] * std::cos(p[1] * x + p[2]);
    case rbf:
      return sqrt2 * std::sin(std::sqrt(2 * p[0]) * x + pi / 4);
    case exp:
      return p[0] * std::exp(p[1] * x);
    case gaussian:
      return p[0] * std::exp(p[1] * x * x);
    case gabor:
      return std::exp(-x * x) * std::sin(x);
    case sign:
      return x == 0 ? 0 : std::copysign(1, x);
    case step:
      return rectified_power(x, 0);
    case monomial:
      return std::pow(x, p[0]);
    case rectified_monomial:
      return rectified_power(x, p[0]);
    case hermite:
      return hermite_value(static_cast<int>(p[0]), x);
    case polynomial:
      return horner(p, x);
    case exp_normalized:
      refuse();
    case tanh:
      return std::tanh(x);
    case sigmoid:
      return logistic(x);
    case softplus:
      return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x)));
    case silu:
      return x * logistic(x);
    case elu:
      return exponential_unit(x, p[0]);
    case selu:
      return selu_scale * exponential_unit(x, selu_alpha);
    case hard_tanh:
      return std::clamp(x, -1.0, 1.0);
    case PhiFamily::custom:
      return phi.function(x);
  }
  throw std::invalid_argument("[value] unknown enumerator");
}

double derivative(const Phi& phi, double x) {
  const auto& p = phi.parameters;
  switch (phi.family) {
    case relu:
      return corner_slope(x, 0, 1);
    case leaky_relu:
      return corner_slope(x, p[0], 1);
    case abs:
      return corner_slope(x, -1, 1);
    case abrelu:
      return corner_slope(x, p[0], p[1]);
    case erf:
      return p[0] * p[1] * 2 / std::sqrt(pi) * std::exp(-p[1] * p[1] * x * x);
    case probit:
      return normal_density(x);
    case sigmoid_like:
      return std::exp(-(x / sigmoid_like_width) * (x / sigmoid_like_width)) /
             (sigmoid_like_width * std::sqrt(pi));
    case gelu:
      return normal_distribution(x) + x * normal_density(x);
    case sin:
      return p[0] * p[1] * std::cos(p[1] * x + p[2]);
    case cos:
      return -p[0] * p[1] * std::sin(p[1] * x + p[2]);
    case rbf:
      return sqrt2 * std::sqrt(2 * p[0]) * std::cos(std::sqrt(2 * p[0]) * x + pi / 4);
    case exp:
      return p[0] * p[1] * std::exp(p[1] * x);
    case gaussian:
      return 2 * p[0] * p[1] * x * std::exp(p[1] * x * x);
    case gabor:
      return std::exp(-x * x) * (std::cos(x) - 2 * x * std::sin(x));
    case sign:
    case step:
      return 0;
    case monomial:
      return p[0] == 0 ? 0 : p[0] * std::pow(x, p[0] - 1);
    case rectified_monomial:
      return rectified_power_slope(x, p[0]);
    case hermite:
      return p[0] == 0 ? 0 : std::sqrt(p[0]) * hermite_value(static_cast<int>(p[0]) - 1, x);
    case polynomial:
      return horner_slope(p, x);
    case exp_normalized:
      refuse();
    case tanh: {
      const double decay = std::exp(-2 * std::abs(x));
      return 4 * decay / ((1 + decay) * (1 + decay));
    }
    case sigmoid:
      return logistic_slope(x);
    case softplus:
      return logistic(x);
    case silu:
      return logistic(x) + x * logistic_slope(x);
    case elu:
      return exponential_unit_slope(x, p[0]);
    case selu:
      return selu_scale * exponential_unit_slope(x, selu_alpha);
    case hard_tanh:
      return std::abs(x) == 1 ? 0.5 : (std::abs(x) < 1 ? 1 : 0);
    case PhiFamily::custom:
      return phi.derivative(x);
  }
  throw std::invalid_argument("[derivative] unknown enumerator");
}

std::vector<double> kinks(const Phi& phi) {
  const auto& p = phi.parameters;
  switch (phi.family) {
    case relu:
    case abs:
    case sign:
    case step:
    case selu:
      return {0};
    case leaky_relu:
    case elu:
      return p[0] == 1 ? std::vector<double>{} : std::vector<double>{0};
    case abrelu:
      return p[0] == p[1] ? std::vector<double>{} : std::vector<double>{0};
    case rectified_monomial:
      return p[0] <= 1 ? std::vector<double>{0} : std::vector<double>{};
    case hard_tanh:
      return {-1, 1};
    case PhiFamily::custom:
      return phi.kinks;
    default:
      return {};
  }
}

}  // namespace wideband

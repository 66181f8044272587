// A number together with its first derivatives by a few variables, for formulas that are templates.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>

namespace wideband {

/// value + sum_i slope_i dx_i, to first order.
template <std::size_t N>
struct Jet {
  double value = 0;
  std::array<double, N> slope = {};

  Jet() = default;
  Jet(double constant) : value(constant) {}  // NOLINT: a constant is a jet
  /// The variable number i.
  static Jet variable(double x, std::size_t i) {
    Jet jet(x);
    jet.slope[i] = 1;
    return jet;
  }

  /// f(x + dx) = f + f' dx.
  Jet mapped(double f, double derivative) const {
    Jet result(f);
    for (std::size_t i = 0; i < N; ++i) result.slope[i] = derivative * slope[i];
    return result;
  }

  friend Jet operator+(Jet x, const Jet& y) {
    x.value += y.value;
    for (std::size_t i = 0; i < N; ++i) x.slope[i] += y.slope[i];
    return x;
  }
  friend Jet operator-(const Jet& x) { return x.mapped(-x.value, -1); }
  friend Jet operator-(const Jet& x, const Jet& y) { return x + (-y); }
  friend Jet operator*(const Jet& x, const Jet& y) {
    Jet result(x.value * y.value);
    for (std::size_t i = 0; i < N; ++i) {
      result.slope[i] = x.slope[i] * y.value + x.value * y.slope[i];
    }
    return result;
  }
  friend Jet operator/(const Jet& x, const Jet& y) {
    return x * y.mapped(1 / y.value, -1 / y.value / y.value);
  }

  friend Jet sqrt(const Jet& x) {
    const double root = std::sqrt(x.value);
    return x.mapped(root, 0.5 / root);
  }
  friend Jet exp(const Jet& x) {
    const double power = std::exp(x.value);
    return x.mapped(power, power);
  }
  friend Jet sin(const Jet& x) { return x.mapped(std::sin(x.value), std::cos(x.value)); }
  friend Jet cos(const Jet& x) { return x.mapped(std::cos(x.value), -std::sin(x.value)); }
  friend Jet sinh(const Jet& x) { return x.mapped(std::sinh(x.value), std::cosh(x.value)); }
  friend Jet cosh(const Jet& x) { return x.mapped(std::cosh(x.value), std::sinh(x.value)); }
  friend Jet atan(const Jet& x) {
    return x.mapped(std::atan(x.value), 1 / (1 + x.value * x.value));
  }
};

}  // namespace wideband

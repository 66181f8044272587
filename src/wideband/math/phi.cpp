#include "wideband/math/phi.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "wideband/core/error.hpp"

namespace wideband {
namespace {

using enum PhiFamily;

constexpr double required = std::numeric_limits<double>::quiet_NaN();
constexpr double largest_degree = 150;  // (2n-1)!! leaves the double range beyond

struct Entry {
  PhiFamily family;
  std::string_view name;
  std::vector<PhiKey> keys;
};

const std::vector<Entry>& entries() {
  static const std::vector<Entry> all = {
      {relu, "relu", {}},
      {leaky_relu, "leaky_relu", {{"alpha", 0.01}}},
      {abs, "abs", {}},
      {abrelu, "abrelu", {{"a", 0}, {"b", 1}}},
      {erf, "erf", {{"a", 1}, {"b", 1}, {"c", 0}}},
      {probit, "probit", {}},
      {sigmoid_like, "sigmoid_like", {}},
      {gelu, "gelu", {}},
      {sin, "sin", {{"a", 1}, {"b", 1}, {"c", 0}}},
      {cos, "cos", {{"a", 1}, {"b", 1}, {"c", 0}}},
      {rbf, "rbf", {{"g", 1}}},
      {exp, "exp", {{"a", 1}, {"b", 1}}},
      {gaussian, "gaussian", {{"a", 1}, {"b", -1}}},
      {gabor, "gabor", {}},
      {sign, "sign", {}},
      {step, "step", {}},
      {monomial, "monomial", {{"n", required, false, true}}},
      {rectified_monomial, "rectified_monomial", {{"n", required, false, true}}},
      {hermite, "hermite", {{"n", required, false, true}}},
      {polynomial, "polynomial", {{"c", required, true, false}}},
      {exp_normalized, "exp_normalized", {{"g", 1}, {"shift", -1}}},
      {tanh, "tanh", {}},
      {sigmoid, "sigmoid", {}},
      {softplus, "softplus", {}},
      {silu, "silu", {}},
      {elu, "elu", {{"alpha", 1}}},
      {selu, "selu", {}},
      {hard_tanh, "hard_tanh", {}},
      {PhiFamily::custom, "custom", {}},
  };
  return all;
}

const Entry& entry(PhiFamily family) {
  return entries()[static_cast<std::size_t>(family)];
}

void check_value(const Entry& known, const PhiKey& key, double value) {
  if (std::isnan(value) && std::isnan(key.standard)) {
    require(false, fmt::format("[phi] {} needs a value for {}", known.name, key.name));
  }
  if (!std::isfinite(value)) {
    require(false,
            fmt::format("[phi] {}: expected {} finite, got {}", known.name, key.name, value));
  }
  const bool natural = value >= 0 && value <= largest_degree && value == std::floor(value);
  if (key.is_integer && !natural) {
    require(false, fmt::format("[phi] {}: expected {} an integer from 0 to {}, got {}", known.name,
                               key.name, largest_degree, value));
  }
  const bool rate = known.family == rbf || known.family == exp_normalized;
  if (rate && key.name == "g" && !(value >= 0)) {
    require(false, fmt::format("[phi] {}: expected g >= 0, got {}", known.name, value));
  }
}

// Central difference of fourth order.
double difference(const std::function<double(double)>& f, double x, double h) {
  return (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h);
}

// Where custom() compares the derivative with differences.
std::vector<double> checked_points() {
  std::vector<double> points;
  for (const double x : {0.0, 0.031, 0.11, 0.27, 0.53, 0.89, 1.3, 1.9, 2.7, 3.7, 5.3, 7.9}) {
    points.push_back(x);
    if (x > 0) points.push_back(-x);
  }
  return points;
}

// Smallest disagreement over a few steps: large ones do not round, small ones do not truncate.
double disagreement(const Phi& phi, double x) {
  const double slope = phi.derivative(x);
  const double scale = std::max(std::abs(slope), std::abs(phi.function(x)));
  double smallest = std::numeric_limits<double>::infinity();
  for (const double h : {1e-2, 1e-3, 1e-4, 1e-5}) {
    const bool crosses = std::any_of(phi.kinks.begin(), phi.kinks.end(), [&](double kink) {
      return std::abs(kink - x) <= 2 * h * (1 + 1e-9);
    });
    if (crosses) continue;
    const double error = std::abs(difference(phi.function, x, h) - slope);
    if (!std::isfinite(error)) return error;
    smallest = std::min(smallest, scale == 0 ? error : error / scale);
  }
  return std::isinf(smallest) ? 0 : smallest;  // 0: too near a kink to say
}

}  // namespace

PhiFamily phi_family(std::string_view name) {
  std::vector<std::string> names;
  for (const Entry& known : entries()) {
    if (known.name == name) return known.family;
    names.emplace_back(known.name);
  }
  const std::string nearest = nearest_name(std::string(name), names);
  throw std::invalid_argument(
      fmt::format("[phi] unknown activation \"{}\"{}; known: {}", name,
                  nearest.empty() ? "" : fmt::format(", did you mean \"{}\"?", nearest),
                  fmt::join(names, ", ")));
}

std::string_view name_of(PhiFamily family) {
  return entry(family).name;
}

std::vector<std::string> phi_names() {
  std::vector<std::string> names;
  for (const Entry& known : entries()) names.emplace_back(known.name);
  return names;
}

const std::vector<PhiKey>& keys(PhiFamily family) {
  return entry(family).keys;
}

Phi phi(PhiFamily family, std::vector<double> parameters) {
  const Entry& known = entry(family);
  if (family == PhiFamily::custom) require(false, "[phi] a custom activation is made by custom()");
  const bool list = !known.keys.empty() && known.keys.back().is_list;
  if (!list && parameters.size() > known.keys.size()) {
    require(false, fmt::format("[phi] {}: expected at most {} values, got {}", known.name,
                               known.keys.size(), parameters.size()));
  }
  for (std::size_t i = parameters.size(); i < known.keys.size(); ++i) {
    parameters.push_back(known.keys[i].standard);
  }
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    check_value(known, known.keys[std::min(i, known.keys.size() - 1)], parameters[i]);
  }
  if (list && static_cast<double>(parameters.size()) > largest_degree + 1) {
    require(false, fmt::format("[phi] {}: expected a degree of at most {}, got {} coefficients",
                               known.name, largest_degree, parameters.size()));
  }
  return {.family = family, .parameters = std::move(parameters)};
}

Phi custom(std::string name, std::function<double(double)> function,
           std::function<double(double)> derivative, std::vector<double> kinks) {
  require(function != nullptr && derivative != nullptr,
          "[custom] expected a function and its derivative");
  std::sort(kinks.begin(), kinks.end());
  if (!std::all_of(kinks.begin(), kinks.end(), [](double x) { return std::isfinite(x); })) {
    require(false, fmt::format("[custom] {}: expected finite kinks", name));
  }
  Phi result{.family = PhiFamily::custom,
             .parameters = {},
             .name = std::move(name),
             .function = std::move(function),
             .derivative = std::move(derivative),
             .kinks = std::move(kinks)};
  constexpr double tolerance = 1e-6;
  for (const double x : checked_points()) {
    const double error = disagreement(result, x);
    if (!(error <= tolerance)) {
      require(false,
              fmt::format("[custom] {}: the derivative at {} disagrees with differences by {:.3g} "
                          "relative, more than {}; is a kink undeclared?",
                          result.name, x, error, tolerance));
    }
  }
  return result;
}

}  // namespace wideband

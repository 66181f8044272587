// What the vector loops take from one sample: functions of its variance, computed in double.
#pragma once

#include <cmath>
#include <numbers>
#include <optional>

#include "wideband/core/types.hpp"
#include "wideband/math/phi.hpp"
#include "wideband/simd/activation_steps.hpp"
#include "wideband/simd/pair_steps.hpp"

namespace wideband {

struct ErfParameters {
  double a, b, c;  // a erf(b x) + c
};

inline std::optional<ErfParameters> erf_parameters(const Phi& phi) {
  switch (phi.family) {
    case PhiFamily::erf:
      return ErfParameters{phi.parameters[0], phi.parameters[1], phi.parameters[2]};
    case PhiFamily::probit:
      return ErfParameters{0.5, std::numbers::sqrt2 / 2, 0.5};
    case PhiFamily::sigmoid_like:
      return ErfParameters{0.5, 1 / 2.4020563531719796, 0.5};
    default:
      return std::nullopt;
  }
}

// asin(2q / (1 + 2q)), as in simd::ErrorFunction.
inline double arc_sine(double q) {
  return std::atan2(2 * q, std::sqrt(1 + 4 * q));
}

// The columns of simd::ErrorFunctionSamples for one sample of variance q, scaled.
template <class Real>
void error_function_factors(double q, Index width, Real* factors) {
  const double w = std::sqrt(1 + 4 * q), y = 1 / (1 + 2 * q), f = arc_sine(q);
  const double values[] = {
      q, w, y, std::sqrt(q * y), f, std::sqrt(f), 1 / std::sqrt(f), std::sqrt(w * y)};
  for (Index k = 0; k < simd::ErrorFunctionSamples<Real>::count; ++k) {
    factors[k * width] = static_cast<Real>(values[k]);
  }
}

// h of simd::GeluSamples: the even branch has variance q h / (2 pi).
inline double gelu_factor(double q) {
  const double w = std::sqrt(1 + 2 * q);
  return 2 * (q / w) / (1 + q) + std::atan2(q, w);
}

template <class Real>
void gelu_factors(double q, double slope_variance, Index width, Real* factors) {
  const double w = std::sqrt(1 + 2 * q), t = q / w, h = gelu_factor(q);
  const double values[] = {q,
                           std::sqrt(q),
                           std::sqrt(1 + q),
                           1 / (1 + q),
                           w,
                           std::sqrt(w),
                           t,
                           std::sqrt(t),
                           h,
                           std::sqrt(h),
                           1 / std::sqrt(h),
                           1 / std::sqrt(slope_variance)};
  for (Index k = 0; k < simd::GeluSamples<Real>::count; ++k) {
    factors[k * width] = static_cast<Real>(values[k]);
  }
}

template <class Real>
simd::ErrorFunctionSamples<Real> error_function_samples(const Real* from, Index width) {
  const auto at = [&](Index k) { return from + k * width; };
  return {at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7)};
}

template <class Real>
simd::GeluSamples<Real> gelu_samples(const Real* from, Index width) {
  const auto at = [&](Index k) { return from + k * width; };
  return {at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7), at(8), at(9), at(10), at(11)};
}

struct Bends {
  double a, b;  // a min(x, 0) + b max(x, 0)
};

inline std::optional<Bends> bends(const Phi& phi) {
  switch (phi.family) {
    case PhiFamily::relu:
      return Bends{0, 1};
    case PhiFamily::leaky_relu:
      return Bends{phi.parameters[0], 1};
    case PhiFamily::abs:
      return Bends{-1, 1};
    case PhiFamily::abrelu:
      return Bends{phi.parameters[0], phi.parameters[1]};
    default:
      return std::nullopt;
  }
}

template <class Real>
simd::Rectifier<Real> rectifier(const Bends& phi) {
  const double square = phi.a * phi.a + phi.b * phi.b;
  if (square == 0) return {.mu = 0, .one_minus_M = 1, .one_minus_2M = 1};
  const double difference = phi.a - phi.b, sum = phi.a + phi.b;
  return {.mu = static_cast<Real>(difference * difference / (2 * std::numbers::pi * square)),
          .one_minus_M = static_cast<Real>(sum * sum / (2 * square)),
          .one_minus_2M = static_cast<Real>(2 * phi.a * phi.b / square)};
}

// (g, h, c, t) of simd::Mixture for variances a and b.
template <class Real>
void mixture_factors(double a, double b, Index width, Real* factors) {
  const double root_a = std::sqrt(a), root_b = std::sqrt(b), r = std::sqrt(a + b);
  const double t = r > 0 ? root_b / (r + root_a) : 0;
  factors[0] = static_cast<Real>(r > 0 ? root_a / r : 0);
  factors[width] = static_cast<Real>(r > 0 ? root_b / r : 0);
  factors[2 * width] = static_cast<Real>(1 / std::sqrt(1 + t * t));
  factors[3 * width] = static_cast<Real>(t);
}

inline double root_of_ratio(double numerator, double denominator) {
  return denominator > 0 ? std::sqrt(numerator) / std::sqrt(denominator) : 0;
}

}  // namespace wideband

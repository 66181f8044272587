#include "wideband/math/dual_trigonometric.hpp"

#include <algorithm>
#include <cmath>

namespace wideband {
namespace {

// Variances of cos and sin of a variable of variance Q.
double cosine_variance(double Q) {
  return (1 + std::exp(-2 * Q)) / 2;
}
double sine_variance(double Q) {
  return -std::expm1(-2 * Q) / 2;
}

// The pair at rho >= 0: near = e^{-D/2}, far = e^{-(S+2k)/2}.
struct Pair {
  double Q1, Q2;
  HalfAngle angle;
  double D, E;  // S - 2k and S + 2k
};

Pair positive_pair(double Q1, double Q2, HalfAngle angle) {
  const HalfAngle near = angle.c < angle.s ? HalfAngle{angle.c, angle.s} : angle;
  return {Q1, Q2, near, squared_distance(Q1, Q2, near), squared_distance(Q1, Q2, {near.c, near.s})};
}

// cosh Q1 cosh Q2 - cosh^2 k = sinh((S+2k)/2) sinh(D/2) + sinh^2((Q1-Q2)/2), times e^{-S}; the sinh
// product differs in the last sign.
double product_term(const Pair& pair) {
  return std::expm1(-pair.E) * std::expm1(-pair.D) / 4;
}
double gap_term(const Pair& pair) {
  const double gap = std::expm1(-std::abs(pair.Q1 - pair.Q2));
  return std::exp(-2 * std::min(pair.Q1, pair.Q2)) * gap * gap / 4;
}

double even_half(const Pair& pair) {
  const double N = std::sqrt(cosine_variance(pair.Q1) * cosine_variance(pair.Q2));
  const double K = (std::exp(-pair.D / 2) + std::exp(-pair.E / 2)) / 2;
  return (product_term(pair) + gap_term(pair)) / (2 * N * (N + K));
}

// 1 - sinh(sqrt(Q1 Q2)) / sqrt(sinh Q1 sinh Q2): half the squared distance of the unit vectors
// Q^(l/2)/sqrt(l! sinh Q), odd l; enough terms for Q <= 4.
double small_excess(double Q1, double Q2) {
  double entry1 = std::sqrt(Q1 / std::sinh(Q1));
  double entry2 = std::sqrt(Q2 / std::sinh(Q2));
  double sum = 0;
  for (int l = 1; l <= 35; l += 2) {
    sum += (entry1 - entry2) * (entry1 - entry2);
    const double root = std::sqrt((l + 1.0) * (l + 2.0));
    entry1 *= Q1 / root;
    entry2 *= Q2 / root;
  }
  return sum / 2;
}

double odd_half(const Pair& pair) {
  const double N = std::sqrt(sine_variance(pair.Q1)) * std::sqrt(sine_variance(pair.Q2));
  if (pair.Q1 <= 4 && pair.Q2 <= 4) {
    const double R = std::sqrt(pair.Q1) * std::sqrt(pair.Q2);
    const double I = 2 * std::cosh(pair.angle.c * R) * std::sinh(pair.angle.s * R);
    const double scale = std::exp(-(pair.Q1 + pair.Q2) / 2);
    const double excess = pair.Q1 == pair.Q2 ? 0 : small_excess(pair.Q1, pair.Q2);
    return (excess + scale * I / N) / 2;
  }
  const double K = -std::exp(-pair.D / 2) * std::expm1(-(pair.E - pair.D) / 2) / 2;
  if (K < N / 2) return (N - K) / (2 * N);  // the terms cancel where one Q is tiny
  return std::fmax(0, product_term(pair) - gap_term(pair)) / (2 * N * (N + K));
}

}  // namespace

Dual wave_dual(const Wave& wave, double q1, double q2, HalfAngle angle) {
  const double Q1 = wave.b * wave.b * q1;
  const double Q2 = wave.b * wave.b * q2;
  const Pair pair = positive_pair(Q1, Q2, angle);
  const bool negative = angle.c < angle.s;
  const double near = std::exp(-pair.D / 2);
  const double sine = -near * std::expm1(-(pair.E - pair.D) / 2) / 2 * (negative ? -1 : 1);
  const double cosine = (near + std::exp(-pair.E / 2)) / 2;
  const double amplitude = wave.a * wave.a;
  const double slope = amplitude * wave.b * wave.b * (wave.even * sine + wave.odd * cosine);
  Branch even{amplitude * wave.even * cosine_variance(Q1),
              amplitude * wave.even * cosine_variance(Q2), half_angle(even_half(pair), false)};
  Branch odd{
      amplitude * wave.odd * sine_variance(Q1), amplitude * wave.odd * sine_variance(Q2), {}};
  if (odd.q1 > 0 && odd.q2 > 0) odd.angle = half_angle(odd_half(pair), negative);
  return {joined(even, odd), slope};
}

double wave_variance(const Wave& wave, double q) {
  const double Q = wave.b * wave.b * q;
  return wave.a * wave.a * (wave.even * cosine_variance(Q) + wave.odd * sine_variance(Q));
}

double wave_slope_variance(const Wave& wave, double q) {
  const double Q = wave.b * wave.b * q;
  return wave.a * wave.a * wave.b * wave.b *
         (wave.even * sine_variance(Q) + wave.odd * cosine_variance(Q));
}

}  // namespace wideband

// The smooth dual functions as their formulas stand, for any type of number: the plain twins.
#pragma once

#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

namespace wideband {

/// Variances, covariance, and Delta^2 = q1 q2 - k^2, which the caller knows without cancellation.
template <class T>
struct PlainPair {
  T q1, q2, k, delta2;
};

template <class T>
struct PlainDual {
  T K, Kdot;
};

/// The formulas of docs/theory/kernels/duals.md, in covariances; each says its own derivative by
/// every argument when T carries derivatives, and stays itself in 50 digits.
template <class T>
PlainDual<T> plain_erf(const T& a, const T& b, const T& c, const PlainPair<T>& x) {
  using std::atan;
  using std::sqrt;
  const T exact_pi = T(4) * atan(T(1));
  const T bb = b * b;
  const T root = sqrt(T(1) + T(2) * bb * (x.q1 + x.q2) + T(4) * bb * bb * x.delta2);
  return {a * a * (T(2) / exact_pi) * atan(T(2) * bb * x.k / root) + c * c,
          a * a * bb * (T(4) / exact_pi) / root};
}

template <class T>
PlainDual<T> plain_gelu(const PlainPair<T>& x) {
  using std::atan;
  using std::sqrt;
  const T exact_pi = T(4) * atan(T(1));
  const T S = x.q1 + x.q2;
  const T P = (T(1) + x.q1) * (T(1) + x.q2);
  const T C = sqrt(T(1) + S + x.delta2);
  const T w = atan(x.k / C);
  const T K =
      x.k / T(4) + ((x.k * x.k + x.q1 * x.q2 * C * C) / (P * C) + x.k * w) / (T(2) * exact_pi);
  const T Kdot = T(1) / T(4) + w / (T(2) * exact_pi) +
                 x.k / (T(2) * exact_pi * C) * (T(1) / (C * C) + (T(2) + S) / P);
  return {K, Kdot};
}

/// a sin(bx + c) with even = sin^2 c, odd = cos^2 c.
template <class T>
PlainDual<T> plain_wave(const T& a, const T& b, const T& odd, const T& even,
                        const PlainPair<T>& x) {
  using std::exp;
  const T half = (x.q1 + x.q2) / T(2);
  const T near = exp(-(b * b * (half - x.k)));
  const T far = exp(-(b * b * (half + x.k)));
  const T amplitude = a * a / T(2);
  return {amplitude * ((even + odd) * near + (even - odd) * far),
          amplitude * b * b * ((even + odd) * near - (even - odd) * far)};
}

template <class T>
PlainDual<T> plain_rbf(const T& g, const PlainPair<T>& x) {
  using std::exp;
  const T K = exp(-(g * (x.q1 + x.q2 - T(2) * x.k)));
  return {K, T(2) * g * K};
}

template <class T>
PlainDual<T> plain_exp(const T& a, const T& b, const PlainPair<T>& x) {
  using std::exp;
  const T K = a * a * exp(b * b * ((x.q1 + x.q2) / T(2) + x.k));
  return {K, b * b * K};
}

template <class T>
PlainDual<T> plain_gaussian(const T& a, const T& b, const PlainPair<T>& x) {
  using std::sqrt;
  const T square = T(1) - T(2) * b * (x.q1 + x.q2) + T(4) * b * b * x.delta2;
  const T K = a * a / sqrt(square);
  return {K, T(4) * b * b * x.k * K / square};
}

template <class T>
PlainDual<T> plain_gabor(const PlainPair<T>& x) {
  using std::cosh;
  using std::exp;
  using std::sinh;
  using std::sqrt;
  const T S = x.q1 + x.q2;
  const T e = T(4) * x.delta2;
  const T F = T(1) + T(2) * S + e;
  const T factor = exp(-((S + e) / (T(2) * F))) / sqrt(F);
  const T z = x.k / F;
  return {factor * sinh(z),
          factor * ((F + T(8) * x.k * x.k) * cosh(z) + T(4) * x.k * (F + S + T(1)) * sinh(z)) /
              (F * F)};
}

/// sum_l p_l(q1) p_l(q2) k^l with p_l(q) = sum_i c_{l+2i} (l+2i)! q^i / (2^i i! sqrt(l!)).
template <class T>
PlainDual<T> plain_polynomial(const std::vector<T>& c, const PlainPair<T>& x) {
  const auto p = [&](std::size_t l, const T& q) {
    T weight(1);  // (l+2i)!/(l! 2^i i!) q^i
    T sum = c[l];
    for (std::size_t j = l + 2; j < c.size(); j += 2) {
      weight = weight * T(static_cast<double>(j * (j - 1))) / T(static_cast<double>(j - l)) * q;
      sum = sum + c[j] * weight;
    }
    return sum;
  };
  T K(0);
  T Kdot(0);
  T power(1);  // l! k^l
  for (std::size_t l = 0; l < c.size(); ++l) {
    const T product = p(l, x.q1) * p(l, x.q2);
    if (l > 0) {
      const T order(static_cast<double>(l));
      Kdot = Kdot + order * order * product * power;
      power = power * order * x.k;
    }
    K = K + product * power;
  }
  return {K, Kdot};
}

}  // namespace wideband

// The scalar twins of activation_steps.hpp: its formulas pair by pair through libm.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "wideband/simd/activation_steps.hpp"

namespace wideband::simd::scalar {
namespace {

template <class Real>
constexpr Real two_pi = 2 * std::numbers::pi_v<Real>;

// X - h^2 / (mean + N) >= 0: what sqrt(f_1 f_2) exceeds f_12 by.
template <class Real>
Real excess(Real convexity, Real half_difference, Real mean, Real N) {
  return std::max(Real(0), convexity - half_difference * half_difference / (mean + N));
}

template <class Real>
void error_function(const ErrorFunction<Real>& step, std::size_t n, Real* angle, Real* tangent) {
  const auto& a = step.row;
  const auto& b = step.columns;
  for (std::size_t i = 0; i < n; ++i) {
    const Real small = std::abs(angle[i]), rho = 1 - 2 * small, sc = small * (1 - small);
    const Real y1 = a.y[0], y2 = b.y[i], p1 = a.p[0], p2 = b.p[i], R = p1 * p2;
    const Real AA = y1 * y2 + 2 * (p1 * p1 * y2 + p2 * p2 * y1);
    const Real A = std::sqrt(AA), B = std::sqrt(AA + 16 * R * R * sc);
    const Real sine = 8 * R * sc / (B + A * rho);
    const Real I = std::atan2(sine, A * B + 4 * R * R * rho);  // (1)
    const Real N = a.root_f[0] * b.root_f[i];
    Real c0 = 0;
    if (!step.equal_variances) {
      const Real q1 = a.q[0], q2 = b.q[i], w1 = a.w[0], w2 = b.w[i];
      const Real d = q1 - q2, cross = q1 * w2 + q2 * w1;
      const Real sum =
          2 * cross + 4 * std::sqrt(q1) * std::sqrt(q2) * std::sqrt(1 + 2 * q1 + 2 * q2);
      const Real X = std::atan(8 * (d / (w1 + w2)) * (d / (w1 + w2)) / sum);
      const Real h = std::atan2(2 * d * (q1 + q2 + 4 * q1 * q2) / cross, w1 * w2 + 4 * q1 * q2) / 2;
      c0 = excess(X, h, (a.f[0] + b.f[i]) / 2, N);
    }
    const Real out = std::min(Real(0.5), (c0 + I) / (2 * N));  // (2)
    angle[i] = std::copysign(out, angle[i]);
    tangent[i] *= a.u[0] * b.u[i] / B;  // (3)
  }
}

template <class Real>
Real gelu_excess(const GeluSamples<Real>& a, const GeluSamples<Real>& b, std::size_t i, Real A) {
  const Real q1 = a.q[0], q2 = b.q[i], w1 = a.w[0], w2 = b.w[i], e1 = a.e[0], e2 = b.e[i];
  const Real d = q1 - q2, cross = q1 * w2 + q2 * w1, R = a.root_q[0] * b.root_q[i];
  const Real lean = d * (q1 + q2 + 2 * q1 * q2) / cross;
  const Real arc = std::atan(2 * (d / (w1 + w2)) * (d / (w1 + w2)) / (cross + 2 * R * A));
  const Real arc_half = std::atan2(lean, w1 * w2 + q1 * q2) / 2;
  const Real t_difference = lean / (w1 * w2), e_difference = -d * e1 * e2;
  const Real root_difference = t_difference / (a.root_t[0] + b.root_t[i]);
  const Real w_difference = 2 * d / (w1 + w2), mean = a.root_w[0] * b.root_w[i];
  const Real t_convexity = root_difference * root_difference +
                           R / A * (w_difference / (A + mean)) * (w_difference / mean);
  const Real convexity = arc + ((e1 + e2) * t_convexity + e_difference * t_difference) / 2;
  const Real half = arc_half + ((a.t[0] + b.t[i]) * e_difference + t_difference * (e1 + e2)) / 2;
  return excess(convexity, half, (a.h[0] + b.h[i]) / 2, a.root_h[0] * b.root_h[i]);
}

template <class Real>
void gelu(const Gelu<Real>& step, std::size_t n, const Real* angle, Real* even, Real* tangent) {
  const auto& a = step.row;
  const auto& b = step.columns;
  for (std::size_t i = 0; i < n; ++i) {
    const Real small = std::abs(angle[i]), rho = 1 - 2 * small, sc = small * (1 - small);
    const Real q1 = a.q[0], q2 = b.q[i], e1 = a.e[0], e2 = b.e[i];
    const Real R = a.root_q[0] * b.root_q[i];
    const Real A = std::sqrt(1 + q1 + q2), B = std::sqrt(A * A + 4 * R * R * sc);
    const Real rational =
        4 * R * sc / B * (e1 * e2 - q1 * e1 * (q2 * e2) * ((A * B - 1) / (A * (A + B))));
    const Real W = std::atan2(R, A);
    const Real V = std::atan2(4 * R * sc / (B + rho * A), (A * B + rho * R * R) * (e1 * e2));
    const Real I = rational + 2 * small * W + rho * V;  // (4)
    const Real c0 = step.equal_variances ? 0 : gelu_excess(a, b, i, A);
    even[i] = std::min(Real(0.5), (c0 + I) / (2 * a.root_h[0] * b.root_h[i]));  // (5)
    const Real turn = (W - V + rho * R / B * (1 / (B * B) + e1 + e2)) / two_pi<Real>;
    const Real slope = Real(0.25) + (std::signbit(angle[i]) ? -turn : turn);
    tangent[i] *= a.k[0] * b.k[i] * slope;  // (6)
  }
}

}  // namespace

void error_function_step(const ErrorFunction<double>& step, std::size_t n, double* angle,
                         double* tangent) {
  error_function(step, n, angle, tangent);
}
void error_function_step(const ErrorFunction<float>& step, std::size_t n, float* angle,
                         float* tangent) {
  error_function(step, n, angle, tangent);
}
void gelu_step(const Gelu<double>& step, std::size_t n, const double* angle, double* even,
               double* tangent) {
  gelu(step, n, angle, even, tangent);
}
void gelu_step(const Gelu<float>& step, std::size_t n, const float* angle, float* even,
               float* tangent) {
  gelu(step, n, angle, even, tangent);
}

}  // namespace wideband::simd::scalar

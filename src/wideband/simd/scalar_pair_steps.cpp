#include "wideband/simd/scalar_pair_steps.hpp"

#include <algorithm>
#include <cmath>

namespace wideband::simd::scalar {
namespace {

template <class Real>
struct Pair {
  Real s, c;
};

template <class Real>
Pair<Real> unpacked(Real angle) {
  const Real small = std::abs(angle);
  return std::signbit(angle) ? Pair<Real>{1 - small, small} : Pair<Real>{small, 1 - small};
}

template <class Real>
Real packed(Pair<Real> pair) {
  return pair.s <= pair.c ? pair.s : std::copysign(pair.c, Real(-1));
}

// sin t - t cos t = sum_{k>=1} (-1)^(k+1) 2k t^(2k+1) / (2k+1)!
template <class Real>
Real j(Real t) {
  if (t >= 1) return std::sin(t) - t * std::cos(t);
  Real power = t, sum = 0;
  for (int k = 1; k <= 9; ++k) {
    power *= -t * t / static_cast<Real>(2 * k * (2 * k + 1));
    sum -= static_cast<Real>(2 * k) * power;
  }
  return sum;
}

template <class Real>
void rectifier(const Rectifier<Real>& step, std::size_t n, Real* angle, Real* tangent) {
  for (std::size_t i = 0; i < n; ++i) {
    const Pair<Real> in = unpacked(angle[i]);
    const bool opposite = std::signbit(angle[i]);
    const Real small =
        2 * std::atan2(std::sqrt(std::min(in.s, in.c)), std::sqrt(std::max(in.s, in.c)));
    const Real bend = step.mu * j(small);
    Real slope = 1 - 2 * step.mu * small;
    Pair<Real> out{in.s - bend, 1 - (in.s - bend)};  // (1)
    if (opposite) {                                  // (2)
      const Real M = 1 - step.one_minus_M;
      out = {step.one_minus_M * in.s + M * in.c - bend, in.c + M * (in.s - in.c) + bend};
      slope = step.one_minus_2M + 2 * step.mu * small;
    }
    angle[i] = packed(out);
    tangent[i] = step.own * (1 - 2 * out.s) + step.kept * slope * tangent[i];  // (3)
  }
}

template <class Real>
Real half_sine(const Mixture<Real>& step, std::size_t i) {
  if (step.half_sine != nullptr) return step.half_sine[i];
  return step.c * step.c_row[i] * (step.t - step.t_row[i]);  // (4)
}

template <class Real>
void mixture(const Mixture<Real>& step, std::size_t n, Real* angle, const Real* other) {
  for (std::size_t i = 0; i < n; ++i) {
    const Pair<Real> A = unpacked(angle[i]);
    const Pair<Real> B = other != nullptr ? unpacked(other[i]) : Pair<Real>{0, 1};
    const Real e = half_sine(step, i);
    const Real G = step.g * step.g_row[i], H = step.h * step.h_row[i];
    angle[i] = packed(Pair<Real>{e * e + A.s * G + B.s * H, e * e + A.c * G + B.c * H});  // (5)
  }
}

// 1 - 2s to the last digit: for theta beyond pi/2 from c.
template <class Real>
Real cosine(Real angle) {
  const Real half = 1 - 2 * std::abs(angle);
  return std::signbit(angle) ? -half : half;
}

template <class Real>
void dense_tangent(const TangentStep<Real>& step, std::size_t n, const Real* angle, Real* tangent) {
  for (std::size_t i = 0; i < n; ++i) {
    tangent[i] = step.own * step.own_row[i] * cosine(angle[i]) +
                 step.kept * step.kept_row[i] * tangent[i] + step.bias * step.bias_row[i];
  }
}

template <class Real>
void dropout(Real keep, std::size_t n, Real* angle, Real* tangent) {
  for (std::size_t i = 0; i < n; ++i) {
    const Pair<Real> in = unpacked(angle[i]);
    const Real floor = (1 - keep) / 2;
    angle[i] = packed(Pair<Real>{floor + keep * in.s, floor + keep * in.c});
    tangent[i] *= keep;
  }
}

template <class Real>
void covariance(Real r, const Real* r_row, std::size_t n, const Real* angle, Real* out) {
  for (std::size_t i = 0; i < n; ++i) out[i] = r * r_row[i] * cosine(angle[i]);
}

}  // namespace

void rectifier_step(const Rectifier<double>& step, std::size_t n, double* angle, double* tangent) {
  rectifier(step, n, angle, tangent);
}
void rectifier_step(const Rectifier<float>& step, std::size_t n, float* angle, float* tangent) {
  rectifier(step, n, angle, tangent);
}
void bias_step(const Mixture<double>& step, std::size_t n, double* angle) {
  mixture<double>(step, n, angle, nullptr);
}
void bias_step(const Mixture<float>& step, std::size_t n, float* angle) {
  mixture<float>(step, n, angle, nullptr);
}
void sum_step(const Mixture<double>& step, std::size_t n, double* angle, const double* other) {
  mixture(step, n, angle, other);
}
void sum_step(const Mixture<float>& step, std::size_t n, float* angle, const float* other) {
  mixture(step, n, angle, other);
}
void tangent_step(const TangentStep<double>& step, std::size_t n, const double* angle,
                  double* tangent) {
  dense_tangent(step, n, angle, tangent);
}
void tangent_step(const TangentStep<float>& step, std::size_t n, const float* angle,
                  float* tangent) {
  dense_tangent(step, n, angle, tangent);
}
void dropout_step(double keep, std::size_t n, double* angle, double* tangent) {
  dropout(keep, n, angle, tangent);
}
void dropout_step(float keep, std::size_t n, float* angle, float* tangent) {
  dropout(keep, n, angle, tangent);
}

double angle_from_cosine(std::size_t n, const double* rho, double* angle) {
  double smallest = 1;
  for (std::size_t i = 0; i < n; ++i) {
    angle[i] = packed(Pair<double>{(1 - rho[i]) / 2, (1 + rho[i]) / 2});
    smallest = std::min(smallest, std::abs(angle[i]));
  }
  return smallest;
}

void covariance_row(double r, const double* r_row, std::size_t n, const double* angle,
                    double* out) {
  covariance(r, r_row, n, angle, out);
}
void covariance_row(float r, const float* r_row, std::size_t n, const float* angle, float* out) {
  covariance(r, r_row, n, angle, out);
}

}  // namespace wideband::simd::scalar

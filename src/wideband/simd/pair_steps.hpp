// Steps of the pair recursion on rows of pairs, at the widest vectors that the processor has.
#pragma once

#include <cstddef>

namespace wideband::simd {

// A row of pairs is two arrays: `angle` holds the smaller of s = sin^2(theta/2) and c =
// cos^2(theta/2) with the sign bit set where that is c (so -0.0 is theta = pi), `tangent` holds
// Theta / sqrt(Theta_11 Theta_22). Lengths are multiples of `lanes`, arrays are aligned to 64
// bytes; what lies behind the last pair must be finite and costs nothing but time.
inline constexpr std::size_t lanes = 16;

/// Smallest multiple of `lanes` that is at least n.
inline std::size_t padded(std::size_t n) {
  return (n + lanes - 1) / lanes * lanes;
}

/// The activation a min(x, 0) + b max(x, 0), and the dense layer behind it where that is the same
/// for all pairs.
///
///   mu = (a-b)^2 / (2 pi (a^2+b^2)),  M = pi mu,  j(t) = sin t - t cos t
///   theta <= pi/2:  s' = s - mu j(theta)                                                       (1)
///   beyond:         c' = c + M (s-c) + mu j(psi),   s' = (1-M) s + M c - mu j(psi)             (2)
///   tangent' = own (1 - 2 s') + kept (1 - 2 mu theta) tangent                                  (3)
template <class Real>
struct Rectifier {
  Real mu;
  Real one_minus_M;  // (a+b)^2 / (2 (a^2+b^2)), exact where it is 0
  Real one_minus_2M;
  Real own = 0;        // K_out / Theta_out of the dense layer behind
  Real kept = 1;       // W^2 Theta_in / Theta_out
  bool acute = false;  // every angle of the row is at most pi/2
};

void rectifier_step(const Rectifier<double>& step, std::size_t n, double* angle, double* tangent);
void rectifier_step(const Rectifier<float>& step, std::size_t n, float* angle, float* tangent);

/// The sum of two branches of variances a and b (a bias is the branch of angle 0). Every sample is
/// the unit vector (g, h) = (sqrt a, sqrt b) / sqrt(a + b) = (cos, sin)(phi); with
/// t = tan(phi/2) and c = cos(phi/2) the half angle between two of them has the sine
///
///   e = c_1 c_2 (t_1 - t_2)                                                                    (4)
///   s' = e^2 + s_A g_1 g_2 + s_B h_1 h_2,   c' = e^2 + c_A g_1 g_2 + c_B h_1 h_2               (5)
template <class Real>
struct Mixture {
  Real g, h, c, t;                            // of the row's sample
  const Real *g_row, *h_row, *c_row, *t_row;  // of the samples of the pairs
  const Real* half_sine = nullptr;            // e, where the caller knows it better than (4)
  bool acute = false;                         // every angle of the row is at most pi/2
};

void bias_step(const Mixture<double>& step, std::size_t n, double* angle);
void bias_step(const Mixture<float>& step, std::size_t n, float* angle);

/// (5) for two branches, `angle` becoming their sum's.
void sum_step(const Mixture<double>& step, std::size_t n, double* angle, const double* other);
void sum_step(const Mixture<float>& step, std::size_t n, float* angle, const float* other);

/// tangent' = own_1 own_2 (1 - 2 s) + kept_1 kept_2 tangent + bias_1 bias_2: what a dense layer
/// adds.
template <class Real>
struct TangentStep {
  Real own, kept, bias;
  const Real *own_row, *kept_row, *bias_row;
};

void tangent_step(const TangentStep<double>& step, std::size_t n, const double* angle,
                  double* tangent);
void tangent_step(const TangentStep<float>& step, std::size_t n, const float* angle,
                  float* tangent);

/// Dropout in training: rho' = keep rho, tangent' = keep tangent.
void dropout_step(double keep, std::size_t n, double* angle, double* tangent);
void dropout_step(float keep, std::size_t n, float* angle, float* tangent);

/// angle from rho, the smaller of (1 - rho)/2 and (1 + rho)/2; returns the smallest of the row. rho
/// need not be aligned.
double angle_from_cosine(std::size_t n, const double* rho, double* angle);

/// result = r r_row (1 - 2 s): a covariance from its angle.
void covariance_row(double r, const double* r_row, std::size_t n, const double* angle, double* out);
void covariance_row(float r, const float* r_row, std::size_t n, const float* angle, float* out);

}  // namespace wideband::simd

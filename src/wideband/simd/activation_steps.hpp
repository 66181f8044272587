// Steps of the pair recursion for erf and GELU, at the widest vectors that the processor has.
#pragma once

#include <cstddef>

namespace wideband::simd {

// Rows of pairs are as in pair_steps.hpp. Samples of a step are arrays of what depends on one
// sample alone; those of the row hold its one entry at index 0.

/// a erf(b x) at variances q, scaled by b^2. With f = asin(2q/(1+2q)), N = sqrt(f_1 f_2), for
/// m = min(s, c) and rho = 1 - 2m (erf is odd: the other member keeps its place):
///
///   R = p_1 p_2,  A^2 = y_1 y_2 + 2 (p_1^2 y_2 + p_2^2 y_1),  B^2 = A^2 + 16 R^2 s c
///   tan(I/2) = 8 R s c / ((B + A rho)(1 + A B + 4 R^2 rho))                                    (1)
///   m' = (c0 + I) / (2N),   c0 = X - h^2 / ((f_1+f_2)/2 + N)                                   (2)
///   tan X = 8 (q_1-q_2)^2 / ((w_1+w_2)^2 (2 q_1 w_2 + 2 q_2 w_1 + 4 sqrt(q_1 q_2) A/sqrt(y_1
///   y_2))) tan h = 2 (q_1-q_2)(q_1+q_2+4 q_1 q_2) / ((q_1 w_2 + q_2 w_1)(1/(y_1 y_2) + w_1 w_2 + 4
///   q_1 q_2)) tangent' = tangent u_1 u_2 / B (3)
///
/// Accurate for 0.05 <= q: below, c0 cancels (math/dual_error_function.cpp has the series). Sixth
/// powers of q must be finite.
template <class Real>
struct ErrorFunctionSamples {
  static constexpr int count = 8;
  const Real* q;
  const Real* w;             // sqrt(1 + 4q)
  const Real* y;             // 1 / (1 + 2q)
  const Real* p;             // sqrt(q y)
  const Real* f;             // asin(2 q y)
  const Real* root_f;        // sqrt f
  const Real* inverse_root;  // 1 / sqrt f
  const Real* u;             // sqrt(w y)
};

template <class Real>
struct ErrorFunction {
  ErrorFunctionSamples<Real> row, columns;
  bool equal_variances = false;  // c0 = 0
};

void error_function_step(const ErrorFunction<double>& step, std::size_t n, double* angle,
                         double* tangent);
void error_function_step(const ErrorFunction<float>& step, std::size_t n, float* angle,
                         float* tangent);

/// x Phi(x) = x/2 + an even function of x; this is the even one, to be added to the linear one of
/// variance q/4 by sum_step. With h = 2q/((1+q) w) + atan(q/w), N = sqrt(h_1 h_2), m = min(s, c),
/// rho = 1 - 2m, R = sqrt(q_1 q_2), A^2 = 1 + q_1 + q_2, B^2 = A^2 + 4 R^2 s c:
///
///   I = 4 R s c / B (e_1 e_2 - q_1 e_1 q_2 e_2 (A B - 1)/(A (A + B))) + 2 m W + rho V          (4)
///   tan(W/2) = R/(m_1 m_2 + A),  tan(V/2) = 4 R s c / ((B + rho A)(1 + (A B + rho R^2) e_1 e_2))
///   even' = (c0 + I) / (2N)                                                                    (5)
///   tangent' = tangent k_1 k_2 (1/4 + sign(rho)(W - V + rho R/B (1/B^2 + e_1 + e_2))/(2 pi))   (6)
///
/// c0 as in (2) with h in the place of f; its differences are those of erf at q/2 plus those of the
/// rational part (docs/theory/kernels/vector_loops.md). Any variance whose
/// sixth power is finite: where c0 cancels, its share of the sum is as small.
template <class Real>
struct GeluSamples {
  static constexpr int count = 12;
  const Real* q;
  const Real* root_q;  // sqrt q
  const Real* m;       // sqrt(1 + q)
  const Real* e;       // 1 / (1 + q)
  const Real* w;       // sqrt(1 + 2q)
  const Real* root_w;  // sqrt w
  const Real* t;       // q / w
  const Real* root_t;  // sqrt t
  const Real* h;
  const Real* root_h;        // sqrt h
  const Real* inverse_root;  // 1 / sqrt h
  const Real* k;             // 1 / sqrt(E phi'(u)^2)
};

template <class Real>
struct Gelu {
  GeluSamples<Real> row, columns;
  bool equal_variances = false;
};

void gelu_step(const Gelu<double>& step, std::size_t n, const double* angle, double* even,
               double* tangent);
void gelu_step(const Gelu<float>& step, std::size_t n, const float* angle, float* even,
               float* tangent);

namespace scalar {

void error_function_step(const ErrorFunction<double>& step, std::size_t n, double* angle,
                         double* tangent);
void error_function_step(const ErrorFunction<float>& step, std::size_t n, float* angle,
                         float* tangent);
void gelu_step(const Gelu<double>& step, std::size_t n, const double* angle, double* even,
               double* tangent);
void gelu_step(const Gelu<float>& step, std::size_t n, const float* angle, float* even,
               float* tangent);

}  // namespace scalar
}  // namespace wideband::simd

// The specification of pair_steps.hpp: the same functions, one pair at a time through libm.
#pragma once

#include "wideband/simd/pair_steps.hpp"

namespace wideband::simd::scalar {

void rectifier_step(const Rectifier<double>& step, std::size_t n, double* angle, double* tangent);
void rectifier_step(const Rectifier<float>& step, std::size_t n, float* angle, float* tangent);
void bias_step(const Mixture<double>& step, std::size_t n, double* angle);
void bias_step(const Mixture<float>& step, std::size_t n, float* angle);
void sum_step(const Mixture<double>& step, std::size_t n, double* angle, const double* other);
void sum_step(const Mixture<float>& step, std::size_t n, float* angle, const float* other);
void tangent_step(const TangentStep<double>& step, std::size_t n, const double* angle,
                  double* tangent);
void tangent_step(const TangentStep<float>& step, std::size_t n, const float* angle,
                  float* tangent);
void dropout_step(double keep, std::size_t n, double* angle, double* tangent);
void dropout_step(float keep, std::size_t n, float* angle, float* tangent);
double angle_from_cosine(std::size_t n, const double* rho, double* angle);
void covariance_row(double r, const double* r_row, std::size_t n, const double* angle, double* out);
void covariance_row(float r, const float* r_row, std::size_t n, const float* angle, float* out);

}  // namespace wideband::simd::scalar

#include "wideband/dynamics/sampled_flow.hpp"

#include <cmath>

#include <fmt/format.h>

#include "wideband/circle/dense_product.hpp"
#include "wideband/core/error.hpp"
#include "wideband/dynamics/decay.hpp"

namespace wideband {

SampledFlow::SampledFlow(AngleKernel kernel, const SortedAngles& samples)
    : kernel_(kernel), samples_(samples) {}

Vector SampledFlow::step(VectorView r, double eta) const {
  return r - eta * operator_product(kernel_, samples_, r);
}

Eigen::VectorXf SampledFlow::step_float32(const Eigen::VectorXf& r, double eta) const {
  return step(r.cast<double>(), eta).cast<float>();
}

double SampledFlow::largest_eigenvalue() const {
  constexpr Index products = 10000;
  const double n = static_cast<double>(samples_.size());
  Vector v = Vector::Constant(samples_.size(), 1 / std::sqrt(n));
  double lambda = 0;
  for (Index i = 0; i < products; ++i) {
    const Vector Av = operator_product(kernel_, samples_, v);
    const double rayleigh = v.dot(Av);
    v = Av / Av.norm();
    if (std::abs(rayleigh - lambda) <= 1e-15 * rayleigh) return rayleigh;
    lambda = rayleigh;
  }
  throw NumericalError(
      fmt::format("[largest_eigenvalue] no convergence in {} products, last {}", products, lambda));
}

ExactSampledFlow::ExactSampledFlow(AngleKernel kernel, const SortedAngles& samples)
    : eigen_(symmetric_eigen(dense_operator(kernel, samples.angle(), samples.angle()))) {}

Vector ExactSampledFlow::at(VectorView initial, double eta, Index step) const {
  Vector coefficients = eigen_.vectors.transpose() * initial;
  for (Index j = 0; j < coefficients.size(); ++j)
    coefficients[j] *= decay_factor(eta * eigen_.values[j], step);
  return eigen_.vectors * coefficients;
}

}  // namespace wideband

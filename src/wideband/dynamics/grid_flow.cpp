#include "wideband/dynamics/grid_flow.hpp"

#include <cmath>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/dynamics/decay.hpp"
#include "wideband/math/fourier.hpp"

namespace wideband {
namespace {

void require_step(const char* function, double eta, Index step) {
  require(eta > 0, fmt::format("[{}] expected eta > 0, got {}", function, eta));
  require(step >= 0, fmt::format("[{}] expected step >= 0, got {}", function, step));
}

}  // namespace

Vector residual_at(const GridOperator& A, VectorView initial, double eta, Index step) {
  require_step("residual_at", eta, step);
  return A.function(initial, [&](double lambda) { return decay_factor(eta * lambda, step); });
}

Vector iterated_residual(const GridOperator& A, VectorView initial, double eta, Index steps) {
  require_step("iterated_residual", eta, steps);
  Vector r = initial;
  for (Index s = 0; s < steps; ++s) r -= eta * A.product(r);
  return r;
}

double squared_norm_at(VectorView eigenvalues, VectorView plane_energies, double eta, Index step) {
  require_step("squared_norm_at", eta, step);
  require(plane_energies.size() == eigenvalues.size(),
          fmt::format("[squared_norm_at] expected as many energies as eigenvalues, got {} and {}",
                      plane_energies.size(), eigenvalues.size()));
  double sum = 0;
  for (Index k = eigenvalues.size() - 1; k >= 0; --k) {
    if (plane_energies(k) == 0) continue;  // also where the factor overflows
    const double factor = decay_factor(eta * eigenvalues(k), step);
    sum += factor * factor * plane_energies(k);
  }
  return sum;
}

Vector plane_energies(VectorView r) {
  const Index n = r.size();
  const Eigen::VectorXcd coefficients = real_fft(r);
  Vector energies(coefficients.size());
  for (Index k = 0; k < energies.size(); ++k) {
    const double multiplicity = k == 0 || 2 * k == n ? 1 : 2;
    energies(k) = multiplicity * std::norm(coefficients(k)) / static_cast<double>(n);
  }
  return energies;
}

}  // namespace wideband

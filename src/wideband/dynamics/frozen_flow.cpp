#include "wideband/dynamics/frozen_flow.hpp"

#include <cmath>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/dynamics/decay.hpp"
#include "wideband/linalg/product.hpp"

namespace wideband {
namespace {

// (1 - x)^s - 1, all digits kept while the mode has hardly moved.
double relative_change(double x, double s) {
  if (x < 1) return std::expm1(s * std::log1p(-x));
  return decay_factor(x, static_cast<Index>(s)) - 1;
}

}  // namespace

FrozenFlow::FrozenFlow(const Eigenpairs& pairs, VectorView r0) : pairs_(pairs), r0_(r0) {
  require(pairs.vectors.rows() == r0.size(),
          fmt::format("[FrozenFlow] expected {} values, got {}", pairs.vectors.rows(), r0.size()));
  inner_ = pairs.vectors.transpose() * r0;
}

Matrix FrozenFlow::residuals(double eta, VectorView steps) const {
  const double largest = pairs_.values.size() == 0 ? 0 : eta * pairs_.values(0);
  Matrix change(pairs_.values.size(), steps.size());
  for (Index s = 0; s < steps.size(); ++s) {
    const bool whole = steps(s) == std::floor(steps(s));
    require(steps(s) >= 0 && (whole || largest < 1),
            fmt::format("[FrozenFlow::residuals] expected steps >= 0, whole if eta lambda_max >= "
                        "1, got {} and {}",
                        steps(s), largest));
    for (Index q = 0; q < change.rows(); ++q)
      change(q, s) = relative_change(eta * pairs_.values(q), steps(s));
  }
  return moved(change);
}

Matrix FrozenFlow::flow(VectorView times) const {
  Matrix change(pairs_.values.size(), times.size());
  for (Index s = 0; s < times.size(); ++s) {
    for (Index q = 0; q < change.rows(); ++q)
      change(q, s) = std::expm1(-pairs_.values(q) * times(s));
  }
  return moved(change);
}

Matrix FrozenFlow::moved(const Matrix& change) const {
  const Matrix weighted = inner_.asDiagonal() * change;
  Matrix result = product(pairs_.vectors, weighted);  // (1)
  result.colwise() += r0_;
  return result;
}

}  // namespace wideband

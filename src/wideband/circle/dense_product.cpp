#include "wideband/circle/dense_product.hpp"

#include <fmt/format.h>

#include "wideband/core/error.hpp"

namespace wideband {

Matrix dense_operator(AngleKernel kernel, VectorView probes, VectorView samples) {
  const double n = static_cast<double>(samples.size());
  Matrix A(probes.size(), samples.size());
  for (Index i = 0; i < A.rows(); ++i) {
    for (Index l = 0; l < A.cols(); ++l) {
      A(i, l) = kernel_value(kernel, angular_distance(probes[i], samples[l])) / n;
    }
  }
  return A;
}

Vector dense_product(AngleKernel kernel, VectorView probes, VectorView samples, VectorView v) {
  require(v.size() == samples.size(),
          fmt::format("[dense_product] expected {} values, got {}", samples.size(), v.size()));
  Vector y(probes.size());
  for (Index i = 0; i < y.size(); ++i) {
    long double sum = 0;
    for (Index l = 0; l < samples.size(); ++l) {
      const double theta = kernel_value(kernel, angular_distance(probes[i], samples[l]));
      sum += static_cast<long double>(theta) * v[l];
    }
    y[i] = static_cast<double>(sum / static_cast<long double>(samples.size()));
  }
  return y;
}

}  // namespace wideband

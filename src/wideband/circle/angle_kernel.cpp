#include "wideband/circle/angle_kernel.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "wideband/core/constants.hpp"
#include "wideband/core/error.hpp"

namespace wideband {
namespace {

// With u = pi - d: sin d = sin u, cos d = -cos u. The closed forms cancel as u -> 0; each function
// below is the numerator over 2pi, by its Taylor series for u <= 1/2 and by the formula above.

// sin u - u cos u = sum_{k>=1} (-1)^(k+1) 2k u^(2k+1) / (2k+1)!
double sine_minus_linear_cosine(double u) {
  if (u > 0.5) return std::sin(u) - u * std::cos(u);
  double power = u;
  double sum = 0;
  for (int k = 1; k <= 9; ++k) {
    power *= -u * u / ((2.0 * k) * (2.0 * k + 1));
    sum -= 2 * k * power;
  }
  return sum;
}

}  // namespace

std::string to_string(AngleKernel kernel) {
  switch (kernel) {
    case AngleKernel::K0:
      return "K0";
    case AngleKernel::K1:
      return "K1";
    case AngleKernel::nobias:
      return "nobias";
    case AngleKernel::bias:
      return "bias";
  }
  throw std::invalid_argument("[angle_kernel] unknown enumerator");
}

AngleKernel angle_kernel(const std::string& name) {
  std::vector<std::string> names;
  for (const AngleKernel kernel : angle_kernels()) {
    names.push_back(to_string(kernel));
    if (names.back() == name) return kernel;
  }
  const std::string nearest = nearest_name(name, names);
  throw std::invalid_argument(
      fmt::format("[angle_kernel] unknown kernel \"{}\"{}; known: {}", name,
                  nearest.empty() ? "" : fmt::format(", did you mean \"{}\"?", nearest),
                  fmt::join(names, ", ")));
}

const std::vector<AngleKernel>& angle_kernels() {
  static const std::vector<AngleKernel> all = {AngleKernel::K0, AngleKernel::K1,
                                               AngleKernel::nobias, AngleKernel::bias};
  return all;
}

double kernel_value(AngleKernel kernel, double delta) {
  if (!(delta >= 0 && delta <= pi)) {
    throw std::domain_error(fmt::format("[kernel_value] expected 0 <= delta <= pi, got {}", delta));
  }
  const double u = pi - delta;
  const double half = sine_minus_linear_cosine(u);  // 2pi K0
  const double gate = u / (2 * pi);                 // K1
  switch (kernel) {
    case AngleKernel::K0:
      return half / (2 * pi);  // (1)
    case AngleKernel::K1:
      return gate;  // (1)
    case AngleKernel::nobias:
      return half / (2 * pi) - gate * std::cos(u);                   // (2)
    case AngleKernel::bias: {                                        // (3)
      const double versine = 2 * std::sin(u / 2) * std::sin(u / 2);  // 1 - cos u
      return half / (2 * pi) + gate * versine;
    }
  }
  throw std::invalid_argument("[kernel_value] unknown enumerator");
}

double angular_distance(double g, double h) {
  const double difference = std::abs(g - h);
  return std::min(difference, 2 * pi - difference);
}

}  // namespace wideband

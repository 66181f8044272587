#include "wideband/dynamics/decay.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include <fmt/format.h>

#include "wideband/core/error.hpp"

namespace wideband {
namespace {

// ln|1 - x|; -infinity at x = 1.
double log_factor(double x) {
  return x < 1 ? std::log1p(-x) : std::log(x - 1);
}

void require_number(const char* function, double eta_lambda) {
  require(!std::isnan(eta_lambda), fmt::format("[{}] expected eta lambda, got NaN", function));
}

}  // namespace

double decay_factor(double eta_lambda, Index step) {
  require_number("decay_factor", eta_lambda);
  require(step >= 0, fmt::format("[decay_factor] expected step >= 0, got {}", step));
  if (step == 0) return 1;
  if (eta_lambda == 1) return 0;
  const double magnitude = std::exp(static_cast<double>(step) * log_factor(eta_lambda));  // (1)
  return eta_lambda > 1 && step % 2 != 0 ? -magnitude : magnitude;
}

std::optional<Index> steps_to_level(double eta_lambda, double level) {
  require_number("steps_to_level", eta_lambda);
  require(level > 0 && level < 1,
          fmt::format("[steps_to_level] expected 0 < level < 1, got {}", level));
  if (eta_lambda == 1) return 1;
  const double rate = log_factor(eta_lambda);
  if (rate >= 0) return std::nullopt;
  const double quotient = std::log(level) / rate;
  if (quotient >= static_cast<double>(std::numeric_limits<Index>::max())) return std::nullopt;
  const double slack = 4 * std::numeric_limits<double>::epsilon() * quotient;
  return static_cast<Index>(std::ceil(quotient - slack));
}

Stability stability(double eta, double lambda_max) {
  require(eta > 0, fmt::format("[stability] expected eta > 0, got {}", eta));
  require(lambda_max >= 0, fmt::format("[stability] expected lambda_max >= 0, got {}", lambda_max));
  const double x = eta * lambda_max;
  if (x < 2) return Stability::stable;
  return x > 2 ? Stability::diverging : Stability::marginal;
}

std::string to_string(Stability status) {
  switch (status) {
    case Stability::stable:
      return "stable";
    case Stability::marginal:
      return "marginal";
    case Stability::diverging:
      return "diverging";
  }
  throw std::invalid_argument("[stability] unknown enumerator");
}

}  // namespace wideband

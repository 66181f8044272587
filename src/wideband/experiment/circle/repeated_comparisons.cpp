#include "wideband/experiment/circle/repeated_comparisons.hpp"

#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/math/statistics.hpp"

namespace wideband {

Comparison mean_comparison(std::string label, const Vector& values, double predicted,
                           double least_std) {
  const Summary s = summary(values);
  Comparison comparison;
  comparison.label = std::move(label);
  comparison.measured = s.mean;
  comparison.predicted = predicted;
  comparison.standard_error = s.standard_error;
  const double least = least_std / std::sqrt(static_cast<double>(s.count));
  if (least > comparison.standard_error) comparison.standard_error = least;
  comparison.repetitions = s.count;
  return comparison;
}

Comparison worst_comparison(const std::vector<Comparison>& all, std::size_t shown) {
  require(!all.empty(), "[worst_comparison] expected a comparison, got none");
  const auto deviation = [](const Comparison& c) {
    const double distance = std::abs(c.measured - c.predicted);
    return distance == 0 ? 0 : distance / c.standard_error;
  };
  const Comparison* worst = &all.front();
  for (const Comparison& comparison : all) {
    if (std::isnan(deviation(*worst))) break;
    if (!(deviation(comparison) <= deviation(*worst))) worst = &comparison;
  }
  Comparison result = *worst;
  result.label += fmt::format(", the worst of {}", all.size());
  result.standard_error *= critical_value(result.repetitions, shown * all.size()) /
                           critical_value(result.repetitions, shown);
  return result;
}

}  // namespace wideband

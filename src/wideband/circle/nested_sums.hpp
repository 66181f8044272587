// Sums over the first m neurons for many widths m, from one pass in chunks.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "wideband/core/error.hpp"
#include "wideband/core/types.hpp"

namespace wideband {

/// `sum` after add(sum, first, count) has seen the neurons 0, ..., m - 1, for every m of `widths`.
///
/// Whole chunks are added in order; a width inside a chunk restarts from the sum of the whole
/// chunks before it. So a result is a function of its own width only, to the bit.
///
/// widths   increasing, at least 1
/// throws   std::invalid_argument if they are not
template <class Sum, class Add>
std::vector<Sum> nested_sums(Sum sum, const std::vector<Index>& widths, Index chunk, Add&& add) {
  const auto wrong = std::adjacent_find(widths.begin(), widths.end(), std::greater_equal<Index>());
  const bool increasing = !widths.empty() && wrong == widths.end();
  const Index refused = increasing ? widths.front() : widths.empty() ? 0 : wrong[1];
  require(increasing && widths.front() >= 1,
          "[nested_sums] expected increasing widths >= 1, got " + std::to_string(refused));
  std::vector<Sum> results;
  for (Index first = 0; results.size() < widths.size(); first += chunk) {
    while (results.size() < widths.size() && widths[results.size()] < first + chunk) {
      Sum part = sum;
      add(part, first, widths[results.size()] - first);
      results.push_back(std::move(part));
    }
    if (results.size() == widths.size()) break;
    add(sum, first, chunk);
    if (widths[results.size()] == first + chunk) results.push_back(sum);
  }
  return results;
}

}  // namespace wideband

#include "wideband/core/error.hpp"

#include <algorithm>
#include <cstddef>

namespace wideband {
namespace {

// Optimal string alignment distance: insertions, deletions, substitutions, neighbor swaps.
std::size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<std::vector<std::size_t>> D(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) D[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) D[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substitution = D[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      D[i][j] = std::min({D[i - 1][j] + 1, D[i][j - 1] + 1, substitution});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) D[i][j] = std::min(D[i][j], D[i - 2][j - 2] + 1);
    }
  }
  return D[a.size()][b.size()];
}

}  // namespace

void require(bool condition, const std::string& message) {
  if (!condition) throw std::invalid_argument(message);
}

std::string nearest_name(const std::string& name, const std::vector<std::string>& known) {
  std::string nearest;
  std::size_t best = std::max<std::size_t>(2, name.size() / 3) + 1;
  for (const std::string& candidate : known) {
    const std::size_t distance = edit_distance(name, candidate);
    if (distance < best) {
      best = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

std::string printable(std::string_view text) {
  std::string shown;
  for (const char c : text.substr(0, 40)) shown += c >= 0x20 && c < 0x7f ? c : '?';
  return text.size() > 40 ? shown + "..." : shown;
}

}  // namespace wideband

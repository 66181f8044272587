#include "wideband/experiment/circle/evolution_curves.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "wideband/experiment/circle/evolution_tables.hpp"

namespace wideband {
namespace {

constexpr double drawn_per_decade = 20;
constexpr std::size_t most_widths = 4;

bool several(const EvolutionResults& results) {
  return std::any_of(results.groups.begin(), results.groups.end(), [&](const EvolutionGroup& g) {
    return g.n != results.groups.front().n || g.eta != results.groups.front().eta;
  });
}

}  // namespace

std::vector<Index> drawn_snapshots(const EvolutionGroup& group) {
  std::vector<Index> drawn;
  double next = 0;
  for (Index p = 1; p < group.snapshots(); ++p) {
    const double place = drawn_per_decade * std::log10(group.time(p));
    if (!drawn.empty() && place < next && p + 1 < group.snapshots()) continue;
    drawn.push_back(p);
    next = place + 1;
  }
  return drawn;
}

Series curve(const EvolutionGroup& group, const std::string& label, int style,
             const SnapshotValues& values, bool log) {
  Series series{.label = label, .mark = Mark::line, .style = style};
  for (const Index p : drawn_snapshots(group)) {
    const Vector known = present(values(group, p));
    if (known.size() == 0 || !known.allFinite()) continue;
    const double mean = known.mean();
    const double spread = known.size() > 1 ? summary(known).std : 0;
    series.x.push_back(group.time(p));
    series.y.push_back(mean);
    series.high.push_back(mean + spread);
    series.low.push_back(log ? mean * mean / (mean + spread) : mean - spread);
  }
  return series;
}

std::vector<const EvolutionGroup*> shown_widths(const EvolutionFamily& family) {
  const std::size_t count = family.widths.size();
  if (count <= most_widths) return family.widths;
  std::vector<const EvolutionGroup*> shown;
  for (std::size_t i = 0; i < most_widths; ++i)
    shown.push_back(family.widths[i * (count - 1) / (most_widths - 1)]);
  return shown;
}

std::vector<const EvolutionGroup*> extreme_widths(const EvolutionFamily& family) {
  if (family.widths.size() == 1) return family.widths;
  return {family.widths.front(), family.widths.back()};
}

std::string family_title(const EvolutionFamily& family, const EvolutionResults& results) {
  if (!several(results)) return family.target;
  return fmt::format("{}, n = {}, eta = {}", family.target, family.n, family.eta);
}

std::string family_name(const EvolutionFamily& family, const EvolutionResults& results) {
  if (!several(results)) return family.target;
  std::string name = fmt::format("{}-n{}-eta{}", family.target, family.n, family.eta);
  std::replace(name.begin(), name.end(), '.', '-');
  return name;
}

Axis time_axis() {
  return {.title = "time t = eta s (dimensionless)", .log = true};
}

}  // namespace wideband

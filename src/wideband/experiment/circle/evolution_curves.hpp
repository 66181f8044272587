// Series and panels from the runs of circle-evolution, shared by its figures.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "wideband/experiment/circle/evolution_results.hpp"

namespace wideband {

/// About 80 snapshots, spaced by ratio, first and last included: what curves are drawn through.
std::vector<Index> drawn_snapshots(const EvolutionGroup& group);

/// A quantity per seed at a snapshot.
using SnapshotValues = std::function<Vector(const EvolutionGroup&, Index)>;

/// Seed mean against time, with a band of one standard deviation: up by it, down by the same
/// factor where `log` (the band then stays positive). Values that are missing are left out.
Series curve(const EvolutionGroup& group, const std::string& label, int style,
             const SnapshotValues& values, bool log);

/// At most four widths of a family, smallest and largest included.
std::vector<const EvolutionGroup*> shown_widths(const EvolutionFamily& family);

/// Smallest and largest width (one if they are the same).
std::vector<const EvolutionGroup*> extreme_widths(const EvolutionFamily& family);

/// "decreasing", with n and eta where results hold several.
std::string family_title(const EvolutionFamily& family, const EvolutionResults& results);

/// The same for a file name.
std::string family_name(const EvolutionFamily& family, const EvolutionResults& results);

/// The axis t = eta s.
Axis time_axis();

}  // namespace wideband

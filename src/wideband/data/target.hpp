// Targets on the circle: sums of a few cosines, by name.
#pragma once

#include <string>
#include <vector>

#include "wideband/core/types.hpp"

namespace wideband {

/// a cos(k g + phase). A phase that is a multiple of pi/2 (as a double) is taken as exact.
struct TargetMode {
  Index frequency;
  double amplitude;
  double phase;
};

/// f*(g) = sum of its modes, in ascending order of frequency.
struct Target {
  std::string name;
  std::vector<TargetMode> modes;
};

/// Which of the three readings in print the phases of a mode are meant in.
enum class PhaseConvention {
  cosine,          // a cos(k g + phase), ours
  sine,            // a sin(k g + phase)
  negative_cosine  // a cos(k g - phase)
};

/// "cosine", "sine", "negative_cosine" and back. Throws std::invalid_argument on another name.
std::string to_string(PhaseConvention convention);
PhaseConvention phase_convention(const std::string& name);

/// Every named target of docs/notation.md: base4, swap4, five, eight, ten, decreasing, equal,
/// reversed, long, sparse, sparse-11-12, sparse-7-8, middle; and modes-1-3-8, three single modes.
const std::vector<Target>& named_targets();

/// The target with this name, its listed phases read in `convention` and converted to ours.
/// Throws std::invalid_argument naming the nearest known target.
Target target(const std::string& name, PhaseConvention convention = PhaseConvention::cosine);

/// The coefficients of cos(k g) and sin(k g): (a cos(phase), -a sin(phase)), exact zeros where the
/// phase is a multiple of pi/2.
Eigen::Vector2d fourier_coefficients(const TargetMode& mode);

/// f*(g_i). Cost O(n modes).
Vector target_values(const Target& target, VectorView angles);

/// f* on the equispaced grid of n angles; k i is reduced modulo n before the cosine is taken, so
/// that every value is accurate to 2 eps times the sum of amplitudes at any k.
Vector grid_target_values(const Target& target, Index n);

/// Mean of f*^2 over the circle: a_0^2 cos^2(phase_0) + (1/2) sum_{k >= 1} a_k^2.
double energy(const Target& target);

/// The amplitude at frequency k, 0 where the target has none.
double amplitude(const Target& target, Index k);

/// The largest frequency of the target.
Index top_frequency(const Target& target);

}  // namespace wideband

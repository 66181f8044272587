// Ranges and ticks of an axis: round numbers, decades, or the sizes that were measured.
#pragma once

#include <string>
#include <vector>

#include "wideband/experiment/figure.hpp"

namespace wideband {

struct Tick {
  double position;
  std::string label;  // in the notation of typeset.hpp; empty: a minor tick
};

struct Scale {
  double low = 0;
  double high = 1;
  bool log = false;
  std::vector<Tick> ticks = {};
};

/// A range that holds `values` (those that are finite, and positive on a log axis) with a margin,
/// or up to the bounds that `axis` states; and at most `most` labels. Few whole numbers on a log
/// axis (sizes, widths) are labeled themselves. `tight` leaves no margin. Without any value to show
/// the range is [0, 1], or [1, 10] on a log axis. No bound lies beyond 1e300 (or, on a log axis,
/// below 1e-300): margins and ticks stay finite, values beyond it are off the axis.
Scale scale_of(const Axis& axis, const std::vector<double>& values, int most, bool tight = false);

/// Ticks over [low, high] at 1, 2 or 5 times a power of ten, or at powers of ten.
std::vector<Tick> round_ticks(double low, double high, bool log, int most);

}  // namespace wideband

#include "wideband/experiment/figure_scale.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

namespace wideband {
namespace {

constexpr double margin = 0.04;
constexpr double largest_bound = 1e300;  // of an axis: margins, ratios and ticks stay finite

bool shown(double value, bool log) {
  return std::isfinite(value) && (!log || value > 0);
}

constexpr int most_decades = 60;  // with a tick for each

double bounded(double value, bool log) {
  return std::clamp(value, log ? 1 / largest_bound : -largest_bound, largest_bound);
}

// 1, 2 or 5 times a power of ten, at least `step`.
double round_step(double step) {
  const double decade = std::pow(10, std::floor(std::log10(step)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * decade >= step * (1 - 1e-9)) return factor * decade;
  }
  return 10 * decade;
}

std::string plain_label(double value, double step) {
  if (value == 0) return "0";
  if (std::abs(value) >= 1e6 || step < 1e-5) {
    const int exponent = static_cast<int>(std::floor(std::log10(std::abs(value)) + 1e-9));
    const double mantissa = value / std::pow(10, exponent);
    const std::string power = fmt::format("10^{{{}}}", exponent);
    return std::abs(mantissa - 1) < 1e-9 ? power : fmt::format("{:.3g}·{}", mantissa, power);
  }
  const int decimals = std::max(0, static_cast<int>(-std::floor(std::log10(step) + 1e-9)));
  return fmt::format("{:.{}f}", value, decimals);
}

std::vector<Tick> linear_ticks(double low, double high, int most) {
  const double step = round_step((high - low) / most);
  std::vector<Tick> ticks;
  for (double i = std::ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; ++i) {
    ticks.push_back({i * step, plain_label(i * step, step)});
  }
  return ticks;
}

std::string decade_label(int exponent) {
  if (exponent >= -1 && exponent <= 2) return fmt::format("{:g}", std::pow(10, exponent));
  return fmt::format("10^{{{}}}", exponent);
}

// Less than two decades: 1, 2 and 5 (or every digit) of each are labeled.
std::vector<Tick> short_log_ticks(double low, double high, int most) {
  const double decades = std::log10(high) - std::log10(low);
  if (decades < 0.5) return linear_ticks(low, high, most);
  // A decade alone would label one tick only.
  const bool all =
      3 * decades <= most || std::floor(std::log10(high)) == std::ceil(std::log10(low));
  std::vector<Tick> ticks;
  for (int k = static_cast<int>(std::floor(std::log10(low))); std::pow(10, k) <= high; ++k) {
    for (int digit = 1; digit < 10; ++digit) {
      const double value = digit * std::pow(10, k);
      if (value < low * (1 - 1e-9) || value > high * (1 + 1e-9)) continue;
      const bool labeled = digit == 1 || (all && (digit == 2 || digit == 5));
      ticks.push_back({value, labeled ? plain_label(value, value) : ""});
    }
  }
  return ticks;
}

std::vector<Tick> decade_ticks(double low, double high, int most) {
  const int first = static_cast<int>(std::ceil(std::log10(low) - 1e-9));
  const int last = static_cast<int>(std::floor(std::log10(high) + 1e-9));
  const int step = std::max(1, (last - first + most) / most);
  std::vector<Tick> ticks;
  for (int k = first - 1; k <= last; ++k) {
    const double decade = std::pow(10, k);
    if (k >= first) {
      const bool labeled = (k % step + step) % step == 0;
      if (labeled || last - first <= most_decades)
        ticks.push_back({decade, labeled ? decade_label(k) : ""});
    }
    for (int digit = 2; step == 1 && last - first < 9 && digit < 10; ++digit) {
      if (digit * decade > low && digit * decade < high) ticks.push_back({digit * decade, ""});
    }
  }
  return ticks;
}

bool whole(const std::set<double>& values) {
  return std::all_of(values.begin(), values.end(),
                     [](double value) { return value >= 1 && std::floor(value) == value; });
}

// The sizes themselves, thinned so that labels do not meet; none if they do not look like sizes.
std::vector<Tick> size_ticks(const std::vector<double>& values, int most) {
  const std::set<double> sizes(values.begin(), values.end());
  if (sizes.size() < 2 || sizes.size() > 16 || !whole(sizes)) return {};
  const double decades = std::log10(*sizes.rbegin() / *sizes.begin());
  const bool powers = std::all_of(sizes.begin(), sizes.end(), [](double size) {
    return std::exp2(std::round(std::log2(size))) == size;
  });
  if (*sizes.rbegin() >= 1e5 && !powers) return {};
  const bool as_power = *sizes.rbegin() >= 1e5;
  const double least_gap = decades / most;
  std::vector<Tick> ticks;
  double previous = -1e300;
  for (const double size : sizes) {
    const bool labeled = std::log10(size) - previous >= least_gap * (1 - 1e-9);
    const std::string label =
        as_power ? fmt::format("2^{{{:.0f}}}", std::log2(size)) : fmt::format("{:.0f}", size);
    ticks.push_back({size, labeled ? label : ""});
    if (labeled) previous = std::log10(size);
  }
  return ticks;
}

void widen(Scale& scale, bool tight) {
  if (scale.log) {
    const double decades = std::log10(scale.high) - std::log10(scale.low);
    const double factor = decades > 0 ? std::pow(10, margin * decades) : 2;
    if (!tight || scale.high <= scale.low) {
      scale.low /= factor;
      scale.high *= factor;
    }
    return;
  }
  const double size = std::max(std::abs(scale.low), std::abs(scale.high));
  if (scale.high - scale.low <= 1e-12 * size || size == 0) {
    const double room = size == 0 ? 1 : 0.1 * size;
    scale.low -= room;
    scale.high += room;
    return;
  }
  if (tight) return;
  const double room = margin * (scale.high - scale.low);
  const bool from_zero = scale.low >= 0 && scale.low <= 0.3 * scale.high;
  scale.low = from_zero ? 0 : scale.low - room;
  scale.high += room;
}

}  // namespace

std::vector<Tick> round_ticks(double low, double high, bool log, int most) {
  most = std::max(most, 2);
  if (!log) return linear_ticks(low, high, most);
  const double whole_decades =
      std::floor(std::log10(high) + 1e-9) - std::ceil(std::log10(low) - 1e-9);
  return whole_decades < 2 ? short_log_ticks(low, high, most) : decade_ticks(low, high, most);
}

Scale scale_of(const Axis& axis, const std::vector<double>& values, int most, bool tight) {
  std::vector<double> visible;
  std::copy_if(values.begin(), values.end(), std::back_inserter(visible),
               [&axis](double value) { return shown(value, axis.log); });
  if (visible.empty()) visible = axis.log ? std::vector{1.0, 10.0} : std::vector{0.0, 1.0};
  const auto [least, largest] = std::minmax_element(visible.begin(), visible.end());
  Scale scale{bounded(*least, axis.log), bounded(*largest, axis.log), axis.log};
  widen(scale, tight);
  if (axis.low && shown(*axis.low, axis.log)) scale.low = *axis.low;
  if (axis.high && shown(*axis.high, axis.log)) scale.high = *axis.high;
  scale.low = bounded(scale.low, axis.log);
  scale.high = bounded(scale.high, axis.log);
  if (!(scale.low < scale.high)) {
    scale.high = axis.log ? 10 * scale.low : scale.low + 1;
  }
  if (axis.log) scale.ticks = size_ticks(visible, most);
  if (scale.ticks.empty()) scale.ticks = round_ticks(scale.low, scale.high, axis.log, most);
  std::erase_if(scale.ticks, [&scale](const Tick& tick) {
    const double room = scale.log ? 0 : 1e-9 * (scale.high - scale.low);
    return tick.position < scale.low * (scale.log ? 1 - 1e-9 : 1) - room ||
           tick.position > scale.high * (scale.log ? 1 + 1e-9 : 1) + room;
  });
  return scale;
}

}  // namespace wideband

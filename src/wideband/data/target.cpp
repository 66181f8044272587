#include "wideband/data/target.hpp"

#include <array>
#include <cmath>
#include <initializer_list>
#include <stdexcept>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "wideband/core/constants.hpp"
#include "wideband/core/error.hpp"

namespace wideband {
namespace {

constexpr double quarter = pi / 2;

constexpr std::array<PhaseConvention, 3> conventions = {
    PhaseConvention::cosine, PhaseConvention::sine, PhaseConvention::negative_cosine};

Target extended(std::string name, const Target& shorter, std::initializer_list<TargetMode> more) {
  Target longer{std::move(name), shorter.modes};
  longer.modes.insert(longer.modes.end(), more);
  return longer;
}

// Seven modes 0..6 with the phases that the decks decreasing, equal and reversed share.
Target seven(std::string name, const std::array<double, 7>& amplitudes) {
  constexpr std::array<double, 7> phases = {0, 0, quarter, 0, 0, quarter, quarter};
  Target result{std::move(name), {}};
  for (Index k = 0; k < 7; ++k) {
    const auto i = static_cast<std::size_t>(k);
    result.modes.push_back({k, amplitudes[i], phases[i]});
  }
  return result;
}

std::vector<Target> all_targets() {
  const Target base4{"base4", {{0, 1, 0}, {1, .9, 0}, {2, .5, 0}, {3, .35, 0}}};
  const Target swap4{"swap4", {{0, 1, 0}, {1, .35, 0}, {2, .9, 0}, {3, 1.4, 0}}};
  const Target five{"five", {{0, 1, 0}, {1, .9, 0}, {2, .5, 0}, {3, .35, quarter}, {7, .25, 0}}};
  const Target eight =
      extended("eight", five, {{10, .10, quarter}, {12, .08, 0}, {15, .04, quarter}});
  const Target ten{"ten",
                   {{0, 1, 0},
                    {1, .9, 0},
                    {2, .5, 0},
                    {3, .35, quarter},
                    {4, .30, 0},
                    {5, .28, quarter},
                    {7, .25, 0},
                    {10, .10, quarter},
                    {12, .08, 0},
                    {15, .04, quarter}}};
  const Target decreasing = seven("decreasing", {1, .9, .8, .7, .6, .5, .4});
  const Target equal = seven("equal", {1, 1, 1, 1, 1, 1, 1});
  const Target reversed = seven("reversed", {.4, .5, .6, .7, .8, .9, 1});
  const Target sparse{"sparse", {{0, 1, 0}, {2, .8, 0}, {5, .55, quarter}, {6, .55, quarter}}};
  const Target middle{"middle", {{3, .7, 0}, {4, .6, 0}, {5, .5, quarter}, {6, .4, quarter}}};
  return {base4,
          swap4,
          five,
          eight,
          ten,
          decreasing,
          equal,
          reversed,
          extended("long", decreasing, {{7, .3, 0}, {8, .2, quarter}}),
          sparse,
          extended("sparse-11-12", sparse, {{11, .55, 0}, {12, .55, 0}}),
          extended("sparse-7-8", sparse, {{7, .55, 0}, {8, .55, quarter}}),
          middle,
          {"modes-1-3-8", {{1, 1, 0}, {3, .7, 0}, {8, .35, 0}}}};
}

double converted_phase(double phase, PhaseConvention convention) {
  switch (convention) {
    case PhaseConvention::cosine:
      return phase;
    case PhaseConvention::sine:
      return phase - quarter;
    case PhaseConvention::negative_cosine:
      return -phase;
  }
  throw std::invalid_argument("[phase_convention] unknown enumerator");
}

// "unknown target ..." with the nearest known name.
std::string unknown_name(const std::string& what, const std::string& name,
                         const std::vector<std::string>& known) {
  const std::string nearest = nearest_name(name, known);
  const std::string hint = nearest.empty() ? "" : fmt::format(", did you mean \"{}\"?", nearest);
  return fmt::format("[{}] unknown {} \"{}\"{}; known: {}", what, what, name, hint,
                     fmt::join(known, ", "));
}

}  // namespace

std::string to_string(PhaseConvention convention) {
  switch (convention) {
    case PhaseConvention::cosine:
      return "cosine";
    case PhaseConvention::sine:
      return "sine";
    case PhaseConvention::negative_cosine:
      return "negative_cosine";
  }
  throw std::invalid_argument("[phase_convention] unknown enumerator");
}

PhaseConvention phase_convention(const std::string& name) {
  std::vector<std::string> names;
  for (const PhaseConvention convention : conventions) {
    names.push_back(to_string(convention));
    if (names.back() == name) return convention;
  }
  throw std::invalid_argument(unknown_name("phase_convention", name, names));
}

const std::vector<Target>& named_targets() {
  static const std::vector<Target> all = all_targets();
  return all;
}

Target target(const std::string& name, PhaseConvention convention) {
  std::vector<std::string> names;
  for (const Target& known : named_targets()) {
    names.push_back(known.name);
    if (known.name != name) continue;
    Target found = known;
    for (TargetMode& mode : found.modes) mode.phase = converted_phase(mode.phase, convention);
    return found;
  }
  throw std::invalid_argument(unknown_name("target", name, names));
}

Eigen::Vector2d fourier_coefficients(const TargetMode& mode) {
  const double turns = std::round(mode.phase / quarter);
  if (mode.phase != turns * quarter) {
    return {mode.amplitude * std::cos(mode.phase), -mode.amplitude * std::sin(mode.phase)};
  }
  const double turn = turns - 4 * std::floor(turns / 4);  // 0, 1, 2, 3
  const double sign = turn < 1 || turn > 2 ? 1 : -1;
  const bool is_sine = turn == 1 || turn == 3;
  if (!is_sine) return {sign * mode.amplitude, 0};
  return {0, sign * mode.amplitude};
}

Vector target_values(const Target& target, VectorView angles) {
  Vector values = Vector::Zero(angles.size());
  for (const TargetMode& mode : target.modes) {
    const Eigen::Vector2d c = fourier_coefficients(mode);
    const auto k = static_cast<double>(mode.frequency);
    for (Index i = 0; i < angles.size(); ++i) {
      if (c(0) != 0) values(i) += c(0) * std::cos(k * angles(i));
      if (c(1) != 0) values(i) += c(1) * std::sin(k * angles(i));
    }
  }
  return values;
}

Vector grid_target_values(const Target& target, Index n) {
  require(n >= 1, fmt::format("[grid_target_values] expected n >= 1, got {}", n));
  Vector values = Vector::Zero(n);
  for (const TargetMode& mode : target.modes) {
    const Eigen::Vector2d c = fourier_coefficients(mode);
    for (Index i = 0; i < n; ++i) {
      const Index reduced = (mode.frequency % n) * i % n;
      const double angle = 2 * pi * static_cast<double>(reduced) / static_cast<double>(n);
      if (c(0) != 0) values(i) += c(0) * std::cos(angle);
      if (c(1) != 0) values(i) += c(1) * std::sin(angle);
    }
  }
  return values;
}

double energy(const Target& target) {
  double sum = 0;
  for (const TargetMode& mode : target.modes) {
    const Eigen::Vector2d c = fourier_coefficients(mode);
    sum += mode.frequency == 0 ? c(0) * c(0) : 0.5 * c.squaredNorm();
  }
  return sum;
}

double amplitude(const Target& target, Index k) {
  for (const TargetMode& mode : target.modes) {
    if (mode.frequency == k) return mode.amplitude;
  }
  return 0;
}

Index top_frequency(const Target& target) {
  Index top = 0;
  for (const TargetMode& mode : target.modes) top = std::max(top, mode.frequency);
  return top;
}

}  // namespace wideband

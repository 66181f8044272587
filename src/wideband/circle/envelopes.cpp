#include "wideband/circle/envelopes.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <stdexcept>

#include <fmt/format.h>

#include "wideband/circle/basis.hpp"
#include "wideband/circle/spectrum.hpp"
#include "wideband/core/error.hpp"

namespace wideband {
namespace {

constexpr double width_scale = 32;  // L of (3)

void check(const EnvelopeOptions& options, Index size) {
  require(size >= 1, fmt::format("[envelope] expected a size >= 1, got {}", size));
  require(options.cutoff >= 0,
          fmt::format("[envelope] expected cutoff >= 0, got {}", options.cutoff));
  require(options.failure > 0 && options.failure < 1,
          fmt::format("[envelope] expected failure in (0, 1), got {}", options.failure));
}

double columns(const EnvelopeOptions& options) {
  return static_cast<double>(basis_size(options.cutoff));
}

// The least size from which on `envelope`, decreasing beyond its one maximum, stays <= e.
Index required_size(const std::function<double(Index)>& envelope, double e) {
  require(e > 0, fmt::format("[envelope] expected an error > 0, got {}", e));
  Index high = 1;
  constexpr Index limit = std::numeric_limits<Index>::max() / 4;
  while (envelope(high) > e || envelope(2 * high) > e) {
    if (high > limit) throw NumericalError("[envelope] the required size exceeds 2^61");
    high *= 2;
  }
  Index low = 0;  // exclusive
  while (high - low > 1) {
    const Index middle = low + (high - low) / 2;
    (envelope(middle) > e ? low : high) = middle;
  }
  return high;
}

TailBound sharper_width_bound(const EnvelopeOptions& options) {
  const double d = columns(options);
  return {d * (d + 1), 164, 12.8};  // (4)
}

}  // namespace

std::string to_string(SampleError error) {
  switch (error) {
    case SampleError::gram:
      return "gram";
    case SampleError::compressed:
      return "compressed";
    case SampleError::action:
      return "action";
  }
  throw std::invalid_argument("[envelope] unknown enumerator");
}

std::string to_string(EnvelopeKind kind) {
  switch (kind) {
    case EnvelopeKind::first_published:
      return "first_published";
    case EnvelopeKind::sqrt2:
      return "sqrt2";
    case EnvelopeKind::refined:
      return "refined";
    case EnvelopeKind::sharper:
      return "sharper";
  }
  throw std::invalid_argument("[envelope] unknown enumerator");
}

const std::vector<EnvelopeKind>& envelope_kinds() {
  static const std::vector<EnvelopeKind> all = {EnvelopeKind::first_published, EnvelopeKind::sqrt2,
                                                EnvelopeKind::refined, EnvelopeKind::sharper};
  return all;
}

std::optional<TailBound> tail_bound(SampleError error, EnvelopeKind kind, Index n,
                                    const EnvelopeOptions& options) {
  check(options, n);
  const double d = columns(options);
  const double kappa = kernel_value(options.kernel, 0);
  const double square = kappa * kappa;
  const auto pick = [&](TailBound first, TailBound sqrt2, TailBound refined) {
    return kind == EnvelopeKind::first_published ? first
           : kind == EnvelopeKind::sqrt2         ? sqrt2
                                                 : refined;
  };
  switch (error) {
    case SampleError::gram:
      if (kind == EnvelopeKind::sharper) return TailBound{d * (d + 1), 2, 4.0 / 3};
      return pick({2 * d * d, 0.5, 0}, {2 * d * d, 8, 0}, {d * (d + 1), 4, 4.0 / 3});
    case SampleError::compressed:
      if (kind == EnvelopeKind::sharper) return std::nullopt;
      return pick({2 * d * d, 8 * square, 0}, {2 * d * d, 32 * square, 0},
                  {d * (d + 1), 32 * square, 0});
    case SampleError::action: {
      const double count = 2 * static_cast<double>(n) * d;
      if (kind == EnvelopeKind::sharper)
        return TailBound{count, 4 * kernel_square_integral(options.kernel), 2 * kappa};
      return pick({count, 4 * square, 0}, {count, 8 * square, 0}, {count, 2 * square, 4 * kappa});
    }
  }
  throw std::invalid_argument("[envelope] unknown enumerator");
}

bool proven(SampleError error, EnvelopeKind kind) {
  return kind != EnvelopeKind::first_published || error == SampleError::action;
}

double bounded_error(const TailBound& bound, Index size, double failure) {
  const double n = static_cast<double>(size);
  const double Y = std::log(bound.count / failure);
  const double linear = bound.v * Y;
  return (linear + std::sqrt(linear * linear + 4 * n * bound.u * Y)) / (2 * n);  // (2)
}

std::optional<double> envelope(SampleError error, EnvelopeKind kind, Index n,
                               const EnvelopeOptions& options) {
  const std::optional<TailBound> bound = tail_bound(error, kind, n, options);
  if (!bound) return std::nullopt;
  return bounded_error(*bound, n, options.failure);
}

double sharpest_envelope(SampleError error, Index n, const EnvelopeOptions& options) {
  double sharpest = std::numeric_limits<double>::infinity();
  for (const EnvelopeKind kind : envelope_kinds()) {
    const std::optional<double> e = envelope(error, kind, n, options);
    if (proven(error, kind) && e) sharpest = std::min(sharpest, *e);
  }
  return sharpest;
}

std::optional<Index> required_samples(SampleError error, EnvelopeKind kind, double e,
                                      const EnvelopeOptions& options) {
  if (!tail_bound(error, kind, 1, options)) return std::nullopt;
  return required_size([&](Index n) { return *envelope(error, kind, n, options); }, e);
}

double width_envelope(Index m, double c, const EnvelopeOptions& options) {
  check(options, m);
  require(c > 0, fmt::format("[width_envelope] expected c > 0, got {}", c));
  const double d = columns(options);
  const double y = std::log(2 * d * d / options.failure) / (c * static_cast<double>(m));
  return width_scale * std::max(y, std::sqrt(y));  // (3)
}

double sharper_width_envelope(Index m, const EnvelopeOptions& options) {
  check(options, m);
  return bounded_error(sharper_width_bound(options), m, options.failure);
}

Index required_width(double e, double c, const EnvelopeOptions& options) {
  return required_size([&](Index m) { return width_envelope(m, c, options); }, e);
}

Index sharper_required_width(double e, const EnvelopeOptions& options) {
  return required_size([&](Index m) { return sharper_width_envelope(m, options); }, e);
}

}  // namespace wideband

#include "wideband/circle/active_arcs.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "wideband/core/constants.hpp"
#include "wideband/core/error.hpp"

namespace wideband {
namespace {

constexpr int longest_walk = 8;     // samples per end; farther jumps are placed by psi and alpha
constexpr double tangency = 1e-12;  // |c| nearer to R than this: psi and alpha prove nothing
constexpr Index most_samples = 1 << 30;

}  // namespace

ActiveArcs::ActiveArcs(VectorView angles, const ShallowNetwork& network)
    : n_(angles.size()), angles_(angles) {
  validate(network);
  require(n_ >= 1 && n_ < most_samples,
          fmt::format("[ActiveArcs] expected 1 <= n < 2^30 angles, got {}", n_));
  require(angles.allFinite() && std::is_sorted(angles.begin(), angles.end()) && angles(0) >= 0 &&
              angles(n_ - 1) < 2 * pi,
          "[ActiveArcs] expected angles in ascending order in [0, 2pi)");
  points_.resize(static_cast<std::size_t>(n_ + 2));
  for (Index i = -1; i <= n_; ++i) {
    const double g = angles((i + n_) % n_);
    points_[static_cast<std::size_t>(i + 1)] = {std::cos(g), std::sin(g)};
  }
  arcs_.assign(static_cast<std::size_t>(network.width()), Arc{0, 0});
  for (Index j = 0; j < network.width(); ++j)
    settle(j, network.w1(j), network.w2(j), network.beta_b * network.b(j));
}

void ActiveArcs::update(Index j, double w1, double w2, double c) {
  Arc& arc = arcs_[static_cast<std::size_t>(j)];
  if (holds(j, w1, w2, c) || extrapolate(arc, w1, w2, c)) return;
  settle(j, w1, w2, c);
}

// Moves both ends by one Newton step for the zero of z near them, in samples of mean spacing: where
// samples are dense an arc passes many of them in one training step. On a grid this is nearly
// always the arc; it is kept if it is proven.
inline bool ActiveArcs::extrapolate(Arc& arc, double w1, double w2, double c) const {
  const auto n = static_cast<std::int32_t>(n_);
  if (arc.lo < 0) return false;
  const double per_radian = static_cast<double>(n) / (2 * pi);
  const auto shift = [&](std::int32_t end) {
    const CirclePoint& x = point(end >= n ? end - n : end);
    const double samples =
        -((w1 * x.cos + w2 * x.sin) + c) / (w2 * x.cos - w1 * x.sin) * per_radian;
    if (!(std::abs(samples) < n / 2)) return 0;
    const auto whole = static_cast<std::int32_t>(samples);
    return whole + (samples > whole ? 1 : 0);  // rounded up
  };
  const std::int32_t lo = arc.lo + shift(arc.lo);
  const std::int32_t hi = arc.hi + shift(arc.hi);
  const std::int32_t turn = lo < 0 ? n : lo >= n ? -n : 0;
  const Arc moved{lo + turn, hi + turn};
  if (!proven(moved, w1, w2, c)) return false;
  arc = moved;
  return true;
}

void ActiveArcs::settle(Index j, double w1, double w2, double c) {
  Arc& kept = arcs_[static_cast<std::size_t>(j)];
  const bool was_broken = kept.lo < 0;
  Arc arc = kept;
  if (!was_broken && walk(arc, w1, w2, c)) {
    kept = arc;
    return;
  }
  if (was_broken) broken_.erase(j);
  const double R = std::hypot(w1, w2);
  const auto n = static_cast<std::int32_t>(n_);
  if (!(std::abs(std::abs(c) - R) > tangency * (R + std::abs(c)))) return scan(j, w1, w2, c);
  if (std::abs(c) > R) {
    kept = {0, c > 0 ? n : 0};
  } else if (place(arc, w1, w2, c)) {
    kept = arc;
  } else {
    scan(j, w1, w2, c);
  }
}

bool ActiveArcs::walk(Arc& arc, double w1, double w2, double c) const {
  const auto n = static_cast<std::int32_t>(n_);
  if (arc.lo == arc.hi || arc.hi - arc.lo == n) return false;
  const auto on = [&](std::int32_t i) {
    const CirclePoint& x = point(i < 0 ? i + n : i >= n ? i - n : i);
    return (w1 * x.cos + w2 * x.sin) + c > 0;
  };
  std::int32_t lo = arc.lo;
  std::int32_t hi = arc.hi;
  for (int step = 0; step < longest_walk && hi - lo < n && on(lo - 1); ++step) --lo;
  for (int step = 0; step < longest_walk && lo < hi && !on(lo); ++step) ++lo;
  if (lo < 0) {
    lo += n;
    hi += n;
  } else if (lo >= n) {
    lo -= n;
    hi -= n;
  }
  for (int step = 0; step < longest_walk && hi - lo < n && on(hi); ++step) ++hi;
  for (int step = 0; step < longest_walk && lo < hi && !on(hi - 1); ++step) --hi;
  arc = {lo, hi};
  return lo < hi && hi - lo < n && proven(arc, w1, w2, c);
}

bool ActiveArcs::place(Arc& arc, double w1, double w2, double c) const {
  const auto n = static_cast<std::int32_t>(n_);
  const double psi = std::atan2(w2, w1);
  const double alpha = std::acos(-c / std::hypot(w1, w2));
  std::int32_t lo = first_at_or_after(psi - alpha);
  std::int32_t hi = std::clamp(first_at_or_after(psi + alpha), lo, lo + n);
  const std::int32_t turns = lo >= 0 ? lo / n : -1 - (-lo - 1) / n;
  lo -= turns * n;
  hi -= turns * n;
  arc = {lo, hi};
  if (walk(arc, w1, w2, c)) return true;
  if (lo != hi && hi - lo != n) return false;

  // An arc (or a gap) that fits between two neighboring samples: they are its nearest, so their
  // signs decide for all.
  const bool full = hi != lo;
  const Index next = (first_at_or_after(full ? psi + pi : psi) + 2 * n) % n;
  const double bound = rounding_bound(w1, w2, c);
  const double sign = full ? 1 : -1;
  if (!(sign * input(next - 1, w1, w2, c) > bound && sign * input(next, w1, w2, c) > bound))
    return false;
  arc = {0, full ? n : 0};
  return true;
}

void ActiveArcs::scan(Index j, double w1, double w2, double c) {
  std::vector<Arc> runs;
  for (std::int32_t i = 0; i < n_; ++i) {
    if (!(input(i, w1, w2, c) > 0)) continue;
    if (!runs.empty() && runs.back().hi == i)
      ++runs.back().hi;
    else
      runs.push_back({i, i + 1});
  }
  const auto n = static_cast<std::int32_t>(n_);
  Arc& kept = arcs_[static_cast<std::size_t>(j)];
  if (runs.empty()) {
    kept = {0, 0};
  } else if (runs.size() == 1) {
    kept = runs[0];
  } else if (runs.size() == 2 && runs[0].lo == 0 && runs[1].hi == n) {
    kept = {runs[1].lo, runs[0].hi + n};
  } else {
    kept = {-1, -1};
    broken_[j] = std::move(runs);
  }
}

std::int32_t ActiveArcs::first_at_or_after(double angle) const {
  const double turns = std::floor(angle / (2 * pi));
  const double within = angle - 2 * pi * turns;
  // On a grid the place is known, and nearly so for samples without gaps.
  constexpr Index margin = 16;
  const auto guess = static_cast<Index>(within / (2 * pi) * static_cast<double>(n_));
  Index first = std::clamp(guess - margin, Index{0}, n_);
  Index last = std::clamp(guess + margin, Index{0}, n_);
  if (first > 0 && angles_(first - 1) >= within) first = 0;
  if (last < n_ && angles_(last) < within) last = n_;
  const auto place =
      std::lower_bound(angles_.begin() + first, angles_.begin() + last, within) - angles_.begin();
  return static_cast<std::int32_t>(place + static_cast<Index>(turns) * n_);
}

}  // namespace wideband

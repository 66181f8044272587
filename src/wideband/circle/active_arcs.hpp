// The samples at which each neuron is active: one arc of sorted angles, kept up to date exactly.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <unordered_map>
#include <vector>

#include "wideband/circle/shallow_network.hpp"
#include "wideband/core/types.hpp"

namespace wideband {

/// x = (cos g, sin g).
struct CirclePoint {
  double cos;
  double sin;
};

/// The samples lo, ..., hi - 1, indices modulo n, with 0 <= lo < n and lo <= hi <= lo + n.
struct Arc {
  std::int32_t lo;
  std::int32_t hi;
};

/// Active sets of m neurons on n sorted angles.
///
/// z_i = (w1 cos g_i + w2 sin g_i) + c, computed in this order, decides: sample i is active iff
/// z_i > 0. The set of each neuron equals that of this dense test, always. Why four samples prove
/// an arc of n: the exact R cos(g - psi) + c has at most one arc of positive values, on which it
/// rises and falls once. If the computed z exceeds the rounding bound B = 4 eps (|w1| + |w2| + |c|)
/// at both inner ends and is below -B at both outer ends, then |z| > B at every sample and no
/// sign can be wrong. Otherwise the ends move by a Newton step, then walk, then begin anew from psi
/// and alpha; and if
/// no ends are proven (an end on a sample to rounding, |c| near R, R = 0) every sample is tested.
///
/// cost     O(1) per neuron and update when arcs move by a few samples, O(log n) after a jump,
///          O(n) in the undecided cases
/// source   docs/theory/circle.md
class ActiveArcs {
 public:
  /// angles   (n), ascending, in [0, 2pi)
  /// throws   std::invalid_argument if they are not, or n < 1 or n >= 2^30
  ActiveArcs(VectorView angles, const ShallowNetwork& network);

  Index samples() const { return n_; }
  Index width() const { return static_cast<Index>(arcs_.size()); }
  const Vector& angles() const { return angles_; }

  /// cos and sin of sample i, -1 <= i <= n (modulo n).
  const CirclePoint& point(Index i) const { return points_[static_cast<std::size_t>(i + 1)]; }

  /// Whether the arc of neuron j is proven for these parameters, c = beta_b b. Cheap; false proves
  /// nothing.
  bool holds(Index j, double w1, double w2, double c) const {
    return proven(arcs_[static_cast<std::size_t>(j)], w1, w2, c);
  }

  /// Brings the arc of neuron j up to date with these parameters.
  void update(Index j, double w1, double w2, double c);

  /// Calls visit(first, last) for each range of samples first <= i < last in [0, n] at which
  /// neuron j is active: none, one, or two where the arc wraps around (more only where rounding
  /// breaks an arc up).
  template <class Visit>
  void each_range(Index j, Visit&& visit) const;

  /// Whether the active set of neuron j is arc(j), which it is but for the broken cases.
  bool regular(Index j) const { return arcs_[static_cast<std::size_t>(j)].lo >= 0; }
  const Arc& arc(Index j) const { return arcs_[static_cast<std::size_t>(j)]; }

 private:
  double input(Index i, double w1, double w2, double c) const {
    const CirclePoint& x = point(i);
    return (w1 * x.cos + w2 * x.sin) + c;
  }
  static double rounding_bound(double w1, double w2, double c) {
    return 4 * std::numeric_limits<double>::epsilon() * (std::abs(w1) + std::abs(w2) + std::abs(c));
  }
  bool proven(const Arc& arc, double w1, double w2, double c) const;
  void settle(Index j, double w1, double w2, double c);
  bool extrapolate(Arc& arc, double w1, double w2, double c) const;
  bool walk(Arc& arc, double w1, double w2, double c) const;
  bool place(Arc& arc, double w1, double w2, double c) const;
  void scan(Index j, double w1, double w2, double c);
  std::int32_t first_at_or_after(double angle) const;

  Index n_ = 0;
  Vector angles_;
  std::vector<CirclePoint> points_;  // n + 2: samples n - 1, 0, ..., n - 1, 0
  std::vector<Arc> arcs_;            // lo = -1 marks a broken one
  std::unordered_map<Index, std::vector<Arc>> broken_;
};

// Four samples prove an arc that is neither empty nor full; inner loop of a training step.
inline bool ActiveArcs::proven(const Arc& arc, double w1, double w2, double c) const {
  if ((arc.lo < 0) | (arc.lo >= arc.hi) | (arc.hi - arc.lo >= n_)) return false;
  const double bound = rounding_bound(w1, w2, c);
  const Index hi = arc.hi > n_ ? arc.hi - n_ : arc.hi;
  bool sure = input(arc.lo, w1, w2, c) > bound;  // without branches
  sure &= input(hi - 1, w1, w2, c) > bound;
  sure &= input(arc.lo - 1, w1, w2, c) < -bound;
  sure &= input(hi, w1, w2, c) < -bound;
  return sure;
}

template <class Visit>
void ActiveArcs::each_range(Index j, Visit&& visit) const {
  const Arc& arc = arcs_[static_cast<std::size_t>(j)];
  if (arc.lo < 0) {
    for (const Arc& part : broken_.at(j)) visit(Index{part.lo}, Index{part.hi});
    return;
  }
  if (arc.lo == arc.hi) return;
  const Index n = n_;
  if (arc.hi <= n) return visit(Index{arc.lo}, Index{arc.hi});
  visit(Index{arc.lo}, n);
  visit(Index{0}, arc.hi - n);
}

}  // namespace wideband

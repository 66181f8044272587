#include "wideband/experiment/circle/evolution_questions.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "wideband/circle/basis.hpp"

namespace wideband {
namespace {

const std::string published = "Kalvankar 2026, published runs";
constexpr Index lowest_planes = 3;  // k = 0, 1, 2
constexpr double explained_factor = 1.5;
constexpr double matching_difference = 0.02;

Comparison over_seeds(std::string label, const Vector& values, double predicted,
                      Relation relation) {
  Comparison comparison;
  comparison.label = std::move(label);
  comparison.measured = values.mean();
  comparison.predicted = predicted;
  comparison.relation = relation;
  comparison.standard_error = summary(values).standard_error;
  comparison.repetitions = values.size();
  return comparison;
}

std::string label_of(const EvolutionGroup& group) {
  return fmt::format("{}, m = {}, eta = {}", group.target, group.m, group.eta);
}

// Families that can be asked: two widths, two seeds.
std::vector<EvolutionFamily> comparable(const EvolutionResults& results) {
  std::vector<EvolutionFamily> list;
  for (EvolutionFamily& family : families(results)) {
    if (family.widths.size() >= 2 && family.widths.front()->seeds() >= 2)
      list.push_back(std::move(family));
  }
  return list;
}

Claim by_step_claim(const EvolutionResults& results) {
  Claim claim{
      "published-by-step", ClaimKind::open,
      "At the last step of both, evolving ends below frozen_published at the smallest width "
      "and above it at the largest.",
      published + ", step index on the axis"};
  claim.absolute_resolution = 0.1;
  for (const EvolutionFamily& family : comparable(results)) {
    const EvolutionGroup& narrow = *family.widths.front();
    const EvolutionGroup& wide = *family.widths.back();
    const auto last = [](const EvolutionGroup& group) {
      return log_ratio_published(group, group.snapshots() - 1, false);
    };
    claim.comparisons.push_back(over_seeds(label_of(narrow) + ", ln of the loss ratio",
                                           last(narrow), 0, Relation::at_most));
    claim.comparisons.push_back(
        over_seeds(label_of(wide) + ", ln of the loss ratio", last(wide), 0, Relation::at_least));
  }
  return claim;
}

Claim by_time_claim(const EvolutionResults& results) {
  Claim claim{"published-by-time", ClaimKind::open,
              "At equal time evolving lies below frozen_matched at the smallest width and above it "
              "at the largest.",
              published + ", here on the time axis"};
  claim.absolute_resolution = 0.1;
  for (const EvolutionFamily& family : comparable(results)) {
    const EvolutionGroup& narrow = *family.widths.front();
    const EvolutionGroup& wide = *family.widths.back();
    for (const Index p : judged_snapshots(narrow)) {
      const double t = narrow.time(p);
      const auto delta = [&](const EvolutionGroup& group) {
        return log_loss_ratio(group, group.nearest(t));
      };
      const std::string when = fmt::format(", Delta at t = {:.6g}", t);
      claim.comparisons.push_back(
          over_seeds(label_of(narrow) + when, delta(narrow), 0, Relation::at_most));
      claim.comparisons.push_back(
          over_seeds(label_of(wide) + when, delta(wide), 0, Relation::at_least));
    }
  }
  return claim;
}

// Per seed: growth of the strengths of plane k to the last snapshot, absolute or relative.
Vector growth(const EvolutionGroup& group, Index k, bool relative) {
  const Vector first = group.over_seeds("strength", 0, k);
  const Vector change = group.over_seeds("strength", group.snapshots() - 1, k) - first;
  return relative ? Vector(change.cwiseQuotient(first)) : change;
}

Claim absolute_growth_claim(const EvolutionResults& results) {
  Claim claim{"growth-absolute", ClaimKind::open,
              "Planes 0, 1 and 2 take more than half of all absolute change of strength.",
              published};
  for (const EvolutionGroup& group : results.groups) {
    if (group.seeds() < 2 || group.cutoff < lowest_planes) continue;
    Vector low = Vector::Zero(group.seeds());
    Vector all = Vector::Zero(group.seeds());
    for (Index k = 0; k <= group.cutoff; ++k) {
      const Vector change = static_cast<double>(plane_size(k)) * growth(group, k, false);
      if (k < lowest_planes) low += change;
      all += change.cwiseAbs();
    }
    claim.comparisons.push_back(over_seeds(label_of(group) + ", share of k <= 2",
                                           low.cwiseQuotient(all), 0.5, Relation::at_least));
  }
  return claim;
}

Claim relative_growth_claim(const EvolutionResults& results) {
  Claim claim{"growth-relative", ClaimKind::open,
              "Relative to their start, planes 0, 1 and 2 gain more strength than the others.",
              published};
  claim.absolute_resolution = 0.05;
  for (const EvolutionGroup& group : results.groups) {
    if (group.seeds() < 2 || group.cutoff < lowest_planes) continue;
    Vector low = Vector::Zero(group.seeds());
    Vector high = Vector::Zero(group.seeds());
    for (Index k = 0; k <= group.cutoff; ++k)
      (k < lowest_planes ? low : high) += growth(group, k, true);
    const Vector lead = low / static_cast<double>(lowest_planes) -
                        high / static_cast<double>(group.cutoff + 1 - lowest_planes);
    claim.comparisons.push_back(over_seeds(label_of(group) + ", mean growth of k <= 2 minus others",
                                           lead, 0, Relation::at_least));
  }
  return claim;
}

// Per seed: change of the rms cosine, averaged over planes first, ..., last, start to end.
Vector turned(const EvolutionGroup& group, const std::string& matching, Index first, Index last) {
  const auto end = static_cast<Index>(group.eigen_steps.size()) - 1;
  Vector sum = Vector::Zero(group.seeds());
  for (Index k = first; k <= last; ++k)
    sum += group.over_seeds(matching, end, k) - group.over_seeds(matching, 0, k);
  return sum / static_cast<double>(last - first + 1);
}

bool aligned(const EvolutionGroup& group) {
  return group.seeds() >= 2 && group.cutoff >= 1 && group.of("cosine_exclusive").allFinite();
}

Claim alignment_claim(const EvolutionResults& results) {
  Claim claim{"alignment-falls", ClaimKind::open,
              "Training does not improve the alignment of eigenspaces with the Fourier planes.",
              published};
  claim.absolute_resolution = 0.02;
  for (const EvolutionGroup& group : results.groups) {
    if (!aligned(group)) continue;
    claim.comparisons.push_back(over_seeds(label_of(group) + ", change of the mean rms cosine",
                                           turned(group, "cosine_exclusive", 0, group.cutoff), 0,
                                           Relation::at_most));
  }
  return claim;
}

Claim alignment_order_claim(const EvolutionResults& results) {
  Claim claim{"alignment-order", ClaimKind::open,
              "Alignment falls more for high frequencies than for low ones, and more at the "
              "smallest width than at the largest.",
              published};
  claim.absolute_resolution = 0.02;
  for (const EvolutionFamily& family : comparable(results)) {
    const EvolutionGroup& narrow = *family.widths.front();
    const EvolutionGroup& wide = *family.widths.back();
    if (!aligned(narrow) || !aligned(wide)) continue;
    const Index half = narrow.cutoff / 2;
    claim.comparisons.push_back(
        over_seeds(fmt::format("{}, k > {} minus k <= {}", label_of(narrow), half, half),
                   turned(narrow, "cosine_exclusive", half + 1, narrow.cutoff) -
                       turned(narrow, "cosine_exclusive", 0, half),
                   0, Relation::at_most));
    claim.comparisons.push_back(
        over_seeds(fmt::format("{}, m = {} minus m = {}", family.target, narrow.m, wide.m),
                   turned(narrow, "cosine_exclusive", 0, narrow.cutoff) -
                       turned(wide, "cosine_exclusive", 0, wide.cutoff),
                   0, Relation::at_most));
  }
  return claim;
}

Claim explained_claim(const EvolutionResults& results) {
  Claim claim{"strength-explains-rate", ClaimKind::open,
              "The strengths alone explain the decay: the integrals of D and R agree within a "
              "factor 1.5.",
              "docs/theory/circle.md, The evolving kernel"};
  for (const EvolutionGroup& group : results.groups) {
    if (group.seeds() < 2) continue;
    const Index last = group.snapshots() - 1;
    const Vector ratio = (group.over_seeds("integral_D", last).array() /
                          group.over_seeds("integral_R", last).array())
                             .log()
                             .abs();
    claim.comparisons.push_back(over_seeds(label_of(group) + ", |ln(int D/int R)|", ratio,
                                           std::log(explained_factor), Relation::at_most));
  }
  return claim;
}

const EvolutionGroup* partner(const EvolutionResults& results, const EvolutionGroup& group,
                              const std::string& target) {
  for (const EvolutionGroup& other : results.groups) {
    if (other.target == target && other.n == group.n && other.m == group.m &&
        other.eta == group.eta)
      return &other;
  }
  return nullptr;
}

Claim carry_over_claim(const EvolutionResults& results) {
  Claim claim{"carry-over", ClaimKind::open,
              "With frequencies 11 and 12 added to the target, the same branch has the lower loss "
              "at the same width and time.",
              published};
  claim.absolute_resolution = 0.1;
  for (const EvolutionGroup& group : results.groups) {
    if (group.target != "sparse-11-12" || group.seeds() < 2) continue;
    const EvolutionGroup* plain = partner(results, group, "sparse");
    if (plain == nullptr) continue;
    for (const Index p : judged_snapshots(group)) {
      const double t = group.time(p);
      const double sign = log_loss_ratio(*plain, plain->nearest(t)).mean() < 0 ? -1 : 1;
      claim.comparisons.push_back(over_seeds(
          fmt::format("m = {}, t = {:.6g}, Delta times the sign of Delta for sparse", group.m, t),
          sign * log_loss_ratio(group, p), 0, Relation::at_least));
    }
  }
  return claim;
}

Claim matching_claim(const EvolutionResults& results) {
  Claim claim{"matchings-agree", ClaimKind::open,
              "Shared and exclusive matching see the same change of alignment, within .02 of the "
              "mean rms cosine.",
              published + " use shared matching"};
  claim.absolute_resolution = 2 * matching_difference;
  for (const EvolutionGroup& group : results.groups) {
    if (!aligned(group)) continue;
    const Vector difference = turned(group, "cosine_shared", 0, group.cutoff) -
                              turned(group, "cosine_exclusive", 0, group.cutoff);
    Comparison comparison = over_seeds(label_of(group) + ", change, shared minus exclusive",
                                       difference, 0, Relation::equal);
    comparison.model_error = matching_difference;
    claim.comparisons.push_back(comparison);
  }
  return claim;
}

}  // namespace

std::vector<Claim> evolution_questions(const EvolutionResults& results) {
  std::vector<Claim> claims;
  for (Claim& claim : std::vector<Claim>{
           by_step_claim(results), by_time_claim(results), absolute_growth_claim(results),
           relative_growth_claim(results), alignment_claim(results), alignment_order_claim(results),
           explained_claim(results), carry_over_claim(results), matching_claim(results)}) {
    if (!claim.comparisons.empty()) claims.push_back(std::move(claim));
  }
  return claims;
}

}  // namespace wideband

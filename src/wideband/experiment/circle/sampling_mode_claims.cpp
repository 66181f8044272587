#include "wideband/experiment/circle/sampling_mode_claims.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include <fmt/format.h>

#include "wideband/core/constants.hpp"
#include "wideband/experiment/circle/repeated_comparisons.hpp"
#include "wideband/math/statistics.hpp"

namespace wideband {
namespace {

const std::string training_page = "docs/theory/circle.md, Training on random angles";

// Sizes of one target under one step rule: a curve over n.
using Family = std::vector<const ModeGroup*>;

std::vector<Family> families(const std::vector<ModeGroup>& groups) {
  std::vector<Family> list;
  for (const ModeGroup& group : groups) {
    if (group.seeds() < 2 || is_unstable(group)) continue;
    const auto same = [&](const Family& family) {
      const ModeGroup& head = *family[0];
      return head.kernel == group.kernel && head.cutoff == group.cutoff &&
             head.target.name == group.target.name && head.steps == group.steps &&
             head.seeds() == group.seeds() && head.n < group.n;
    };
    const auto found = std::find_if(list.begin(), list.end(), same);
    if (found == list.end()) {
      list.push_back({&group});
    } else {
      found->push_back(&group);
    }
  }
  return list;
}

std::string label_of(const ModeGroup& group) {
  return fmt::format("{}, {}, K = {}", to_string(group.kernel), group.target.name, group.cutoff);
}

// Slope of log value(group, rows) on log n with a bootstrap over seeds, the same at every n.
Comparison slope_comparison(
    const Family& family,
    const std::function<double(const ModeGroup&, const std::vector<Index>&)>& value) {
  const auto count = static_cast<Index>(family.size());
  Vector n(count);
  for (Index i = 0; i < count; ++i)
    n[i] = static_cast<double>(family[static_cast<std::size_t>(i)]->n);
  const auto slope = [&](const std::vector<Index>& rows) {
    Vector values(count);
    for (Index i = 0; i < count; ++i) values[i] = value(*family[static_cast<std::size_t>(i)], rows);
    return log_log_slope(n, values);
  };
  std::vector<Index> every(static_cast<std::size_t>(family[0]->seeds()));
  for (std::size_t i = 0; i < every.size(); ++i) every[i] = static_cast<Index>(i);
  Comparison comparison;
  comparison.label = label_of(*family[0]);
  comparison.measured = slope(every);
  comparison.repetitions = family[0]->seeds();
  comparison.standard_error =
      bootstrap_error(comparison.repetitions, slope, Key(1).child("mode slope"));
  return comparison;
}

// Planes of the block that the target lacks.
std::vector<Index> absent_planes(const ModeGroup& group) {
  std::vector<Index> planes;
  for (Index k = 0; k <= group.cutoff; ++k) {
    if (!is_active(group, k)) planes.push_back(k);
  }
  return planes;
}

// Root mean square over absent planes and over `rows` of the largest coefficient in time.
double excitation(const ModeGroup& group, const std::vector<Index>& rows) {
  double sum = 0;
  const std::vector<Index> planes = absent_planes(group);
  for (const Index k : planes) {
    for (const Index row : rows) {
      const Matrix& history = group.planes[static_cast<std::size_t>(row)];
      const double largest = history.col(k).maxCoeff() / group.start_norm[row];
      sum += largest * largest;
    }
  }
  return std::sqrt(sum / static_cast<double>(planes.size() * rows.size()));
}

Claim excitation_slope_claim(const std::vector<ModeGroup>& groups) {
  Claim claim{.id = "absent-modes",
              .kind = ClaimKind::theory,
              .statement = "Modes that the target lacks are excited by the sample, at O(n^(-1/2)).",
              .source = training_page,
              .resolution = 0.3};
  for (const Family& family : families(groups)) {
    if (family.size() < 3 || absent_planes(*family[0]).empty()) continue;
    Comparison comparison = slope_comparison(family, excitation);
    comparison.label += ", slope of the largest coefficient on n";
    comparison.predicted = -0.5;
    comparison.model_error = 0.05;  // second order in G - I, at n of a few d
    claim.comparisons.push_back(comparison);
  }
  return claim;
}

// Mean square of the coefficients of absent planes over (2), at the last snapshot whose modes have
// decayed little: first order perturbation theory holds while leaks do not feed back.
Claim excitation_size_claim(const std::vector<ModeGroup>& groups) {
  Claim claim{.id = "absent-mode-size",
              .kind = ClaimKind::theory,
              .statement =
                  "How much absent modes are excited follows from first order perturbation "
                  "of the sampled operator.",
              .source = training_page,
              .resolution = 0.8};
  for (const ModeGroup& group : groups) {
    const std::vector<Index> planes = absent_planes(group);
    if (planes.empty() || group.seeds() < 2 || is_unstable(group)) continue;
    for (const double time : {0.0, 10.0}) {
      Index snapshot = 0;
      for (std::size_t i = 0; i < group.snapshots.size(); ++i) {
        if (static_cast<double>(group.snapshots[i]) * group.eta.mean() <= time)
          snapshot = static_cast<Index>(i);
      }
      Vector ratio = Vector::Zero(group.seeds());
      for (const Index k : planes) {
        const double predicted = predicted_excitation(group, k, snapshot);
        ratio.array() += (coefficients(group, k, snapshot) / predicted).array().square() /
                         static_cast<double>(planes.size());
      }
      // Squares of one or two Gaussian numbers a plane vary by their mean or more.
      Comparison comparison = mean_comparison(
          fmt::format("{}, n = {}, step {}, mean square over theory", label_of(group), group.n,
                      group.snapshots[static_cast<std::size_t>(snapshot)]),
          ratio, 1, 1 / std::sqrt(static_cast<double>(planes.size())));
      // The next order is relative d/n, times what grows with time until the slowest mode moves.
      comparison.model_error =
          4 * static_cast<double>(2 * group.cutoff + 1) / static_cast<double>(group.n);
      claim.comparisons.push_back(comparison);
    }
  }
  return claim;
}

// Geometric mean over active planes and seeds of the departure step; never counts as steps + 1.
double departure(const ModeGroup& group, const std::vector<Index>& rows) {
  double sum = 0;
  double count = 0;
  for (Index k = 0; k <= group.cutoff; ++k) {
    if (!is_active(group, k)) continue;
    for (const Index row : rows) {
      sum += std::log(std::max(group.departure(row, k), 1.0));
      count += 1;
    }
  }
  return std::exp(sum / count);
}

Claim departure_claim(const std::vector<ModeGroup>& groups) {
  Claim claim{.id = "departure",
              .kind = ClaimKind::theory,
              .statement =
                  "The larger the sample, the later a mode leaves (1 - eta lambda^(n))^s by "
                  "10 %.",
              .source = training_page,
              .absolute_resolution = 0.5};
  for (const Family& family : families(groups)) {
    if (family.size() < 2) continue;
    Comparison comparison = slope_comparison(family, departure);
    comparison.label += ", slope of the departure step on n";
    comparison.relation = Relation::at_least;
    claim.comparisons.push_back(comparison);
  }
  return claim;
}

Claim leakage_claim(const std::vector<ModeGroup>& groups) {
  Claim claim{.id = "leakage",
              .kind = ClaimKind::law,
              .statement =
                  "Late departures are leakage of the sample, not rounding: iterated "
                  "residuals equal those of the eigensystem.",
              .source = training_page + "; each step rounds to 2 eps |r_0|, eigenvalues to n eps",
              .absolute_resolution = 1e-9};
  for (const ModeGroup& group : groups) {
    if (group.exact_error.size() == 0 || is_unstable(group)) continue;
    Comparison comparison;
    comparison.label = fmt::format("{}, n = {}, largest |difference|/|r_0| of {} seeds",
                                   label_of(group), group.n, group.exact_error.size());
    comparison.measured = group.exact_error.maxCoeff();
    comparison.rounding =
        (2 * static_cast<double>(group.steps) + static_cast<double>(group.n)) * eps;
    claim.comparisons.push_back(comparison);
  }
  return claim;
}

}  // namespace

std::vector<Claim> modes_claims(const std::vector<ModeGroup>& groups) {
  std::vector<Claim> claims;
  for (Claim& claim : std::vector<Claim>{leakage_claim(groups), excitation_slope_claim(groups),
                                         excitation_size_claim(groups), departure_claim(groups)}) {
    if (!claim.comparisons.empty()) claims.push_back(std::move(claim));
  }
  return claims;
}

}  // namespace wideband

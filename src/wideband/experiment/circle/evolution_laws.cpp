#include "wideband/experiment/circle/evolution_laws.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "wideband/core/constants.hpp"
#include "wideband/data/target.hpp"
#include "wideband/experiment/circle/evolution_tables.hpp"

namespace wideband {
namespace {

const std::string theory_page = "docs/theory/circle.md, The evolving kernel";
constexpr Index wide_enough = 4096;  // widths from which the limit m -> infinity is judged

std::string label_of(const EvolutionGroup& group) {
  return fmt::format("{}, m = {}, eta = {}", group.target, group.m, group.eta);
}

double largest(const Matrix& values) {
  const Vector known = present(Eigen::Map<const Vector>(values.data(), values.size()));
  return known.size() == 0 ? -1 : known.maxCoeff();
}

// Rounding of a loss is about eps |f|/|r| of it, and the bound is no smaller than eta R^2: 1e-3
// covers losses down to 1e-6 of the start.
Claim step_claim(const EvolutionResults& results) {
  Claim claim{"step-law", ClaimKind::law,
              "While eta lambda_max(A_s) <= .68, the decay of the loss in one step differs from "
              "exp(-2 eta R_s) by no more than the bound from |A_s r|^2 and the curvature.",
              theory_page};
  for (const EvolutionGroup& group : results.groups) {
    const Matrix ratio = group.of("step_defect").cwiseQuotient(group.of("step_bound"));
    if (largest(ratio) < 0) continue;
    Comparison comparison;
    comparison.label = label_of(group) + ", largest defect over bound";
    comparison.measured = largest(ratio);
    comparison.predicted = 1;
    comparison.relation = Relation::at_most;
    comparison.rounding = 1e-3;
    claim.comparisons.push_back(comparison);
  }
  return claim;
}

Claim coupling_claim(const EvolutionResults& results) {
  Claim claim{"coupling-sum", ClaimKind::law,
              "R = |grad loss|^2/(n |r|^2) is the sum of all couplings W_kl between planes.",
              theory_page};
  claim.absolute_resolution = 1e-6;
  for (const EvolutionGroup& group : results.groups) {
    const double cancellation = largest(group.of("D_diagonal").cwiseQuotient(group.of("R")));
    Comparison comparison;
    comparison.label = label_of(group) + ", largest |sum W - R|/R";
    comparison.measured = group.of("coupling_mismatch").maxCoeff();
    comparison.rounding = 8 * static_cast<double>(group.n) * eps * std::max(1.0, cancellation);
    claim.comparisons.push_back(comparison);
  }
  return claim;
}

Claim start_claim(const EvolutionResults& results) {
  Claim claim{"common-start", ClaimKind::law,
              "All branches start at one loss and one rate, and after one step evolving and frozen "
              "differ by the curvature alone.",
              theory_page};
  claim.absolute_resolution = 1e-6;
  for (const EvolutionGroup& group : results.groups) {
    const auto gap = [&](const char* left, const char* right) {
      const Vector a = group.over_seeds(left, 0);
      return ((a - group.over_seeds(right, 0)).array() / a.array()).abs().maxCoeff();
    };
    Comparison start;
    start.label = label_of(group) + ", largest relative gap at t = 0";
    start.measured =
        std::max({gap("loss_evolving", "loss_frozen_matched"),
                  gap("loss_evolving", "loss_frozen_published"), gap("R", "R_frozen")});
    start.rounding = 8 * static_cast<double>(group.n) * eps;
    claim.comparisons.push_back(start);
    // |c|/|r - eta A r| is the distance after one step, and at most eta/2 of the step's bound.
    const Vector bound = group.eta / 2 * group.over_seeds("step_bound", 0);
    if (present(bound).size() < bound.size()) continue;
    Comparison step;
    step.label = label_of(group) + ", distance after one step over its bound";
    step.measured = group.over_seeds("distance", 1).cwiseQuotient(bound).maxCoeff();
    step.predicted = 1;
    step.relation = Relation::at_most;
    step.rounding = 1e-9;
    claim.comparisons.push_back(step);
  }
  return claim;
}

Claim monotone_claim(const EvolutionResults& results) {
  Claim claim{"frozen-monotone", ClaimKind::law,
              "The loss of a frozen kernel never rises while eta lambda_max(A_0) < 2.",
              theory_page};
  claim.absolute_resolution = 1e-9;
  for (const EvolutionGroup& group : results.groups) {
    const double matched = group.eta * group.over_seeds("lambda_max", 0).maxCoeff();
    const std::pair<const char*, double> branches[] = {
        {"loss_frozen_matched", matched}, {"loss_frozen_published", group.published_eta_scale}};
    for (const auto& [branch, stability] : branches) {
      if (!(stability < 2)) continue;
      const Matrix log_loss = group.of(branch).array().log();
      const Index later = log_loss.cols() - 1;
      Comparison comparison;
      comparison.label = label_of(group) + ", " + branch + ", largest rise of ln loss";
      comparison.measured = (log_loss.rightCols(later) - log_loss.leftCols(later)).maxCoeff();
      comparison.relation = Relation::at_most;
      comparison.rounding = static_cast<double>(group.n) * eps;
      claim.comparisons.push_back(comparison);
    }
  }
  return claim;
}

Claim start_loss_claim(const EvolutionResults& results) {
  Claim claim{"start-loss", ClaimKind::theory,
              "The mean loss per sample at the random start is (energy + 1/2)/2, and energy/2 "
              "exactly if f_0 is subtracted.",
              theory_page};
  for (const EvolutionGroup& group : results.groups) {
    if (group.seeds() < 2) continue;
    const Vector loss = group.over_seeds("loss_evolving", 0) / static_cast<double>(group.n);
    Comparison comparison;
    comparison.label = label_of(group);
    comparison.measured = loss.mean();
    const double power = energy(target(group.target, phase_convention(group.phase_convention)));
    comparison.predicted = (power + (group.centered ? 0 : 0.5)) / 2;
    if (group.centered) {
      // A sum of n squares; each residual f_0 - (f* + f_0) errs by eps (|f*| + 2 |f_0|), and the
      // mean square of f_0, 1/2 on average, stays below 50.
      comparison.rounding = eps * (static_cast<double>(group.n) * power +
                                   std::sqrt(2 * power) * (std::sqrt(2 * power) + 15));
    } else {
      comparison.standard_error = summary(loss).standard_error;
      comparison.repetitions = loss.size();
    }
    claim.comparisons.push_back(comparison);
  }
  return claim;
}

Claim width_claim(const EvolutionResults& results) {
  Claim claim{"wide-limit", ClaimKind::theory,
              "At fixed t the relative distance between evolving and frozen falls at least like "
              "m^(-1/2).",
              theory_page};
  claim.absolute_resolution = 0.1;
  for (const EvolutionFamily& family : families(results)) {
    if (family.widths.size() < 2) continue;
    const EvolutionGroup& narrow = *family.widths[family.widths.size() - 2];
    const EvolutionGroup& wide = *family.widths.back();
    if (narrow.m < wide_enough || wide.seeds() < 2) continue;
    for (const Index p : judged_snapshots(wide)) {
      const Exponent exponent = distance_exponent(narrow, wide, wide.time(p));
      Comparison comparison;
      comparison.label =
          fmt::format("{}, m = {} to {}, t = {:.4g}, Delta = {:.3g}", family.target, narrow.m,
                      wide.m, wide.time(p), log_loss_ratio(wide, p).mean());
      comparison.measured = exponent.value;
      comparison.predicted = -0.5;
      comparison.relation = Relation::at_most;
      comparison.standard_error = exponent.standard_error;
      comparison.repetitions = wide.seeds();
      claim.comparisons.push_back(comparison);
    }
  }
  return claim;
}

// Groups that differ in eta only, ascending.
std::vector<std::vector<const EvolutionGroup*>> eta_sweeps(const EvolutionResults& results) {
  std::vector<std::vector<const EvolutionGroup*>> sweeps;
  for (const EvolutionGroup& group : results.groups) {
    auto found = std::find_if(sweeps.begin(), sweeps.end(), [&](const auto& sweep) {
      const EvolutionGroup& first = *sweep.front();
      return first.target == group.target && first.n == group.n && first.m == group.m;
    });
    if (found == sweeps.end())
      sweeps.push_back({&group});
    else
      found->push_back(&group);
  }
  for (auto& sweep : sweeps) {
    std::sort(sweep.begin(), sweep.end(),
              [](const auto* a, const auto* b) { return a->eta < b->eta; });
  }
  return sweeps;
}

// A mode takes (1 - eta lambda)^(t/eta) = exp(-lambda t (1 + eta lambda/2 + ...)): the loss, which
// is left to modes of lambda t <~ 1, moves by no more than about eta lambda_max of itself.
Claim collapse_claim(const EvolutionResults& results) {
  Claim claim{
      "eta-collapse", ClaimKind::theory,
      "Evolving losses of different eta collapse on the time axis: ln loss differs from that "
      "of the smallest eta by at most the difference in eta times lambda_max(A_0).",
      theory_page};
  for (const auto& sweep : eta_sweeps(results)) {
    const EvolutionGroup& smallest = *sweep.front();
    for (const EvolutionGroup* group : sweep) {
      if (group->eta == smallest.eta || group->seeds() < 2) continue;
      for (const Index p : judged_snapshots(*group)) {
        const Vector reference = evolving_loss_at(smallest, group->time(p));
        const Vector gap =
            (group->over_seeds("loss_evolving", p).array() / reference.array()).log().abs();
        Comparison comparison;
        comparison.label = fmt::format("{}, m = {}, t = {:.4g}: eta = {} against {}", group->target,
                                       group->m, group->time(p), group->eta, smallest.eta);
        comparison.measured = gap.mean();
        comparison.predicted =
            (group->eta - smallest.eta) * group->over_seeds("lambda_max", 0).mean();
        comparison.relation = Relation::at_most;
        comparison.standard_error = summary(gap).standard_error;
        comparison.repetitions = gap.size();
        claim.comparisons.push_back(comparison);
      }
    }
  }
  return claim;
}

}  // namespace

std::vector<Claim> evolution_laws(const EvolutionResults& results) {
  std::vector<Claim> claims;
  for (Claim& claim :
       std::vector<Claim>{step_claim(results), coupling_claim(results), start_claim(results),
                          monotone_claim(results), start_loss_claim(results), width_claim(results),
                          collapse_claim(results)}) {
    if (!claim.comparisons.empty()) claims.push_back(std::move(claim));
  }
  return claims;
}

}  // namespace wideband

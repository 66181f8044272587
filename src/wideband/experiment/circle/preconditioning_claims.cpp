#include "wideband/experiment/circle/preconditioning_claims.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "wideband/circle/basis.hpp"
#include "wideband/circle/sample_matrices.hpp"
#include "wideband/circle/sample_moments.hpp"
#include "wideband/core/constants.hpp"
#include "wideband/experiment/circle/repeated_comparisons.hpp"
#include "wideband/math/statistics.hpp"

namespace wideband {
namespace {

const std::string page = "docs/theory/circle.md, Block preconditioning";

using Groups = std::vector<PreconditioningGroup>;

std::string label_of(const PreconditioningGroup& group) {
  return fmt::format("{}, K = {}, n = {}", group.target.name, group.cutoff, group.n);
}

std::string label_of(const PreconditioningGroup& group, Preconditioning flow) {
  return fmt::format("{}, {}", to_string(flow), label_of(group));
}

double columns(const PreconditioningGroup& group) {
  return static_cast<double>(basis_size(group.cutoff));
}

double last_step(const PreconditioningGroup& group) {
  return static_cast<double>(group.snapshots.back());
}

// The steps for which (1 - eta)^s is followed, times eta/|1 - eta|: how a change of the rate 1 adds
// up in relative terms.
double relative_path(const PreconditioningGroup& group) {
  const double factor = std::abs(1 - group.eta);
  if (factor < geometric_floor) return 0;
  const double followed = std::log(geometric_floor) / std::log(factor);
  return std::min(last_step(group), followed) * group.eta / factor;
}

Claim geometric_claim(const Groups& groups) {
  Claim claim{.id = "geometric",
              .kind = ClaimKind::law,
              .statement =
                  "Under the empirical flow the coordinates of a target in the block decay "
                  "as (1 - eta)^s, every mode alike, down to 1e-60.",
              .source = page,
              .absolute_resolution = 1e-6};
  for (const PreconditioningGroup& group : groups) {
    if (!group.contains_target() || !group.flow(Preconditioning::empirical).stable()) continue;
    Comparison comparison;
    comparison.label = label_of(group) + ", largest relative error of |alpha_s|";
    comparison.measured = group.geometric_error.maxCoeff();
    // M C differs from I by the condition of C times eps, and every step repeats it.
    const double condition = group.condition.maxCoeff();
    const double path = relative_path(group);
    comparison.rounding = path * condition * std::sqrt(columns(group)) * eps + 1e-13;
    const double least = basis_eigenvalues(group.kernel, group.cutoff).minCoeff();
    comparison.model_error = std::expm1(path * (group.reg + group.shift) / least);
    claim.comparisons.push_back(comparison);
  }
  return claim;
}

Claim coordinate_claim(const Groups& groups) {
  Claim claim{.id = "coordinates",
              .kind = ClaimKind::law,
              .statement =
                  "The d coordinates alpha_s = (I - eta M C)^s alpha_0 (with the drive of "
                  "r_perp) give the n residuals, down to the floor of float64.",
              .source = page + ", (R)",
              .absolute_resolution = 1e-9};
  for (const PreconditioningGroup& group : groups) {
    for (const Preconditioning flow :
         {Preconditioning::theory, Preconditioning::empirical, Preconditioning::corrected}) {
      const PrecisionCurves& curves = group.precise[static_cast<std::size_t>(flow)];
      if (curves.block.size() == 0) continue;
      if (!(curves.rounding <= claim.absolute_resolution)) {
        claim.finding +=
            fmt::format("{}{}: not judged, rounding may add {:.1g}.",
                        claim.finding.empty() ? "" : " ", label_of(group, flow), curves.rounding);
        continue;
      }
      Comparison comparison;
      comparison.label = label_of(group, flow) + ", seed 0, largest difference/|r_0|";
      comparison.measured = curves.distance;
      comparison.rounding = curves.rounding;
      claim.comparisons.push_back(comparison);
    }
  }
  return claim;
}

Claim perpendicular_claim(const Groups& groups) {
  Claim claim{.id = "perpendicular",
              .kind = ClaimKind::law,
              .statement =
                  "What the target has outside the block never moves under a preconditioned "
                  "flow.",
              .source = page,
              .absolute_resolution = 1e-9};
  for (const PreconditioningGroup& group : groups) {
    if (group.contains_target()) continue;
    for (const Preconditioning flow :
         {Preconditioning::theory, Preconditioning::empirical, Preconditioning::corrected}) {
      const PrecisionCurves& curves = group.precise[static_cast<std::size_t>(flow)];
      if (curves.block.size() == 0) continue;
      Comparison comparison;
      comparison.label = label_of(group, flow) + ", seed 0, |change of r_perp|/|r_0|";
      comparison.measured = curves.perpendicular;
      // A rounding of r per step; taking r_perp from r loses the condition of G.
      const double condition = group.gram_edges(0, 1) / group.gram_edges(0, 0);
      comparison.rounding = 10 * eps * (last_step(group) + condition);
      claim.comparisons.push_back(comparison);
    }
  }
  return claim;
}

// Loss at the last step over that of the limit, the worst seed; where the flow had time to arrive.
Claim limit_claim(const Groups& groups) {
  Claim claim{.id = "limit",
              .kind = ClaimKind::law,
              .statement =
                  "A stable block tends to alpha = -C^(-1) G^(-1) Phi'A r_perp/n whatever M "
                  "and eta are, and loss/n to |r_perp + Phi alpha|^2/2n.",
              .source = page};
  for (const PreconditioningGroup& group : groups) {
    if (group.contains_target()) continue;
    for (const Preconditioning kind :
         {Preconditioning::theory, Preconditioning::empirical, Preconditioning::corrected}) {
      const FlowGroup& flow = group.flow(kind);
      const double slowest = flow.rates.col(0).minCoeff();
      const double left = std::exp(-group.eta * slowest * last_step(group));
      if (!(slowest > 0 && left < 1e-6) || !flow.stable()) continue;
      // As many columns as samples leave nothing outside the block: both losses are rounding.
      if (!(flow.floor.minCoeff() > 1e-16 * flow.loss_train.col(0).maxCoeff())) continue;
      const Vector ratio = flow.loss_train.rightCols(1).array() / flow.floor.array();
      Index worst = 0;
      (ratio.array() - 1).abs().maxCoeff(&worst);
      Comparison comparison;
      comparison.label = label_of(group, kind) + ", last loss over its limit, worst seed";
      comparison.measured = ratio[worst];
      comparison.predicted = 1;
      comparison.rounding = 1e-10 + 100 * group.condition.maxCoeff() * eps;
      // Squares of what is left: the start may exceed the limit by the condition of the block.
      const double start = flow.loss_train.col(0).maxCoeff() / flow.floor.minCoeff();
      comparison.model_error = 10 * left * start;
      claim.comparisons.push_back(comparison);
    }
  }
  return claim;
}

Claim floor_claim(const Groups& groups) {
  Claim claim{
      .id = "floor",
      .kind = ClaimKind::theory,
      .statement = "The floor of loss/n has mean (1/4) sum of a_k^2 beyond K times (1 - d/n).",
      .source = page,
      .resolution = 0.15};
  for (const PreconditioningGroup& group : groups) {
    if (group.contains_target() || group.seeds() < 2 || !(predicted_floor(group) > 0)) continue;
    Comparison comparison =
        mean_comparison(label_of(group) + ", mean floor over its prediction",
                        group.flow(Preconditioning::theory).floor / predicted_floor(group), 1);
    // The limit adds |Phi alpha|^2: each coordinate is driven by at most lambda_k/lambda_p <= 1 of
    // the leak of variance 1/n, d of them.
    comparison.model_error = columns(group) / static_cast<double>(group.n);
    claim.comparisons.push_back(comparison);
  }
  return claim;
}

Claim deviation_claim(const Groups& groups) {
  Claim claim{.id = "deviation",
              .kind = ClaimKind::law,
              .statement =
                  "The block eigenvalues of the theory flow differ from 1 by at most "
                  "|M_th (C - Lambda^(n))|_op.",
              .source = page + "; M_th C = I + M_th (C - Lambda^(n)) at shift 0",
              .absolute_resolution = 1e-9};
  for (const PreconditioningGroup& group : groups) {
    if (group.shift != 0) continue;
    const Vector excess = group.flow(Preconditioning::theory).rate_deviation - group.theory_bound;
    Comparison comparison;
    comparison.label = label_of(group) + ", largest |rate - 1| less its bound";
    comparison.measured = excess.maxCoeff();
    comparison.relation = Relation::at_most;
    comparison.rounding = 100 * columns(group) * group.condition.maxCoeff() * eps;
    claim.comparisons.push_back(comparison);
  }
  return claim;
}

// Ratio of the slowest rate to what the least eigenvalue of G says of it.
Claim edge_claim(const Groups& groups) {
  Claim claim{.id = "edges",
              .kind = ClaimKind::theory,
              .statement =
                  "The corrected block has the spectrum of G to leading order; the theory "
                  "block falls short of it by (lambda_K + tail_K/n)/lambda_K^(n), so "
                  "flattening needs n >> Theta(0)/lambda_K.",
              .source = page,
              .resolution = 0.1};
  for (const PreconditioningGroup& group : groups) {
    const double n = static_cast<double>(group.n);
    // C - Lambda_K G is of second order: d Theta(0)/(n lambda_K) relative to lambda_K.
    const Vector lambda = basis_eigenvalues(group.kernel, group.cutoff);
    const double least = lambda.minCoeff();
    const double second = std::sqrt(columns(group)) * kernel_value(group.kernel, 0) / (n * least);
    if (group.seeds() < 2 || !(second < 0.3)) continue;
    const auto add = [&](Preconditioning flow, double factor) {
      const Vector ratio =
          group.flow(flow).rates.col(0).array() / (factor * group.gram_edges.col(0).array());
      Comparison comparison =
          mean_comparison(label_of(group, flow) + ", slowest rate over its prediction", ratio, 1);
      comparison.model_error = second;
      claim.comparisons.push_back(comparison);
    };
    const double mean = coordinate_means(group.kernel, group.cutoff, group.n).minCoeff();
    const double sampled = sampled_eigenvalues(group.kernel, group.cutoff, group.n).minCoeff();
    add(Preconditioning::corrected, 1);
    add(Preconditioning::theory, mean / sampled);
  }
  return claim;
}

Claim agreement_claim(const Groups& groups) {
  Claim claim{.id = "agreement",
              .kind = ClaimKind::open,
              .statement =
                  "At the largest sample the theory flow is as good as the empirical one: "
                  "its rates agree with 1 within 10 %.",
              .source = "measured; the empirical rates are 1"};
  const PreconditioningGroup* largest = nullptr;
  Index first = 0;
  for (const PreconditioningGroup& group : groups) {
    if (group.target.name != groups[0].target.name || group.cutoff != groups[0].cutoff) continue;
    if (!largest || group.n > largest->n) largest = &group;
    const double deviation = group.flow(Preconditioning::theory).rate_deviation.mean();
    if (deviation <= 0.1 && (first == 0 || group.n < first)) first = group.n;
  }
  if (!largest || largest->seeds() < 2) return claim;
  Comparison comparison =
      mean_comparison(label_of(*largest) + ", mean of the largest |rate - 1|",
                      largest->flow(Preconditioning::theory).rate_deviation, 0.1);
  comparison.relation = Relation::at_most;
  claim.comparisons.push_back(comparison);
  claim.finding = first == 0 ? "At no size of this run do they agree within 10 %."
                             : fmt::format("They agree within 10 % from n = {} on.", first);
  return claim;
}

}  // namespace

std::vector<Claim> preconditioning_claims(const std::vector<PreconditioningGroup>& groups) {
  std::vector<Claim> claims;
  for (Claim& claim :
       std::vector<Claim>{geometric_claim(groups), coordinate_claim(groups),
                          perpendicular_claim(groups), limit_claim(groups), floor_claim(groups),
                          deviation_claim(groups), edge_claim(groups), agreement_claim(groups)}) {
    if (!claim.comparisons.empty()) claims.push_back(std::move(claim));
  }
  return claims;
}

}  // namespace wideband

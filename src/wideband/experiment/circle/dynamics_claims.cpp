#include "wideband/experiment/circle/dynamics_claims.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "wideband/circle/spectrum.hpp"
#include "wideband/core/constants.hpp"

namespace wideband {
namespace {

const std::string theory_page = "docs/theory/circle.md";

double square(double x) {
  return x * x;
}

// An identity between a largest error and zero.
Comparison largest_error(std::string label, double measured, double rounding) {
  Comparison comparison;
  comparison.label = std::move(label);
  comparison.measured = measured;
  comparison.rounding = rounding;
  return comparison;
}

// Of two comparisons of one prediction the one that is further off; NaN is furthest.
void keep_worse(Comparison& worst, const Comparison& candidate) {
  const auto share = [](const Comparison& c) {
    return std::abs(c.measured - c.predicted) / std::max(c.rounding, c.model_error);
  };
  if (worst.label.empty() || !(share(candidate) <= share(worst))) worst = candidate;
}

void add_if_any(Claim& claim, Comparison comparison) {
  if (!comparison.label.empty()) claim.comparisons.push_back(std::move(comparison));
}

// 1e-12 for up to 1000 steps; rounding of the products adds up linearly.
double sample_rounding(const DynamicsFlow& flow) {
  return 1e-12 * std::max(1.0, static_cast<double>(flow.steps.back()) / 1000);
}

Claim sample_claim(const std::vector<DynamicsFlow>& flows) {
  Claim claim{"decay-sample", ClaimKind::law,
              "Iterated in sample space every plane follows (1 - eta lambda)^s with the grid's "
              "eigenvalue, within 1e-12 of |r_0|.",
              theory_page + ", Gradient steps on a grid"};
  claim.absolute_resolution = 1e-9;
  for (const DynamicsFlow& flow : flows) {
    if (!is_exact(flow)) continue;
    claim.comparisons.push_back(largest_error(flow_label(flow) + ", largest error",
                                              flow.result.sample_error.maxCoeff(),
                                              sample_rounding(flow)));
  }
  return claim;
}

Claim fourier_claim(const std::vector<DynamicsFlow>& flows) {
  Claim claim{"decay-fourier", ClaimKind::law,
              "Iterated in Fourier space every plane follows (1 - eta lambda)^s within 1e-10 "
              "relative, however small it is.",
              theory_page + ", Gradient steps on a grid"};
  claim.absolute_resolution = 1e-6;
  for (const DynamicsFlow& flow : flows) {
    if (!is_exact(flow)) continue;
    const double eta = flow.result.eta(0);
    const auto steps = static_cast<double>(flow.steps.back());
    Comparison worst;
    for (Index k = 0; k <= flow.cutoff; ++k) {
      const double distance = std::abs(1 - eta * grid_eigenvalue(flow.kernel, flow.n, k));
      double error = 0;
      for (Index i = 0; i < flow.result.factor.rows(); ++i) {
        const double predicted = flow.result.predicted(i, k);
        if (!(std::abs(predicted) > 1e-250 && std::abs(predicted) < 1e250)) continue;
        const double relative = std::abs(flow.result.factor(i, k) / predicted - 1);
        if (!(relative <= error)) error = relative;
      }
      // Each step rounds by 4 eps and carries the FFT's eta 1e-15, over the factor 1 - eta lambda.
      const double bound = std::max(1e-10, steps * (4 * eps + eta * 1e-15) / distance);
      keep_worse(worst,
                 largest_error(fmt::format("{}, k = {}", flow_label(flow), k), error, bound));
    }
    add_if_any(claim, worst);
  }
  return claim;
}

// Two flows that differ in nothing but the target.
bool are_twins(const DynamicsFlow& a, const DynamicsFlow& b) {
  return a.kernel == b.kernel && a.n == b.n && a.eta_scale == b.eta_scale && a.start == b.start &&
         a.steps == b.steps && a.cutoff == b.cutoff && a.target != b.target;
}

Claim amplitude_claim(const std::vector<DynamicsFlow>& flows) {
  Claim claim{"amplitude-free", ClaimKind::law,
              "The normalized decay of a plane does not depend on the target's amplitudes.",
              theory_page + ", Gradient steps on a grid"};
  claim.absolute_resolution = 1e-6;
  for (std::size_t i = 0; i < flows.size(); ++i) {
    const DynamicsFlow& flow = flows[i];
    const auto twin = std::find_if(
        flows.begin() + static_cast<std::ptrdiff_t>(i) + 1, flows.end(),
        [&](const DynamicsFlow& other) { return is_exact(other) && are_twins(flow, other); });
    if (!is_exact(flow) || flow.start != "zero" || flow.eta_scale >= 2 || twin == flows.end())
      continue;
    Comparison worst;
    for (Index k = 0; k <= flow.cutoff; ++k) {
      if (!is_active(flow, k) || !is_active(*twin, k)) continue;
      double difference = 0;
      for (Index s = 0; s < static_cast<Index>(flow.steps.size()); ++s) {
        const double distance =
            std::abs(coefficients(flow, s, k)(0) - coefficients(*twin, s, k)(0));
        if (!(distance <= difference)) difference = distance;
      }
      const auto share = [&](const DynamicsFlow& f) {
        return f.result.initial_norm(0) / f.result.initial(0, k);
      };
      keep_worse(worst,
                 largest_error(fmt::format("{} and {}, k = {}", flow_label(flow), twin->target, k),
                               difference, sample_rounding(flow) * (share(flow) + share(*twin))));
    }
    add_if_any(claim, worst);
  }
  return claim;
}

Claim loss_claim(const std::vector<DynamicsFlow>& flows) {
  Claim claim{"loss-is-sum", ClaimKind::law,
              "The loss is the sum of the planes' squared coefficients, each at its own rate; it "
              "does depend on the amplitudes.",
              theory_page + ", Gradient steps on a grid"};
  claim.absolute_resolution = 1e-6;
  for (const DynamicsFlow& flow : flows) {
    if (!is_exact(flow) || flow.eta_scale >= 2) continue;
    const Matrix& predicted = flow.result.predicted_loss;
    const double start = flow.result.loss.col(0).maxCoeff();
    const double error = (flow.result.loss - predicted).cwiseAbs().maxCoeff() / start;
    // Twice the error of r, which is sample_rounding in each of at most n/2 + 1 planes.
    const double bound = 2 * sample_rounding(flow) * std::sqrt(static_cast<double>(flow.n));
    claim.comparisons.push_back(
        largest_error(flow_label(flow) + ", largest error over loss_0", error, bound));
  }
  return claim;
}

// The eigenvalue that the iterated factor at the last usable snapshot stands for.
double measured_eigenvalue(const DynamicsFlow& flow, Index k) {
  for (Index i = flow.result.factor.rows() - 1; i >= 1; --i) {
    const double factor = flow.result.factor(i, k);
    if (!(factor > 1e-200)) continue;
    const auto steps = static_cast<double>(flow.steps[static_cast<std::size_t>(i)]);
    return -std::expm1(std::log(factor) / steps) / flow.result.eta(0);
  }
  return std::numeric_limits<double>::quiet_NaN();
}

Claim excess_claim(const std::vector<DynamicsFlow>& flows) {
  Claim claim{"grid-size", ClaimKind::theory,
              "Decay rates on two grids differ by the difference of 1/(3n^2).",
              theory_page + ", Equispaced grid"};
  for (std::size_t i = 0; i < flows.size(); ++i) {
    const DynamicsFlow& small = flows[i];
    const auto larger =
        std::find_if(flows.begin() + static_cast<std::ptrdiff_t>(i) + 1, flows.end(),
                     [&](const DynamicsFlow& other) {
                       return is_exact(other) && other.kernel == small.kernel &&
                              other.target == small.target && other.start == small.start &&
                              other.eta_scale == small.eta_scale && other.n > small.n;
                     });
    if (!is_exact(small) || small.eta_scale >= 1 || small.steps.back() < 1 || larger == flows.end())
      continue;
    const auto n = static_cast<double>(small.n);
    const double difference = 1 / square(n) - 1 / square(static_cast<double>(larger->n));
    Comparison worst;
    for (Index k = 0; k <= std::min({small.cutoff, larger->cutoff, small.n / 32}); ++k) {
      if (!has_leading_excess(small.kernel, small.n, k) ||
          !has_leading_excess(larger->kernel, larger->n, k))
        continue;
      Comparison comparison;
      comparison.label =
          fmt::format("{}, n = {} and {}, k = {}", to_string(small.kernel), small.n, larger->n, k);
      comparison.measured =
          3 * (measured_eigenvalue(small, k) - measured_eigenvalue(*larger, k)) / difference;
      comparison.predicted = 1;
      comparison.rounding = 6 / difference * (2 * eps / small.result.eta(0) + 2e-15);
      comparison.model_error = 2 * square(pi * static_cast<double>(k + 1) / n);
      if (comparison.rounding <= claim.resolution) keep_worse(worst, comparison);
    }
    add_if_any(claim, worst);
  }
  return claim;
}

// What rounding of f can add to a plane, over |r_0|: the accuracy of ArcNetwork for weights of the
// size of the start, with a factor 3 for training; 1e-12 for kernel flows.
double drift_rounding(const DynamicsFlow& flow) {
  if (flow.width == 0) return sample_rounding(flow);
  const auto n = static_cast<double>(flow.n);
  const auto m = static_cast<double>(flow.width);
  return 3 * (n + m + 8) * eps * 1.3 * std::sqrt(m) * std::sqrt(n) /
         flow.result.initial_norm.minCoeff();
}

Claim odd_claim(const std::vector<DynamicsFlow>& flows) {
  Claim claim{"nobias-odd-constant", ClaimKind::law,
              "Without bias odd k >= 3 never move, neither under the kernel nor in a trained "
              "network of any width.",
              theory_page + ", Spectrum"};
  claim.absolute_resolution = 1e-6;
  for (const DynamicsFlow& flow : flows) {
    if (flow.kernel != AngleKernel::nobias || flow.sampling != "grid" || flow.n % 2 != 0) continue;
    if (flow.cutoff < 3 || (flow.width == 0 && flow.eta_scale >= 2)) continue;
    claim.comparisons.push_back(largest_error(flow_label(flow) + ", largest move over |r_0|",
                                              flow.result.odd_drift.maxCoeff(),
                                              drift_rounding(flow)));
  }
  return claim;
}

Claim order_claim(const std::vector<DynamicsFlow>& flows) {
  Claim claim{"low-first", ClaimKind::law, "With bias the steps to 1e-2 increase with k up to n/4.",
              theory_page + ", Spectrum"};
  claim.absolute_resolution = 1;
  for (const DynamicsFlow& flow : flows) {
    if (!is_exact(flow) || flow.kernel != AngleKernel::bias || flow.eta_scale > 1) continue;
    const Index top = std::min(flow.cutoff, flow.n / 4);
    Index violations = 0;
    for (Index k = 1; k <= top; ++k) {
      const double now = flow.result.reached(k);
      if (now >= 0 && !(now > flow.result.reached(k - 1))) ++violations;
    }
    claim.comparisons.push_back(
        largest_error(fmt::format("{}, violations for k <= {}", flow_label(flow), top),
                      static_cast<double>(violations), 0.5));
  }
  return claim;
}

Claim steps_claim(const std::vector<DynamicsFlow>& flows) {
  Claim claim{"steps", ClaimKind::law, "The steps to 1e-2 are ceil(ln(1e-2)/ln|1 - eta lambda|).",
              "docs/notation.md"};
  claim.absolute_resolution = 1;
  for (const DynamicsFlow& flow : flows) {
    if (!is_exact(flow)) continue;
    Comparison worst;
    for (Index k = 0; k <= flow.cutoff; ++k) {
      Comparison comparison;
      comparison.label = fmt::format("{}, k = {}", flow_label(flow), k);
      comparison.measured = flow.result.reached(k);
      comparison.predicted = predicted_steps(flow, k);
      comparison.rounding = 0.5;  // a count
      keep_worse(worst, comparison);
    }
    add_if_any(claim, worst);
  }
  return claim;
}

Claim stability_claim(const std::vector<DynamicsFlow>& flows) {
  Claim claim{"stability", ClaimKind::law,
              "A step is stable if and only if eta < 2/lambda_max: the plane of the largest "
              "eigenvalue shrinks below and grows above.",
              theory_page + ", Gradient steps on a grid"};
  for (const DynamicsFlow& flow : flows) {
    if (!is_exact(flow) || !is_active(flow, 0) || flow.eta_scale == 2 || flow.steps.back() < 1)
      continue;
    Comparison comparison;
    comparison.label =
        fmt::format("{}, |U_0'r| over its start at step {}", flow_label(flow), flow.steps.back());
    const auto last = static_cast<Index>(flow.steps.size()) - 1;
    comparison.measured = std::min(coefficients(flow, last, 0).mean(), 1e300);
    comparison.predicted = 1;
    comparison.relation = flow.eta_scale < 2 ? Relation::at_most : Relation::at_least;
    comparison.rounding = 1e-12;
    claim.comparisons.push_back(comparison);
  }
  return claim;
}

}  // namespace

std::vector<Claim> dynamics_claims(const std::vector<DynamicsFlow>& flows) {
  std::vector<Claim> claims;
  for (Claim& claim :
       std::vector<Claim>{sample_claim(flows), fourier_claim(flows), amplitude_claim(flows),
                          loss_claim(flows), excess_claim(flows), odd_claim(flows),
                          order_claim(flows), steps_claim(flows), stability_claim(flows)}) {
    if (!claim.comparisons.empty()) claims.push_back(std::move(claim));
  }
  return claims;
}

}  // namespace wideband

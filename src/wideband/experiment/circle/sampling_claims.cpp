#include "wideband/experiment/circle/sampling_claims.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "wideband/circle/basis.hpp"
#include "wideband/circle/sample_matrices.hpp"
#include "wideband/circle/sample_moments.hpp"
#include "wideband/circle/square_spreads.hpp"
#include "wideband/core/constants.hpp"
#include "wideband/experiment/circle/repeated_comparisons.hpp"
#include "wideband/experiment/circle/sampling_tables.hpp"
#include "wideband/math/statistics.hpp"

namespace wideband {
namespace {

const std::string samples_page = "docs/theory/circle.md, Finite samples";

std::string label_of(const SampleGroup& group) {
  return fmt::format("{}, K = {}, n = {}", to_string(group.kernel), group.cutoff, group.n);
}

// Groups that statistics can be drawn from.
std::vector<const SampleGroup*> repeated(const std::vector<SampleGroup>& groups) {
  std::vector<const SampleGroup*> list;
  for (const SampleGroup& group : groups) {
    if (group.judged && !group.from_file && group.seeds() > 1) list.push_back(&group);
  }
  return list;
}

// Sizes of one kernel and cutoff, seed by seed from one stream: a curve over n.
using Family = std::vector<const SampleGroup*>;

std::vector<Family> families(const std::vector<SampleGroup>& groups) {
  std::vector<Family> list;
  for (const SampleGroup* group : repeated(groups)) {
    const auto same = [&](const Family& family) {
      return family[0]->kernel == group->kernel && family[0]->cutoff == group->cutoff &&
             family[0]->seeds() == group->seeds();
    };
    const auto found = std::find_if(list.begin(), list.end(), same);
    if (found == list.end()) {
      list.push_back({group});
    } else {
      found->push_back(group);
    }
  }
  return list;
}

Claim trace_claim(const std::vector<SampleGroup>& groups) {
  Claim claim{.id = "trace",
              .kind = ClaimKind::law,
              .statement =
                  "The squares of the basis functions sum to d at every angle, so tr G = d "
                  "for every sample.",
              .source = samples_page};
  for (const SampleGroup& group : groups) {
    const Index d = basis_size(group.cutoff);
    Vector trace = Vector::Zero(group.seeds());
    for (Index p = 0; p < d; ++p) trace += group.gram.col(triangle_index(d, p, p));
    Index worst = 0;
    (trace.array() - static_cast<double>(d)).abs().maxCoeff(&worst);
    Comparison comparison;
    comparison.label = fmt::format("{}, worst of {} samples", label_of(group), group.seeds());
    comparison.measured = trace[worst];
    comparison.predicted = static_cast<double>(d);
    // Entries of Phi are accurate to 20 eps; sums over n lose less than n eps, and far less
    // blocked.
    comparison.rounding =
        static_cast<double>(d) * (80 + std::sqrt(static_cast<double>(group.n))) * eps;
    claim.comparisons.push_back(comparison);
  }
  return claim;
}

// Mean of every entry of G or H beside its expectation; the worst entry of each size is shown.
Claim mean_claim(const std::vector<SampleGroup>& groups, bool gram) {
  Claim claim{.id = gram ? "mean-gram" : "mean-compressed",
              .kind = ClaimKind::law,
              .statement = gram ? "The Gram matrix of a sample has mean I."
                                : "The compressed operator has mean Lambda^(n).",
              .source = samples_page,
              .absolute_resolution = 0.15};
  const auto list = repeated(groups);
  for (const SampleGroup* group : list) {
    const Index d = basis_size(group->cutoff);
    const Vector lambda = sampled_eigenvalues(group->kernel, group->cutoff, group->n);
    const Matrix& entries = gram ? group->gram : group->compressed;
    const Matrix variance =
        gram ? Matrix(basis_product_variance(group->cutoff) / static_cast<double>(group->n))
             : compressed_entry_variance(group->kernel, group->cutoff, group->n);
    std::vector<Comparison> all;
    for (Index p = 0; p < d; ++p) {
      for (Index q = p; q < d; ++q) {
        if (gram && q == 0) continue;  // the constant column has no fluctuation
        const double mean = p != q ? 0 : gram ? 1 : lambda[p];
        const Vector error = entries.col(triangle_index(d, p, q)).array() - mean;
        all.push_back(mean_comparison(fmt::format("{}, entry ({}, {}) less its mean",
                                                  label_of(*group), column_name(p), column_name(q)),
                                      error, 0, std::sqrt(variance(p, q))));
      }
    }
    if (!all.empty()) claim.comparisons.push_back(worst_comparison(all, list.size()));
  }
  return claim;
}

Claim square_claim(const std::vector<SampleGroup>& groups) {
  Claim claim{.id = "fro-moments",
              .kind = ClaimKind::law,
              .statement =
                  "The mean squares of |G - I|, |H - Lambda^(n)| and |E| (Frobenius) are "
                  "the exact ones; that of E does not decay with n.",
              .source = samples_page,
              .resolution = 0.2};
  for (const SampleGroup* group : repeated(groups)) {
    const SampleSquareSpreads spreads = sample_square_spreads(group->kernel, group->cutoff);
    const double n = static_cast<double>(group->n);
    const std::map<std::string, double> least = {{"gram_fro", spreads.gram / n},
                                                 {"compressed_fro", spreads.compressed / n},
                                                 {"action_fro", spreads.action}};
    for (const ConcentrationMetric& metric : concentration_metrics(*group)) {
      if (metric.predicted_rms == 0) continue;
      const double scale = metric.predicted_rms * metric.predicted_rms;
      claim.comparisons.push_back(mean_comparison(
          fmt::format("{}, {} squared over its mean", label_of(*group), metric.name),
          metric.values.array().square() / scale, 1, least.at(metric.name) / scale));
    }
  }
  return claim;
}

// Slope of log(seed mean) on log n, with a bootstrap over seeds, the same at every n.
Comparison slope_comparison(const Family& family, const std::string& name,
                            const std::function<const Vector&(const SampleGroup&)>& values) {
  const auto count = static_cast<Index>(family.size());
  Vector n(count);
  for (Index i = 0; i < count; ++i)
    n[i] = static_cast<double>(family[static_cast<std::size_t>(i)]->n);
  const auto slope = [&](const std::vector<Index>& rows) {
    Vector mean = Vector::Zero(count);
    for (Index i = 0; i < count; ++i) {
      const Vector& all = values(*family[static_cast<std::size_t>(i)]);
      for (const Index row : rows) mean[i] += all[row] / static_cast<double>(rows.size());
    }
    return log_log_slope(n, mean);
  };
  std::vector<Index> every(static_cast<std::size_t>(family[0]->seeds()));
  for (std::size_t i = 0; i < every.size(); ++i) every[i] = static_cast<Index>(i);
  Comparison comparison;
  comparison.label =
      fmt::format("{}, {}, K = {}", name, to_string(family[0]->kernel), family[0]->cutoff);
  comparison.measured = slope(every);
  comparison.predicted = -0.5;
  comparison.repetitions = family[0]->seeds();
  comparison.standard_error =
      bootstrap_error(comparison.repetitions, slope, Key(1).child("sampling slope").child(name));
  return comparison;
}

// What the exact mean square lacks of a pure power, as a change of slope over the family's sizes.
double exact_slope_excess(const Family& family, std::size_t metric) {
  Vector n(static_cast<Index>(family.size()));
  Vector rms(n.size());
  for (Index i = 0; i < n.size(); ++i) {
    const SampleGroup& group = *family[static_cast<std::size_t>(i)];
    n[i] = static_cast<double>(group.n);
    rms[i] = concentration_metrics(group)[metric].predicted_rms;
  }
  return std::abs(log_log_slope(n, rms) + 0.5);
}

// Largest entries and means of norms approach a pure power only as n grows; .03 covers what the
// smallest samples, n of a few d, add to the exact change of slope.
constexpr double small_sample_slope = 0.03;

Claim slope_claim(const std::vector<SampleGroup>& groups) {
  Claim claim{.id = "slopes",
              .kind = ClaimKind::theory,
              .statement = "Max and Frobenius norm of G - I and H - Lambda^(n) fall like n^(-1/2).",
              .source = samples_page,
              .resolution = 0.1};
  for (const Family& family : families(groups)) {
    if (family.size() < 3) continue;
    const double gram = exact_slope_excess(family, 1);
    const double compressed = exact_slope_excess(family, 3);
    const auto add = [&](const std::string& name, const Vector SampleGroup::*member, double exact) {
      Comparison comparison = slope_comparison(
          family, name, [&](const SampleGroup& group) -> const Vector& { return group.*member; });
      comparison.model_error = exact + small_sample_slope;
      claim.comparisons.push_back(comparison);
    };
    add("gram_max", &SampleGroup::gram_max, gram);
    add("gram_fro", &SampleGroup::gram_fro, gram);
    add("compressed_max", &SampleGroup::compressed_max, compressed);
    add("compressed_fro", &SampleGroup::compressed_fro, compressed);
  }
  return claim;
}

// Root mean square of log(mean) - log(model) - its mean, over the sizes of a family.
double misfit(const Family& family, const std::function<double(double)>& model) {
  Vector error(static_cast<Index>(family.size()));
  for (Index i = 0; i < error.size(); ++i) {
    const SampleGroup& group = *family[static_cast<std::size_t>(i)];
    error[i] = std::log(group.action_max.mean() / model(static_cast<double>(group.n)));
  }
  return std::sqrt((error.array() - error.mean()).square().mean());
}

Claim action_slope_claim(const std::vector<SampleGroup>& groups) {
  Claim claim{.id = "action-slope",
              .kind = ClaimKind::theory,
              .statement =
                  "max|E| falls like n^(-1/2) without a logarithm; sqrt(log n/n) is an "
                  "upper bound only.",
              .source = samples_page + " (a row of E is a smooth function of its angle)",
              .resolution = 0.1};
  for (const Family& family : families(groups)) {
    if (family.size() < 3) continue;
    Comparison comparison = slope_comparison(
        family, "action_max",
        [](const SampleGroup& group) -> const Vector& { return group.action_max; });
    comparison.model_error = small_sample_slope;
    claim.comparisons.push_back(comparison);
    const double plain = misfit(family, [](double n) { return std::sqrt(1 / n); });
    const double logarithm = misfit(family, [](double n) { return std::sqrt(std::log(n) / n); });
    claim.finding += fmt::format(
        "{}K = {}: c n^(-1/2) misses the means by {:.3f}, c sqrt(log n/n) by {:.3f} (rms of the "
        "logarithm): {} fits better.",
        claim.finding.empty() ? "" : " ", family[0]->cutoff, plain, logarithm,
        plain < logarithm ? "the plain power" : "the logarithm");
  }
  return claim;
}

// C_pp over lambda_p + tail_K/n, where the next order is small. The fluctuation lambda_p (G_pp - 1)
// has mean zero and is taken off.
Claim coordinate_claim(const std::vector<SampleGroup>& groups) {
  Claim claim{.id = "coordinates",
              .kind = ClaimKind::theory,
              .statement =
                  "The diagonal of C = G^(-1) H has mean lambda_p + tail_K/n: least squares "
                  "coordinates take back most of the self term Theta(0)/n.",
              .source = samples_page};
  std::vector<std::vector<Comparison>> lines;
  for (const SampleGroup* group : repeated(groups)) {
    const Index d = basis_size(group->cutoff);
    const double n = static_cast<double>(group->n);
    const Vector lambda = basis_eigenvalues(group->kernel, group->cutoff);
    const Vector mean = coordinate_means(group->kernel, group->cutoff, group->n);
    std::vector<Comparison> all;
    for (Index p = 0; p < d; ++p) {
      // Terms of third order in G - I: (1/n^2) sum_q lambda_q 𝔼 phi_p^2 phi_q^2 d, about this size.
      const double next = static_cast<double>(d) * lambda.sum() / (n * n) / mean[p];
      if (!(next < 0.02)) continue;
      const Vector gram = group->gram.col(triangle_index(d, p, p));
      const Vector centered =
          group->coordinate_diagonal.col(p).array() - lambda[p] * (gram.array() - 1);
      Comparison comparison = mean_comparison(
          fmt::format("{}, C_pp over its mean, {}", label_of(*group), column_name(p)),
          centered / mean[p], 1);
      comparison.model_error = next;
      all.push_back(comparison);
    }
    if (!all.empty()) lines.push_back(std::move(all));
  }
  for (const auto& all : lines) claim.comparisons.push_back(worst_comparison(all, lines.size()));
  return claim;
}

Claim envelope_claim(const std::vector<SampleGroup>& groups) {
  Claim claim{.id = "envelopes",
              .kind = ClaimKind::theory,
              .statement = "At least 95 % of the samples lie under every proven .05 envelope.",
              .source = "docs/theory/circle.md, Envelopes",
              .resolution = 0.15};
  double least = std::numeric_limits<double>::infinity();
  double most = 0;
  for (const SampleGroup* group : repeated(groups)) {
    for (const SampleError error :
         {SampleError::gram, SampleError::compressed, SampleError::action}) {
      const double sharpest = sharpest_envelope(
          error, group->n,
          {.kernel = group->kernel, .cutoff = group->cutoff, .failure = envelope_failure});
      const Vector& values = largest_errors(*group, error);
      Comparison comparison;
      comparison.label =
          fmt::format("share under the sharpest, {}, {}", to_string(error), label_of(*group));
      comparison.measured = (values.array() <= sharpest).cast<double>().mean();
      comparison.predicted = 1 - envelope_failure;
      comparison.relation = Relation::at_least;
      comparison.repetitions = group->seeds();
      comparison.standard_error = std::sqrt(envelope_failure * (1 - envelope_failure) /
                                            static_cast<double>(group->seeds()));
      claim.comparisons.push_back(comparison);
      const double ratio = sharpest / quantile(values, 0.95);
      least = std::min(least, ratio);
      most = std::max(most, ratio);
    }
  }
  claim.finding = fmt::format(
      "The sharpest envelopes are {:.1f} to {:.1f} times the 95 % quantile of the error.", least,
      most);
  return claim;
}

Claim mixing_claim(const std::vector<SampleGroup>& groups) {
  Claim claim{.id = "mode-mixing",
              .kind = ClaimKind::law,
              .statement = "A e_k is the sum of lambda_|l| S_(k-l) e_l over all integers l.",
              .source = samples_page + "; the sum is cut at |l| = 2000, its tail bounds the rest",
              .absolute_resolution = 1e-3};
  for (const SampleGroup& group : groups) {
    for (Index i = 0; i < group.mixing.rows(); ++i) {
      Comparison comparison;
      comparison.label = fmt::format("{}, k = {}, largest difference over the samples",
                                     label_of(group), group.mixing(i, 0));
      comparison.measured = group.mixing(i, 1);
      comparison.rounding = group.mixing(i, 2);
      claim.comparisons.push_back(comparison);
    }
  }
  return claim;
}

Claim coefficient_claim(const std::vector<SampleGroup>& groups) {
  Claim claim{.id = "empirical-coefficients",
              .kind = ClaimKind::law,
              .statement = "The coefficients S_q of a sample have mean square 1/n.",
              .source = samples_page,
              .resolution = 0.15};
  for (const SampleGroup* group : repeated(groups)) {
    claim.comparisons.push_back(mean_comparison(
        fmt::format("{}, n |S_q|^2, mean of q <= {}", label_of(*group),
                    group->coefficient_square.cols()),
        static_cast<double>(group->n) * group->coefficient_square.rowwise().mean(), 1,
        // n |S_q|^2 has variance 1 - 1/n; those of different q are uncorrelated up to 1/n.
        std::sqrt((1 - 1 / static_cast<double>(group->n)) /
                  static_cast<double>(group->coefficient_square.cols()))));
  }
  return claim;
}

}  // namespace

std::vector<Claim> sampling_claims(const std::vector<SampleGroup>& groups) {
  std::vector<Claim> claims;
  for (Claim& claim : std::vector<Claim>{trace_claim(groups), mixing_claim(groups),
                                         mean_claim(groups, true), mean_claim(groups, false),
                                         square_claim(groups), coefficient_claim(groups),
                                         slope_claim(groups), action_slope_claim(groups),
                                         coordinate_claim(groups), envelope_claim(groups)}) {
    if (!claim.comparisons.empty()) claims.push_back(std::move(claim));
  }
  return claims;
}

}  // namespace wideband

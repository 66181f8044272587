#include "wideband/experiment/circle/alignment_claims.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "wideband/math/statistics.hpp"

namespace wideband {
namespace {

const std::string theory_page = "docs/theory/circle.md, Alignment of eigenspaces";

// Root mean square over seeds with its standard error, by the delta method.
struct Rms {
  double value;
  double error;
};

Rms rms_of(const Vector& values) {
  const Summary squares = summary(values.cwiseAbs2());
  const double value = std::sqrt(squares.mean);
  return {value, value > 0 ? squares.standard_error / (2 * value) : 0};
}

Rms distance(const AlignmentSeries& series, std::size_t w, Index k) {
  return rms_of(series.of_plane("exclusive", "fro", w, k));
}

bool valid(const AlignmentSeries& series, std::size_t w, Index k) {
  return series.predicted_rms(w, k) < valid_distance;
}

std::string place(const AlignmentSeries& series, std::size_t w, const std::string& what) {
  return fmt::format("{}, m = {}, {}", name_of(series), series.widths[w], what);
}

Claim distance_claim(const std::vector<AlignmentSeries>& list) {
  Claim claim{"distance", ClaimKind::theory,
              "Where first-order perturbation predicts an rms projector distance below .2, it is "
              "the measured one within 5 %.",
              theory_page};
  claim.resolution = 0.25;
  for (const AlignmentSeries& series : list) {
    for (std::size_t w = 0; w < series.widths.size(); ++w) {
      for (Index k = 0; k < series.planes(); ++k) {
        if (!valid(series, w, k)) continue;
        const Rms rms = distance(series, w, k);
        const double predicted = series.predicted_rms(w, k);
        claim.comparisons.push_back({.label = place(series, w, fmt::format("k = {}", k)),
                                     .measured = rms.value,
                                     .predicted = predicted,
                                     .standard_error = rms.error,
                                     .repetitions = series.seeds(),
                                     .model_error = 0.05 * predicted});
      }
    }
  }
  return claim;
}

// Log-log slope of the rms distance over the widths from `first` on.
Comparison slope_comparison(const AlignmentSeries& series, std::size_t first, Index k) {
  const auto count = static_cast<Index>(series.widths.size() - first);
  Vector widths(count);
  Matrix squares(series.seeds(), count);
  for (Index i = 0; i < count; ++i) {
    const std::size_t w = first + static_cast<std::size_t>(i);
    widths(i) = static_cast<double>(series.widths[w]);
    squares.col(i) = series.of_plane("exclusive", "fro", w, k).cwiseAbs2();
  }
  const auto slope = [&](const std::vector<Index>& seeds) {
    const Vector mean = squares(seeds, Eigen::all).colwise().mean().transpose();
    return log_log_slope(widths, mean.cwiseSqrt());
  };
  std::vector<Index> all(static_cast<std::size_t>(series.seeds()));
  for (std::size_t s = 0; s < all.size(); ++s) all[s] = static_cast<Index>(s);
  const std::string range =
      fmt::format("k = {}, m = {}..{}", k, series.widths[first], series.widths.back());
  return {.label = name_of(series) + ", " + range,
          .measured = slope(all),
          .predicted = -0.5,
          .standard_error = bootstrap_error(series.seeds(), slope, Key(0).child("alignment slope")),
          .repetitions = series.seeds(),
          .model_error = 0.03};
}

Claim slope_claim(const std::vector<AlignmentSeries>& list) {
  Claim claim{"slope", ClaimKind::theory,
              "The rms projector distance falls like m^(-1/2) where its prediction is below .2.",
              theory_page};
  claim.resolution = 0.4;
  for (const AlignmentSeries& series : list) {
    for (Index k = 0; k < series.planes(); ++k) {
      std::size_t first = 0;
      while (first < series.widths.size() && !valid(series, first, k)) ++first;
      if (first + 1 < series.widths.size())
        claim.comparisons.push_back(slope_comparison(series, first, k));
    }
  }
  return claim;
}

Claim order_claim(const std::vector<AlignmentSeries>& list) {
  Claim claim{"order", ClaimKind::theory,
              "At the largest width, planes whose predicted distances differ by more than four "
              "standard errors are ordered as predicted (predictions below .2).",
              theory_page};
  claim.absolute_resolution = valid_distance;
  for (const AlignmentSeries& series : list) {
    const std::size_t w = series.widths.size() - 1;
    for (Index k = 0; k < series.planes(); ++k) {
      for (Index l = 0; l < series.planes(); ++l) {
        if (!valid(series, w, k) || !valid(series, w, l)) continue;
        const Rms near = distance(series, w, k), far = distance(series, w, l);
        const double error = std::hypot(near.error, far.error);
        if (!(series.predicted_rms(w, l) - series.predicted_rms(w, k) > 4 * error)) continue;
        claim.comparisons.push_back(
            {.label = place(series, w, fmt::format("plane {} beyond plane {}", l, k)),
             .measured = far.value - near.value,
             .predicted = 0,
             .relation = Relation::at_least,
             .standard_error = error,
             .repetitions = series.seeds()});
      }
    }
  }
  return claim;
}

Vector total_overlap(const AlignmentSeries& series, const std::string& matching, std::size_t w) {
  Vector total = Vector::Zero(series.seeds());
  for (Index k = 0; k < series.planes(); ++k) total += series.of_plane(matching, "overlap", w, k);
  return total;
}

Claim matching_claim(const std::vector<AlignmentSeries>& list) {
  Claim claim{"matching", ClaimKind::law,
              "The total overlap of exclusive matching never exceeds that of shared matching.",
              theory_page};
  for (const AlignmentSeries& series : list) {
    for (std::size_t w = 0; w < series.widths.size(); ++w) {
      const Vector excess =
          total_overlap(series, "exclusive", w) - total_overlap(series, "shared", w);
      claim.comparisons.push_back({.label = place(series, w, "largest excess"),
                                   .measured = excess.maxCoeff(),
                                   .predicted = 0,
                                   .relation = Relation::at_most,
                                   // sums of 2K + 1 numbers up to 1
                                   .rounding = 1e-15 * static_cast<double>(4 * series.planes())});
    }
  }
  return claim;
}

Claim certificate_claim(const std::vector<AlignmentSeries>& list) {
  Claim claim{"certificate", ClaimKind::open,
              "Eigenvalue agreement certifies the eigenspace: over planes and networks of one "
              "width, the rank correlation of relative eigenvalue error and projector distance is "
              "at least .5.",
              "no theory"};
  claim.resolution = 0.5;
  for (const AlignmentSeries& series : list) {
    for (std::size_t w = 0; w < series.widths.size(); ++w) {
      Matrix errors(series.seeds(), series.planes()), distances(series.seeds(), series.planes());
      for (Index k = 0; k < series.planes(); ++k) {
        errors.col(k) = eigenvalue_errors(series, "exclusive", w, k);
        distances.col(k) = series.of_plane("exclusive", "fro", w, k);
      }
      const auto correlation = [&](const std::vector<Index>& seeds) {
        const Matrix x = errors(seeds, Eigen::all), y = distances(seeds, Eigen::all);
        return rank_correlation(x.reshaped(), y.reshaped());
      };
      std::vector<Index> all(static_cast<std::size_t>(series.seeds()));
      for (std::size_t s = 0; s < all.size(); ++s) all[s] = static_cast<Index>(s);
      claim.comparisons.push_back(
          {.label = place(series, w, "rank correlation"),
           .measured = correlation(all),
           .predicted = 0.5,
           .relation = Relation::at_least,
           .standard_error = bootstrap_error(series.seeds(), correlation,
                                             Key(0).child("alignment certificate"), 100),
           .repetitions = series.seeds()});
    }
  }
  if (!claim.comparisons.empty()) {
    const auto [low, high] = std::minmax_element(
        claim.comparisons.begin(), claim.comparisons.end(),
        [](const Comparison& x, const Comparison& y) { return x.measured < y.measured; });
    claim.finding = fmt::format("The rank correlation is {:.2f} ({}) to {:.2f} ({}).",
                                low->measured, low->label, high->measured, high->label);
  }
  return claim;
}

}  // namespace

std::vector<Claim> alignment_claims(const std::vector<AlignmentSeries>& list) {
  std::vector<Claim> claims = {distance_claim(list), slope_claim(list), order_claim(list),
                               matching_claim(list), certificate_claim(list)};
  for (Claim& claim : claims) {  // one seed has no statistics
    std::erase_if(claim.comparisons, [](const Comparison& c) { return c.repetitions == 1; });
  }
  std::erase_if(claims, [](const Claim& claim) { return claim.comparisons.empty(); });
  return claims;
}

}  // namespace wideband

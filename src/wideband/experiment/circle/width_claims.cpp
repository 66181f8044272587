#include "wideband/experiment/circle/width_claims.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include <fmt/format.h>

#include "wideband/circle/basis.hpp"
#include "wideband/circle/square_spreads.hpp"
#include "wideband/experiment/circle/repeated_comparisons.hpp"
#include "wideband/math/statistics.hpp"

namespace wideband {
namespace {

const std::string theory_page = "docs/theory/circle.md, Finite width";

std::string label(const WidthSeries& series, Index m, const std::string& what) {
  return fmt::format("{}, m = {}, {}", name_of(series), m, what);
}

// Of squares where blocks are Gaussian: the least that those of finite widths vary.
WidthSquareSpreads square_spreads(const WidthSeries& series) {
  return width_square_spreads(series.cutoff, series.kernel == "bias" ? 1 : 0);
}

std::string entry_name(Index p) {
  if (p == 0) return "const";
  return fmt::format("{}{}", p % 2 == 1 ? "cos" : "sin", basis_frequency(p));
}

// Diagonal planes at every width, all entries at the largest one.
Claim mean_claim(const std::vector<WidthSeries>& list) {
  Claim claim{"mean", ClaimKind::law,
              "The block B_m of a random network has the infinite-width eigenvalues as its mean, "
              "and off the diagonal the mean 0; on a grid they are the alias eigenvalues.",
              theory_page};
  claim.resolution = 0.15;
  claim.absolute_resolution = 0.03;  // of eigenvalues up to 0.55
  for (const WidthSeries& series : list) {
    const Matrix variance = series.moments.entries();
    for (std::size_t w = 0; w < series.widths.size(); ++w) {
      const bool last = w + 1 == series.widths.size();
      Index place = 0;
      for (Index p = 0; p < basis_size(series.cutoff); ++p) {
        for (Index q = 0; q <= p; ++q, ++place) {
          if (p != q && !last) continue;
          const double lambda = p == q ? series.moments.eigenvalues()(basis_frequency(p)) : 0;
          if (series.moments.planes()(basis_frequency(p), basis_frequency(q)) == 0)
            continue;  // the vanishing blocks, judged below
          const Vector values = series.errors[w].col(place).array() + lambda;
          const double std = std::sqrt(variance(p, q) / static_cast<double>(series.widths[w]));
          claim.comparisons.push_back(
              mean_comparison(label(series, series.widths[w], entry_name(p) + " " + entry_name(q)),
                              values, lambda, std));
        }
      }
    }
  }
  return claim;
}

Claim fro_claim(const std::vector<WidthSeries>& list) {
  Claim claim{"square-norm", ClaimKind::law,
              "m times the mean of |B_m - mean|_Fro^2 is the closed form, at every width.",
              theory_page};
  claim.resolution = 0.5;
  for (const WidthSeries& series : list) {
    const double least = square_spreads(series).whole;
    for (std::size_t w = 0; w < series.widths.size(); ++w) {
      const auto m = static_cast<double>(series.widths[w]);
      const Vector squares = m * series.fro.col(static_cast<Index>(w)).cwiseAbs2();
      claim.comparisons.push_back(mean_comparison(label(series, series.widths[w], "m |.|^2"),
                                                  squares, series.moments.fro(), least));
    }
  }
  return claim;
}

Claim plane_claim(const std::vector<WidthSeries>& list) {
  Claim claim{"plane-blocks", ClaimKind::law,
              "m times the mean square of every plane block (k, l) is V_kl (largest width).",
              theory_page};
  claim.resolution = 0.5;
  for (const WidthSeries& series : list) {
    const std::size_t w = series.widths.size() - 1;
    const PlaneMoments planes = measured_planes(series, w);
    const Matrix least =
        square_spreads(series).planes / std::sqrt(static_cast<double>(series.seeds()));
    for (Index k = 0; k <= series.cutoff; ++k) {
      for (Index l = 0; l <= k; ++l) {
        const double V = series.moments.planes()(k, l);
        if (V == 0) continue;
        claim.comparisons.push_back(
            {.label = label(series, series.widths[w], fmt::format("V_{}_{}", k, l)),
             .measured = planes.mean(k, l),
             .predicted = V,
             .standard_error = std::max(least(k, l), planes.standard_error(k, l)),
             .repetitions = series.seeds()});
      }
    }
  }
  return claim;
}

// Entries between odd k >= 3 and even l >= 2 of one width.
double largest_vanishing(const WidthSeries& series, std::size_t w) {
  double largest = 0;
  Index place = 0;
  for (Index p = 0; p < basis_size(series.cutoff); ++p) {
    for (Index q = 0; q <= p; ++q, ++place) {
      const Index k = basis_frequency(p), l = basis_frequency(q);
      const bool apart = (k + l) % 2 == 1 && std::min(k, l) >= 2;
      if (apart) largest = std::max(largest, series.errors[w].col(place).cwiseAbs().maxCoeff());
    }
  }
  return largest;
}

Claim parity_claim(const std::vector<WidthSeries>& list) {
  Claim claim{"parity", ClaimKind::law,
              "Blocks between odd k >= 3 and even l >= 2 vanish for every network.", theory_page};
  for (const WidthSeries& series : list) {
    if (series.cutoff < 3 || series.n % 2 == 1) continue;
    for (std::size_t w = 0; w < series.widths.size(); ++w) {
      const auto terms = static_cast<double>(series.widths[w] + series.n + 8);
      claim.comparisons.push_back({.label = label(series, series.widths[w], "largest entry"),
                                   .measured = largest_vanishing(series, w),
                                   .predicted = 0,
                                   .rounding = 2.3e-16 * terms});
    }
  }
  return claim;
}

Claim twin_claim(const std::vector<WidthSeries>& list) {
  Claim claim{"exact-blocks", ClaimKind::law,
              "Half-circle sums and the formula for networks with any biases give one block.",
              theory_page};
  for (const WidthSeries& series : list) {
    Index worst = 0;
    const Vector bounds = series.twin.col(1);
    if (bounds.size() == 0 || bounds.maxCoeff() == 0) continue;
    const Vector share = (bounds.array() > 0).select(series.twin.col(0).cwiseQuotient(bounds), 0.0);
    share.maxCoeff(&worst);
    claim.comparisons.push_back(
        {.label = label(series, series.widths.front(), "largest difference"),
         .measured = series.twin(worst, 0),
         .predicted = 0,
         .rounding = bounds(worst)});
  }
  return claim;
}

Claim tail_claim(const std::vector<WidthSeries>& list) {
  Claim claim{"exponential-moment", ClaimKind::law,
              "The neuron's size Y = 2|w|^2 + 4a^2 has E exp(Y/40) = 1.242260, the moment behind "
              "the envelopes (exp(Y/16), used in the proof, has mean 4 sqrt2/3 but no variance).",
              theory_page};
  for (const WidthSeries& series : list)
    claim.comparisons.push_back(
        mean_comparison(name_of(series), series.tail, tail_moment(), tail_std(series)));
  return claim;
}

Claim slope_claim(const std::vector<WidthSeries>& list, const std::string& metric) {
  Claim claim{"slope-" + metric, ClaimKind::theory,
              fmt::format("The mean of |B_m - mean| in the norm {} falls like m^(-1/2).", metric),
              theory_page};
  claim.resolution = 0.2;
  for (const WidthSeries& series : list) {
    if (series.widths.size() < 2) continue;
    Vector widths(series.max.cols());
    std::copy(series.widths.begin(), series.widths.end(), widths.begin());
    const Matrix& values = series.norm(metric);
    const auto slope = [&](const std::vector<Index>& seeds) {
      return log_log_slope(widths, values(seeds, Eigen::all).colwise().mean().transpose());
    };
    std::vector<Index> all(static_cast<std::size_t>(series.seeds()));
    for (std::size_t s = 0; s < all.size(); ++s) all[s] = static_cast<Index>(s);
    claim.comparisons.push_back(
        {.label = fmt::format("{}, m = {}..{}", name_of(series), series.widths.front(),
                              series.widths.back()),
         .measured = slope(all),
         .predicted = -0.5,
         .standard_error = bootstrap_error(series.seeds(), slope, Key(0).child("slope")),
         .repetitions = series.seeds(),
         .model_error = 0.02});  // means of norms of few neurons are not yet Gaussian
  }
  return claim;
}

using Envelope = std::function<double(const WidthSeries&, Index)>;

Claim envelope_claim(const std::vector<WidthSeries>& list, const std::string& id,
                     const std::string& form, const Envelope& envelope) {
  Claim claim{id, ClaimKind::theory,
              fmt::format("At least 95 % of networks lie under the .05 envelope {} of max|B_m - "
                          "mean|.",
                          form),
              theory_page};
  claim.resolution = 0.1;
  double low = 1e300, high = 0;
  for (const WidthSeries& series : list) {
    const auto seeds = static_cast<double>(series.seeds());
    for (std::size_t w = 0; w < series.widths.size(); ++w) {
      const double bound = envelope(series, series.widths[w]);
      const Vector values = series.max.col(static_cast<Index>(w));
      const double under = (values.array() <= bound).cast<double>().mean();
      claim.comparisons.push_back({.label = label(series, series.widths[w], "share under it"),
                                   .measured = under,
                                   .predicted = 0.95,
                                   .relation = Relation::at_least,
                                   .standard_error = std::sqrt(0.95 * 0.05 / seeds),
                                   .repetitions = series.seeds()});
      const double ratio = bound / quantile(values, 0.95);
      low = std::min(low, ratio);
      high = std::max(high, ratio);
    }
  }
  claim.finding = fmt::format(
      "The envelope is {:.3g} to {:.3g} times the 95 % quantile: safe, and conservative.", low,
      high);
  return claim;
}

Claim corner_claim(const std::vector<WidthSeries>& list) {
  Claim claim{"corner", ClaimKind::open,
              "In at least half of all networks the largest entry of B_m - mean lies in the 3 x 3 "
              "corner k, l <= 1.",
              "no theory; V_kl is largest there"};
  claim.resolution = 0.25;
  for (const WidthSeries& series : list) {
    for (std::size_t w = 0; w < series.widths.size(); ++w) {
      const auto places = largest_places(series, w);
      const double share = (places.col(0).array() <= 1).cast<double>().mean();
      claim.comparisons.push_back(
          {.label = label(series, series.widths[w], "share in the corner"),
           .measured = share,
           .predicted = 0.5,
           .relation = Relation::at_least,
           .standard_error = 0.5 / std::sqrt(static_cast<double>(series.seeds())),
           .repetitions = series.seeds()});
    }
  }
  if (!list.empty()) {
    const auto [low, high] = std::minmax_element(
        claim.comparisons.begin(), claim.comparisons.end(),
        [](const Comparison& x, const Comparison& y) { return x.measured < y.measured; });
    claim.finding = fmt::format("The share is {:.3f} to {:.3f}.", low->measured, high->measured);
  }
  return claim;
}

}  // namespace

std::vector<Claim> width_claims(const std::vector<WidthSeries>& list) {
  std::vector<Claim> claims = {mean_claim(list),   fro_claim(list),  plane_claim(list),
                               parity_claim(list), twin_claim(list), tail_claim(list)};
  for (const std::string metric : {"max", "fro", "op"}) claims.push_back(slope_claim(list, metric));
  claims.push_back(envelope_claim(
      list, "envelope-published", "with c = 1/6", [](const WidthSeries& series, Index m) {
        return width_envelope(m, provable_width_constant, envelope_options(series));
      }));
  claims.push_back(envelope_claim(list, "envelope-sharper", "from the moments of R^2/4 + a^2",
                                  [](const WidthSeries& series, Index m) {
                                    return sharper_width_envelope(m, envelope_options(series));
                                  }));
  claims.push_back(corner_claim(list));
  for (Claim& claim : claims) {  // one seed has no statistics
    std::erase_if(claim.comparisons, [](const Comparison& c) { return c.repetitions == 1; });
  }
  std::erase_if(claims, [](const Claim& claim) { return claim.comparisons.empty(); });
  return claims;
}

}  // namespace wideband

#include "wideband/experiment/circle/spectrum_claims.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "wideband/circle/spectrum.hpp"
#include "wideband/core/constants.hpp"
#include "wideband/math/statistics.hpp"

namespace wideband {
namespace {

const std::string theory_page = "docs/theory/circle.md";

double square(double x) {
  return x * x;
}

std::string label_of(const GridSpectrum& grid) {
  return fmt::format("{}, n = {}", to_string(grid.kernel), grid.n);
}

Claim quadrature_claim(const SpectrumResults& results) {
  Claim claim{"quadrature", ClaimKind::law,
              "The closed-form eigenvalues equal their integrals within 1e-14.",
              theory_page + ", Spectrum"};
  claim.absolute_resolution = 1e-13;
  for (const ContinuumSpectrum& spectrum : results.continuum) {
    const Index count = spectrum.quadrature.size();
    Index worst = 0;
    (spectrum.closed.head(count) - spectrum.quadrature).cwiseAbs().maxCoeff(&worst);
    Comparison comparison;
    comparison.label = fmt::format("{}, k = {} (largest difference of {})",
                                   to_string(spectrum.kernel), worst, count);
    comparison.measured = spectrum.closed(worst);
    comparison.predicted = spectrum.quadrature(worst);
    comparison.rounding = 1e-14;
    claim.comparisons.push_back(comparison);
  }
  return claim;
}

// Leading coefficient of the tail: 2 sum_{k > K} lambda_k ~ coefficient/K; K0 decays like K^(-3).
double tail_coefficient(AngleKernel kernel) {
  if (kernel == AngleKernel::K0) return 0;
  return (kernel == AngleKernel::bias ? 2 : 1) / square(pi);
}

Claim sum_rule_claim(const SpectrumResults& results) {
  Claim claim{
      "sum-rule", ClaimKind::law,
      "lambda_0 + 2 sum of all lambda_k is Theta(0); cut at K the sum lacks 2/(pi^2 K) with "
      "bias, half of that without.",
      theory_page + ", Spectrum"};
  const auto long_cutoff = static_cast<double>(sum_rule_cutoff);
  for (const ContinuumSpectrum& spectrum : results.continuum) {
    const double c = tail_coefficient(spectrum.kernel);
    Comparison whole;
    whole.label = fmt::format("{}, whole sum", to_string(spectrum.kernel));
    // The tail is c/K up to (2/K) c/K; K0's is below 1/K^3.
    whole.measured = spectrum.long_trace + c / long_cutoff;
    whole.predicted = kernel_value(spectrum.kernel, 0);
    whole.rounding = 2 * c / square(long_cutoff) + 1 / std::pow(long_cutoff, 3) +
                     64 * eps;  // 2^20 terms added from the smallest to the largest
    claim.comparisons.push_back(whole);
    const auto cutoff = static_cast<double>(spectrum.closed.size() - 1);
    if (c == 0 || cutoff < 8) continue;
    Comparison tail;
    tail.label = fmt::format("{}, tail beyond K = {}", to_string(spectrum.kernel), cutoff);
    tail.measured = kernel_value(spectrum.kernel, 0) -
                    (2 * spectrum.closed.reverse().sum() - spectrum.closed(0));
    tail.predicted = c / cutoff;
    tail.rounding = 4 * eps * cutoff;
    tail.model_error = 2 / cutoff * tail.predicted;
    claim.comparisons.push_back(tail);
  }
  return claim;
}

Claim alias_claim(const SpectrumResults& results) {
  Claim claim{"alias-formula", ClaimKind::law,
              "The alias formula of grids is within 8 eps relative of its 50-digit values.",
              theory_page + ", Equispaced grid"};
  claim.absolute_resolution = 9 * eps;
  for (const GridSpectrum& grid : results.grids) {
    Comparison comparison;
    comparison.label = label_of(grid) + ", largest relative error";
    comparison.measured = grid.alias_rounding;
    comparison.rounding = 8 * eps;
    claim.comparisons.push_back(comparison);
  }
  return claim;
}

Claim fft_claim(const SpectrumResults& results) {
  Claim claim{"fft", ClaimKind::law,
              "The FFT of the grid's kernel gives the alias formula within 1e-15 absolute.",
              theory_page + ", Equispaced grid"};
  claim.absolute_resolution = 1e-14;
  double worst_relative = 0;
  for (const GridSpectrum& grid : results.grids) {
    Comparison comparison;
    comparison.label = label_of(grid) + ", largest difference over all k";
    comparison.measured = grid.fft_error;
    comparison.rounding = 1e-15;
    claim.comparisons.push_back(comparison);
    if (grid.kernel != AngleKernel::bias) continue;
    const Vector difference = (grid.spread.fft - grid.spread.alias).cwiseAbs();
    worst_relative =
        std::max(worst_relative, difference.cwiseQuotient(grid.spread.alias).maxCoeff());
  }
  if (worst_relative == 0) return claim;
  claim.finding = fmt::format(
      "Relative to the eigenvalue the FFT is off by up to {:.1e} with bias; the alias formula "
      "keeps "
      "all digits.",
      worst_relative);
  return claim;
}

Claim excess_claim(const SpectrumResults& results) {
  Claim claim{"excess", ClaimKind::theory,
              "A grid's eigenvalues exceed those of the circle by 1/(3n^2) for k << n.",
              theory_page + ", Equispaced grid: x^2/15 of 1/3 is the next order, x = pi k/n"};
  for (const GridSpectrum& grid : results.grids) {
    const auto size = static_cast<double>(grid.n);
    Comparison worst;
    double ratio = -1;
    for (std::size_t i = 0; i < grid.low.k.size(); ++i) {
      const Index k = grid.low.k[i];
      if (32 * k > grid.n || !has_leading_excess(grid.kernel, grid.n, k)) continue;
      const double closed = continuum_eigenvalue(grid.kernel, k);
      Comparison comparison;
      comparison.label = fmt::format("3n^2 excess, {}, k = {}", label_of(grid), k);
      comparison.measured = 3 * square(size) * (grid.low.alias(static_cast<Index>(i)) - closed);
      comparison.predicted = 1;
      comparison.rounding = 3 * square(size) * 10 * eps * closed;
      comparison.model_error = square(pi * static_cast<double>(k + 1) / size);
      if (comparison.rounding > claim.resolution) continue;
      const double allowed = std::max(comparison.rounding, comparison.model_error);
      const double share = std::abs(comparison.measured - 1) / allowed;
      if (!(share <= ratio)) {  // the worst k stands for all
        worst = comparison;
        ratio = share;
      }
    }
    if (ratio >= 0 || std::isnan(ratio)) claim.comparisons.push_back(worst);
  }
  return claim;
}

Claim nobias_claim(const SpectrumResults& results) {
  Claim claim{"nobias-odd", ClaimKind::law,
              "Without bias odd k >= 3 have no eigenvalue on even grids, and about 1/(4n^2) on odd "
              "ones.",
              theory_page + ", Equispaced grid"};
  claim.absolute_resolution = 1e-14;
  for (const GridSpectrum& grid : results.grids) {
    if (grid.kernel != AngleKernel::nobias) continue;
    const auto size = static_cast<double>(grid.n);
    Comparison worst;
    for (std::size_t i = 0; i < grid.low.k.size(); ++i) {
      const Index k = grid.low.k[i];
      if (k < 3 || k % 2 == 0 || (grid.n % 2 != 0 && 32 * k > grid.n)) continue;
      Comparison comparison;
      comparison.label =
          fmt::format("{}n = {}, k = {}", grid.n % 2 == 0 ? "" : "4n^2 lambda, ", grid.n, k);
      const double lambda = grid.low.fft(static_cast<Index>(i));
      if (grid.n % 2 == 0) {
        comparison.measured = lambda;
        comparison.rounding = 1e-15;
      } else {
        comparison.measured = 4 * square(size) * lambda;
        comparison.predicted = 1;
        comparison.rounding = 4 * square(size) * 1e-15;
        comparison.model_error = 4 * square(pi * static_cast<double>(k) / size);
      }
      const auto distance = [](const Comparison& c) { return std::abs(c.measured - c.predicted); };
      if (worst.label.empty() || !(distance(comparison) <= distance(worst))) worst = comparison;
    }
    if (!worst.label.empty()) claim.comparisons.push_back(worst);
  }
  return claim;
}

// Slope of log lambda_k on log k over the frequencies of one parity in the upper half.
double parity_slope(const Vector& lambda, Index parity) {
  std::vector<double> k;
  std::vector<double> value;
  for (Index frequency = lambda.size() / 2; frequency < lambda.size(); ++frequency) {
    if (frequency % 2 != parity) continue;
    k.push_back(static_cast<double>(frequency));
    value.push_back(lambda(frequency));
  }
  const auto size = static_cast<Index>(k.size());
  return log_log_slope(Eigen::Map<Vector>(k.data(), size), Eigen::Map<Vector>(value.data(), size));
}

Claim decay_claim(const SpectrumResults& results) {
  Claim claim{"decay", ClaimKind::law,
              "With bias every eigenvalue of the circle is positive, they decrease strictly, and "
              "fall like k^(-2) along odd and along even k.",
              theory_page + ", Spectrum"};
  claim.absolute_resolution = 1;
  for (const ContinuumSpectrum& spectrum : results.continuum) {
    if (spectrum.kernel != AngleKernel::bias) continue;
    const Vector& lambda = spectrum.closed;
    Index violations = lambda(0) > 0 ? 0 : 1;
    for (Index k = 1; k < lambda.size(); ++k) {
      if (!(lambda(k) > 0 && lambda(k) < lambda(k - 1))) ++violations;
    }
    Comparison order;
    order.label =
        fmt::format("violations of 0 < lambda_k < lambda_(k-1), k <= {}", lambda.size() - 1);
    order.measured = static_cast<double>(violations);
    order.rounding = 0.5;  // a count
    claim.comparisons.push_back(order);
    if (lambda.size() < 16) continue;
    for (const Index parity : {1, 0}) {
      const double start = static_cast<double>(lambda.size() / 2);
      Comparison slope;
      slope.label = fmt::format("slope over {} k >= {}", parity == 1 ? "odd" : "even", start);
      slope.measured = parity_slope(lambda, parity);
      slope.predicted = -2;
      slope.rounding = 1e-12;
      slope.model_error = parity == 1 ? 0 : 12 / square(start);  // d log(1 + 5/k^2 + ...)/d log k
      claim.comparisons.push_back(slope);
    }
  }
  return claim;
}

Claim positivity_claim(const SpectrumResults& results) {
  Claim claim{"positivity", ClaimKind::law,
              "No float64 eigenvalue of a grid lies below -4 eps lambda_max; float32 has negative "
              "ones.",
              theory_page + ", Equispaced grid: Rounding"};
  Index negative = 0;
  for (const GridSpectrum& grid : results.grids) {
    Comparison comparison;
    comparison.label = label_of(grid) + ", smallest FFT value";
    comparison.measured = grid.smallest;
    comparison.predicted = -4 * eps * grid.largest;
    comparison.relation = Relation::at_least;
    comparison.rounding = 0.1 * eps * grid.largest;
    claim.comparisons.push_back(comparison);
    negative += grid.negative_float32;
  }
  claim.finding = fmt::format("float32 has {} negative eigenvalues on these grids.", negative);
  return claim;
}

Claim stock_claim(const SpectrumResults& results) {
  Claim claim{"stock", ClaimKind::law,
              "The stock parameterization, w.x/sqrt(fan_in), has the kernel Theta_nobias/2.",
              theory_page + ", Kernels; Jacot, Gabriel & Hongler 2018"};
  claim.absolute_resolution = 0.05 * kernel_value(AngleKernel::nobias, 0) / 2;
  const StockKernel& stock = results.stock;
  for (Index p = 0; p < stock.delta.size(); ++p) {
    const Summary s = summary(stock.values.col(p));
    Comparison comparison;
    comparison.label = fmt::format("delta = {:.4f}, {} networks of {} neurons", stock.delta(p),
                                   s.count, stock.neurons);
    comparison.measured = s.mean;
    comparison.predicted = kernel_value(AngleKernel::nobias, stock.delta(p)) / 2;
    comparison.standard_error = s.standard_error;
    comparison.repetitions = s.count;
    claim.comparisons.push_back(comparison);
  }
  return claim;
}

}  // namespace

std::vector<Claim> spectrum_claims(const SpectrumResults& results) {
  std::vector<Claim> claims;
  for (Claim& claim :
       std::vector<Claim>{quadrature_claim(results), sum_rule_claim(results), alias_claim(results),
                          fft_claim(results), excess_claim(results), nobias_claim(results),
                          decay_claim(results), positivity_claim(results), stock_claim(results)}) {
    if (!claim.comparisons.empty()) claims.push_back(std::move(claim));
  }
  return claims;
}

}  // namespace wideband

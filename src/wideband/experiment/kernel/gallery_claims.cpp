#include "wideband/experiment/kernel/gallery_claims.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "wideband/circle/angle_kernel.hpp"
#include "wideband/circle/spectrum.hpp"
#include "wideband/core/constants.hpp"
#include "wideband/experiment/kernel/gallery_decay.hpp"

namespace wideband {
namespace {

const std::string theory_page = "docs/theory/kernels/spheres.md";

// |error| <= allowed for many numbers at once: their worst ratio against 1.
Comparison worst_ratio(std::string label, double ratio) {
  return {.label = std::move(label),
          .measured = ratio,
          .predicted = 1,
          .relation = Relation::at_most,
          .rounding = 1e-12};
}

// Largest |value - closed| / error over the degrees.
template <class Closed>
double worst_error(const ZonalSpectrum& spectrum, const Closed& closed) {
  double worst = 0;
  for (Index k = 0; k < spectrum.value.size(); ++k)
    worst = std::max(worst, std::abs(spectrum.value(k) - closed(k)) /
                                (spectrum.error(k) + 32 * eps * std::abs(closed(k))));
  return worst;
}

bool is_shallow_relu(const GalleryNet& net) {
  return net.activation == "relu" && net.depth == 1;
}

Claim closed_form_claim(const GalleryResults& results) {
  Claim claim{"closed-form", ClaimKind::law,
              "The spectra of the shallow ReLU network without biases are those of the closed "
              "forms, on every sphere, within the error that the quadrature states.",
              theory_page + ", Shallow ReLU; Bach 2017"};
  for (const GalleryNet& net : results.nets) {
    if (!is_shallow_relu(net) || net.b > 0) continue;
    const double scale = std::pow(net.W, 4);
    for (const SphereSpectrum& spectrum : net.spectra) {
      const Index d = ambient_dimension(spectrum.domain);
      const auto nngp = [&](Index k) { return scale * relu_kernel_eigenvalue(d, k); };
      const auto ntk = [&](Index k) { return scale * relu_tangent_eigenvalue(d, k); };
      claim.comparisons.push_back(worst_ratio(spectrum.domain + ", nngp: worst difference/error",
                                              worst_error(spectrum.nngp, nngp)));
      claim.comparisons.push_back(worst_ratio(spectrum.domain + ", ntk: worst difference/error",
                                              worst_error(spectrum.ntk, ntk)));
    }
  }
  return claim;
}

Claim circle_spectrum_claim(const GalleryResults& results) {
  Claim claim{"circle-spectrum", ClaimKind::law,
              "On the circle they are W^4 times lambda_k of K0 and Theta_nobias of the circle "
              "experiments, whose kernels lack the factor 1/d of K_0 = x.x'/d.",
              "docs/theory/circle.md, Spectrum"};
  for (const GalleryNet& net : results.nets) {
    const SphereSpectrum* spectrum = spectrum_of(net, "circle");
    if (!is_shallow_relu(net) || net.b > 0 || !spectrum) continue;
    const double scale = std::pow(net.W, 4);
    const auto closed = [scale](AngleKernel kernel) {
      return [=](Index k) { return scale * continuum_eigenvalue(kernel, k); };
    };
    claim.comparisons.push_back(worst_ratio("K0: worst difference/error",
                                            worst_error(spectrum->nngp, closed(AngleKernel::K0))));
    claim.comparisons.push_back(
        worst_ratio("Theta_nobias: worst difference/error",
                    worst_error(spectrum->ntk, closed(AngleKernel::nobias))));
  }
  return claim;
}

// Worst |kernel - circle formula| over the angles, of nngp and ntk, relative to the diagonals. With
// v = (b/W)^2 and cos theta_v = (cos theta + v)/(1 + v),
//   K     = W^4 (1 + v) K0(theta_v) + b^2
//   Theta = K + W^2 (W^2 cos theta + b^2) K1(theta_v).
std::pair<double, double> worst_circle_error(const GalleryNet& net) {
  const double W2 = net.W * net.W;
  const double b2 = net.b * net.b;
  const double v = b2 / W2;
  std::pair<double, double> worst = {0, 0};
  for (Index i = 0; i < net.theta.size(); ++i) {
    const double theta = net.theta(i);
    const double sine = std::sin(theta / 2);
    const double cosine = std::cos(theta / 2);
    const double theta_v = i + 1 == net.theta.size() && v == 0
                               ? theta
                               : 2 * std::atan2(sine, std::sqrt(cosine * cosine + v));
    const double K = W2 * W2 * (1 + v) * kernel_value(AngleKernel::K0, theta_v) + b2;
    const double Theta =
        K + W2 * (W2 * std::cos(theta) + b2) * kernel_value(AngleKernel::K1, theta_v);
    worst.first = std::max(worst.first, std::abs(net.nngp(i) - K) / net.nngp_diagonal);
    worst.second = std::max(worst.second, std::abs(net.ntk(i) - Theta) / net.ntk_diagonal);
  }
  return worst;
}

Claim circle_profile_claim(const GalleryResults& results) {
  Claim claim{"circle-profile", ClaimKind::law,
              "Over the angle the shallow ReLU kernels are those of the circle experiments, with "
              "biases at the angle theta_v.",
              "docs/notation.md, Letters"};
  for (const GalleryNet& net : results.nets) {
    if (!is_shallow_relu(net)) continue;
    const auto [nngp, ntk] = worst_circle_error(net);
    for (const auto& [name, error] : {std::pair{"nngp", nngp}, std::pair{"ntk", ntk}}) {
      Comparison comparison;
      comparison.label = fmt::format("b = {}, {}: worst difference over the diagonal", net.b, name);
      comparison.measured = error;
      comparison.rounding = net.error_estimate + 16 * eps;
      claim.comparisons.push_back(comparison);
    }
  }
  return claim;
}

Claim parity_claim(const GalleryResults& results) {
  Claim claim{"parity", ClaimKind::law,
              "Without biases the shallow ReLU network has no odd k >= 3 in either kernel, on any "
              "sphere: it never learns them.",
              theory_page + ", Shallow ReLU"};
  for (const GalleryNet& net : results.nets) {
    if (!is_shallow_relu(net) || net.b > 0) continue;
    for (const SphereSpectrum& spectrum : net.spectra) {
      for (const bool tangent : {false, true}) {
        const ZonalSpectrum& values = tangent ? spectrum.ntk : spectrum.nngp;
        double worst = 0;
        for (Index k = 3; k < values.value.size(); k += 2)
          worst = std::max(worst, std::abs(values.value(k)) / values.error(k));
        claim.comparisons.push_back(
            worst_ratio(fmt::format("{}, {}: largest odd eigenvalue/error, k >= 3", spectrum.domain,
                                    tangent ? "ntk" : "nngp"),
                        worst));
      }
    }
  }
  return claim;
}

Claim positivity_claim(const GalleryResults& results) {
  Claim claim{"positivity", ClaimKind::law,
              "No eigenvalue is negative beyond its error: covariances and tangent kernels are "
              "positive semidefinite on every sphere.",
              "Schoenberg 1942"};
  for (const GalleryNet& net : results.nets) {
    double worst = 0;
    for (const SphereSpectrum& spectrum : net.spectra) {
      for (const ZonalSpectrum* values : {&spectrum.nngp, &spectrum.ntk})
        worst = std::max(worst, (-values->value.array() / values->error.array()).maxCoeff());
    }
    claim.comparisons.push_back(worst_ratio(label_of(net) + ": -eigenvalue/error", worst));
  }
  return claim;
}

Comparison trace_comparison(const GalleryNet& net, const SphereSpectrum& spectrum, bool tangent) {
  const Index d = ambient_dimension(spectrum.domain);
  const ZonalSpectrum& values = tangent ? spectrum.ntk : spectrum.nngp;
  const TraceSum sum = partial_trace(values, d, values.value.size() - 1);
  std::optional<double> exponent;
  if (is_rectified(net.activation)) exponent = static_cast<double>(tangent ? d : d + 2);
  const TraceSum tail = trace_tail(values, d, exponent);
  Comparison comparison;
  comparison.label = fmt::format("{}, {}, {}: tail {:.3g} of the sum", spectrum.domain,
                                 tangent ? "ntk" : "nngp", label_of(net), tail.value);
  comparison.measured = sum.value + tail.value;
  comparison.predicted = tangent ? net.ntk_diagonal : net.nngp_diagonal;
  comparison.rounding = sum.error + 4 * eps * comparison.predicted;
  comparison.model_error = tail.error + comparison.rounding;
  return comparison;
}

Claim trace_claim(const GalleryResults& results) {
  Claim claim{"trace", ClaimKind::law,
              "Multiplicities times eigenvalues sum to the kernel at angle 0, the tail beyond the "
              "last degree included.",
              theory_page + ", Trace"};
  for (const GalleryNet& net : results.nets) {
    for (const SphereSpectrum& spectrum : net.spectra) {
      for (const bool tangent : {false, true})
        claim.comparisons.push_back(trace_comparison(net, spectrum, tangent));
    }
  }
  return claim;
}

Claim decay_claim(const GalleryResults& results) {
  Claim claim{"decay", ClaimKind::theory,
              "ReLU kernels on S^(d-1) decay like k^-d (tangent kernel) and k^-(d+2) (covariance) "
              "at the parities that they have, whatever the depth.",
              "Bach 2017; Bietti & Bach 2021; " + theory_page + ", Decay"};
  for (const Decay& decay : decays(results)) {
    if (!decay.predicted) continue;
    claim.comparisons.push_back(
        {.label = fmt::format("{}, {}, {}, depth {}, b = {}, {} k in [{}, {}]", decay.domain,
                              decay.kernel, decay.activation, decay.depth, decay.b, decay.parity,
                              decay.first, decay.last),
         .measured = decay.exponent,
         .predicted = *decay.predicted,
         .standard_error = decay.standard_error,
         .repetitions = decay.count - 2,  // three coefficients
         .model_error = decay.model_error});
  }
  return claim;
}

// Share of the tangent kernel's trace in low degrees, as the measured side of an open question.
struct Share {
  double value;
  double error;
};

Share low_share(const GalleryNet& net, const SphereSpectrum& spectrum) {
  const TraceSum sum = partial_trace(spectrum.ntk, ambient_dimension(spectrum.domain), low_degree);
  return {sum.value / net.ntk_diagonal, sum.error / net.ntk_diagonal + 4 * eps};
}

// Adds "the low share of `first` is at most (at least) that of `second`" for every sphere.
void compare_shares(Claim& claim, const GalleryNet& first, const GalleryNet& second,
                    Relation relation) {
  for (const SphereSpectrum& spectrum : first.spectra) {
    const SphereSpectrum* other = spectrum_of(second, spectrum.domain);
    if (!other) continue;
    const Share measured = low_share(first, spectrum);
    const Share predicted = low_share(second, *other);
    claim.comparisons.push_back({.label = fmt::format("{}: {} against {}", spectrum.domain,
                                                      label_of(first), label_of(second)),
                                 .measured = measured.value,
                                 .predicted = predicted.value,
                                 .relation = relation,
                                 .rounding = measured.error + predicted.error});
  }
}

Claim depth_claim(const GalleryResults& results) {
  Claim claim{"depth", ClaimKind::open,
              "Depth moves the tangent kernel's trace to higher degrees: the share of k <= 4 "
              "falls with every layer added.",
              "no theory at finite depth"};
  for (const GalleryNet& net : results.nets) {
    const GalleryNet* before = nullptr;
    for (const GalleryNet& other : results.nets) {
      const bool same = other.activation == net.activation && other.b == net.b;
      if (same && other.depth < net.depth && (!before || other.depth > before->depth))
        before = &other;
    }
    if (before) compare_shares(claim, net, *before, Relation::at_most);
  }
  return claim;
}

Claim bias_claim(const GalleryResults& results) {
  Claim claim{"bias", ClaimKind::open,
              "Biases strengthen spectral bias: the share of k <= 4 in the tangent kernel's trace "
              "grows with b.",
              "no theory"};
  for (const GalleryNet& net : results.nets) {
    if (const GalleryNet* without = net_of(results, net.activation, net.depth, 0))
      if (net.b > 0) compare_shares(claim, net, *without, Relation::at_least);
  }
  return claim;
}

Claim activation_claim(const GalleryResults& results) {
  Claim claim{"activation", ClaimKind::open,
              "Smooth activations are biased toward low degrees more than ReLU is, at the same "
              "weights, biases and depth.",
              "no theory at finite degree"};
  for (const GalleryNet& net : results.nets) {
    const GalleryNet* relu = net_of(results, "relu", net.depth, net.b);
    if (relu && !is_rectified(net.activation))
      compare_shares(claim, net, *relu, Relation::at_least);
  }
  return claim;
}

}  // namespace

std::vector<Claim> gallery_claims(const GalleryResults& results) {
  std::vector<Claim> claims;
  for (Claim& claim :
       std::vector<Claim>{closed_form_claim(results), circle_spectrum_claim(results),
                          circle_profile_claim(results), parity_claim(results),
                          positivity_claim(results), trace_claim(results), decay_claim(results),
                          depth_claim(results), bias_claim(results), activation_claim(results)}) {
    if (!claim.comparisons.empty()) claims.push_back(std::move(claim));
  }
  return claims;
}

}  // namespace wideband

#include "wideband/experiment/kernel/gallery_figures.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "wideband/circle/angle_kernel.hpp"
#include "wideband/core/constants.hpp"
#include "wideband/experiment/kernel/gallery_decay.hpp"

namespace wideband {
namespace {

void add_point(Series& series, double x, double y) {
  series.x.push_back(x);
  series.y.push_back(y);
}

void add_if_any(Panel& panel, Series series) {
  if (!series.x.empty() && panel.series.size() < 8) panel.series.push_back(std::move(series));
}

std::string name_of_domain(const std::string& domain) {
  if (domain == "circle") return "circle";
  return domain == "sphere2" ? "sphere S^2" : "sphere S^9";
}

// Networks of one activation and bias by their depth, shallow first.
std::vector<const GalleryNet*> by_depth(const GalleryResults& results,
                                        const std::string& activation, double b) {
  std::vector<const GalleryNet*> nets;
  for (const GalleryNet& net : results.nets) {
    if (net.activation == activation && net.b == b) nets.push_back(&net);
  }
  std::sort(nets.begin(), nets.end(),
            [](const GalleryNet* a, const GalleryNet* c) { return a->depth < c->depth; });
  return nets;
}

// The distinct values that `key` has, in the order of the networks.
template <class Key>
auto distinct(const GalleryResults& results, const Key& key) {
  std::vector<std::decay_t<decltype(key(results.nets.front()))>> values;
  for (const GalleryNet& net : results.nets) {
    if (std::find(values.begin(), values.end(), key(net)) == values.end())
      values.push_back(key(net));
  }
  return values;
}

std::vector<std::string> activations_of(const GalleryResults& results) {
  return distinct(results, [](const GalleryNet& net) { return net.activation; });
}

std::vector<double> biases_of(const GalleryResults& results) {
  return distinct(results, [](const GalleryNet& net) { return net.b; });
}

std::vector<std::string> domains_of(const GalleryResults& results) {
  std::vector<std::string> domains;
  if (results.nets.empty()) return domains;
  for (const SphereSpectrum& spectrum : results.nets.front().spectra)
    domains.push_back(spectrum.domain);
  return domains;
}

// Closed form of the shallow ReLU network without biases, over its diagonal, on the angles.
Series closed_profile(const GalleryNet& net, bool tangent, int style) {
  Series series{.label = "depth 1, formula", .mark = Mark::line, .theory = true, .style = style};
  const AngleKernel kernel = tangent ? AngleKernel::nobias : AngleKernel::K0;
  for (Index i = 0; i < net.theta.size(); ++i)
    add_point(series, net.theta(i), kernel_value(kernel, net.theta(i)) / kernel_value(kernel, 0));
  return series;
}

Panel profile_panel(const std::vector<const GalleryNet*>& nets, bool tangent) {
  Panel panel{.title = tangent ? "Tangent kernel" : "Covariance (NNGP)",
              .x = {.title = "angle theta (rad)", .low = 0, .high = pi},
              .y = {.title = "kernel over its value at 0 (dimensionless)"}};
  int style = 0;
  for (const GalleryNet* net : nets) {
    const Vector& values = tangent ? net->ntk : net->nngp;
    const double diagonal = tangent ? net->ntk_diagonal : net->nngp_diagonal;
    const bool shallow = net->depth == 1 && net->activation == "relu" && net->b == 0;
    if (shallow) panel.series.push_back(closed_profile(*net, tangent, style));
    Series series{.label = fmt::format("depth {}", net->depth),
                  .mark = shallow ? Mark::points : Mark::line,
                  .style = style++};
    const Index stride = shallow ? std::max<Index>(1, net->theta.size() / 18) : 1;
    for (Index i = 0; i < values.size(); i += stride)
      add_point(series, net->theta(i), values(i) / diagonal);
    add_if_any(panel, std::move(series));
  }
  return panel;
}

std::vector<Figure> profile_figures(const GalleryResults& results) {
  std::vector<Figure> figures;
  for (const std::string& activation : activations_of(results)) {
    const std::vector<const GalleryNet*> nets =
        by_depth(results, activation, biases_of(results).front());
    if (nets.empty()) continue;
    std::string name = "profiles-" + activation;
    std::replace_if(
        name.begin(), name.end(), [](char c) { return c == ' ' || c == '=' || c == '.'; }, '-');
    std::replace(name.begin(), name.end(), '_', '-');
    figures.push_back(
        {.name = name,
         .title = fmt::format("Kernels of {} networks over the angle", activation),
         .caption = fmt::format(
             "{} networks, W = {:.4g}, b = {:.4g}: the tangent kernel falls off its value at angle "
             "0 faster than the covariance, and faster with depth, so deep networks tell apart "
             "what lies close together{}.",
             activation, nets.front()->W, nets.front()->b,
             activation == "relu" ? "; points at depth 1 lie on the formulas of the circle" : ""),
         .panels = {profile_panel(nets, false), profile_panel(nets, true)}});
  }
  return figures;
}

// Eigenvalue over the diagonal at the degrees where it exceeds its error, on a log axis.
Series spectrum_points(const GalleryNet& net, const SphereSpectrum& spectrum, std::string label,
                       int style) {
  Series series{.label = std::move(label), .mark = Mark::points, .style = style};
  for (Index k = 1; k < spectrum.ntk.value.size(); ++k) {
    if (spectrum.ntk.value(k) > spectrum.ntk.error(k))
      add_point(series, static_cast<double>(k), spectrum.ntk.value(k) / net.ntk_diagonal);
  }
  return series;
}

Series closed_spectrum(const GalleryNet& net, Index d, Index cutoff, int style) {
  Series series{
      .label = "ReLU, depth 1, formula", .mark = Mark::line, .theory = true, .style = style};
  for (Index k = 1; k <= cutoff; ++k) {
    const double value = std::pow(net.W, 4) * relu_tangent_eigenvalue(d, k) / net.ntk_diagonal;
    if (value > 0) add_point(series, static_cast<double>(k), value);
  }
  return series;
}

Panel spectrum_panel(const GalleryResults& results, const std::string& domain) {
  Panel panel{.title = name_of_domain(domain),
              .x = {.title = "degree k (dimensionless)", .log = true},
              .y = {.title = "eigenvalue over Theta(0) (dimensionless)", .log = true}};
  const double b = biases_of(results).front();
  int style = 0;
  for (const std::string& activation : activations_of(results)) {
    const std::vector<const GalleryNet*> nets = by_depth(results, activation, b);
    std::vector<const GalleryNet*> shown = {nets.front()};
    if (activation == "relu" && nets.size() > 1) shown.push_back(nets.back());
    for (const GalleryNet* net : shown) {
      const SphereSpectrum* spectrum = spectrum_of(*net, domain);
      if (!spectrum) continue;
      if (activation == "relu" && net->depth == 1 && b == 0)
        add_if_any(panel, closed_spectrum(*net, ambient_dimension(domain),
                                          spectrum->ntk.value.size() - 1, style));
      add_if_any(panel,
                 spectrum_points(*net, *spectrum,
                                 fmt::format("{}, depth {}", activation, net->depth), style++));
    }
  }
  const double largest = biases_of(results).back();
  const std::vector<const GalleryNet*> biased = by_depth(results, "relu", largest);
  if (largest > b && !biased.empty()) {
    if (const SphereSpectrum* spectrum = spectrum_of(*biased.front(), domain))
      add_if_any(panel, spectrum_points(*biased.front(), *spectrum,
                                        fmt::format("relu, depth {}, b = {:.4g}",
                                                    biased.front()->depth, largest),
                                        style++));
  }
  return panel;
}

std::vector<Figure> spectrum_figure(const GalleryResults& results) {
  Figure figure{
      .name = "spectra",
      .title = "Spectra of tangent kernels on three spheres",
      .caption =
          "Eigenvalues above their error (points) of the tangent kernel, divided by its value at "
          "angle 0: ReLU follows a power law, smooth activations fall faster than any power; "
          "without biases the shallow ReLU network (on its formula) has no odd degree above 1, "
          "with biases or depth it has all."};
  for (const std::string& domain : domains_of(results)) {
    Panel panel = spectrum_panel(results, domain);
    if (!panel.series.empty()) figure.panels.push_back(std::move(panel));
  }
  return figure.panels.empty() ? std::vector<Figure>{} : std::vector<Figure>{figure};
}

std::vector<Figure> decay_figure(const GalleryResults& results) {
  Figure figure{.name = "decay",
                .title = "Decay exponents of ReLU kernels",
                .caption =
                    "Exponents p of k^-p fitted to each parity that a kernel has (points; bars: "
                    "three standard errors and what the fit leaves out) lie on d and d + 2 "
                    "(lines) at every depth, with biases or without."};
  const std::vector<Decay> all = decays(results);
  for (const bool tangent : {false, true}) {
    Panel panel{.title = tangent ? "Tangent kernel" : "Covariance (NNGP)",
                .x = {.title = "depth L (layers)"},
                .y = {.title = "exponent p (dimensionless)"}};
    int style = 0;
    for (const std::string& domain : domains_of(results)) {
      Series theory{.label = "", .mark = Mark::line, .theory = true, .style = style};
      Series fitted{
          .label = name_of_domain(domain) + ", fits", .mark = Mark::points, .style = style++};
      for (const Decay& decay : all) {
        const bool belongs =
            decay.domain == domain && decay.predicted && decay.kernel == (tangent ? "ntk" : "nngp");
        if (!belongs) continue;
        const double bar = 3 * decay.standard_error + decay.model_error;
        add_point(fitted, static_cast<double>(decay.depth), decay.exponent);
        fitted.low.push_back(decay.exponent - bar);
        fitted.high.push_back(decay.exponent + bar);
        theory.label = fmt::format("{}, p = {:.4g}", name_of_domain(domain), *decay.predicted);
        add_point(theory, static_cast<double>(decay.depth), *decay.predicted);
      }
      add_if_any(panel, std::move(theory));
      add_if_any(panel, std::move(fitted));
    }
    if (!panel.series.empty()) figure.panels.push_back(std::move(panel));
  }
  return figure.panels.empty() ? std::vector<Figure>{} : std::vector<Figure>{figure};
}

Panel share_panel(const GalleryResults& results, const std::string& domain) {
  Panel panel{.title = name_of_domain(domain),
              .x = {.title = "depth L (layers)", .log = true},
              .y = {.title = "share of the trace in k <= 4 (dimensionless)", .high = 1}};
  int style = 0;
  for (const std::string& activation : activations_of(results)) {
    for (const double b : biases_of(results)) {
      Series series{.label = fmt::format("{}, b = {:.4g}", activation, b),
                    .mark = Mark::points,
                    .style = style++};
      for (const GalleryNet* net : by_depth(results, activation, b)) {
        const SphereSpectrum* spectrum = spectrum_of(*net, domain);
        if (!spectrum) continue;
        const TraceSum low = partial_trace(spectrum->ntk, ambient_dimension(domain), low_degree);
        add_point(series, static_cast<double>(net->depth), low.value / net->ntk_diagonal);
      }
      add_if_any(panel, std::move(series));
    }
  }
  return panel;
}

std::vector<Figure> share_figure(const GalleryResults& results) {
  Figure figure{.name = "shares",
                .title = "What depth, bias and activation do to spectral bias",
                .caption =
                    "Share of the tangent kernel's trace in degrees k <= 4, the part of a generic "
                    "target that is learned first: depth takes from it, most of all for erf at "
                    "this W, whose deep networks are chaotic without biases; biases add to it at "
                    "depth; and the higher the dimension, the smaller it is."};
  for (const std::string& domain : domains_of(results)) {
    Panel panel = share_panel(results, domain);
    if (!panel.series.empty()) figure.panels.push_back(std::move(panel));
  }
  return figure.panels.empty() ? std::vector<Figure>{} : std::vector<Figure>{figure};
}

}  // namespace

std::vector<Figure> gallery_figures(const GalleryResults& results) {
  std::vector<Figure> figures = profile_figures(results);
  for (const auto& part : {spectrum_figure(results), decay_figure(results), share_figure(results)})
    figures.insert(figures.end(), part.begin(), part.end());
  return figures;
}

}  // namespace wideband

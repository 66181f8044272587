#include "wideband/experiment/kernel/gallery_results.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <stdexcept>

#include <fmt/format.h>

#include "wideband/experiment/kernel/gallery_decay.hpp"

namespace wideband {
namespace {

std::string place_of(const GalleryNet& net) {
  return fmt::format("{}.{}", net.depth, net.b);
}

Matrix columns_of(const SphereSpectrum& spectrum) {
  Matrix columns(spectrum.nngp.value.size(), 4);
  columns << spectrum.nngp.value, spectrum.nngp.error, spectrum.ntk.value, spectrum.ntk.error;
  return columns;
}

GalleryNet read_net(const Record& record, const GalleryTask& task, Index depth, double b) {
  GalleryNet net;
  net.activation = task.activation;
  net.depth = depth;
  net.W = task.W;
  net.b = b;
  const std::string place = place_of(net);
  const Matrix profile = record.matrix(place + ".profile");
  net.theta = profile.col(0);
  net.nngp = profile.col(1);
  net.ntk = profile.col(2);
  net.nngp_diagonal = record.scalar(place + ".nngp_diagonal");
  net.ntk_diagonal = record.scalar(place + ".ntk_diagonal");
  net.error_estimate = record.scalar(place + ".error_estimate");
  for (const std::string& domain : task.domains) {
    const Matrix columns = record.matrix(place + "." + domain);
    net.spectra.push_back(
        {domain, {columns.col(0), columns.col(1)}, {columns.col(2), columns.col(3)}});
  }
  return net;
}

Table profile_table(const GalleryResults& results) {
  Table table("profile", {"activation", "depth", "W", "b", "theta", "nngp", "ntk"});
  for (const GalleryNet& net : results.nets) {
    for (Index i = 0; i < net.theta.size(); ++i) {
      table.add({net.activation, net.depth, net.W, net.b, net.theta(i), net.nngp(i), net.ntk(i)});
    }
  }
  return table;
}

Table spectrum_table(const GalleryResults& results) {
  Table table("spectrum", {"domain", "activation", "depth", "W", "b", "k", "multiplicity",
                           "eigenvalue_nngp", "eigenvalue_ntk", "error_nngp", "error_ntk"});
  for (const GalleryNet& net : results.nets) {
    for (const SphereSpectrum& spectrum : net.spectra) {
      const Index d = ambient_dimension(spectrum.domain);
      for (Index k = 0; k < spectrum.ntk.value.size(); ++k) {
        table.add({spectrum.domain, net.activation, net.depth, net.W, net.b, k,
                   harmonic_multiplicity(d, k), spectrum.nngp.value(k), spectrum.ntk.value(k),
                   spectrum.nngp.error(k), spectrum.ntk.error(k)});
      }
    }
  }
  return table;
}

Cell cell_of(const std::optional<double>& value) {
  return value ? Cell(*value) : Cell();
}

Table decay_table(const GalleryResults& results) {
  Table table("decay", {"domain", "activation", "depth", "b", "parity", "kernel", "exponent",
                        "stderr", "predicted", "first_k", "last_k", "model_error"});
  for (const Decay& decay : decays(results)) {
    table.add({decay.domain, decay.activation, decay.depth, decay.b, decay.parity, decay.kernel,
               decay.exponent, decay.standard_error, cell_of(decay.predicted), decay.first,
               decay.last, decay.model_error});
  }
  return table;
}

Table share_table(const GalleryResults& results) {
  Table table("share", {"domain", "activation", "depth", "b", "low_share_nngp", "low_share_ntk",
                        "trace_nngp", "trace_ntk"});
  for (const GalleryNet& net : results.nets) {
    for (const SphereSpectrum& spectrum : net.spectra) {
      const Index d = ambient_dimension(spectrum.domain);
      table.add({spectrum.domain, net.activation, net.depth, net.b,
                 partial_trace(spectrum.nngp, d, low_degree).value / net.nngp_diagonal,
                 partial_trace(spectrum.ntk, d, low_degree).value / net.ntk_diagonal,
                 net.nngp_diagonal, net.ntk_diagonal});
    }
  }
  return table;
}

}  // namespace

Index ambient_dimension(const std::string& domain) {
  if (domain == "circle") return 2;
  if (domain == "sphere2") return 3;
  if (domain == "sphere9") return 10;
  throw std::invalid_argument(
      fmt::format("[kernel-gallery] expected circle, sphere2 or sphere9, got {}", domain));
}

Vector profile_angles(Index count) {
  Vector angles(count);
  for (Index i = 0; i < count; ++i)
    angles(i) = std::numbers::pi * static_cast<double>(i) / static_cast<double>(count - 1);
  return angles;
}

void put_net(Record& record, const GalleryNet& net) {
  const std::string place = place_of(net);
  Matrix profile(net.theta.size(), 3);
  profile << net.theta, net.nngp, net.ntk;
  record.put(place + ".profile", profile);
  record.put(place + ".nngp_diagonal", net.nngp_diagonal);
  record.put(place + ".ntk_diagonal", net.ntk_diagonal);
  record.put(place + ".error_estimate", net.error_estimate);
  for (const SphereSpectrum& spectrum : net.spectra)
    record.put(place + "." + spectrum.domain, columns_of(spectrum));
}

GalleryResults gallery_results(const std::vector<Point<GalleryConfig, GalleryTask>>& points) {
  GalleryResults results;
  for (const auto& point : points) {
    for (const auto& [task, record] : point.finished) {
      for (const Index depth : task.depths) {
        for (const double b : task.biases) results.nets.push_back(read_net(record, task, depth, b));
      }
    }
  }
  return results;
}

const GalleryNet* net_of(const GalleryResults& results, const std::string& activation, Index depth,
                         double b) {
  for (const GalleryNet& net : results.nets) {
    if (net.activation == activation && net.depth == depth && net.b == b) return &net;
  }
  return nullptr;
}

const SphereSpectrum* spectrum_of(const GalleryNet& net, const std::string& domain) {
  for (const SphereSpectrum& spectrum : net.spectra) {
    if (spectrum.domain == domain) return &spectrum;
  }
  return nullptr;
}

std::string label_of(const GalleryNet& net) {
  return fmt::format("{}, depth {}, b = {}", net.activation, net.depth, net.b);
}

std::vector<Table> gallery_tables(const GalleryResults& results) {
  return {profile_table(results), spectrum_table(results), decay_table(results),
          share_table(results)};
}

}  // namespace wideband

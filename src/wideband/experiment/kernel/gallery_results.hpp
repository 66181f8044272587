// What kernel-gallery measures: its results as structs, their place in records, and the tables.
#pragma once

#include <string>
#include <vector>

#include "wideband/experiment/kernel/gallery.hpp"
#include "wideband/math/harmonics.hpp"

namespace wideband {

/// Both spectra of one network on one sphere.
struct SphereSpectrum {
  std::string domain;
  ZonalSpectrum nngp, ntk;  // k = 0, ..., cutoff
};

/// The kernels of one network on inputs of |x|^2 = d.
struct GalleryNet {
  std::string activation;
  Index depth = 0;
  double W = 0;
  double b = 0;  // 0: without biases
  Vector theta;  // ascending, 0 to pi
  Vector nngp, ntk;
  double nngp_diagonal = 0, ntk_diagonal = 0;
  double error_estimate = 0;  // of the kernels, relative to their diagonals
  std::vector<SphereSpectrum> spectra;
};

struct GalleryResults {
  std::vector<GalleryNet> nets;
};

/// d of the sphere S^(d-1) that a domain names.
Index ambient_dimension(const std::string& domain);

/// `count` equidistant angles from 0 to pi.
Vector profile_angles(Index count);

/// The numbers of one network, written under its depth and bias and read back.
void put_net(Record& record, const GalleryNet& net);
GalleryResults gallery_results(const std::vector<Point<GalleryConfig, GalleryTask>>& points);

/// The network with these keys, or null.
const GalleryNet* net_of(const GalleryResults& results, const std::string& activation, Index depth,
                         double b);
/// Its spectrum there, or null.
const SphereSpectrum* spectrum_of(const GalleryNet& net, const std::string& domain);

/// "relu, depth 3, b = 0.5".
std::string label_of(const GalleryNet& net);

/// tables/profile.csv, spectrum.csv, decay.csv, share.csv.
std::vector<Table> gallery_tables(const GalleryResults& results);

}  // namespace wideband

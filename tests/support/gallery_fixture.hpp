// A small run of kernel-gallery, for the tests of its parts.
#pragma once

#include "wideband/experiment/kernel/gallery_results.hpp"

namespace wideband::test {

inline GalleryConfig small_gallery_config() {
  GalleryConfig config;
  config.activations = {"relu", "erf"};
  config.depths = {1, 3};
  config.biases = {0, 0.5};
  config.cutoff = 64;
  config.angles = 37;
  return config;
}

/// Measured once.
inline const GalleryResults& small_gallery() {
  static const GalleryResults results = [] {
    const GalleryConfig config = small_gallery_config();
    Point<GalleryConfig, GalleryTask> point{config, {}};
    for (const GalleryTask& task : gallery_tasks(config))
      point.finished.push_back({task, gallery_record(task)});
    return gallery_results({point});
  }();
  return results;
}

/// The network with these keys, to be changed.
inline GalleryNet& net_in(GalleryResults& results, const std::string& activation, Index depth,
                          double b) {
  for (GalleryNet& net : results.nets) {
    if (net.activation == activation && net.depth == depth && net.b == b) return net;
  }
  throw std::invalid_argument("no such network");
}

}  // namespace wideband::test

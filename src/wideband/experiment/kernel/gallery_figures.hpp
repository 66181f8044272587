// The figures of kernel-gallery.
#pragma once

#include <vector>

#include "wideband/experiment/kernel/gallery_results.hpp"

namespace wideband {

/// figures/profiles, spectra, decay, shares; one without data is left out. Every number in them
/// stands in a table of gallery_tables.
std::vector<Figure> gallery_figures(const GalleryResults& results);

}  // namespace wideband

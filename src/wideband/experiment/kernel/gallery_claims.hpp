// The statements that kernel-gallery judges.
#pragma once

#include <vector>

#include "wideband/experiment/kernel/gallery_results.hpp"

namespace wideband {

/// Every claim for which the results hold a comparison, in the order of the gallery page.
std::vector<Claim> gallery_claims(const GalleryResults& results);

}  // namespace wideband

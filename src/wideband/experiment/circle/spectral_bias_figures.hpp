// The page of the digest: eight panels from eigenvalues to preconditioned training.
#pragma once

#include <string>
#include <vector>

#include "wideband/experiment/circle/spectral_bias.hpp"
#include "wideband/experiment/figure.hpp"
#include "wideband/experiment/table.hpp"

namespace wideband {

/// The tables that the panels are drawn from, as the circle experiments write them.
struct DigestTables {
  Table spectrum;
  Table modes;
  Table concentration;
  Table width;
  Table alignment;
  Table evolution_time;
  Table rates;
  Table preconditioned_modes;
};

/// The page with all panels, then each panel as a figure of its own.
std::vector<Figure> spectral_bias_figures(const DigestTables& tables,
                                          const SpectralBiasConfig& config);

}  // namespace wideband

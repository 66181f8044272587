// Writes what is shown of a run: tables, claims, figures and the report.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "wideband/experiment/experiment.hpp"
#include "wideband/experiment/manifest.hpp"
#include "wideband/experiment/toml_deck.hpp"

namespace wideband {

struct OutputOptions {
  std::filesystem::path folder = {};
  std::string summary = {};         // of the experiment
  std::vector<Fact> protocol = {};  // as printed before the run
  bool figures = true;              // draw them; needs gnuplot
};

/// Writes tables/*.csv, claims.json, figures/*, report.html, each atomically. Returns the digest of
/// every file by its path in the folder.
std::map<std::string, std::string> write_outputs(const Outcome& outcome, const Deck& deck,
                                                 const Manifest& manifest,
                                                 const OutputOptions& options);

/// The first of the files that is missing or no longer has its digest, or "".
std::string altered_output(const std::filesystem::path& folder,
                           const std::map<std::string, std::string>& digests);

}  // namespace wideband

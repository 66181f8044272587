// manifest.json: which program, machine and settings a run comes from, and what it has written.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "wideband/core/types.hpp"
#include "wideband/experiment/build_identity.hpp"

namespace wideband {

struct ManifestTask {
  std::string id;
  std::string label;
  std::optional<double> seconds = {};  // wall time; unknown if the run was killed before noting it
};

struct Manifest {
  std::string experiment = {};
  BuildIdentity build = {};
  std::string blas = {};
  std::string simd = {};
  Index threads = 1;
  Index seed = 0;
  std::vector<ManifestTask> tasks = {};
  double peak_bytes = 0;  // most memory that one process of the run has had, outcome included
  /// Digest of every file under tables/ and figures/, of claims.json and report.html, by path;
  /// empty until the run is finished.
  std::map<std::string, std::string> outputs = {};
  std::vector<std::string> statuses = {};  // how the run ended, in words
  bool figures_missing = false;            // gnuplot was not found when they were to be drawn
};

std::string manifest_json(const Manifest& manifest);

/// Reads manifest_json back. Throws std::invalid_argument for any other text.
Manifest manifest_from_json(const std::string& text);

/// The manifest in `folder`, or none if it is missing or unreadable: it holds no results.
std::optional<Manifest> stored_manifest(const std::filesystem::path& folder);

}  // namespace wideband

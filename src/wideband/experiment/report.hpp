// The report of a run: one HTML file that opens anywhere, on screen, telephone and paper.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "wideband/experiment/experiment.hpp"

namespace wideband {

struct ReportInput {
  std::string title = {};             // "circle-spectrum" or "circle-spectrum/full"
  std::string summary = {};           // one line: what the experiment asks
  Outcome outcome = {};               // what is shown
  std::vector<Fact> protocol = {};    // as printed before the run
  std::vector<Fact> provenance = {};  // version, compiler, seed, ...
  std::string config = {};            // config.toml
  /// The drawn figures by name (what `draw` wrote). A figure without its SVG is described in words.
  std::map<std::string, std::string> drawings = {};
};

/// The page: no script, nothing fetched; light and dark; figures inline with alternative text;
/// claims in sentences, their comparisons to unfold; the first rows of each table with a link to
/// its file. Below 10 MB: figures beyond that are linked.
std::string report_html(const ReportInput& input);

}  // namespace wideband

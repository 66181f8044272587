// Figures as data, drawn by gnuplot: theory is a line, measurement points with bars.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "wideband/core/types.hpp"

namespace wideband {

struct Axis {
  std::string title = {};  // with its unit, or "dimensionless"
  bool log = false;
  std::optional<double> low = {};  // default: from the data
  std::optional<double> high = {};
};

enum class Mark {
  line,    // theory, or a continuous measurement such as a loss curve; low/high draw a band
  points,  // measurement; low/high draw bars
  steps    // histogram outline
};

/// A curve or a cloud. `theory` series are drawn with lines; both kinds must appear where both
/// exist.
struct Series {
  std::string label = {};
  Mark mark = Mark::points;
  bool theory = false;
  std::vector<double> x = {};
  std::vector<double> y = {};
  std::vector<double> low = {};  // same length as y, or empty
  std::vector<double> high = {};
  int style =
      -1;  // color, marker and dash index (Okabe-Ito); -1: next free; equal styles belong together
};

struct HeatMap {
  Matrix values = {};  // (rows, cols), drawn with row 0 at the top unless y_up
  std::vector<std::string> row_labels = {};
  std::vector<std::string> column_labels = {};
  std::string scale_title = {};  // what the color shows, with its unit
  bool log = false;
  bool diverging = false;  // symmetric color range about 0
  bool y_up = false;
};

struct Panel {
  std::string title = {};
  Axis x = {};
  Axis y = {};
  std::vector<Series> series = {};
  std::optional<HeatMap> heat = {};
};

/// figures/NAME.svg, 900 x 560 (taller with more than two rows of panels), and its gnuplot script.
struct Figure {
  std::string name = {};  // file name, lower_case with dashes
  std::string title = {};
  std::string caption = {};  // one sentence that says what to see and names what bars and bands are
  std::string alternative = {};  // the claim in words, for who cannot see it; default: the caption
  std::vector<Panel> panels = {};
};

/// The gnuplot script (data inline) that draws `figure` into `svg_name`. Throws
/// std::invalid_argument for more than 8 curves in a panel, series of unequal lengths, missing axis
/// titles, or nothing to draw.
std::string gnuplot_script(const Figure& figure, const std::string& svg_name);

/// Whether gnuplot is on PATH now.
bool gnuplot_available();

/// Writes folder/NAME.gp and folder/NAME.svg, atomically. Throws UnavailableError if gnuplot is
/// missing or fails.
void draw(const Figure& figure, const std::filesystem::path& folder);

}  // namespace wideband

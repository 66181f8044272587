// Where everything of a figure lies on its canvas, in pixels: panels, titles, legends, color bars.
#pragma once

#include <string>
#include <vector>

#include "wideband/experiment/figure.hpp"
#include "wideband/experiment/figure_scale.hpp"

namespace wideband {

inline constexpr double text_size = 14;    // axis and panel titles
inline constexpr double small_size = 13;   // ticks and legends
inline constexpr double script_size = 12;  // sub- and superscripts: nothing is smaller
inline constexpr double headline_size = 17;
inline constexpr double line_height = 18;    // of axis titles
inline constexpr double legend_height = 20;  // of an entry of a legend
inline constexpr double x_title_below = 36;  // center of its first line below the axis

struct Box {
  double left = 0, top = 0, right = 0, bottom = 0;  // y grows downward
};

struct LegendPlace {
  double left = 0, top = 0;
  int columns = 1;
  int rows = 0;      // 0: no legend
  double width = 0;  // of its widest text
};

struct PanelPlace {
  Box plot;  // inside the axes
  std::vector<std::string> title;
  std::vector<std::string> x_title;
  std::vector<std::string> y_title;
  double y_title_left = 0;  // distance of the center of its last line from the axis
  LegendPlace legend;
  Scale x, y;
  // Of a heat map:
  Scale color;
  Box color_bar;
  std::vector<std::string> color_title;
  double color_title_right = 0;  // distance of the center of its first line from the color bar
};

struct Layout {
  double width = 900;
  double height = 560;
  std::vector<std::string> title;
  std::vector<PanelPlace> panels;
};

/// One row for up to 3 panels, then rows of two; the canvas grows where a row would be lower than
/// 260 pixels or axes lower than 150. Legends stand to the right of a single panel if they are
/// short, below their panel else, and once below all panels if these have the same entries.
Layout layout_of(const Figure& figure);

/// Estimated width of typeset text in pixels, rather too wide than too narrow.
double text_width(const std::string& text, double size);

/// Lines of at most `width` pixels, broken at spaces.
std::vector<std::string> wrapped_text(const std::string& text, double width, double size);

/// Style (color, marker, dash) of each series of a panel: its own, or the next free one.
std::vector<int> styles_of(const Panel& panel);

}  // namespace wideband

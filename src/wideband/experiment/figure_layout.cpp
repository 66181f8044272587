#include "wideband/experiment/figure_layout.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <sstream>
#include <string_view>

#include "wideband/experiment/typeset.hpp"

namespace wideband {
namespace {

constexpr double edge = 10;           // free border of the canvas
constexpr double tick_room = 9;       // between axis and tick labels
constexpr double legend_sample = 44;  // line or marker before a legend's text
constexpr double bar_gap = 14;        // between a heat map and its color bar
constexpr double bar_width = 14;
constexpr double row_height = 260;
constexpr double least_axes = 150;  // height of the axes of a panel

// Relative to the font size, wide enough for DejaVu Sans, the widest of the usual sans serifs.
double character_width(char c) {
  constexpr std::string_view narrow = "iljtfrI.,:;'|!()[]";
  if (c == ' ') return 0.32;
  if (narrow.find(c) != narrow.npos) return 0.39;
  if (c == 'm' || c == 'w' || c == 'M' || c == 'W') return 0.95;
  if (c >= 'A' && c <= 'Z') return 0.70;
  return 0.62;
}

bool continues(char c) {
  return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u;
}

int columns_for(std::size_t panels) {
  if (panels <= 3) return static_cast<int>(panels);
  return 2;
}

struct LegendNeeds {
  double widest = 0;
  int entries = 0;
};

LegendNeeds legend_needs(const Panel& panel) {
  LegendNeeds needs;
  for (const Series& series : panel.series) {
    if (series.label.empty()) continue;
    needs.widest = std::max(needs.widest, text_width(series.label, small_size));
    ++needs.entries;
  }
  return needs;
}

LegendPlace legend_grid(const LegendNeeds& needs, double width) {
  LegendPlace place;
  if (needs.entries == 0) return place;
  place.width = needs.widest;
  const double column = needs.widest + legend_sample + 14;
  place.columns = std::clamp(static_cast<int>(width / column), 1, needs.entries);
  place.rows = (needs.entries + place.columns - 1) / place.columns;
  place.columns = (needs.entries + place.rows - 1) / place.rows;
  return place;
}

double label_width(const Scale& scale) {
  double widest = 0;
  for (const Tick& tick : scale.ticks) {
    widest = std::max(widest, text_width(tick.label, small_size));
  }
  return widest;
}

void append(std::vector<double>& list, const std::vector<double>& more) {
  list.insert(list.end(), more.begin(), more.end());
}

Scale x_scale(const Panel& panel, int most) {
  std::vector<double> values;
  bool lines_only = true;
  for (const Series& series : panel.series) {
    append(values, series.x);
    lines_only = lines_only && series.mark == Mark::line;
  }
  return scale_of(panel.x, values, most, lines_only);
}

Scale y_scale(const Panel& panel, int most) {
  std::vector<double> values;
  for (const Series& series : panel.series) {
    append(values, series.y);
    append(values, series.high);
    // On a log axis a bar that reaches zero is cut; it must not stretch the range.
    if (!panel.y.log) append(values, series.low);
  }
  Axis axis = panel.y;
  Scale scale = scale_of(axis, values, most);
  if (!panel.y.log) return scale;
  for (const Series& series : panel.series) {
    for (const double low : series.low) {
      if (low > scale.low / 10) values.push_back(low);
    }
  }
  return scale_of(axis, values, most);
}

// Ticks at the centers of cells, thinned to labels that fit; the last cell keeps its own, which may
// stand for a rest.
Scale cell_scale(const std::vector<std::string>& labels, Index count, int most, bool reversed) {
  Scale scale{-0.5, static_cast<double>(count) - 0.5};
  const auto step = static_cast<std::size_t>(
      std::max<Index>(1, (static_cast<Index>(labels.size()) + most - 1) / most));
  for (std::size_t i = 0; i < labels.size(); i += step) {
    scale.ticks.push_back({static_cast<double>(i), labels[i]});
  }
  if (!labels.empty() && (labels.size() - 1) % step != 0) {
    scale.ticks.back() = {static_cast<double>(labels.size() - 1), labels.back()};
  }
  if (reversed) std::swap(scale.low, scale.high);
  return scale;
}

Scale color_scale(const HeatMap& heat, int most) {
  std::vector<double> values(heat.values.data(), heat.values.data() + heat.values.size());
  Axis axis{.log = heat.log};
  if (heat.diverging) {
    double largest = 0;
    for (const double value : values) {
      if (std::isfinite(value)) largest = std::max(largest, std::abs(value));
    }
    if (largest == 0) largest = 1;
    values = {-largest, largest};
  }
  return scale_of(axis, values, most, true);
}

double widest_label(const std::vector<std::string>& labels) {
  double widest = 0;
  for (const std::string& label : labels) {
    widest = std::max(widest, text_width(label, small_size));
  }
  return widest;
}

void scale_heat(const HeatMap& heat, double width, double height, PanelPlace& place) {
  const double column = widest_label(heat.column_labels) + 10;
  place.x = cell_scale(heat.column_labels, heat.values.cols(),
                       std::max(1, static_cast<int>(width / column)), false);
  place.y = cell_scale(heat.row_labels, heat.values.rows(),
                       std::max(1, static_cast<int>(height / line_height)), !heat.y_up);
  place.color = color_scale(heat, 6);
  place.color_title = wrapped_text(heat.scale_title, height + 30, text_size);
  place.color_title_right = tick_room + label_width(place.color) + 14;
}

// Room that a panel needs around its axes; the same for all panels of a row or column.
struct Margins {
  double left = 0, right = 0, top = 0, bottom = 0;
};

bool same_entry(const Series& a, const Series& b) {
  return a.label == b.label && a.mark == b.mark && a.theory == b.theory && a.style == b.style;
}

bool shared_legend(const Figure& figure) {
  const std::vector<Series>& first = figure.panels.front().series;
  return figure.panels.size() > 1 && legend_needs(figure.panels.front()).entries > 0 &&
         std::all_of(figure.panels.begin(), figure.panels.end(), [&first](const Panel& panel) {
           return std::equal(first.begin(), first.end(), panel.series.begin(), panel.series.end(),
                             same_entry);
         });
}

bool legend_right(const Figure& figure) {
  const LegendNeeds needs = legend_needs(figure.panels.front());
  return figure.panels.size() == 1 && !figure.panels.front().heat && needs.entries > 0 &&
         needs.widest <= 180;
}

double lines_height(const std::vector<std::string>& lines) {
  return line_height * static_cast<double>(lines.size());
}

// Scales and wrapped titles for axes of the given size.
PanelPlace fitted(const Panel& panel, double width, double height) {
  PanelPlace place;
  place.x = x_scale(panel, std::max(2, static_cast<int>(width / 56)));
  place.y = y_scale(panel, std::clamp(static_cast<int>(height / 34), 2, 9));
  if (panel.heat) scale_heat(*panel.heat, width, height, place);
  place.title = wrapped_text(panel.title, width, text_size);
  place.x_title = wrapped_text(panel.x.title, width + 30, text_size);
  place.y_title = wrapped_text(panel.y.title, height + 40, text_size);
  place.y_title_left = tick_room + label_width(place.y) + 14;
  return place;
}

Margins margins_of(const Panel& panel, const PanelPlace& place, int legend_rows) {
  Margins margins;
  margins.left = edge + lines_height(place.y_title) - line_height / 2 + place.y_title_left;
  margins.right = edge + 12;
  if (panel.heat) {
    margins.right = edge + bar_gap + bar_width + place.color_title_right +
                    lines_height(place.color_title) - line_height / 2;
  }
  margins.top = 14 + lines_height(place.title);
  margins.bottom = x_title_below + lines_height(place.x_title) - line_height / 2 + edge;
  if (legend_rows > 0) margins.bottom += legend_height * legend_rows + 8;
  return margins;
}

struct Grid {
  int columns = 1;
  int rows = 1;
  double width = 0;  // of a cell
  std::size_t row(std::size_t panel) const { return panel / static_cast<std::size_t>(columns); }
  std::size_t column(std::size_t panel) const { return panel % static_cast<std::size_t>(columns); }
};

// Axes in one row or column line up: the largest margin counts.
std::vector<Margins> aligned(const std::vector<Margins>& own, const Grid& grid) {
  std::vector<Margins> result = own;
  for (std::size_t i = 0; i < own.size(); ++i) {
    for (std::size_t j = 0; j < own.size(); ++j) {
      if (grid.column(i) == grid.column(j)) {
        result[i].left = std::max(result[i].left, own[j].left);
      }
      if (grid.row(i) == grid.row(j)) {
        result[i].top = std::max(result[i].top, own[j].top);
        result[i].bottom = std::max(result[i].bottom, own[j].bottom);
      }
    }
  }
  return result;
}

// Heights of the rows: equal axes, not lower than the least, filling `available` if they can.
std::vector<double> row_heights(const std::vector<Margins>& margins, const Grid& grid,
                                double available) {
  std::vector<double> heights(static_cast<std::size_t>(grid.rows), 0.0);
  double taken = 0;
  for (std::size_t i = 0; i < margins.size(); ++i) {
    double& height = heights[grid.row(i)];
    if (height == 0) taken += height = margins[i].top + margins[i].bottom;
  }
  const double axes = std::max((available - taken) / grid.rows, least_axes);
  for (double& height : heights) height += axes;
  return heights;
}

class Arrangement {
 public:
  explicit Arrangement(const Figure& figure)
      : figure_(figure), right_(legend_right(figure)), shared_(shared_legend(figure)) {
    layout_.title = wrapped_text(figure.title, layout_.width - 4 * edge, headline_size);
    grid_.columns = columns_for(figure.panels.size());
    grid_.rows = (static_cast<int>(figure.panels.size()) + grid_.columns - 1) / grid_.columns;
    const LegendNeeds first = legend_needs(figure.panels.front());
    if (right_) beside_ = first.widest + legend_sample + 24;
    if (shared_) common_ = legend_grid(first, layout_.width - 2 * edge);
    grid_.width = (layout_.width - beside_) / grid_.columns;
    plots_.resize(figure.panels.size(), Box{0, 0, grid_.width - 90, 200});
    // Labels depend on the size of the axes, and the axes on the room that labels take.
    for (int pass = 0; pass < 3; ++pass) {
      place_all();
      for (std::size_t i = 0; i < plots_.size(); ++i) plots_[i] = layout_.panels[i].plot;
    }
  }
  Layout layout() && { return std::move(layout_); }

 private:
  LegendPlace legend_of(const Panel& panel) const {
    if (shared_) return {};
    const LegendNeeds needs = legend_needs(panel);
    if (right_) return {0, 0, 1, needs.entries, needs.widest};
    return legend_grid(needs, grid_.width - 2 * edge);
  }

  void place_all() {
    layout_.height = std::max(Layout{}.height, grid_.rows * row_height);
    layout_.panels.clear();
    std::vector<Margins> margins;
    for (std::size_t i = 0; i < plots_.size(); ++i) {
      const Panel& panel = figure_.panels[i];
      const Box& plot = plots_[i];
      PanelPlace place = fitted(panel, plot.right - plot.left, plot.bottom - plot.top);
      place.legend = legend_of(panel);
      margins.push_back(margins_of(panel, place, right_ ? 0 : place.legend.rows));
      layout_.panels.push_back(std::move(place));
    }
    margins = aligned(margins, grid_);
    const double top = 8 + 23 * static_cast<double>(layout_.title.size());
    const double below = shared_ ? legend_height * common_.rows + 8 : 0;
    const std::vector<double> heights = row_heights(margins, grid_, layout_.height - top - below);
    double cell_top = top;
    for (std::size_t i = 0; i < layout_.panels.size(); ++i) {
      if (i > 0 && grid_.row(i) != grid_.row(i - 1)) cell_top += heights[grid_.row(i - 1)];
      place_one(layout_.panels[i], margins[i], cell_top, grid_.column(i), heights[grid_.row(i)]);
    }
    cell_top += heights.back();
    layout_.height = std::max(layout_.height, cell_top + below);
    if (shared_) {
      common_.left = edge;
      common_.top = cell_top;
      layout_.panels.front().legend = common_;
    }
  }

  void place_one(PanelPlace& place, const Margins& margins, double cell_top, std::size_t column,
                 double height) const {
    const double cell_left = static_cast<double>(column) * grid_.width;
    place.plot = {cell_left + margins.left, cell_top + margins.top,
                  cell_left + grid_.width - margins.right, cell_top + height - margins.bottom};
    place.legend.left = right_ ? place.plot.right + 16 : cell_left + edge;
    place.legend.top =
        right_ ? place.plot.top : place.plot.bottom + x_title_below + lines_height(place.x_title);
    place.color_bar = {place.plot.right + bar_gap, place.plot.top,
                       place.plot.right + bar_gap + bar_width, place.plot.bottom};
  }

  const Figure& figure_;
  bool right_;
  bool shared_;
  double beside_ = 0;   // width of a legend to the right
  LegendPlace common_;  // of a legend below all panels
  Grid grid_;
  std::vector<Box> plots_;  // of the pass before
  Layout layout_;
};

}  // namespace

double text_width(const std::string& text, double size) {
  double width = 0;
  for (const Run& run : typeset(text)) {
    const double run_size = run.level == Level::normal ? size : script_size;
    for (const char c : run.text) width += continues(c) ? 0 : run_size * character_width(c);
  }
  return width;
}

std::vector<std::string> wrapped_text(const std::string& text, double width, double size) {
  std::vector<std::string> lines;
  std::istringstream words(text);
  std::string word;
  while (words >> word) {
    if (!lines.empty() && text_width(lines.back() + ' ' + word, size) <= width) {
      lines.back() += ' ' + word;
    } else {
      lines.push_back(word);
    }
  }
  return lines;
}

std::vector<int> styles_of(const Panel& panel) {
  std::set<int> used;
  for (const Series& series : panel.series) used.insert(series.style);
  std::vector<int> styles;
  int next = 0;
  for (const Series& series : panel.series) {
    int style = series.style;
    if (style < 0) {
      while (used.count(next) == 1) ++next;
      style = next++;
    }
    styles.push_back(style);
  }
  return styles;
}

Layout layout_of(const Figure& figure) {
  return Arrangement(figure).layout();
}

}  // namespace wideband

#include "wideband/experiment/figure.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <stdexcept>
#include <string_view>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/core/file.hpp"
#include "wideband/core/program.hpp"
#include "wideband/experiment/figure_layout.hpp"
#include "wideband/experiment/figure_svg.hpp"
#include "wideband/experiment/typeset.hpp"

namespace wideband {
namespace {

constexpr std::size_t most_curves = 8;
constexpr Index most_crisp_cells = 20000;   // beyond, a heat map is an embedded picture
constexpr Index most_written_cells = 120;   // a map this small shows its numbers
constexpr double least_written_width = 40;  // pixels of a cell that shows its number
constexpr double least_written_height = 20;

// Okabe & Ito's colors, told apart with any color vision; yellow, pale on paper, comes last.
constexpr std::array colors = {"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                               "#E69F00", "#56B4E9", "#000000", "#F0E442"};
constexpr std::array markers = {7, 5, 9, 13, 11, 6, 4, 8};
constexpr std::array dashes = {"solid",  "(12,4)",        "(4,3)", "(12,3,2,3)",
                               "(20,4)", "(8,3,2,3,2,3)", "(2,3)", "(16,3,5,3)"};
constexpr std::string_view sequential_palette =
    "defined (0 '#440154', 1 '#472c7a', 2 '#3b518b', 3 '#2c718e', 4 '#21908d', 5 '#27ad81', "
    "6 '#5cc863', 7 '#aadc32', 8 '#fde725')";
constexpr std::string_view diverging_palette =
    "defined (0 '#2166ac', 1 '#67a9cf', 2 '#d1e5f0', 3 '#f7f7f7', 4 '#fddbc7', 5 '#ef8a62', "
    "6 '#b2182b')";

template <class List>
auto style_of(const List& list, int style) {
  return list[static_cast<std::size_t>(style) % list.size()];
}

// ---- text ---------------------------------------------------------------------------------------

// Inside double quotes, with the characters that gnuplot's markup reads taken literally.
std::string literal(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (std::string_view("{}@&~_^").find(c) != std::string_view::npos) result += "\\\\";
    if (c == '\\') result += "\\\\\\";
    if (c == '"') result += '\\';
    result += c;
  }
  return result;
}

std::string markup(const std::string& text, bool bold = false) {
  std::string result;
  for (const Run& run : typeset(text)) {
    const std::string inside = literal(run.text);
    if (run.level == Level::normal) {
      result += inside;
    } else {
      result +=
          fmt::format("{}{{/={:g} {}}}", run.level == Level::sub ? '_' : '^', script_size, inside);
    }
  }
  return bold ? "{/:Bold " + result + "}" : result;
}

struct Text {
  std::string markup;
  double x = 0, y = 0;  // pixels, y downward
  double size = text_size;
  const char* anchor = "center";
  int rotation = 0;
};

class Script {
 public:
  explicit Script(const Layout& layout) : layout_(layout) {}

  template <class... Arguments>
  void line(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    text_ += fmt::format(format, std::forward<Arguments>(arguments)...);
    text_ += '\n';
  }
  double across(double x) const { return x / layout_.width; }
  double up(double y) const { return 1 - y / layout_.height; }
  void label(const Text& text) {
    line("set label \"{}\" at screen {:.5f}, screen {:.5f} {} rotate by {} font \",{:g}\" front",
         text.markup, across(text.x), up(text.y), text.anchor, text.rotation, text.size);
  }
  std::string text() && { return std::move(text_); }

 private:
  const Layout& layout_;
  std::string text_;
};

// ---- data ---------------------------------------------------------------------------------------

bool drawable(double value, bool log) {
  return std::isfinite(value) && (!log || value > 0);
}

std::string number(double value, bool log) {
  return drawable(value, log) ? fmt::format("{:.10g}", value) : "?";
}

// The points of a measured line that carry a marker: about eight, evenly spread over the axis,
// other ones for every style.
std::set<std::size_t> marked_points(const Series& series, const Panel& panel, int style) {
  constexpr int most_markers = 8;
  std::vector<double> places;
  std::vector<std::size_t> points;
  for (std::size_t i = 0; i < series.x.size(); ++i) {
    if (!drawable(series.x[i], panel.x.log)) continue;
    places.push_back(panel.x.log ? std::log(series.x[i]) : series.x[i]);
    points.push_back(i);
  }
  std::set<std::size_t> marked;
  if (points.empty()) return marked;
  const auto [low, high] = std::minmax_element(places.begin(), places.end());
  const double shift = 0.2 + 0.2 * (style % 4);
  for (int j = 0; j < most_markers; ++j) {
    const double target = *low + (j + shift) / most_markers * (*high - *low);
    const auto nearest = std::min_element(
        places.begin(), places.end(),
        [target](double a, double b) { return std::abs(a - target) < std::abs(b - target); });
    marked.insert(points[static_cast<std::size_t>(nearest - places.begin())]);
  }
  return marked;
}

// One row per point: x, y, low, high, y where a measured line carries a marker. On a log axis a bar
// that reaches zero ends at the axis.
void write_series(Script& script, const Series& series, const Panel& panel, const Scale& scale,
                  std::size_t index, int style) {
  const std::set<std::size_t> marked = marked_points(series, panel, style);
  script.line("$series{} << end", index);
  for (std::size_t i = 0; i < series.x.size(); ++i) {
    const double y = series.y[i];
    double low = series.low.empty() || !std::isfinite(series.low[i]) ? y : series.low[i];
    const double high = series.high.empty() || !std::isfinite(series.high[i]) ? y : series.high[i];
    if (panel.y.log && !(low > 0)) low = std::min(scale.low, y);
    script.line("{} {} {} {} {}", number(series.x[i], panel.x.log), number(y, panel.y.log),
                number(low, panel.y.log), number(high, panel.y.log),
                marked.count(i) == 1 ? number(y, panel.y.log) : "?");
  }
  script.line("end");
}

void write_heat(Script& script, const HeatMap& heat) {
  script.line("$heat << end");
  for (Index i = 0; i < heat.values.rows(); ++i) {
    std::string row;
    for (Index j = 0; j < heat.values.cols(); ++j) {
      const double value = heat.values(i, j);
      row += drawable(value, heat.log) ? fmt::format("{:.6g} ", value) : "NaN ";
    }
    script.line("{}", row);
  }
  script.line("end");
}

// ---- curves -------------------------------------------------------------------------------------

bool has_bars(const Series& series) {
  return !series.low.empty() && !series.high.empty();
}

double marker_size(std::size_t count) {
  return count <= 30 ? 0.85 : count <= 200 ? 0.55 : 0.3;
}

bool drawn_beside_line(const Panel& panel, const std::vector<int>& styles, int style) {
  for (std::size_t i = 0; i < panel.series.size(); ++i) {
    const Series& other = panel.series[i];
    if (!other.theory && other.mark == Mark::line && styles[i] == style) return true;
  }
  return false;
}

// Theory: a line; a broad pale one where the measurement of the same style is a line too.
std::string theory_form(const Panel& panel, const std::vector<int>& styles, int style) {
  const std::string color = style_of(colors, style);
  if (drawn_beside_line(panel, styles, style)) {
    return fmt::format("using 1:2 with lines lw 6 dt solid lc rgb \"#A0{}\"", color.substr(1));
  }
  return fmt::format("using 1:2 with lines lw 2 dt {} lc rgb \"{}\"", style_of(dashes, style),
                     color);
}

std::string measured_form(const Series& series, int style) {
  const char* color = style_of(colors, style);
  const int marker = style_of(markers, style);
  switch (series.mark) {
    case Mark::line:
      // The legend shows line and marker; in the panel the first point alone has one, the others
      // are drawn by marker_form.
      return fmt::format("using 1:2 with linespoints lw 1.5 dt {} pt {} ps 0.7 pi {} lc rgb \"{}\"",
                         style_of(dashes, style), marker, series.x.size() + 1, color);
    case Mark::points:
      return fmt::format("using {} pt {} ps {} lw 1.3 lc rgb \"{}\"",
                         has_bars(series) ? "1:2:3:4 with yerrorbars" : "1:2 with points", marker,
                         marker_size(series.x.size()), color);
    case Mark::steps:
      return fmt::format("using 1:2 with histeps lw 1.8 dt {} lc rgb \"{}\"",
                         style_of(dashes, style), color);
  }
  return "";
}

std::string marker_form(int style) {
  return fmt::format("using 1:5 with points pt {} ps 0.7 lw 1.3 lc rgb \"{}\" notitle",
                     style_of(markers, style), style_of(colors, style));
}

struct Curve {
  std::string plot;   // one element of the plot command
  std::string label;  // plain text; empty without a legend entry
};

std::string title_part(const std::string& label) {
  return label.empty() ? "notitle" : fmt::format("title \"{}\"", markup(label));
}

bool has_something(const Series& series, const Panel& panel) {
  for (std::size_t i = 0; i < series.x.size(); ++i) {
    if (drawable(series.x[i], panel.x.log) && drawable(series.y[i], panel.y.log)) return true;
  }
  return false;
}

// Bands lie under lines, theory under measurement; the legend follows that order.
std::vector<Curve> curves_of(const Panel& panel) {
  const std::vector<int> styles = styles_of(panel);
  std::vector<Curve> bands, theory, measured;
  for (std::size_t i = 0; i < panel.series.size(); ++i) {
    const Series& series = panel.series[i];
    const int style = styles[i];
    if (!has_something(series, panel)) continue;
    if (has_bars(series) && series.mark == Mark::line) {
      bands.push_back({fmt::format("$series{} using 1:3:4 with filledcurves fs transparent solid "
                                   "0.2 noborder lc rgb \"{}\" notitle",
                                   i, style_of(colors, style)),
                       ""});
    }
    const std::string form =
        series.theory ? theory_form(panel, styles, style) : measured_form(series, style);
    (series.theory ? theory : measured)
        .push_back(
            {fmt::format("$series{} {} {}", i, form, title_part(series.label)), series.label});
    if (!series.theory && series.mark == Mark::line) {
      measured.push_back({fmt::format("$series{} {}", i, marker_form(style)), ""});
    }
  }
  bands.insert(bands.end(), theory.begin(), theory.end());
  bands.insert(bands.end(), measured.begin(), measured.end());
  return bands;
}

// ---- axes ---------------------------------------------------------------------------------------

void write_scale(Script& script, const char* axis, const Scale& scale) {
  script.line("set {}range [{:.10g}:{:.10g}] noextend", axis, scale.low, scale.high);
  script.line("{}set logscale {}", scale.log ? "" : "un", axis);
  std::string list;
  for (const Tick& tick : scale.ticks) {
    list += fmt::format("{}\"{}\" {:.10g}{}", list.empty() ? "" : ", ", markup(tick.label),
                        tick.position, tick.label.empty() ? " 1" : "");
  }
  script.line("set {}tics font \",{:g}\" ({})", axis, small_size, list);
}

void write_titles(Script& script, const PanelPlace& place) {
  const double center = (place.plot.left + place.plot.right) / 2;
  const double middle = (place.plot.top + place.plot.bottom) / 2;
  double y = place.plot.top - 12 - 19 * (static_cast<double>(place.title.size()) - 1);
  for (const std::string& line : place.title) {
    script.label({markup(line, true), place.plot.left, y, text_size, "left"});
    y += 19;
  }
  y = place.plot.bottom + x_title_below;
  for (const std::string& line : place.x_title) {
    script.label({markup(line), center, y});
    y += line_height;
  }
  double x = place.plot.left - place.y_title_left -
             line_height * (static_cast<double>(place.y_title.size()) - 1);
  for (const std::string& line : place.y_title) {
    script.label({markup(line), x, middle, text_size, "center", 90});
    x += line_height;
  }
}

// gnuplot makes the columns of a legend as wide as its longest text with 0.7 em a letter; the
// correction, in such letters, makes them as wide as the layout does.
double legend_width_correction(const Panel& panel, const LegendPlace& legend) {
  std::size_t longest = 0;
  for (const Series& series : panel.series) {
    std::size_t letters = 0;
    for (const char c : plain_text(series.label)) {
      letters += (static_cast<unsigned char>(c) & 0xC0u) == 0x80u ? 0 : 1;
    }
    longest = std::max(longest, letters);
  }
  return legend.width / (0.7 * small_size) - static_cast<double>(longest);
}

void write_legend(Script& script, const Panel& panel, const LegendPlace& legend) {
  if (legend.rows == 0) {
    script.line("unset key");
    return;
  }
  script.line(
      "set key at screen {:.5f}, screen {:.5f} left top vertical Left reverse maxrows {} width "
      "{:.2f} samplen 2.6 spacing 1.03 font \",{:g}\"",
      script.across(legend.left), script.up(legend.top), legend.rows,
      legend_width_correction(panel, legend), small_size);
}

// The shade of a cell decides whether its number is written in black or white.
bool dark_cell(const HeatMap& heat, const Scale& scale, double value) {
  const double share = heat.log ? std::log(value / scale.low) / std::log(scale.high / scale.low)
                                : (value - scale.low) / (scale.high - scale.low);
  return heat.diverging ? std::abs(share - 0.5) > 0.38 : share < 0.6;
}

void write_cell_numbers(Script& script, const HeatMap& heat, const PanelPlace& place) {
  const Index cells = heat.values.size();
  const double width =
      (place.plot.right - place.plot.left) / static_cast<double>(heat.values.cols());
  const double height =
      (place.plot.bottom - place.plot.top) / static_cast<double>(heat.values.rows());
  if (cells > most_written_cells || width < least_written_width || height < least_written_height)
    return;
  for (Index i = 0; i < heat.values.rows(); ++i) {
    for (Index j = 0; j < heat.values.cols(); ++j) {
      const double value = heat.values(i, j);
      if (!drawable(value, heat.log)) continue;
      script.line(
          "set label \"{:.2g}\" at first {}, first {} center font \",{:g}\" tc rgb \"{}\" front",
          value, j, i, script_size, dark_cell(heat, place.color, value) ? "#FFFFFF" : "#000001");
    }
  }
}

std::string heat_plot(Script& script, const HeatMap& heat, const PanelPlace& place) {
  write_heat(script, heat);
  script.line(
      "set object 1 rectangle from graph 0,0 to graph 1,1 fc rgb \"#C8C8C8\" fs solid "
      "noborder behind");
  script.line("set palette {} maxcolors 128",
              heat.diverging ? diverging_palette : sequential_palette);
  write_scale(script, "cb", place.color);
  const Box& bar = place.color_bar;
  script.line(
      "set colorbox user origin screen {:.5f}, screen {:.5f} size screen {:.5f}, screen "
      "{:.5f} noborder",
      script.across(bar.left), script.up(bar.bottom), script.across(bar.right - bar.left),
      script.up(bar.top) - script.up(bar.bottom));
  double x = bar.right + place.color_title_right;
  for (const std::string& line : place.color_title) {
    script.label({markup(line), x, (bar.top + bar.bottom) / 2, text_size, "center", 90});
    x += line_height;
  }
  write_cell_numbers(script, heat, place);
  return fmt::format("$heat matrix with image {} notitle",
                     heat.values.size() <= most_crisp_cells ? "pixels" : "");
}

void write_panel(Script& script, const Panel& panel, const PanelPlace& place) {
  script.line("");
  script.line("set lmargin at screen {:.5f}; set rmargin at screen {:.5f}",
              script.across(place.plot.left), script.across(place.plot.right));
  script.line("set tmargin at screen {:.5f}; set bmargin at screen {:.5f}",
              script.up(place.plot.top), script.up(place.plot.bottom));
  write_scale(script, "x", place.x);
  write_scale(script, "y", place.y);
  write_titles(script, place);
  write_legend(script, panel, place.legend);
  std::vector<std::string> plots;
  if (panel.heat) {
    script.line("set border 15 lw 1; unset grid");
    plots.push_back(heat_plot(script, *panel.heat, place));
  } else {
    script.line("set border 3 lw 1");
    script.line("set grid xtics ytics lt 1 dt solid lw 0.8 lc rgb \"#E6E6E6\"");
  }
  const std::vector<int> styles = styles_of(panel);
  for (std::size_t i = 0; i < panel.series.size(); ++i) {
    write_series(script, panel.series[i], panel, place.y, i, styles[i]);
  }
  for (const Curve& curve : curves_of(panel)) plots.push_back(curve.plot);
  if (plots.empty()) {
    script.line("set label \"no finite value to show\" at graph 0.5, graph 0.5 center front");
    plots.push_back("NaN notitle");
  }
  script.line("plot {}", fmt::join(plots, ", \\\n     "));
  script.line("unset label; unset object");
}

// ---- checks -------------------------------------------------------------------------------------

void fail(const Figure& figure, const std::string& reason) {
  throw std::invalid_argument(fmt::format("[figure] {}: {}", figure.name, reason));
}

void check(const Figure& figure, const Panel& panel) {
  if (panel.x.title.empty() || panel.y.title.empty()) fail(figure, "an axis has no title");
  if (panel.series.empty() && !panel.heat) fail(figure, "a panel shows nothing");
  if (panel.heat && panel.heat->scale_title.empty()) fail(figure, "a color scale has no title");
  if (panel.heat && panel.heat->values.size() == 0) fail(figure, "a heat map is empty");
  const std::vector<int> styles = styles_of(panel);
  const std::size_t curves = std::set<int>(styles.begin(), styles.end()).size();
  if (curves > most_curves) {
    fail(figure, fmt::format("expected at most {} curves in \"{}\", got {}", most_curves,
                             panel.title, curves));
  }
  for (const Series& series : panel.series) {
    const std::size_t count = series.x.size();
    const auto fits = [count](const std::vector<double>& list) {
      return list.empty() || list.size() == count;
    };
    if (series.y.size() != count || !fits(series.low) || !fits(series.high)) {
      fail(figure, fmt::format("\"{}\" has columns of unequal lengths", series.label));
    }
  }
}

void check(const Figure& figure) {
  if (figure.name.empty() || figure.title.empty()) fail(figure, "expected a name and a title");
  if (figure.panels.empty()) fail(figure, "expected at least one panel");
  for (const Panel& panel : figure.panels) check(figure, panel);
}

}  // namespace

std::string gnuplot_script(const Figure& figure, const std::string& svg_name) {
  check(figure);
  const Layout layout = layout_of(figure);
  Script script(layout);
  script.line("# {}", figure.title);
  script.line("if (!exists(\"svg\")) svg = \"{}\"", svg_name);
  script.line(
      "set terminal svg size {:g},{:g} enhanced font \"Helvetica,{:g}\" background \"#FFFFFF\"",
      layout.width, layout.height, text_size);
  script.line("set encoding utf8");
  script.line("set output svg");
  script.line("set datafile missing \"?\"");
  script.line("set pointintervalbox 0");
  script.line("set tics out nomirror scale 0.5,0.3");
  script.line("set xtics offset 0,0.6; set ytics offset 0.7,0; set cbtics offset -0.8,0");
  script.line("set multiplot");
  double y = 19;
  for (const std::string& title : layout.title) {
    script.label({markup(title, true), layout.width / 2, y, headline_size});
    y += 23;
  }
  for (std::size_t i = 0; i < figure.panels.size(); ++i) {
    write_panel(script, figure.panels[i], layout.panels[i]);
  }
  script.line("unset multiplot");
  return std::move(script).text();
}

bool gnuplot_available() {
  return !program_on_path("gnuplot").empty();
}

void draw(const Figure& figure, const std::filesystem::path& folder) {
  const std::filesystem::path gnuplot = program_on_path("gnuplot");
  const std::string script = gnuplot_script(figure, figure.name + ".svg");
  const std::filesystem::path script_path = folder / (figure.name + ".gp");
  write_file(script_path, script);
  if (gnuplot.empty()) throw UnavailableError("[figure] gnuplot is not on PATH");
  const std::string raw = figure.name + ".svg.raw" + std::string(temporary_suffix);
  const Ended ended = run_program(
      gnuplot, {"-d", "-e", fmt::format("svg = \"{}\"", raw), script_path.filename().string()},
      folder);
  if (ended.status != 0) {
    std::error_code ignored;
    std::filesystem::remove(folder / raw, ignored);
    throw UnavailableError(fmt::format("[figure] gnuplot ended with {} on {}: {}", ended.status,
                                       script_path.string(), ended.errors));
  }
  std::vector<std::vector<std::string>> labels;
  for (const Panel& panel : figure.panels) {
    labels.emplace_back(panel.heat ? 1 : 0);
    for (const Curve& curve : curves_of(panel)) labels.back().push_back(curve.label);
  }
  const std::string svg = finished_svg(read_file(folder / raw), figure, labels);
  std::filesystem::remove(folder / raw);
  write_file(folder / (figure.name + ".svg"), svg);
}

}  // namespace wideband

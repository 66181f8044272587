// Reads the SVG of a figure back and lists what a reader would miss or stumble over.
#pragma once

#include <algorithm>
#include <cctype>
#include <cmath>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "support/temporary_folder.hpp"
#include "wideband/core/file.hpp"
#include "wideband/experiment/figure.hpp"
#include "wideband/experiment/figure_layout.hpp"
#include "wideband/experiment/figure_svg.hpp"
#include "wideband/experiment/typeset.hpp"

namespace wideband::test {

/// What stands between the first `open` at or after `from` and the next `close`; "" if nothing.
inline std::string between(const std::string& text, std::string_view open, std::string_view close,
                           std::size_t from = 0) {
  const std::size_t begin = text.find(open, from);
  if (begin == text.npos) return "";
  const std::size_t end = text.find(close, begin + open.size());
  return end == text.npos ? "" : text.substr(begin + open.size(), end - begin - open.size());
}

/// Character data of a piece of XML.
inline std::string character_data(const std::string& xml) {
  std::string text;
  bool inside_tag = false;
  for (const char c : xml) {
    if (c == '<') inside_tag = true;
    if (!inside_tag) text += c;
    if (c == '>') inside_tag = false;
  }
  for (const auto& [entity, character] :
       {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}}) {
    for (std::size_t at = text.find(entity); at != text.npos; at = text.find(entity, at + 1)) {
      text.replace(at, std::string_view(entity).size(), character);
    }
  }
  return text;
}

inline std::string without_spaces(std::string text) {
  std::erase_if(text, [](unsigned char c) { return std::isspace(c) != 0; });
  return text;
}

/// A text of the picture; x and y are where its anchor stands.
struct DrawnText {
  std::string words;
  double x = 0, y = 0, size = 0;
  std::string anchor;
  bool upright = false;
};

inline std::vector<DrawnText> drawn_texts(const std::string& svg) {
  std::vector<DrawnText> list;
  for (std::size_t at = svg.find("<text"); at != svg.npos; at = svg.find("<text", at + 1)) {
    const std::size_t group = svg.rfind("<g transform=\"translate(", at);
    const std::string head = svg.substr(group, at - group);
    DrawnText text;
    text.words = character_data(between(svg, ">", "</text>", at));
    text.x = std::stod(between(head, "translate(", ","));
    text.y = std::stod(between(head, ",", ")"));
    text.size = std::stod(between(head, "font-size=\"", "\""));
    text.anchor = between(head, "text-anchor=\"", "\"");
    text.upright = head.find("rotate(") == head.npos;
    list.push_back(text);
  }
  return list;
}

/// Opening and closing tags match, one root.
inline bool well_formed(const std::string& svg) {
  std::vector<std::string> open;
  for (std::size_t at = svg.find('<'); at != svg.npos; at = svg.find('<', at + 1)) {
    const std::size_t end = svg.find('>', at);
    if (end == svg.npos) return false;
    const std::string tag = svg.substr(at + 1, end - at - 1);
    if (tag.empty() || tag[0] == '?' || tag[0] == '!') continue;
    const std::string name = tag.substr(0, tag.find_first_of(" \n\t/", 1));
    if (tag[0] == '/') {
      if (open.empty() || "/" + open.back() != tag) return false;
      open.pop_back();
    } else if (tag.back() != '/') {
      open.push_back(name);
    }
  }
  return open.empty();
}

inline void check_texts(const std::string& svg, std::vector<std::string>& problems) {
  const double width = std::stod(between(svg, "viewBox=\"0 0 ", " "));
  const double height = std::stod(between(svg, fmt::format("viewBox=\"0 0 {:g} ", width), "\""));
  for (const DrawnText& text : drawn_texts(svg)) {
    if (text.size < 12) problems.push_back(fmt::format("\"{}\" is too small", text.words));
    // Letters of common fonts are narrower than the layout assumes.
    const double length = 0.85 * text_width(text.words, text.size);
    const double before = text.anchor == "start" ? 0 : text.anchor == "end" ? length : length / 2;
    const double first = text.upright ? text.x - before : text.y + before;
    const double last = text.upright ? first + length : first - length;
    const double across = text.upright ? width : height;
    const double other = text.upright ? text.y : text.x;
    const bool inside = std::min(first, last) >= 0 && std::max(first, last) <= across &&
                        other - text.size * 0.8 >= 0 &&
                        other + text.size * 0.25 <= (text.upright ? height : width);
    if (!inside) problems.push_back(fmt::format("\"{}\" leaves the canvas", text.words));
  }
  for (const std::string_view attribute : {" d='", "points = '", "transform='", "transform=\""}) {
    for (std::size_t at = svg.find(attribute); at != svg.npos; at = svg.find(attribute, at + 1)) {
      const std::string value = between(svg, attribute, attribute.substr(attribute.size() - 1), at);
      if (value.find("nan") != value.npos || value.find("inf") != value.npos) {
        problems.push_back("a coordinate is not a number");
      }
    }
  }
}

/// Whether the series has a point that its axes can show.
inline bool drawable(const Series& series, const Panel& panel) {
  for (std::size_t i = 0; i < series.x.size(); ++i) {
    const bool x = std::isfinite(series.x[i]) && (!panel.x.log || series.x[i] > 0);
    const bool y = std::isfinite(series.y[i]) && (!panel.y.log || series.y[i] > 0);
    if (x && y) return true;
  }
  return false;
}

inline void check_words(const Figure& figure, const std::string& svg,
                        std::vector<std::string>& problems) {
  std::string all;
  std::set<std::string> single;
  for (const DrawnText& text : drawn_texts(svg)) {
    all += without_spaces(text.words);
    single.insert(without_spaces(text.words));
  }
  const auto expect = [&](const std::string& words) {
    if (all.find(without_spaces(plain_text(words))) == all.npos) {
      problems.push_back(fmt::format("\"{}\" is not written", words));
    }
  };
  expect(figure.title);
  for (const Panel& panel : figure.panels) {
    for (const std::string& words : {panel.title, panel.x.title, panel.y.title}) expect(words);
    if (panel.heat) expect(panel.heat->scale_title);
    for (const Series& series : panel.series) {
      if (!series.label.empty() && drawable(series, panel) &&
          single.count(without_spaces(plain_text(series.label))) == 0) {
        problems.push_back(fmt::format("the legend lacks \"{}\"", series.label));
      }
    }
  }
}

/// Each curve has a group of its own that draws something besides its legend sample.
inline void check_curves(const Figure& figure, const std::string& svg,
                         std::vector<std::string>& problems) {
  std::vector<std::string> groups;
  const std::string opening = "-gnuplot_plot_";
  for (std::size_t at = svg.find(opening); at != svg.npos; at = svg.find(opening, at + 1)) {
    const std::size_t next = svg.find(opening, at + 1);
    groups.push_back(svg.substr(at, next == svg.npos ? svg.npos : next - at));
  }
  std::size_t expected = 0;
  for (const Panel& panel : figure.panels) {
    bool shown = panel.heat.has_value();
    for (const Series& series : panel.series) {
      const std::string title = "<title>" + escaped(plain_text(series.label)) + "</title>";
      shown = shown || series.label.empty();
      for (const std::string& group : groups) {
        const bool drawn = group.find(" d='") != group.npos || group.find("<use") != group.npos;
        shown = shown || (drawn && group.find(title) != group.npos);
      }
    }
    if (!shown) problems.push_back(fmt::format("panel \"{}\" is empty", panel.title));
    expected += panel.heat ? 1 : 0;
    for (const Series& series : panel.series) expected += drawable(series, panel) ? 1 : 0;
  }
  if (groups.size() < expected) {
    problems.push_back(fmt::format("{} curves drawn, expected {}", groups.size(), expected));
  }
}

/// Everything wrong with `svg` as a picture of `figure`; empty if it is fit to be shown.
inline std::vector<std::string> figure_problems(const Figure& figure, const std::string& svg) {
  std::vector<std::string> problems;
  if (!well_formed(svg)) return {"not well-formed"};
  if (figure.caption.empty()) problems.push_back("no caption");
  std::set<std::string> ids;
  for (const std::string_view opening : {" id=\"", " id='"}) {
    for (std::size_t at = svg.find(opening); at != svg.npos; at = svg.find(opening, at + 1)) {
      const std::string id = between(svg, opening, opening.substr(4), at);
      if (!ids.insert(id).second) problems.push_back(fmt::format("two elements are \"{}\"", id));
    }
  }
  check_texts(svg, problems);
  check_words(figure, svg, problems);
  check_curves(figure, svg, problems);
  return problems;
}

/// Draws the figures and lists the problems of all, each with the name of its figure.
inline std::vector<std::string> figure_problems(const std::vector<Figure>& figures) {
  const TemporaryFolder folder;
  std::vector<std::string> all;
  for (const Figure& figure : figures) {
    draw(figure, folder.path());
    const std::string svg = read_file(folder.path() / (figure.name + ".svg"));
    for (const std::string& problem : figure_problems(figure, svg)) {
      all.push_back(figure.name + ": " + problem);
    }
  }
  return all;
}

}  // namespace wideband::test

#include "wideband/experiment/figure_svg.hpp"

#include <string_view>

#include <fmt/format.h>

#include "wideband/experiment/typeset.hpp"

namespace wideband {
namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  std::string result;
  std::size_t at = 0;
  for (std::size_t next = text.find(from); next != text.npos; next = text.find(from, at)) {
    result.append(text, at, next - at).append(to);
    at = next + from.size();
  }
  text = result.append(text, at);
}

void replace_first(std::string& text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  if (at != text.npos) text.replace(at, from.size(), to);
}

// Replaces what stands between the first `open` and the `close` after it, both included.
void replace_between(std::string& text, std::string_view open, std::string_view close,
                     const std::string& by) {
  const std::size_t begin = text.find(open);
  if (begin == text.npos) return;
  const std::size_t end = text.find(close, begin + open.size());
  if (end != text.npos) text.replace(begin, end + close.size() - begin, by);
}

// The label of the plot that gnuplot calls "gnuplot_plot_2b": the second of the second panel.
std::string label_of(std::string_view plot, const std::vector<std::vector<std::string>>& labels) {
  std::size_t number = 0;
  std::size_t at = 0;
  while (at < plot.size() && plot[at] >= '0' && plot[at] <= '9') {
    number = 10 * number + static_cast<std::size_t>(plot[at++] - '0');
  }
  const bool lettered = at < plot.size() && plot[at] >= 'a' && plot[at] <= 'z';
  const std::size_t panel = lettered ? static_cast<std::size_t>(plot[at] - 'a') : 0;
  if (panel >= labels.size() || number == 0 || number > labels[panel].size()) return "";
  return labels[panel][number - 1];
}

// gnuplot writes a <title> after each <g id="gnuplot_plot_...">.
void title_curves(std::string& svg, const std::vector<std::vector<std::string>>& labels) {
  constexpr std::string_view opening = "gnuplot_plot_";
  for (std::size_t at = svg.find(opening); at != svg.npos; at = svg.find(opening, at)) {
    const std::string label = label_of(std::string_view(svg).substr(at + opening.size()), labels);
    const std::size_t begin = svg.find("<title>", at);
    const std::size_t end = svg.find("</title>", at);
    if (begin == svg.npos || end == svg.npos) return;
    const std::string title =
        label.empty() ? "" : "<title>" + escaped(plain_text(label)) + "</title>";
    svg.replace(begin, end + 8 - begin, title);
    at = begin + title.size();
  }
}

}  // namespace

std::string plain_text(const std::string& text) {
  std::string result;
  for (const Run& run : typeset(text)) result += run.text;
  return result;
}

std::string finished_svg(std::string raw, const Figure& figure,
                         const std::vector<std::vector<std::string>>& labels) {
  title_curves(raw, labels);
  const std::string& words = figure.alternative.empty() ? figure.caption : figure.alternative;
  replace_between(raw, "<title>Gnuplot", "</title>",
                  fmt::format("<title>{}</title>", escaped(plain_text(figure.title))));
  replace_between(raw, "<desc>", "</desc>",
                  fmt::format("<desc>{}</desc>", escaped(plain_text(words))));
  replace_first(raw, "<svg ", "<svg role=\"img\" ");
  const std::string prefix = figure.name + "-";
  replace_all(raw, "id='gp", "id='" + prefix + "gp");
  replace_all(raw, "href='#gp", "href='#" + prefix + "gp");
  replace_all(raw, "id='textbox'", "id='" + prefix + "textbox'");
  replace_all(raw, "id='greybox'", "id='" + prefix + "greybox'");
  replace_all(raw, "id=\"gnuplot_", "id=\"" + prefix + "gnuplot_");
  replace_all(raw, "font-family=\"Helvetica\"", "font-family=\"Helvetica, Arial, sans-serif\"");
  replace_all(raw, "<text>", "<text xml:space=\"preserve\">");
  return raw;
}

std::string inline_svg(std::string svg) {
  svg.erase(0, svg.find("<svg"));
  const std::size_t head = svg.find('>');
  std::string opening = svg.substr(0, head);
  const auto cut_attribute = [&opening](std::string_view name) {
    const std::size_t at = opening.find(name);
    if (at == opening.npos) return;
    const std::size_t quote = opening.find('"', at);
    opening.erase(at, opening.find('"', quote + 1) + 1 - at);
  };
  cut_attribute(" width=");
  cut_attribute(" height=");
  svg.replace(0, head, opening);
  replace_between(svg, "<rect x=\"0\" y=\"0\"", "/>", "");
  replace_all(svg, "fill=\"black\"", "fill=\"currentColor\"");
  replace_all(svg, "color=\"black\"", "color=\"currentColor\"");
  replace_all(svg, "stroke='black'", "stroke='currentColor'");
  replace_all(svg, "stroke=\"black\"", "stroke=\"currentColor\"");
  replace_all(svg, "'rgb(  0,   0,   0)'", "'currentColor'");
  replace_all(svg, "stroke='rgb(230, 230, 230)'", "stroke='currentColor' stroke-opacity='0.15'");
  return svg;
}

}  // namespace wideband

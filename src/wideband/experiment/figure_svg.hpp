// What becomes of the SVG that gnuplot wrote: names of its own, titles, alternative text.
#pragma once

#include <string>
#include <vector>

#include "wideband/experiment/figure.hpp"

namespace wideband {

/// The SVG text `raw` with ids that carry the figure's name (so that several can stand in one
/// page), <title> and <desc> of the figure, the plain label of each curve as its title (`labels` of
/// each panel in the order of its plots; empty: none), and a generic font family.
std::string finished_svg(std::string raw, const Figure& figure,
                         const std::vector<std::vector<std::string>>& labels);

/// A finished SVG for a page: no XML declaration, no fixed size, text and axes in the color of the
/// page, no background, so that it follows light and dark.
std::string inline_svg(std::string svg);

/// `text` in plain letters: Greek and symbols as in typeset.hpp, scripts on the line.
std::string plain_text(const std::string& text);

}  // namespace wideband

#include "wideband/experiment/figure_svg.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wideband::figure_svg_test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// The parts of gnuplot's output that are changed.
const std::string raw =
    "<?xml version=\"1.0\"?>\n<svg \n width=\"900\" height=\"560\"\n viewBox=\"0 0 900 560\"\n>\n"
    "<title>Gnuplot</title>\n<desc>Produced by GNUPLOT</desc>\n"
    "<rect x=\"0\" y=\"0\" width=\"900\" height=\"560\" fill=\"#FFFFFF\"/>\n"
    "<circle id='gpPt5'/><use xlink:href='#gpPt5' id='gpPt6'/>\n"
    "<g id=\"gnuplot_plot_1\" ><title>gnuplot_plot_1</title><path stroke='black'/></g>\n"
    "<g id=\"gnuplot_plot_2\" ><title>raw</title><g fill=\"black\" font-family=\"Helvetica\">"
    "<text>x</text></g></g>\n</svg>";

Figure figure() {
  return {.name = "modes", .title = "lambda_k < 1", .caption = "caption", .alternative = "a & b"};
}

TEST(FigureSvg, NamesTitlesAndWords) {
  const std::string svg = finished_svg(raw, figure(), {{"", "eta <= 1"}});
  EXPECT_THAT(svg, HasSubstr("<title>λk &lt; 1</title>"));
  EXPECT_THAT(svg, HasSubstr("<desc>a &amp; b</desc>"));
  EXPECT_THAT(svg, HasSubstr("<g id=\"modes-gnuplot_plot_1\" ><path"));
  EXPECT_THAT(svg, HasSubstr("<title>η ≤ 1</title>"));
  EXPECT_THAT(svg, HasSubstr("href='#modes-gpPt5' id='modes-gpPt6'"));
  EXPECT_THAT(svg, HasSubstr("sans-serif"));
}

TEST(FigureSvg, InlineFollowsThePage) {
  const std::string svg = inline_svg(finished_svg(raw, figure(), {{"", "eta <= 1"}}));
  EXPECT_EQ(svg.find("<svg"), 0u);
  EXPECT_THAT(svg, Not(HasSubstr("width=\"900\"")));
  EXPECT_THAT(svg, Not(HasSubstr("<rect")));
  EXPECT_THAT(svg, Not(HasSubstr("black")));
  EXPECT_THAT(svg, HasSubstr("viewBox=\"0 0 900 560\""));
}

}  // namespace
}  // namespace wideband::figure_svg_test

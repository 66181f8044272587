#include "wideband/experiment/figure.hpp"

#include <cmath>
#include <cstdlib>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/figure_check.hpp"
#include "wideband/core/error.hpp"

namespace wideband::figure_test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Decaying modes: measured points with bars, and their theory.
Panel decay(int modes) {
  Panel panel{.title = "mode k decays like (1 - eta lambda_k)^s",
              .x = {.title = "time t = eta s (dimensionless)"},
              .y = {.title = "|U_k' r_s|/|U_k' r_0| (dimensionless)", .log = true}};
  for (int k = 0; k < modes; ++k) {
    Series measured{.label = fmt::format("k = {}, measured", k), .style = k};
    Series theory{
        .label = fmt::format("k = {}, theory", k), .mark = Mark::line, .theory = true, .style = k};
    for (int i = 0; i <= 20; ++i) {
      const double value = std::exp(-0.3 * i / (1 + k));
      theory.x.push_back(i);
      theory.y.push_back(value);
      measured.x.push_back(i);
      measured.y.push_back(value);
      measured.low.push_back(value * .8 - .01);
      measured.high.push_back(value * 1.2);
    }
    panel.series.push_back(theory);
    panel.series.push_back(measured);
  }
  return panel;
}

Panel loss() {
  Panel panel{.title = "loss & time <fast>",
              .x = {.title = "time t (dimensionless)", .log = true},
              .y = {.title = "loss/n (mean over seeds)", .log = true}};
  for (int i = 0; i < 3; ++i) {
    Series line{.label = fmt::format("m = {}", 128 << i), .mark = Mark::line};
    for (double t = .1; t < 1000; t *= 1.3) {
      line.x.push_back(t);
      line.y.push_back(1 / (1 + t * i));
      line.low.push_back(.8 / (1 + t * i));
      line.high.push_back(1.2 / (1 + t * i));
    }
    panel.series.push_back(line);
  }
  return panel;
}

Panel heat(Index rows, Index columns, bool diverging) {
  Panel panel{.title = "crossover",
              .x = {.title = "width m (dimensionless)"},
              .y = {.title = "time t (dimensionless)"},
              .heat = HeatMap{}};
  panel.heat->values = Matrix(rows, columns);
  panel.heat->scale_title = "Delta(m, t), mean of ln(loss_evolving/loss_frozen)";
  panel.heat->diverging = diverging;
  for (Index i = 0; i < rows; ++i) {
    panel.heat->row_labels.push_back(fmt::format("{}", 1 << i));
    for (Index j = 0; j < columns; ++j) {
      panel.heat->values(i, j) = std::sin(double(i)) * std::cos(double(j));
    }
  }
  for (Index j = 0; j < columns; ++j) panel.heat->column_labels.push_back(fmt::format("{}", j));
  panel.heat->values(0, 0) = std::nan("");
  return panel;
}

Figure figure(const std::string& name, std::vector<Panel> panels) {
  return {.name = name,
          .title = "Modes of " + name + ", lambda_k >= 1/(pi^2 k^2)",
          .caption = "Bars are standard errors over seeds, bands one standard deviation.",
          .panels = std::move(panels)};
}

TEST(Figure, EveryLayoutIsFitToBeShown) {
  EXPECT_THAT(test::figure_problems({
                  figure("one", {decay(3)}),
                  figure("one-long-legend", {decay(8)}),
                  figure("two", {decay(2), loss()}),
                  figure("three", {decay(2), loss(), decay(4)}),
                  figure("four", {decay(2), loss(), heat(8, 6, true), decay(4)}),
                  figure("six", {decay(2), loss(), heat(8, 6, true), decay(4), loss(), loss()}),
                  figure("eight", {decay(2), loss(), decay(3), decay(4), loss(), loss(),
                                   heat(12, 12, false), decay(4)}),
                  figure("heat", {heat(25, 25, false)}),
              }),
              IsEmpty());
}

TEST(Figure, ValuesThatCannotBeDrawnAreLeftOut) {
  Panel panel = decay(1);
  panel.series[1].y[3] = std::nan("");
  panel.series[1].y[4] = std::numeric_limits<double>::infinity();
  panel.series[1].y[5] = -1;
  panel.series[1].low[6] = -1;
  panel.series[1].high[7] = std::nan("");
  Panel diverged = loss();
  for (double& value : diverged.series[0].y) value = std::numeric_limits<double>::infinity();
  EXPECT_THAT(test::figure_problems({figure("odd-values", {panel, diverged})}), IsEmpty());
}

TEST(Figure, CanvasIsAsPromised) {
  const test::TemporaryFolder folder;
  draw(figure("a", {decay(2), loss()}), folder.path());
  const std::string svg = read_file(folder.path() / "a.svg");
  EXPECT_THAT(svg, HasSubstr("viewBox=\"0 0 900 560\""));
  EXPECT_THAT(svg, HasSubstr("width=\"900\" height=\"560\""));
  EXPECT_THAT(svg, HasSubstr("<title>Modes of a, λk ≥ 1/(π2 k2)</title>"));
  EXPECT_THAT(svg, HasSubstr("<desc>Bars are standard errors over seeds"));
  EXPECT_EQ(test::names_in(folder.path()), (std::vector<std::string>{"a.gp", "a.svg"}))
      << "no temporary file stays";
  EXPECT_THAT(read_file(folder.path() / "a.gp"), HasSubstr("svg = \"a.svg\""));
}

TEST(Figure, TheCheckSeesWhatIsWrong) {
  const test::TemporaryFolder folder;
  Figure drawn = figure("a", {decay(2)});
  draw(drawn, folder.path());
  const std::string svg = read_file(folder.path() / "a.svg");
  ASSERT_THAT(test::figure_problems(drawn, svg), IsEmpty());

  Figure other = drawn;
  other.panels[0].series[0].label = "k = 9, theory";
  EXPECT_THAT(test::figure_problems(other, svg),
              ::testing::Contains("the legend lacks \"k = 9, theory\""));
  other = drawn;
  other.panels[0].x.title = "step";
  EXPECT_THAT(test::figure_problems(other, svg), ::testing::Contains("\"step\" is not written"));
  const auto with = [&svg](const std::string& from, const std::string& to) {
    std::string changed = svg;
    changed.replace(changed.find(from), from.size(), to);
    return changed;
  };
  EXPECT_THAT(test::figure_problems(drawn, with("translate(450", "translate(850")),
              ::testing::Contains(HasSubstr("leaves the canvas")));
  EXPECT_THAT(test::figure_problems(drawn, with(" d='M", " d='Mnan,nan M")),
              ::testing::Contains("a coordinate is not a number"));
  EXPECT_THAT(test::figure_problems(drawn, with("</g>", "")),
              ::testing::Contains("not well-formed"));
}

TEST(Figure, RefusesWhatCannotBeRead) {
  const auto refused = [](Figure broken) {
    EXPECT_THROW(gnuplot_script(broken, "x.svg"), std::invalid_argument);
  };
  refused(figure("a", {}));
  refused(figure("a", {Panel{.x = {.title = "x"}, .y = {.title = "y"}}}));
  refused(figure("a", {decay(9)}));
  Panel panel = decay(1);
  panel.x.title = "";
  refused(figure("a", {panel}));
  panel = decay(1);
  panel.series[0].x.push_back(1);
  refused(figure("a", {panel}));
  panel = decay(1);
  panel.series[1].low.pop_back();
  refused(figure("a", {panel}));
}

TEST(Figure, WithoutGnuplotTheScriptIsKept) {
  const test::TemporaryFolder folder;
  const std::string path = std::getenv("PATH");
  ::setenv("PATH", folder.path().c_str(), 1);
  EXPECT_FALSE(gnuplot_available());
  EXPECT_THROW(draw(figure("a", {decay(1)}), folder.path()), UnavailableError);
  ::setenv("PATH", path.c_str(), 1);
  EXPECT_EQ(test::names_in(folder.path()), std::vector<std::string>{"a.gp"});
}

}  // namespace
}  // namespace wideband::figure_test

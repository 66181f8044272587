#include "wideband/experiment/figure_layout.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wideband::figure_layout_test {
namespace {

Panel panel(int curves) {
  Panel panel{.title = "panel", .x = {.title = "x"}, .y = {.title = "y"}};
  for (int i = 0; i < curves; ++i) {
    panel.series.push_back({.label = "curve " + std::to_string(i), .x = {1, 2}, .y = {1, 2.0 + i}});
  }
  return panel;
}

Figure figure(std::vector<Panel> panels) {
  return {.name = "name", .title = "title", .panels = std::move(panels)};
}

TEST(FigureLayout, PanelsLieApartOnTheCanvas) {
  for (std::size_t count = 1; count <= 8; ++count) {
    const Layout layout = layout_of(figure(std::vector<Panel>(count, panel(4))));
    EXPECT_EQ(layout.width, 900);
    EXPECT_GE(layout.height, 560);
    for (std::size_t i = 0; i < count; ++i) {
      const Box& a = layout.panels[i].plot;
      EXPECT_GE(a.left, 40);
      EXPECT_LE(a.right, 900);
      EXPECT_GE(a.top, 30);
      EXPECT_LE(a.bottom, layout.height - 40);
      EXPECT_GE(a.bottom - a.top, 150 - 1e-9);
      for (std::size_t j = 0; j < i; ++j) {
        const Box& b = layout.panels[j].plot;
        EXPECT_TRUE(b.right < a.left || b.bottom < a.top || b.left > a.right) << i << ' ' << j;
      }
    }
  }
}

TEST(FigureLayout, TwoRowsFitTheUsualCanvas) {
  EXPECT_EQ(layout_of(figure(std::vector<Panel>(4, panel(3)))).height, 560);
  EXPECT_GT(layout_of(figure(std::vector<Panel>(8, panel(3)))).height, 1000);
}

TEST(FigureLayout, EqualEntriesShareOneLegend) {
  const Layout shared = layout_of(figure({panel(3), panel(3)}));
  EXPECT_EQ(shared.panels[0].legend.rows, 1);
  EXPECT_EQ(shared.panels[1].legend.rows, 0);
  const Layout own = layout_of(figure({panel(3), panel(2)}));
  EXPECT_GT(own.panels[1].legend.rows, 0);
}

// 14 columns with room for fewer labels: the last one, often a rest, keeps its own.
TEST(FigureLayout, TheLastCellIsLabeled) {
  for (Index count = 2; count < 40; ++count) {
    Panel heat{.title = "panel", .x = {.title = "x"}, .y = {.title = "y"}};
    heat.heat = HeatMap{.values = Matrix::Ones(count, count), .scale_title = "value"};
    for (Index i = 0; i < count; ++i) {
      heat.heat->row_labels.push_back(i + 1 < count ? "frequency" : "rest");
      heat.heat->column_labels.push_back(heat.heat->row_labels.back());
    }
    const PanelPlace place = layout_of(figure({heat, heat, heat, heat})).panels[0];
    for (const Scale& scale : {place.x, place.y}) {
      EXPECT_EQ(scale.ticks.back().label, "rest") << count;
      EXPECT_EQ(scale.ticks.back().position, static_cast<double>(count - 1));
    }
    for (std::size_t i = 2; i < place.x.ticks.size(); ++i) {
      EXPECT_GE(place.x.ticks[i].position - place.x.ticks[i - 1].position,
                place.x.ticks[1].position - place.x.ticks[0].position)
          << count;
    }
  }
}

TEST(FigureLayout, WrapsAtSpaces) {
  for (const std::string& line : wrapped_text("a title of several words that is long", 120, 14)) {
    EXPECT_LE(text_width(line, 14), 120);
  }
  EXPECT_EQ(wrapped_text("", 100, 14).size(), 0u);
}

TEST(FigureLayout, FreeStylesAvoidTheStatedOnes) {
  Panel mixed = panel(4);
  mixed.series[1].style = 0;
  mixed.series[3].style = 0;
  EXPECT_THAT(styles_of(mixed), ::testing::ElementsAre(1, 0, 2, 0));
}

}  // namespace
}  // namespace wideband::figure_layout_test

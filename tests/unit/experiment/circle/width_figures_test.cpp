#include "wideband/experiment/circle/width_figures.hpp"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "support/width_points.hpp"

namespace wideband::width_figures_test {
namespace {

TEST(WidthFigures, ShowTheoryBesideMeasurement) {
  WidthConfig config = test::small_width_config();
  config.seeds = 20;
  const std::vector<Figure> figures = width_figures(width_series({test::width_point(config)}));
  ASSERT_EQ(figures.size(), 3);
  for (const Figure& figure : figures) {
    EXPECT_FALSE(figure.caption.empty()) << figure.name;
    for (const Panel& panel : figure.panels) {
      EXPECT_LE(panel.series.size(), 8);
      if (panel.heat) continue;
      const auto theory = std::count_if(panel.series.begin(), panel.series.end(),
                                        [](const Series& series) { return series.theory; });
      EXPECT_GT(theory, 0) << figure.name;
      EXPECT_LT(theory, static_cast<std::ptrdiff_t>(panel.series.size())) << figure.name;
    }
    EXPECT_FALSE(gnuplot_script(figure, figure.name + ".svg").empty());
  }
}

TEST(WidthFigures, OfSeveralOperatorsHaveNamesOfTheirOwn) {
  WidthConfig config = test::small_width_config();
  config.seeds = 5;
  WidthConfig other = config;
  other.kernel = "nobias";
  std::set<std::string> names;
  for (const Figure& figure :
       width_figures(width_series({test::width_point(config), test::width_point(other)})))
    names.insert(figure.name);
  EXPECT_EQ(names.size(), 6);
}

}  // namespace
}  // namespace wideband::width_figures_test

#include "wideband/experiment/kernel/regression_figures.hpp"

#include <gtest/gtest.h>

#include "support/regression_fixture.hpp"

namespace wideband::regression_figures_test {
namespace {

TEST(RegressionFigures, AreOneForEachNetwork) {
  RegressionResults results = test::plausible_results();
  RegressionResult other = results.front();
  other.net = "dense | erf | dense";
  results.push_back(other);
  const std::vector<Figure> figures = regression_figures(results);
  ASSERT_EQ(figures.size(), 2U);
  EXPECT_EQ(figures[1].name, "ridge-2");
  EXPECT_EQ(figures[0].panels.size(), 3U);
  EXPECT_EQ(figures[0].panels[0].series.size(), 6U);
  EXPECT_EQ(figures[0].panels[2].series.size(), 2U) << "no likelihood under ntk";
  for (const Figure& figure : figures)
    EXPECT_NO_THROW(gnuplot_script(figure, figure.name + ".svg"));
}

}  // namespace
}  // namespace wideband::regression_figures_test

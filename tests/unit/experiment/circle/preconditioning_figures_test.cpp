#include "wideband/experiment/circle/preconditioning_figures.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>

#include "support/preconditioning_fixture.hpp"

namespace wideband {
namespace {

// Every panel shows something; curves stand beside theory where a panel has curves.
void expect_legible(const std::vector<Figure>& figures) {
  std::set<std::string> names;
  for (const Figure& figure : figures) {
    EXPECT_TRUE(names.insert(figure.name).second) << figure.name;
    EXPECT_FALSE(figure.caption.empty()) << figure.name;
    EXPECT_FALSE(figure.panels.empty()) << figure.name;
    for (const Panel& panel : figure.panels) {
      EXPECT_TRUE(panel.heat || !panel.series.empty()) << figure.name;
      EXPECT_LE(panel.series.size(), 8U) << figure.name;
      for (const Series& series : panel.series)
        EXPECT_FALSE(series.x.empty()) << figure.name << ": " << series.label;
    }
    EXPECT_NO_THROW(gnuplot_script(figure, "figure.svg")) << figure.name;
  }
}

TEST(PreconditioningFigures, ShowDecaySpectraLossesAndPrecision) {
  const auto& groups = test::small_preconditioning();
  expect_legible(preconditioning_figures(groups));
  EXPECT_EQ(preconditioning_figures(groups).size(), 4U);
  EXPECT_TRUE(preconditioning_figures({}).empty());
  expect_legible(preconditioning_figures({groups.back()}));
}

}  // namespace
}  // namespace wideband

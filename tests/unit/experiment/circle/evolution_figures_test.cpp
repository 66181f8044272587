#include "wideband/experiment/circle/evolution_figures.hpp"

#include <set>

#include <gtest/gtest.h>

#include "support/evolution_fixture.hpp"

namespace wideband::evolution_figures_test {
namespace {

TEST(EvolutionFigures, CanAllBeDrawn) {
  for (const EvolutionResults& results : {test::small_evolution(), test::made_up_evolution()}) {
    std::set<std::string> names;
    for (const Figure& figure : evolution_figures(results)) {
      EXPECT_TRUE(names.insert(figure.name).second) << figure.name;
      EXPECT_FALSE(figure.caption.empty()) << figure.name;
      EXPECT_NO_THROW(gnuplot_script(figure, "figure.svg")) << figure.name;
    }
    EXPECT_TRUE(names.count("crossover-map"));
    EXPECT_TRUE(names.count("delta"));
  }
}

TEST(EvolutionFigures, ShowFrozenTheoryBesideEvolvingMeasurement) {
  for (const Figure& figure : evolution_figures(test::small_evolution())) {
    if (!figure.name.starts_with("loss-")) continue;
    EXPECT_EQ(figure.panels.size(), 2U);
    for (const Panel& panel : figure.panels) {
      ASSERT_EQ(panel.series.size(), 3U);
      EXPECT_FALSE(panel.series[0].theory);
      EXPECT_FALSE(panel.series[0].low.empty());
      EXPECT_TRUE(panel.series[1].theory);
      EXPECT_TRUE(panel.series[2].theory);
    }
  }
}

TEST(EvolutionFigures, OfStoppedRunsAreLossesAlone) {
  EvolutionResults results = test::made_up_evolution();
  for (EvolutionGroup& group : results.groups) group.data["stopped"](0, 0) = 5;
  for (const Figure& figure : evolution_figures(results)) {
    EXPECT_TRUE(figure.name.starts_with("loss-") || figure.name.starts_with("step-"))
        << figure.name;
  }
}

}  // namespace
}  // namespace wideband::evolution_figures_test

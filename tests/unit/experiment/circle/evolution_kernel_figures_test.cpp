#include "wideband/experiment/circle/evolution_kernel_figures.hpp"

#include <gtest/gtest.h>

#include "support/evolution_fixture.hpp"

namespace wideband::evolution_kernel_figures_test {
namespace {

TEST(EvolutionKernelFigures, AreFivePerTarget) {
  const std::vector<Figure> figures = evolution_kernel_figures(test::small_evolution());
  EXPECT_EQ(figures.size(), 10U);
  for (const Figure& figure : figures) {
    for (const Panel& panel : figure.panels) {
      EXPECT_LE(panel.series.size(), 8U) << figure.name;
      EXPECT_TRUE(panel.heat || panel.series.size() >= 2) << figure.name;
    }
  }
}

TEST(EvolutionKernelFigures, SayWhatTheRestIs) {
  for (const Figure& figure : evolution_kernel_figures(test::small_evolution())) {
    if (!figure.name.starts_with("coupling-")) continue;
    EXPECT_EQ(figure.panels.front().heat->row_labels.back(), "rest");
    EXPECT_NE(figure.caption.find("rest, are all frequencies above the cutoff"), std::string::npos);
  }
}

TEST(EvolutionKernelFigures, ShowTheStartOfAlignmentBesideItsTheory) {
  for (const Figure& figure : evolution_kernel_figures(test::made_up_evolution())) {
    if (!figure.name.starts_with("cosine-")) continue;
    int theory = 0;
    for (const Series& series : figure.panels.front().series) theory += series.theory ? 1 : 0;
    EXPECT_EQ(theory, 1) << figure.name;
  }
}

}  // namespace
}  // namespace wideband::evolution_kernel_figures_test

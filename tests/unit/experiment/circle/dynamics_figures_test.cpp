#include "wideband/experiment/circle/dynamics_figures.hpp"

#include <set>

#include <gtest/gtest.h>

#include "support/dynamics_fixture.hpp"

namespace wideband::dynamics_figures_test {
namespace {

TEST(DynamicsFigures, ShowTheoryBesideMeasurement) {
  std::set<std::string> names;
  for (const Figure& figure : dynamics_figures(test::small_flows())) {
    names.insert(figure.name);
    for (const Panel& panel : figure.panels) {
      int theory = 0;
      int measured = 0;
      for (const Series& series : panel.series) (series.theory ? theory : measured) += 1;
      EXPECT_GT(theory, 0) << figure.name << ": " << panel.title;
      EXPECT_GT(measured, 0) << figure.name << ": " << panel.title;
      EXPECT_LE(panel.series.size(), 8U) << figure.name;
    }
    EXPECT_NO_THROW(gnuplot_script(figure, "figure.svg")) << figure.name;
  }
  EXPECT_EQ(names,
            (std::set<std::string>{"decay", "losses", "sizes", "stability", "steps", "trained"}));
}

}  // namespace
}  // namespace wideband::dynamics_figures_test

#include "wideband/experiment/circle/spectrum_figures.hpp"

#include <gtest/gtest.h>

#include "support/spectrum_fixture.hpp"

namespace wideband::spectrum_figures_test {
namespace {

TEST(SpectrumFigures, ShowTheoryBesideMeasurement) {
  const std::vector<Figure> figures = spectrum_figures(test::small_spectrum());
  ASSERT_EQ(figures.size(), 4U);
  for (const Figure& figure : figures) {
    EXPECT_FALSE(figure.caption.empty()) << figure.name;
    for (const Panel& panel : figure.panels) {
      int theory = 0;
      int measured = 0;
      for (const Series& series : panel.series) {
        (series.theory ? theory : measured) += 1;
        EXPECT_FALSE(series.x.empty()) << figure.name << ": " << series.label;
      }
      EXPECT_GT(theory, 0) << figure.name;
      EXPECT_GT(measured, 0) << figure.name;
      EXPECT_LE(panel.series.size(), 8U) << figure.name;
    }
  }
}

TEST(SpectrumFigures, NeedNoGridOfTheKernelWithBias) {
  SpectrumResults results = test::small_spectrum();
  std::erase_if(results.grids, [](const GridSpectrum& g) { return g.kernel == AngleKernel::bias; });
  EXPECT_EQ(spectrum_figures(results).size(), 2U);
}

// Seen with sizes = 1: the panel of float32 was empty.
TEST(SpectrumFigures, ShowSomethingForTheSmallestGrids) {
  for (const Index n : {1, 2, 3}) {
    SpectrumConfig config = test::small_spectrum_config();
    config.sizes = {n};
    config.neurons = 10;
    Point<SpectrumConfig, SpectrumTask> point{config, {}};
    for (const SpectrumTask& task : spectrum_tasks(config))
      point.finished.push_back({task, spectrum_record(task)});
    for (const Figure& figure : spectrum_figures(spectrum_results({point}))) {
      EXPECT_NO_THROW(gnuplot_script(figure, "figure.svg")) << figure.name << ", n = " << n;
    }
  }
}

}  // namespace
}  // namespace wideband::spectrum_figures_test

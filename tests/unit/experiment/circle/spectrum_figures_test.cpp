#include "wideband/experiment/circle/spectrum_figures.hpp"

#include <gtest/gtest.h>

#include "support/spectrum_fixture.hpp"

namespace wideband {
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

}  // namespace
}  // namespace wideband

#include "wideband/experiment/kernel/gallery_figures.hpp"

#include <gtest/gtest.h>

#include "support/gallery_fixture.hpp"

namespace wideband::gallery_figures_test {
namespace {

TEST(GalleryFigures, AreDrawableAndSayWhatToSee) {
  const std::vector<Figure> figures = gallery_figures(test::small_gallery());
  ASSERT_EQ(figures.size(), 5U);  // profiles of two activations, spectra, decay, shares
  for (const Figure& figure : figures) {
    EXPECT_FALSE(figure.caption.empty()) << figure.name;
    EXPECT_NO_THROW(gnuplot_script(figure, figure.name + ".svg")) << figure.name;
  }
}

TEST(GalleryFigures, ShowTheoryBesideMeasurementWhereThereIsOne) {
  for (const Figure& figure : gallery_figures(test::small_gallery())) {
    if (figure.name != "decay" && figure.name != "spectra" && figure.name != "profiles-relu")
      continue;
    for (const Panel& panel : figure.panels) {
      int theory = 0;
      for (const Series& series : panel.series) theory += series.theory ? 1 : 0;
      EXPECT_GT(theory, 0) << figure.name << ", " << panel.title;
      EXPECT_GT(static_cast<int>(panel.series.size()), theory) << figure.name;
    }
  }
}

TEST(GalleryFigures, NeedNoRelu) {
  GalleryResults results = test::small_gallery();
  std::erase_if(results.nets, [](const GalleryNet& net) { return net.activation == "relu"; });
  EXPECT_EQ(gallery_figures(results).size(), 3U);  // no decay
}

}  // namespace
}  // namespace wideband::gallery_figures_test

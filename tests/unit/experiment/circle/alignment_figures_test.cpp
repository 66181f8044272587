#include "wideband/experiment/circle/alignment_figures.hpp"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "support/alignment_points.hpp"

namespace wideband::alignment_figures_test {
namespace {

TEST(AlignmentFigures, ShowWhatWasMeasured) {
  AlignmentConfig config = test::small_alignment_config();
  config.seeds = 4;
  const std::vector<Figure> figures =
      alignment_figures(alignment_series({test::alignment_point(config)}));
  ASSERT_EQ(figures.size(), 6);
  std::set<std::string> names;
  for (const Figure& figure : figures) {
    names.insert(figure.name);
    EXPECT_FALSE(figure.caption.empty()) << figure.name;
    EXPECT_FALSE(gnuplot_script(figure, figure.name + ".svg").empty());
    const bool theory =
        std::any_of(figure.panels.front().series.begin(), figure.panels.front().series.end(),
                    [](const Series& series) { return series.theory; });
    EXPECT_EQ(theory, figure.name != "alignment-scatter") << figure.name;
  }
  EXPECT_EQ(names.size(), 6);
}

TEST(AlignmentFigures, AreDrawnForOneWidthAndFewPlanes) {
  AlignmentConfig config = test::small_alignment_config();
  config.widths = {64};
  config.cutoff = 1;
  config.seeds = 1;
  for (const Figure& figure : alignment_figures(alignment_series({test::alignment_point(config)})))
    EXPECT_FALSE(gnuplot_script(figure, figure.name + ".svg").empty());
}

}  // namespace
}  // namespace wideband::alignment_figures_test

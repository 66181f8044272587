#include "wideband/experiment/circle/sampling_figures.hpp"

#include <gtest/gtest.h>

#include "support/legible_figures.hpp"
#include "support/sampling_fixture.hpp"

namespace wideband::sampling_figures_test {
namespace {

TEST(SamplingFigures, ShowErrorsEntriesCoordinatesAndEnvelopes) {
  const std::vector<Figure> figures = sampling_figures(test::small_samples());
  EXPECT_EQ(figures.size(), 5U);
  test::expect_legible(figures);
}

TEST(SamplingFigures, OfOneSizeLeaveOutTheCurves) {
  const std::vector<Figure> figures = sampling_figures({test::small_samples()[0]});
  EXPECT_EQ(figures.size(), 3U);
  test::expect_legible(figures);
  EXPECT_TRUE(sampling_figures({}).empty());
}

}  // namespace
}  // namespace wideband::sampling_figures_test

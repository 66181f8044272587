#include "wideband/experiment/circle/sampling_mode_figures.hpp"

#include <limits>

#include <gtest/gtest.h>

#include "support/legible_figures.hpp"
#include "support/sampling_fixture.hpp"

namespace wideband::sampling_mode_figures_test {
namespace {

TEST(ModesFigures, ShowDecayExcitationDepartureAndPrecision) {
  const std::vector<Figure> figures = modes_figures(test::small_modes());
  EXPECT_EQ(figures.size(), 4U);
  test::expect_legible(figures);
  EXPECT_TRUE(modes_figures({}).empty());
}

TEST(ModesFigures, LeaveOutWhatDiverged) {
  ModeGroup group = test::small_modes()[0];
  for (Matrix& planes : group.planes)
    planes.bottomRows(3).setConstant(std::numeric_limits<double>::infinity());
  test::expect_legible(modes_figures({group}));
}

}  // namespace
}  // namespace wideband::sampling_mode_figures_test

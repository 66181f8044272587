#include "wideband/experiment/circle/preconditioning_figures.hpp"

#include <gtest/gtest.h>

#include "support/legible_figures.hpp"
#include "support/preconditioning_fixture.hpp"

namespace wideband::preconditioning_figures_test {
namespace {

TEST(PreconditioningFigures, ShowDecaySpectraLossesAndPrecision) {
  const auto& groups = test::small_preconditioning();
  test::expect_legible(preconditioning_figures(groups));
  EXPECT_EQ(preconditioning_figures(groups).size(), 4U);
  EXPECT_TRUE(preconditioning_figures({}).empty());
  test::expect_legible(preconditioning_figures({groups.back()}));
}

}  // namespace
}  // namespace wideband::preconditioning_figures_test

#include "wideband/experiment/circle/spectral_bias_figures.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/figure_check.hpp"
#include "support/spectral_bias_outcome.hpp"

namespace wideband::spectral_bias_figures_test {
namespace {

TEST(SpectralBiasFigures, OnePageAndEachPanelByItself) {
  const std::vector<Figure> figures = test::small_digest_outcome().figures;
  ASSERT_EQ(figures.size(), 9u);
  EXPECT_EQ(figures[0].name, "spectral-bias");
  ASSERT_EQ(figures[0].panels.size(), 8u);
  for (std::size_t i = 0; i < 8; ++i) {
    EXPECT_EQ(figures[0].panels[i].title, figures[i + 1].panels[0].title);
  }
  EXPECT_THAT(test::figure_problems(figures), ::testing::IsEmpty());
}

}  // namespace
}  // namespace wideband::spectral_bias_figures_test

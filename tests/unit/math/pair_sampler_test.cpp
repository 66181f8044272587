#include "wideband/math/pair_sampler.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"

namespace wideband::pair_sampler_test {
namespace {

using test::eps;

TEST(LineMomentsOf, AgreeWithClosedForms) {
  const LineMoments relu = line_moments(phi(PhiFamily::relu), 2);
  EXPECT_TRUE(test::near(relu.variance, 1, 16 * eps));
  EXPECT_TRUE(test::near(relu.slope_variance, 0.5, 16 * eps));
  EXPECT_TRUE(test::near(relu.mean, 1 / std::sqrt(std::acos(-1.0)), 16 * eps));
  EXPECT_TRUE(test::near(relu.spread, relu.variance - relu.mean * relu.mean, 16 * eps));
  EXPECT_EQ(line_moments(phi(PhiFamily::relu), 0).slope_variance, 0.25);
}

TEST(BendOf, IsTheExcessOfTheRootsOverTheCovariance) {
  const Phi f = phi(PhiFamily::erf);
  const double s = dual(f, 0.5, 2, half_angle(0, false)).angle.s;
  const double gap = std::log(4.0);
  EXPECT_TRUE(test::relatively_near(bend_of(f, 0.5, 2) * gap * gap, s, 1e-13));
  EXPECT_TRUE(test::relatively_near(bend_of(f, 1, 1 + 1e-4), bend_of(f, 1, 1), 1e-3));
  EXPECT_TRUE(test::near(bend_of(phi(PhiFamily::relu), 0.5, 2), 0, eps));
}

TEST(PairSamplerOf, SeriesAndQuadratureAgree) {
  const Phi f = phi(PhiFamily::silu);
  const SigmaGrid grid{.splits = 1, .nodes = 21, .far = true};
  PairSampler series(f, 0.5, 1, {.quadrature = {QuadratureRule::hermite}});
  PairSampler quadrature(f, 0.5, 1, {.quadrature = {QuadratureRule::polar}});
  EXPECT_TRUE(series.uses_series());
  EXPECT_FALSE(quadrature.uses_series());
  const PairSamples a = series.samples(0.5, 1, grid);
  const PairSamples b = quadrature.samples(0.5, 1, grid);
  ASSERT_EQ(a.slope.size(), grid.size());
  for (std::size_t i = 0; i < grid.size(); ++i) {
    EXPECT_TRUE(test::near(a.slope[i], b.slope[i], 1e-12));
    EXPECT_TRUE(test::near(a.mean_slope[i], b.mean_slope[i], 1e-11)) << i;
  }
  EXPECT_LE(b.error, 1e-12);
}

TEST(PairSamplerOf, CountsItsIntegrals) {
  PairSampler sampler(phi(PhiFamily::elu), 1, 1, {});
  const auto before = sampler.integrals();
  sampler.slope(1, 1, half_angle(0.2, false));
  EXPECT_GT(sampler.integrals(), before);
}

}  // namespace
}  // namespace wideband::pair_sampler_test

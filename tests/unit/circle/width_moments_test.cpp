#include "wideband/circle/width_moments.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/circle/angle_kernel.hpp"
#include "wideband/random/key.hpp"

namespace wideband::width_moments_test {
namespace {

using test::eps;
using test::pi;

constexpr double sqrt2 = std::numbers::sqrt2;

// Eigenvalues of docs/theory/circle.md, written out here from the partial fractions in k.
double eigenvalue(Index k, bool bias) {
  if (k == 0) return (bias ? 0.25 : 0.0) + 3 / (pi * pi);
  if (k == 1) return 0.25 + (bias ? 1 / (pi * pi) : 0.0);
  const double K = static_cast<double>(k);
  if (k % 2 == 1) return bias ? 1 / (pi * pi * K * K) : 0.0;
  return (K * K + 3) / (pi * pi * (K * K - 1) * (K * K - 1));
}

TEST(HalfArc, IsTheFourierSeriesOfTheGate) {
  // Midpoint sums over the open half circle; its ends fall on midpoint cell borders, so that the
  // error is that of the midpoint rule, (h^2/24) (pi/2pi) max|f''| with |f''| <= sqrt2 (k + 1)^2.
  const Index cutoff = 9, cells = 4096;
  const HalfArc arc = half_arc(cutoff);
  const double h = pi / cells;
  const double tolerance = sqrt2 * 100 * h * h / 48;
  for (Index k = 0; k <= cutoff; ++k) {
    double cosine = 0, sine = 0, gate = 0;
    for (Index i = 0; i < cells; ++i) {
      const double x = -pi / 2 + (static_cast<double>(i) + 0.5) * h;
      const double kx = static_cast<double>(k) * x;
      const double weight = (k == 0 ? 1 : sqrt2) / (2.0 * cells);
      cosine += weight * std::cos(x) * std::cos(kx);
      sine += weight * std::sin(x) * std::sin(kx);
      gate += weight * std::cos(kx);
    }
    EXPECT_TRUE(test::near(arc.h(k), cosine, tolerance)) << k;
    EXPECT_TRUE(test::near(arc.s(k), sine, tolerance)) << k;
    EXPECT_TRUE(test::near(arc.o(k), gate, tolerance)) << k;
  }
}

TEST(HalfArc, ParsevalHoldsInTheLimit) {
  // |gate cos|^2 = |gate sin|^2 = 1/4, |gate|^2 = 1/2, <gate cos, gate> = 1/pi. The terms left out
  // beyond L are at most 2/(pi^2 k^2) each (h: 2/(pi k^2)^2), summing below 2/(pi^2 L).
  const Index L = 4000;
  const HalfArc arc = half_arc(L);
  const double tail = 2 / (pi * pi * L);
  EXPECT_TRUE(test::near(arc.h.squaredNorm(), 0.25, 1e-9));
  EXPECT_TRUE(test::near(arc.s.squaredNorm(), 0.25, tail));
  EXPECT_TRUE(test::near(arc.o.squaredNorm(), 0.5, tail));
  EXPECT_TRUE(test::near(arc.h.dot(arc.o), 1 / pi, 8 * eps));
}

TEST(GridHalfArcs, TendToTheContinuum) {
  // The end sample of an arc lies a half cell from its end, so sums are midpoint sums as above.
  const Index n = 4096;
  const HalfArc arc = half_arc(5);
  const HalfArc even = grid_half_arcs(5, n).front();
  const double h = 2 * pi / n;
  EXPECT_TRUE(test::near(even.h, arc.h, sqrt2 * 36 * h * h / 48));
  EXPECT_TRUE(test::near(even.o, arc.o, sqrt2 * 36 * h * h / 48));
  EXPECT_EQ(even.o(2), 0);
  EXPECT_EQ(grid_half_arcs(5, n + 1).size(), 2);
}

TEST(WidthMoments, MeanIsTheSpectrumOfTheKernel) {
  for (const bool bias : {false, true}) {
    const WidthMoments moments({.cutoff = 12, .beta_b = bias ? 1.0 : 0.0});
    for (Index k = 0; k <= 12; ++k)
      EXPECT_TRUE(test::near(moments.eigenvalues()(k), eigenvalue(k, bias), 2 * eps)) << k;
  }
}

TEST(WidthMoments, MeanOnAGridIsTheAliasSum) {
  // lambda_k + sum over aliases; cut at |q| <= Q the rest of 1/(pi^2 k^2) is below 1/(pi^2 n^2 Q).
  for (const Index n : {24, 25}) {
    const WidthMoments moments({.cutoff = 8, .beta_b = 1, .grid = n});
    for (Index k = 0; k <= 8; ++k) {
      double sum = eigenvalue(k, true);
      const Index Q = 20000;
      for (Index q = 1; q <= Q; ++q)
        sum += eigenvalue(q * n + k, true) + eigenvalue(q * n - k, true);
      const double rest = 3 / (pi * pi * static_cast<double>(n * n * Q));
      EXPECT_TRUE(test::near(moments.eigenvalues()(k), sum, rest)) << n << " " << k;
    }
  }
}

TEST(WidthMoments, SquareNormIsTheClosedForm) {
  // Section 2.5 with h.o = 1/pi (sums within the cutoff, all of h o lies in k <= 1).
  for (const double beta_b : {0.0, 0.7, 1.0}) {
    const Index K = 10;
    const WidthMoments moments({.cutoff = K, .beta_b = beta_b});
    const HalfArc arc = half_arc(K);
    const double h4 = std::pow(arc.h.squaredNorm(), 2), s4 = std::pow(arc.s.squaredNorm(), 2);
    const double o4 = std::pow(arc.o.squaredNorm(), 2), b2 = beta_b * beta_b;
    double squares = 0;
    for (Index k = 0; k <= K; ++k)
      squares += (k == 0 ? 1 : 2) * std::pow(moments.eigenvalues()(k), 2);
    const double expected = 15 * h4 + 3 * (s4 + b2 * b2 * o4) + 10 * b2 / (pi * pi) - squares;
    EXPECT_TRUE(test::relatively_near(moments.fro(), expected, 1e-14)) << beta_b;
    EXPECT_TRUE(test::relatively_near(moments.entries().sum(), expected, 1e-14)) << beta_b;
  }
}

TEST(WidthMoments, VarianceOfTheMeanEntry) {
  const WidthMoments moments({.cutoff = 3, .beta_b = 1});
  const double expected = 4 / std::pow(pi, 4) + 2 * std::pow(0.25 + 1 / (pi * pi), 2);
  EXPECT_TRUE(test::relatively_near(moments.planes()(0, 0), expected, 4 * eps));
  EXPECT_TRUE(test::relatively_near(moments.entries()(0, 0), expected, 4 * eps));
}

TEST(WidthMoments, OddAndEvenPlanesDoNotMix) {
  for (const Index n : {Index{0}, Index{64}}) {
    const WidthMoments moments({.cutoff = 8, .beta_b = 1, .grid = n});
    for (Index k = 3; k <= 8; k += 2) {
      for (Index l = 2; l <= 8; l += 2) EXPECT_EQ(moments.planes()(k, l), 0);
    }
  }
}

TEST(WidthMoments, FineGridsApproachTheContinuum) {
  // Midpoint sums and a tilt of pi/n change every coefficient at second order in 2 pi / n.
  const WidthMoments continuum({.cutoff = 6, .beta_b = 1});
  const WidthMoments coarse({.cutoff = 6, .beta_b = 1, .grid = 256});
  const WidthMoments fine({.cutoff = 6, .beta_b = 1, .grid = 512});
  const double ratio = (coarse.fro() - continuum.fro()) / (fine.fro() - continuum.fro());
  EXPECT_TRUE(test::near(ratio, 4, 0.05));
}

TEST(WidthMoments, RefusesAGridThatIsTooCoarse) {
  EXPECT_THROW(WidthMoments({.cutoff = 10, .grid = 20}), std::invalid_argument);
  EXPECT_THROW(WidthMoments({.cutoff = -1}), std::invalid_argument);
}

TEST(KernelVariance, IsThatOfRandomNeurons) {
  // One neuron's kernel between the angles 0 and delta, gate product times (R^2 cos cos + a^2 c).
  const Index count = 200000;
  const Vector a = gaussians(Key(5).child("a"), count);
  const Vector w = gaussians(Key(5).child("w"), 2 * count);
  for (const double delta : {0.0, 0.9, 2.2}) {
    for (const double beta_b : {0.0, 1.0}) {
      const double c = std::cos(delta) + beta_b * beta_b;
      const double mean =
          kernel_value(AngleKernel::K0, delta) + c * kernel_value(AngleKernel::K1, delta);
      Vector squares(count);
      for (Index j = 0; j < count; ++j) {
        const double z = w(2 * j);
        const double y = w(2 * j) * std::cos(delta) + w(2 * j + 1) * std::sin(delta);
        const double value = z > 0 && y > 0 ? z * y + a(j) * a(j) * c : 0;
        squares(j) = (value - mean) * (value - mean);
      }
      const double measured = squares.mean();
      const double error = std::sqrt((squares.array() - measured).square().mean() / count);
      EXPECT_TRUE(test::near(kernel_variance(delta, beta_b), measured, 4 * error)) << delta;
    }
  }
}

TEST(KernelVariance, IsTheTraceOfTheVarianceAtDistanceZero) {
  // E Theta_1(0)^2 - Theta(0)^2 with Theta_1(0) = gate (R^2 cos^2 + 2 a^2): averages over the half
  // circle of 8 cos^4, 8 cos^2 and 12, then 9/4 off: 8 * 3/16 + 2 * 2 * 2 * 1/4 + 4 * 3/2 - 9/4.
  EXPECT_TRUE(test::relatively_near(kernel_variance(0, 1), 7.25, 4 * eps));
}

TEST(AlignmentMoments, HaveTheTabulatedRoots) {
  // Roots for k = 0..8 from an independent summation to l = 400, 3 digits (4 for the first ones).
  const Vector sums = alignment_moments(WidthMoments({.cutoff = 400, .beta_b = 1}), 8);
  const double expected[] = {5.44, 5.64, 2.43, 6.53, 6.39, 11.10, 11.13, 15.5, 15.9};
  for (Index k = 0; k <= 8; ++k)
    EXPECT_TRUE(test::near(std::sqrt(sums(k)), expected[k], k < 7 ? 0.005 : 0.05)) << k;
}

TEST(AlignmentMoments, LackTheTailThatTheCutLeavesOut) {
  // For odd k the terms at odd l >> k are 24 k^2/l^2 (1 + 2 k^2/l^2 + ...): beyond L they sum to
  // 12 k^2/L, with a relative error of (2/3) k^2/L^2 < 0.002 here.
  const Index k = 5;
  const double full = alignment_moments(WidthMoments({.cutoff = 2000}), k)(k);
  const double cut = alignment_moments(WidthMoments({.cutoff = 100}), k)(k);
  EXPECT_TRUE(test::relatively_near(full - cut, 12.0 * k * k * (1.0 / 100 - 1.0 / 2000), 0.003));
}

TEST(AlignmentMoments, RefuseMorePlanesThanThereAre) {
  EXPECT_THROW(alignment_moments(WidthMoments({.cutoff = 3}), 4), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::width_moments_test

#include "wideband/experiment/circle/width_claims.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include <gtest/gtest.h>

#include "support/width_points.hpp"
#include "wideband/math/statistics.hpp"

namespace wideband::width_claims_test {
namespace {

const WidthSeries& measured() {
  static const WidthSeries series =
      width_series({test::width_point(test::small_width_config())}).front();
  return series;
}

Judgement verdict_of(const std::string& id, const WidthSeries& series) {
  for (const Claim& claim : width_claims({series})) {
    if (claim.id == id) return judge(claim);
  }
  ADD_FAILURE() << "no claim " << id;
  return {};
}

// The claim as measured does not fail, and fails on data that break it.
void expect_broken(const std::string& id, const std::function<void(WidthSeries&)>& damage) {
  EXPECT_NE(verdict_of(id, measured()).verdict, Verdict::fails) << id;
  WidthSeries broken = measured();
  damage(broken);
  EXPECT_EQ(verdict_of(id, broken).verdict, Verdict::fails) << id;
}

TEST(WidthClaims, AllHoldOnASmallRun) {
  for (const Claim& claim : width_claims({measured()})) {
    if (claim.kind == ClaimKind::open) continue;
    EXPECT_EQ(judge(claim).verdict, Verdict::holds) << claim.id;
  }
}

TEST(WidthClaims, MeanFailsForAScaledKernel) {
  expect_broken("mean", [](WidthSeries& series) {
    Index place = 0;
    for (Index p = 0; p < 9; ++p, place += p + 1)  // the diagonal: B_m times 1.1
      series.errors.back().col(place).array() += 0.1 * series.moments.eigenvalues()((p + 1) / 2);
  });
}

TEST(WidthClaims, SquareNormFailsForAScaledKernel) {
  expect_broken("square-norm", [](WidthSeries& series) { series.fro *= 1.1; });
}

TEST(WidthClaims, PlaneBlocksFailForExchangedPlanes) {
  expect_broken("plane-blocks", [](WidthSeries& series) {
    for (Index q = 0; q < 5; ++q) {  // cos4 and sin1 exchange their rows
      series.errors.back().col(28 + q).swap(series.errors.back().col(3 + q % 3));
    }
  });
}

TEST(WidthClaims, ParityFailsForOneEntry) {
  expect_broken("parity", [](WidthSeries& series) { series.errors[1](7, 18) = 1e-9; });
}

TEST(WidthClaims, ExactBlocksFailBeyondRounding) {
  expect_broken("exact-blocks", [](WidthSeries& series) { series.twin(0, 0) = 1e-10; });
}

TEST(WidthClaims, ExponentialMomentFailsForAnotherNeuron) {
  expect_broken("exponential-moment", [](WidthSeries& series) { series.tail *= 1.1; });
}

TEST(WidthClaims, SlopesFailForAnotherPower) {
  for (const std::string norm : {"max", "fro", "op"}) {
    expect_broken("slope-" + norm, [&](WidthSeries& series) {
      Matrix& values = norm == "max" ? series.max : norm == "fro" ? series.fro : series.op;
      for (Index w = 0; w < values.cols(); ++w)
        values.col(w) *=
            std::pow(static_cast<double>(series.widths[static_cast<std::size_t>(w)]), 0.15);
    });
  }
}

// Errors so large that a fifth of the networks lie beyond the envelope.
void exceed(WidthSeries& series, const std::function<double(Index)>& envelope) {
  for (Index w = 0; w < series.max.cols(); ++w) {
    const double bound = envelope(series.widths[static_cast<std::size_t>(w)]);
    series.max.col(w) *= bound / quantile(series.max.col(w), 0.8);
  }
}

TEST(WidthClaims, EnvelopesFailWhenTheyAreExceeded) {
  const EnvelopeOptions options = envelope_options(measured());
  expect_broken("envelope-published", [&](WidthSeries& series) {
    exceed(series, [&](Index m) { return width_envelope(m, provable_width_constant, options); });
  });
  expect_broken("envelope-sharper", [&](WidthSeries& series) {
    exceed(series, [&](Index m) { return sharper_width_envelope(m, options); });
  });
}

// Squares that all lie low, or high, by less than their mean may: without a spread of their own.
TEST(WidthClaims, SquaresVaryAtLeastAsTheTheorySays) {
  WidthSeries series = measured();
  const double m = 1024;
  series.fro.setConstant(std::sqrt(0.97 * series.moments.fro() / m));
  for (std::size_t w = 0; w < series.widths.size(); ++w) {
    const double ratio = m / static_cast<double>(series.widths[w]);
    series.fro.col(static_cast<Index>(w)) *= std::sqrt(ratio);
  }
  EXPECT_NE(verdict_of("square-norm", series).verdict, Verdict::fails);
  series.tail.setConstant(1.0005 * tail_moment());
  EXPECT_NE(verdict_of("exponential-moment", series).verdict, Verdict::fails);
}

TEST(WidthClaims, CornerFailsForLargeHighModes) {
  expect_broken("corner", [](WidthSeries& series) {
    for (Matrix& errors : series.errors) errors.col(44).setConstant(3);
  });
}

TEST(WidthClaims, OneSeedLeavesTheIdentities) {
  WidthConfig config = test::small_width_config();
  config.seeds = 1;
  const std::vector<Claim> claims = width_claims(width_series({test::width_point(config)}));
  ASSERT_EQ(claims.size(), 2);
  EXPECT_EQ(claims[0].id, "parity");
  EXPECT_EQ(claims[1].id, "exact-blocks");
}

}  // namespace
}  // namespace wideband::width_claims_test

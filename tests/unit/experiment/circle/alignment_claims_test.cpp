#include "wideband/experiment/circle/alignment_claims.hpp"

#include <cmath>
#include <functional>

#include <gtest/gtest.h>

#include "support/alignment_points.hpp"

namespace wideband::alignment_claims_test {
namespace {

const AlignmentSeries& measured() {
  static const AlignmentSeries series =
      alignment_series({test::alignment_point(test::small_alignment_config())}).front();
  return series;
}

Judgement verdict_of(const std::string& id, const AlignmentSeries& series) {
  for (const Claim& claim : alignment_claims({series})) {
    if (claim.id == id) return judge(claim);
  }
  ADD_FAILURE() << "no claim " << id;
  return {};
}

// Replaces a quantity at width w and plane k, seed by seed.
using Change = std::function<double(double value, std::size_t w, Index k)>;

void change(AlignmentSeries& series, const std::string& name, const Change& changed) {
  Matrix values = series.values.matrix(name);
  for (Index s = 0; s < values.rows(); ++s) {
    for (Index i = 0; i < values.cols(); ++i)
      values(s, i) =
          changed(values(s, i), static_cast<std::size_t>(i / series.planes()), i % series.planes());
  }
  series.values.put(name, values);
}

// The claim as measured does not fail, and fails on data that break it.
void expect_broken(const std::string& id, const std::string& name, const Change& changed) {
  EXPECT_NE(verdict_of(id, measured()).verdict, Verdict::fails) << id;
  AlignmentSeries broken = measured();
  change(broken, name, changed);
  EXPECT_EQ(verdict_of(id, broken).verdict, Verdict::fails) << id;
}

TEST(AlignmentClaims, NoTheoryFailsOnASmallRun) {
  for (const Claim& claim : alignment_claims({measured()})) {
    if (claim.kind == ClaimKind::open) continue;
    EXPECT_NE(judge(claim).verdict, Verdict::fails) << claim.id;
  }
}

TEST(AlignmentClaims, DistanceFailsForAnotherScale) {
  expect_broken("distance", "exclusive.fro",
                [](double value, std::size_t, Index) { return 1.6 * value; });
}

TEST(AlignmentClaims, SlopeFailsForAnotherPower) {
  expect_broken("slope", "exclusive.fro", [](double value, std::size_t w, Index) {
    return value * std::pow(4.0, 0.5 * static_cast<double>(w));
  });
}

// Planes 0 and 5, whose predictions differ by a factor 2.
TEST(AlignmentClaims, OrderFailsForExchangedPlanes) {
  EXPECT_NE(verdict_of("order", measured()).verdict, Verdict::fails);
  AlignmentSeries broken = measured();
  Matrix values = broken.values.matrix("exclusive.fro");
  for (Index first = 0; first < values.cols(); first += broken.planes())
    values.col(first).swap(values.col(first + 5));
  broken.values.put("exclusive.fro", values);
  EXPECT_EQ(verdict_of("order", broken).verdict, Verdict::fails);
}

TEST(AlignmentClaims, MatchingFailsWhenExclusiveGainsMore) {
  expect_broken("matching", "exclusive.overlap",
                [](double value, std::size_t, Index) { return value + 1e-9; });
}

TEST(AlignmentClaims, CertificateFailsForUnrelatedEigenvalues) {
  AlignmentSeries broken = measured();
  const Matrix distances = broken.values.matrix("exclusive.fro");
  Matrix eigenvalues = distances;
  for (Index i = 0; i < eigenvalues.cols(); ++i)
    eigenvalues.col(i) =
        broken.lambda(i % broken.planes()) * (1 + distances.col(i).cwiseInverse().array()).matrix();
  broken.values.put("exclusive.eigenvalue", eigenvalues);
  EXPECT_EQ(verdict_of("certificate", broken).verdict, Verdict::fails);
}

TEST(AlignmentClaims, OneSeedLeavesTheIdentity) {
  AlignmentConfig config = test::small_alignment_config();
  config.seeds = 1;
  const std::vector<Claim> claims =
      alignment_claims(alignment_series({test::alignment_point(config)}));
  ASSERT_EQ(claims.size(), 1);
  EXPECT_EQ(claims[0].id, "matching");
}

}  // namespace
}  // namespace wideband::alignment_claims_test

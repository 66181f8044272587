#include "wideband/circle/envelopes.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"

namespace wideband::envelopes_test {
namespace {

using test::pi;

constexpr SampleError sample_error_kinds[] = {SampleError::gram, SampleError::compressed,
                                              SampleError::action};

TEST(Envelope, PutsTheBoundAtTheFailureProbability) {
  const EnvelopeOptions options{.kernel = AngleKernel::nobias, .cutoff = 4, .failure = 0.01};
  for (const SampleError error : sample_error_kinds) {
    for (const EnvelopeKind kind : envelope_kinds()) {
      const auto e = envelope(error, kind, 500, options);
      if (!e) continue;
      const TailBound bound = *tail_bound(error, kind, 500, options);
      const double probability = bound.count * std::exp(-500 * *e * *e / (bound.u + bound.v * *e));
      EXPECT_TRUE(test::relatively_near(probability, 0.01, 1e-12)) << to_string(kind);
    }
  }
}

TEST(Envelope, TableRowsForTheBiasKernel) {
  // d = 21, kappa = 3/2, n = 1000: every e from the exponents of the table, solved by hand.
  const EnvelopeOptions options;
  const double Y2 = std::log(2 * 441 / 0.05);
  const double Y1 = std::log(21 * 22 / 0.05);
  const double Yn = std::log(2 * 1000 * 21 / 0.05);
  const auto at = [&](SampleError error, EnvelopeKind kind) {
    return *envelope(error, kind, 1000, options);
  };
  using enum SampleError;
  using enum EnvelopeKind;
  EXPECT_TRUE(test::near(at(gram, first_published), std::sqrt(Y2 / 2000), 1e-15));
  EXPECT_TRUE(test::near(at(gram, sqrt2), std::sqrt(8 * Y2 / 1000), 1e-15));
  EXPECT_TRUE(test::near(at(compressed, first_published), std::sqrt(18 * Y2 / 1000), 1e-15));
  EXPECT_TRUE(test::near(at(compressed, sqrt2), std::sqrt(72 * Y2 / 1000), 1e-15));
  EXPECT_TRUE(test::near(at(compressed, refined), std::sqrt(72 * Y1 / 1000), 1e-15));
  EXPECT_TRUE(test::near(at(action, first_published), std::sqrt(9 * Yn / 1000), 1e-15));
  EXPECT_TRUE(test::near(at(action, sqrt2), std::sqrt(18 * Yn / 1000), 1e-15));
  const auto bernstein = [](double Y, double u, double v) {  // n e^2 = Y (u + v e), n = 1000
    return (v * Y + std::sqrt(v * v * Y * Y + 4000 * u * Y)) / 2000;
  };
  EXPECT_TRUE(test::near(at(gram, refined), bernstein(Y1, 4, 4.0 / 3), 1e-15));
  EXPECT_TRUE(test::near(at(gram, sharper), bernstein(Y1, 2, 4.0 / 3), 1e-15));
  EXPECT_TRUE(test::near(at(action, refined), bernstein(Yn, 4.5, 6), 1e-14));
  EXPECT_TRUE(test::near(at(action, sharper), bernstein(Yn, 1 + 25 / (2 * pi * pi), 3), 1e-14));
  EXPECT_FALSE(envelope(compressed, sharper, 1000, options));
}

TEST(Envelope, SharpestIsTheLeastProvenOne) {
  const EnvelopeOptions options;
  EXPECT_EQ(sharpest_envelope(SampleError::gram, 100, options),
            *envelope(SampleError::gram, EnvelopeKind::sharper, 100, options));
  EXPECT_EQ(sharpest_envelope(SampleError::compressed, 100, options),
            *envelope(SampleError::compressed, EnvelopeKind::refined, 100, options));
  EXPECT_FALSE(proven(SampleError::gram, EnvelopeKind::first_published));
  EXPECT_TRUE(proven(SampleError::action, EnvelopeKind::first_published));
}

TEST(RequiredSamples, IsTheFirstSizeThatSuffices) {
  const EnvelopeOptions options{.cutoff = 4};
  for (const SampleError error : sample_error_kinds) {
    for (const EnvelopeKind kind : envelope_kinds()) {
      for (const double e : {0.1, 0.02}) {
        const auto n = required_samples(error, kind, e, options);
        if (!n) continue;
        EXPECT_LE(*envelope(error, kind, *n, options), e);
        EXPECT_GT(*envelope(error, kind, *n - 1, options), e);
      }
    }
  }
  EXPECT_THROW(required_samples(SampleError::gram, EnvelopeKind::sqrt2, 0, options),
               std::invalid_argument);
}

TEST(WidthEnvelope, PublishedAndSharperAtWidth1024) {
  // 2d^2 exp(-m e/(6 L)) = .05 in the linear regime is e = 32 * 6 ln(17640)/1024 = 1.83 < L, so the
  // square root applies: e = 32 sqrt(6 ln(17640)/1024) = 7.66.
  const EnvelopeOptions options;
  const double y = 6 * std::log(2 * 441 / 0.05) / 1024;
  EXPECT_TRUE(
      test::near(width_envelope(1024, provable_width_constant, options), 32 * std::sqrt(y), 1e-13));
  EXPECT_TRUE(test::near(width_envelope(1024, provable_width_constant, options), 7.66, 5e-3));
  EXPECT_TRUE(test::near(sharper_width_envelope(1024, options), 1.27, 5e-3));
  // Few neurons: the linear regime.
  EXPECT_TRUE(test::relatively_near(width_envelope(8, 0.5, options),
                                    32 * std::log(2 * 441 / 0.05) / 4, 1e-14));
}

TEST(RequiredWidth, IsTheFirstWidthThatSuffices) {
  const EnvelopeOptions options;
  const Index m = required_width(0.1, 1.0 / 6, options);
  EXPECT_LE(width_envelope(m, 1.0 / 6, options), 0.1);
  EXPECT_GT(width_envelope(m - 1, 1.0 / 6, options), 0.1);
  const Index sharper = sharper_required_width(0.1, options);
  EXPECT_LE(sharper_width_envelope(sharper, options), 0.1);
  EXPECT_GT(sharper_width_envelope(sharper - 1, options), 0.1);
}

TEST(Envelope, RefusesWhatIsNoProbabilityOrSize) {
  EXPECT_THROW(sharpest_envelope(SampleError::gram, 0, {}), std::invalid_argument);
  EXPECT_THROW(sharpest_envelope(SampleError::gram, 10, {.failure = 1}), std::invalid_argument);
  EXPECT_THROW(sharpest_envelope(SampleError::gram, 10, {.cutoff = -1}), std::invalid_argument);
  EXPECT_THROW(width_envelope(10, 0, {}), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::envelopes_test

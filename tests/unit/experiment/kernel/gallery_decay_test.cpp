#include "wideband/experiment/kernel/gallery_decay.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/gallery_fixture.hpp"

namespace wideband::gallery_decay_test {
namespace {

// A spectrum A nu^-p (1 + c/nu^2), even degrees only, with relative errors of 1e-12.
ZonalSpectrum power_law(Index d, Index cutoff, double p, double c) {
  ZonalSpectrum spectrum{Vector::Zero(cutoff + 1), Vector::Constant(cutoff + 1, 1e-300)};
  for (Index k = 0; k <= cutoff; k += 2) {
    const double nu = static_cast<double>(k) + static_cast<double>(d - 2) / 2 + (k == 0 ? 1 : 0);
    spectrum.value(k) = 3 * std::pow(nu, -p) * (1 + c / (nu * nu));
  }
  return spectrum;
}

GalleryResults results_with(const ZonalSpectrum& spectrum, const std::string& domain) {
  GalleryNet net;
  net.activation = "relu";
  net.depth = 1;
  net.spectra.push_back({domain, spectrum, spectrum});
  return {{net}};
}

TEST(Decays, FindTheExponentBesideItsCorrection) {
  const std::vector<Decay> list = decays(results_with(power_law(10, 96, 9.25, 2), "sphere9"));
  ASSERT_EQ(list.size(), 2U) << "odd degrees vanish";
  for (const Decay& decay : list) {
    // The rest of log(1 + c/nu^2), -c^2/(2 nu^4), has slope 2 c^2/nu^4 < 3e-5 for nu > 24.
    EXPECT_TRUE(test::near(decay.exponent, 9.25, 3e-5));
    EXPECT_LT(decay.standard_error, 3e-5);
    EXPECT_EQ(decay.parity, "even");
    EXPECT_EQ(decay.first, 24);
    EXPECT_EQ(decay.last, 96);
  }
  EXPECT_EQ(list[0].predicted, 12);
  EXPECT_EQ(list[1].predicted, 10);
}

TEST(Decays, LeaveOutWhatIsNotResolved) {
  ZonalSpectrum spectrum = power_law(3, 96, 3, 0);
  spectrum.error = spectrum.value.cwiseAbs() / 50;
  EXPECT_TRUE(decays(results_with(spectrum, "sphere2")).empty());
}

TEST(PartialTrace, CountsMultiplicities) {
  ZonalSpectrum spectrum{Vector::Constant(11, 0.5), Vector::Constant(11, 1e-3)};
  // 1 + 3 + ... + 9 = 25 on S^2.
  const TraceSum sum = partial_trace(spectrum, 3, 4);
  EXPECT_TRUE(test::near(sum.value, 12.5, 1e-14));
  EXPECT_TRUE(test::near(sum.error, 0.025, 1e-14));
}

TEST(TraceTail, OfAPowerLawIsItsSum) {
  // Even degrees beyond 96 on the circle: 2 sum 3 k^-2 (1 + 2/k^2), k = 98, 100, ...
  const TraceSum tail = trace_tail(power_law(2, 96, 2, 2), 2, 2.0);
  double sum = 0;
  constexpr Index terms = 4000000;
  for (Index k = terms; k >= 98; k -= 2) {
    const auto x = static_cast<double>(k);
    sum += 6 / (x * x) * (1 + 2 / (x * x));
  }
  sum += 6.0 / (2 * (static_cast<double>(terms) + 1));
  EXPECT_TRUE(test::relatively_near(tail.value, sum, 1e-8));
  EXPECT_LT(tail.error, 1e-5 * sum);
}

TEST(TraceTail, OfASmoothKernelIsItsOwnError) {
  ZonalSpectrum spectrum{Vector(21), Vector::Zero(21)};
  for (Index k = 0; k <= 20; ++k) spectrum.value(k) = std::pow(0.5, static_cast<double>(k));
  const TraceSum tail = trace_tail(spectrum, 2, std::nullopt);
  EXPECT_TRUE(test::relatively_near(tail.value, 2 * std::pow(0.5, 20), 1e-13));
  EXPECT_EQ(tail.error, tail.value);
}

TEST(IsRectified, KnowsTheKinkAtZero) {
  EXPECT_TRUE(is_rectified("relu"));
  EXPECT_TRUE(is_rectified("leaky_relu 0.1"));
  EXPECT_FALSE(is_rectified("gelu"));
}

}  // namespace
}  // namespace wideband::gallery_decay_test

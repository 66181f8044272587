#include "wideband/dynamics/kernel_spectrum.hpp"

#include <limits>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/kernels.hpp"
#include "wideband/core/error.hpp"

namespace wideband::kernel_spectrum_test {
namespace {

constexpr double roundoff = std::numeric_limits<double>::epsilon() / 2;

TEST(KernelSpectrum, CountsTheRankOfFeatures) {
  for (const Index rank : {1, 5, 12}) {
    const KernelMatrix K = checked_kernel(test::feature_kernel(12, rank, Key(4)), 0);
    const KernelSpectrum spectrum = kernel_spectrum(K);
    EXPECT_EQ(spectrum.rank, rank);
    EXPECT_EQ(spectrum.unresolved(), 12 - rank);
    EXPECT_GE(spectrum.values.minCoeff(), 0);
    EXPECT_EQ(spectrum.cut, 12 * roundoff * spectrum.largest());
  }
}

TEST(KernelSpectrum, CutsAtTheErrorOfTheKernelOrTheTolerance) {
  const KernelMatrix K =
      checked_kernel(test::kernel_of_spectrum(Vector{{1e-9, 1e-5, 1e-2, 1}}, Key(5)), 0);
  EXPECT_EQ(kernel_spectrum(K).rank, 4);
  EXPECT_EQ(kernel_spectrum(K, {.kernel_error = 1e-7}).rank, 3);
  EXPECT_EQ(kernel_spectrum(K, {.rank_tolerance = 1e-4}).rank, 2);
}

TEST(KernelSpectrum, RefusesIndefiniteKernels) {
  const KernelMatrix K =
      checked_kernel(test::kernel_of_spectrum(Vector{{-1e-6, .5, 1}}, Key(6)), 0);
  EXPECT_THROW(kernel_spectrum(K), NumericalError);
  const KernelSpectrum spectrum = kernel_spectrum(K, {.kernel_error = 1e-6});
  EXPECT_EQ(spectrum.values(0), 0);
  EXPECT_TRUE(test::relatively_near(spectrum.smallest, -1e-6, 1e-8));
}

TEST(SpectrumDeviation, SeesAWrongMode) {
  const KernelMatrix K = checked_kernel(test::feature_kernel(50, 80, Key(7)), 0);
  KernelSpectrum spectrum = kernel_spectrum(K);
  const SpectrumDeviation good = spectrum_deviation(K, spectrum);
  const Matrix product = spectrum.modes.transpose() * spectrum.values.asDiagonal() * spectrum.modes;
  EXPECT_LT(good.product, 1e-12 * K.norm);
  EXPECT_LT(good.orthogonality, 1e-12);
  spectrum.values(20) += 1e-3;
  const SpectrumDeviation bad = spectrum_deviation(K, spectrum);
  EXPECT_GT(bad.product, 1e-3);
  EXPECT_LT(bad.product, 4e-3);
  EXPECT_LT(bad.orthogonality, 1e-12);
  spectrum.modes.row(3) *= 1 + 1e-5;
  EXPECT_GT(spectrum_deviation(K, spectrum).orthogonality, 2e-5);
}

}  // namespace
}  // namespace wideband::kernel_spectrum_test

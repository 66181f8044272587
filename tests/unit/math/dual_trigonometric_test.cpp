#include "wideband/math/dual_trigonometric.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/math/plain_dual.hpp"

namespace wideband::dual_trigonometric_test {
namespace {

using test::eps;

TEST(WaveDual, AgreesWithThePlainFormula) {
  const Wave wave{1.2, 0.9, 0.3, 0.7};
  for (const bool opposite : {false, true}) {
    for (const double m : {0.05, 0.3, 0.5}) {
      for (const auto& [q1, q2] :
           {std::pair{0.6, 3.1}, std::pair{5.0, 6.0}, std::pair{1e-3, 7.0}}) {
        const HalfAngle angle = half_angle(m, opposite);
        const Dual result = wave_dual(wave, q1, q2, angle);
        const PlainDual<double> plain = plain_wave<double>(
            wave.a, wave.b, wave.odd, wave.even,
            {q1, q2, covariance(q1, q2, angle), 4 * q1 * q2 * angle.s * angle.c});
        EXPECT_TRUE(
            test::near(covariance(wave_variance(wave, q1), wave_variance(wave, q2), result.angle),
                       plain.K, 16 * eps));
        EXPECT_TRUE(test::near(result.slope, plain.Kdot, 16 * eps));
      }
    }
  }
}

TEST(WaveDual, SlopesOfASineAreCosines) {
  // Kdot of sin is K of cos.
  const Wave sine{1, 1, 1, 0};
  const Wave cosine{1, 1, 0, 1};
  const HalfAngle angle = half_angle(0.1, false);
  const Dual cosines = wave_dual(cosine, 0.4, 0.9, angle);
  EXPECT_TRUE(test::near(
      wave_dual(sine, 0.4, 0.9, angle).slope,
      covariance(wave_variance(cosine, 0.4), wave_variance(cosine, 0.9), cosines.angle), 4 * eps));
  EXPECT_EQ(wave_slope_variance(sine, 0.4), wave_variance(cosine, 0.4));
}

TEST(WaveDual, SineOfATinyVariableIsTheVariable) {
  const Dual result = wave_dual({}, 1e-150, 3e-150, half_angle(1e-10, true));
  EXPECT_TRUE(test::relatively_near(result.angle.c, 1e-10, 8 * eps));
}

TEST(WaveDual, HighFrequenciesForgetTheirArguments) {
  const Dual result = wave_dual({1, 1e3, 1, 0}, 1, 1, half_angle(0.1, false));
  EXPECT_TRUE(test::near(result.angle.s, 0.5, eps));
  EXPECT_TRUE(test::near(result.slope, 0, eps));
}

}  // namespace
}  // namespace wideband::dual_trigonometric_test

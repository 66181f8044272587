#include "wideband/data/target.hpp"

#include <cmath>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/data/circle_points.hpp"

namespace wideband::target_test {
namespace {

using test::eps;
using test::pi;

TEST(Target, NamesAreDistinctAndFrequenciesAscend) {
  std::set<std::string> names;
  for (const Target& known : named_targets()) {
    names.insert(known.name);
    for (std::size_t i = 1; i < known.modes.size(); ++i)
      EXPECT_LT(known.modes[i - 1].frequency, known.modes[i].frequency) << known.name;
  }
  EXPECT_EQ(names.size(), 14U);
}

TEST(Target, UnknownNamesAreRefusedWithTheNearestOne) {
  try {
    target("sparse-11-21");
    FAIL() << "did not throw";
  } catch (const std::invalid_argument& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("did you mean \"sparse-11-12\"?"));
  }
  EXPECT_THROW(phase_convention("cosin"), std::invalid_argument);
}

TEST(Target, QuarterPhasesAreExactSines) {
  EXPECT_EQ(fourier_coefficients({3, .35, pi / 2}), Eigen::Vector2d(0, -.35));
  EXPECT_EQ(fourier_coefficients({3, .35, -pi / 2}), Eigen::Vector2d(0, .35));
  EXPECT_EQ(fourier_coefficients({3, .35, pi}), Eigen::Vector2d(-.35, 0));
  EXPECT_EQ(fourier_coefficients({3, .35, 0}), Eigen::Vector2d(.35, 0));
  const Eigen::Vector2d oblique = fourier_coefficients({2, 2, .3});
  EXPECT_TRUE(test::near(oblique(0), 2 * std::cos(.3), eps));
  EXPECT_TRUE(test::near(oblique(1), -2 * std::sin(.3), eps));
}

TEST(Target, ValuesFollowTheDefinition) {
  const Vector g = grid_angles(97);
  for (const Target& known : named_targets()) {
    const Vector values = target_values(known, g);
    const Vector exact = grid_target_values(known, 97);
    for (Index i = 0; i < g.size(); ++i) {
      double expected = 0;
      for (const TargetMode& mode : known.modes)
        expected +=
            mode.amplitude * std::cos(static_cast<double>(mode.frequency) * g(i) + mode.phase);
      // k g <= 15 * 2pi rounds by 15 * 2pi * eps/2; ten amplitudes of at most 1.4.
      EXPECT_TRUE(test::near(values(i), expected, 1000 * eps)) << known.name;
      EXPECT_TRUE(test::near(exact(i), expected, 1000 * eps)) << known.name;
    }
  }
}

TEST(Target, EnergyIsTheMeanSquareOnAGrid) {
  // A grid of n > 2 * 15 angles integrates the square of a target exactly.
  for (const Target& known : named_targets()) {
    const Vector values = grid_target_values(known, 64);
    EXPECT_TRUE(test::near(values.squaredNorm() / 64, energy(known), 64 * eps)) << known.name;
  }
  EXPECT_TRUE(test::near(energy(target("base4")), 1 + (.81 + .25 + .1225) / 2, 4 * eps));
}

TEST(Target, ConventionsAreReadAsTheySay) {
  const double g = .7;
  const Vector at = Vector::Constant(1, g);
  const auto value = [&](PhaseConvention convention) {
    return target_values(target("middle", convention), at)(0);
  };
  const auto sum = [&](auto wave) {
    return .7 * wave(3 * g, 0) + .6 * wave(4 * g, 0) + .5 * wave(5 * g, pi / 2) +
           .4 * wave(6 * g, pi / 2);
  };
  EXPECT_TRUE(test::near(value(PhaseConvention::cosine),
                         sum([](double a, double p) { return std::cos(a + p); }), 40 * eps));
  EXPECT_TRUE(test::near(value(PhaseConvention::sine),
                         sum([](double a, double p) { return std::sin(a + p); }), 40 * eps));
  EXPECT_TRUE(test::near(value(PhaseConvention::negative_cosine),
                         sum([](double a, double p) { return std::cos(a - p); }), 40 * eps));
  for (const auto convention :
       {PhaseConvention::cosine, PhaseConvention::sine, PhaseConvention::negative_cosine})
    EXPECT_EQ(phase_convention(to_string(convention)), convention);
}

TEST(Target, AmplitudesByFrequency) {
  EXPECT_EQ(amplitude(target("eight"), 7), .25);
  EXPECT_EQ(amplitude(target("eight"), 4), 0);
  EXPECT_EQ(amplitude(target("ten"), 4), .30);
  EXPECT_EQ(top_frequency(target("eight")), 15);
  EXPECT_EQ(top_frequency(target("sparse-11-12")), 12);
}

}  // namespace
}  // namespace wideband::target_test

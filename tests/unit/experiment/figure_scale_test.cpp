#include "wideband/experiment/figure_scale.hpp"

#include <cmath>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wideband::figure_scale_test {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> labels(const std::vector<Tick>& ticks) {
  std::vector<std::string> list;
  for (const Tick& tick : ticks) {
    if (!tick.label.empty()) list.push_back(tick.label);
  }
  return list;
}

TEST(FigureScale, RoundNumbers) {
  EXPECT_THAT(labels(round_ticks(0, 1, false, 5)),
              ElementsAre("0", "0.2", "0.4", "0.6", "0.8", "1.0"));
  EXPECT_THAT(labels(round_ticks(-3, 7, false, 5)), ElementsAre("-2", "0", "2", "4", "6"));
  EXPECT_THAT(labels(round_ticks(0, 20000, false, 4)),
              ElementsAre("0", "5000", "10000", "15000", "20000"));
  EXPECT_THAT(labels(round_ticks(0, 3e-7, false, 3)),
              ElementsAre("0", "10^{-7}", "2·10^{-7}", "3·10^{-7}"));
}

TEST(FigureScale, Decades) {
  EXPECT_THAT(labels(round_ticks(1e-6, 10, true, 4)),
              ElementsAre("10^{-6}", "10^{-4}", "10^{-2}", "1"));
  EXPECT_THAT(labels(round_ticks(.01, 1, true, 8)), ElementsAre("10^{-2}", "0.1", "1"));
  EXPECT_THAT(labels(round_ticks(.3, 12, true, 8)), ElementsAre("0.5", "1", "2", "5", "10"));
}

TEST(FigureScale, SizesAreLabeledThemselves) {
  const Axis axis{.title = "n", .log = true};
  EXPECT_THAT(labels(scale_of(axis, {64, 128, 256, 512}, 8).ticks),
              ElementsAre("64", "128", "256", "512"));
  EXPECT_THAT(labels(scale_of(axis, {64, 128, 256, 512, 1024}, 2).ticks),
              ElementsAre("64", "256", "1024"));
  EXPECT_THAT(labels(scale_of(axis, {1024, 131072, 1048576}, 8).ticks),
              ElementsAre("2^{10}", "2^{17}", "2^{20}"));
}

TEST(FigureScale, HoldsTheDataAndStatedBounds) {
  const double nan = std::nan("");
  const Scale scale = scale_of({.title = "x"}, {5, nan, 10}, 5);
  EXPECT_LT(scale.low, 5);
  EXPECT_GT(scale.high, 10);
  EXPECT_EQ(scale_of({.title = "x"}, {1, 10}, 5).low, 0) << "small values show the zero";
  const Scale log = scale_of({.title = "x", .log = true, .low = 1e-3}, {-1, 0, 1e-9, 1}, 5);
  EXPECT_EQ(log.low, 1e-3);
  EXPECT_GT(log.high, 1);
}

TEST(FigureScale, NothingAndOneValueHaveARange) {
  for (const bool log : {false, true}) {
    for (const std::vector<double>& values : {std::vector<double>{}, {3}, {0}, {-1}}) {
      for (const bool tight : {false, true}) {
        const Scale scale = scale_of({.title = "x", .log = log}, values, 5, tight);
        EXPECT_LT(scale.low, scale.high);
        EXPECT_TRUE(!log || scale.low > 0);
        EXPECT_FALSE(scale.ticks.empty());
      }
    }
  }
}

// Seen with amplitudes of diverging flows: the margin of [1e-16, 1e308] overflowed.
TEST(FigureScale, StaysFiniteForValuesNearTheEndsOfTheirRange) {
  const double largest = std::numeric_limits<double>::max();
  const double least = std::numeric_limits<double>::denorm_min();
  for (const bool log : {false, true}) {
    for (const std::vector<double>& values : {std::vector{1e-16, largest},
                                              {least, 1e200},
                                              {least, largest},
                                              {-largest, largest},
                                              {largest},
                                              {0.99 * largest, largest},
                                              {least},
                                              {-largest}}) {
      const Scale scale = scale_of({.title = "x", .log = log}, values, 5);
      EXPECT_TRUE(std::isfinite(scale.low) && std::isfinite(scale.high));
      EXPECT_LT(scale.low, scale.high);
      EXPECT_FALSE(scale.ticks.empty());
      EXPECT_LE(scale.ticks.size(), 60U);
      for (const Tick& tick : scale.ticks) EXPECT_TRUE(std::isfinite(tick.position));
    }
  }
}

}  // namespace
}  // namespace wideband::figure_scale_test

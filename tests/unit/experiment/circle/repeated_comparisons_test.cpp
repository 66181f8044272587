#include "wideband/experiment/circle/repeated_comparisons.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"

namespace wideband::repeated_comparisons_test {
namespace {

Comparison line(double measured, double error) {
  Comparison comparison;
  comparison.label = "entry";
  comparison.measured = measured;
  comparison.standard_error = error;
  comparison.repetitions = 50;
  return comparison;
}

TEST(MeanComparison, HasTheStandardErrorOfTheMean) {
  const Comparison comparison = mean_comparison("mean", Vector{{1, 2, 6}}, 3);
  EXPECT_EQ(comparison.measured, 3);
  EXPECT_EQ(comparison.predicted, 3);
  EXPECT_EQ(comparison.repetitions, 3);
  // variance (4 + 1 + 9) / 2 = 7
  EXPECT_TRUE(test::relatively_near(comparison.standard_error, std::sqrt(7.0 / 3), 1e-15));
}

TEST(MeanComparison, HasAtLeastTheStandardErrorOfTheTheory) {
  const Vector values{{1, 2, 6}};
  EXPECT_TRUE(test::relatively_near(mean_comparison("mean", values, 3, 6).standard_error,
                                    6 / std::sqrt(3.0), 1e-15));
  EXPECT_EQ(mean_comparison("mean", values, 3, 1).standard_error,
            mean_comparison("mean", values, 3).standard_error);
  EXPECT_TRUE(std::isnan(mean_comparison("mean", Vector{{1, NAN}}, 3, 1).standard_error));
}

TEST(WorstComparison, PicksTheLargestDeviationAndWidensItsBar) {
  const std::vector<Comparison> all = {line(0.1, 1), line(-0.5, 0.1), line(2, 1)};
  const Comparison worst = worst_comparison(all, 4);
  EXPECT_EQ(worst.measured, -0.5);
  EXPECT_EQ(worst.label, "entry, the worst of 3");
  EXPECT_TRUE(test::relatively_near(worst.standard_error * critical_value(50, 4),
                                    0.1 * critical_value(50, 12), 1e-13));
}

TEST(WorstComparison, TakesNaNForTheWorst) {
  EXPECT_TRUE(std::isnan(worst_comparison({line(5, 1), line(NAN, 1), line(7, 1)}, 1).measured));
  EXPECT_THROW(worst_comparison({}, 1), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::repeated_comparisons_test

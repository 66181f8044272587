// Closed dual functions against 200 digits (dual.py).
#include "wideband/math/dual.hpp"

#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"

namespace wideband::dual_test {
namespace {

using test::eps;

struct GoldenRow {
  Phi phi;
  std::string label;
  double q1, q2;
  HalfAngle angle;
  double s, c, slope, v1, v2, w1, w2;
};

GoldenRow golden_row(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
  std::vector<double> parameters;
  std::istringstream list(cells.at(1));
  for (double p = 0; list >> p;) parameters.push_back(p);
  const auto number = [&](std::size_t i) { return std::stod(cells.at(i)); };
  return {.phi = phi(phi_family(cells.at(0)), parameters),
          .label = fmt::format("{}", fmt::join(cells.begin(), cells.begin() + 6, ",")),
          .q1 = number(2),
          .q2 = number(3),
          .angle = half_angle(number(4), cells.at(5) == "1"),
          .s = number(6),
          .c = number(7),
          .slope = number(8),
          .v1 = number(9),
          .v2 = number(10),
          .w1 = number(11),
          .w2 = number(12)};
}

const std::vector<GoldenRow>& golden_rows() {
  static const std::vector<GoldenRow> rows = [] {
    std::ifstream file(WIDEBAND_GOLDEN "/dual.csv");
    std::string line;
    std::getline(file, line);
    std::vector<GoldenRow> all;
    while (std::getline(file, line)) all.push_back(golden_row(line));
    return all;
  }();
  return rows;
}

TEST(DualGolden, TheTableIsWhole) {
  EXPECT_EQ(golden_rows().size(), 3699U);
}

TEST(DualGolden, Angles) {
  // Half the angle is sqrt(s) near 0 and sqrt(c) near pi. Both come from some ten rounded
  // operations on numbers that do not cancel.
  for (const GoldenRow& row : golden_rows()) {
    const HalfAngle angle = dual(row.phi, row.q1, row.q2, row.angle).angle;
    EXPECT_TRUE(test::near(std::sqrt(angle.s), std::sqrt(row.s), 4 * eps)) << row.label;
    EXPECT_TRUE(test::near(std::sqrt(angle.c), std::sqrt(row.c), 4 * eps)) << row.label;
  }
}

TEST(DualGolden, TheSmallerMemberIsRelativelyAccurateAtEqualVariances) {
  for (const GoldenRow& row : golden_rows()) {
    if (row.q1 != row.q2) continue;
    const HalfAngle angle = dual(row.phi, row.q1, row.q2, row.angle).angle;
    // Terms of GELU that are sqrt q times their sum cancel.
    const double factor = row.phi.family == PhiFamily::gelu ? std::sqrt(1 + row.q1) : 1;
    const bool opposite = row.c < row.s;
    EXPECT_TRUE(test::relatively_near(opposite ? angle.c : angle.s, opposite ? row.c : row.s,
                                      8 * eps * factor))
        << row.label;
  }
}

TEST(DualGolden, Slopes) {
  for (const GoldenRow& row : golden_rows()) {
    const double slope = dual(row.phi, row.q1, row.q2, row.angle).slope;
    // Powers of n factors round n times.
    EXPECT_TRUE(test::near(slope, row.slope, 12 * eps * std::sqrt(row.w1) * std::sqrt(row.w2)))
        << row.label;
  }
}

TEST(DualGolden, Variances) {
  for (const GoldenRow& row : golden_rows()) {
    EXPECT_TRUE(test::relatively_near(dual_variance(row.phi, row.q1), row.v1, 8 * eps))
        << row.label;
    EXPECT_TRUE(test::relatively_near(dual_variance(row.phi, row.q2), row.v2, 8 * eps))
        << row.label;
    EXPECT_TRUE(test::relatively_near(dual_slope_variance(row.phi, row.q1), row.w1, 8 * eps))
        << row.label;
    EXPECT_TRUE(test::relatively_near(dual_slope_variance(row.phi, row.q2), row.w2, 8 * eps))
        << row.label;
  }
}

}  // namespace
}  // namespace wideband::dual_test

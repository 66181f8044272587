// The numeric route against double integrals in 25 digits (numeric_dual.py).
#include "wideband/math/numeric_dual.hpp"

#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/compare.hpp"

namespace wideband::numeric_dual_test {
namespace {

struct GoldenRow {
  std::string family;
  double q1, q2;
  HalfAngle angle;
  double K, Kdot;
};

std::vector<GoldenRow> golden_rows() {
  std::ifstream file(WIDEBAND_GOLDEN "/numeric_dual.csv");
  std::string line;
  std::getline(file, line);
  std::vector<GoldenRow> rows;
  while (std::getline(file, line)) {
    std::vector<std::string> cells;
    std::istringstream stream(line);
    for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
    const auto number = [&](std::size_t i) { return std::stod(cells.at(i)); };
    rows.push_back({cells.at(0), number(1), number(2), half_angle(number(3), cells.at(4) == "1"),
                    number(5), number(6)});
  }
  return rows;
}

TEST(NumericDualGolden, TheTableIsWhole) {
  EXPECT_EQ(golden_rows().size(), 28U);
}

TEST(NumericDualGolden, ErrorsAreBelowTheirEstimate) {
  for (const GoldenRow& row : golden_rows()) {
    const NumericDual numeric(phi(phi_family(row.family)), std::vector<double>{row.q1, row.q2});
    const NumericDual::Row first = numeric.row(row.q1);
    const NumericDual::Row second = numeric.row(row.q2);
    const Dual result = numeric.dual(first, second, row.angle);
    const double V = std::sqrt(first.variance) * std::sqrt(second.variance);
    const double W = std::sqrt(first.slope_variance) * std::sqrt(second.slope_variance);
    EXPECT_LE(numeric.error_estimate(), 1e-12) << row.family;
    EXPECT_TRUE(test::near(V * cosine(result.angle), row.K, numeric.error_estimate() * V))
        << row.family << " " << row.q1 << " " << row.q2;
    EXPECT_TRUE(test::near(result.slope, row.Kdot, numeric.error_estimate() * W))
        << row.family << " " << row.q1 << " " << row.q2;
  }
}

}  // namespace
}  // namespace wideband::numeric_dual_test

// docs/notation.md against the code: the table of targets, and the conversions of steps and rates.
#include <cmath>
#include <map>
#include <numbers>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "wideband/circle/arc_network.hpp"
#include "wideband/core/file.hpp"
#include "wideband/data/circle_points.hpp"
#include "wideband/data/target.hpp"
#include "wideband/math/statistics.hpp"

namespace wideband::notation_test {
namespace {

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) {
    const std::size_t first = part.find_first_not_of(' ');
    const std::size_t last = part.find_last_not_of(' ');
    parts.push_back(first == std::string::npos ? "" : part.substr(first, last - first + 1));
  }
  return parts;
}

// The rows of the table under "## Targets", by name: frequencies, amplitudes, phases.
std::map<std::string, std::vector<std::vector<std::string>>> target_rows() {
  std::map<std::string, std::vector<std::vector<std::string>>> rows;
  std::istringstream page(read_file(DOCS_FOLDER "/notation.md"));
  bool inside = false;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("## ")) inside = line == "## Targets";
    const std::vector<std::string> cells = split(line, '|');
    if (!inside || cells.size() != 5 || cells[2].find(',') == std::string::npos) continue;
    rows[cells[1]] = {split(cells[2], ','), split(cells[3], ','), split(cells[4], ',')};
  }
  return rows;
}

TEST(Notation, TheTableOfTargetsIsTheOneOfTheCode) {
  const auto rows = target_rows();
  EXPECT_EQ(rows.size(), named_targets().size());
  for (const Target& known : named_targets()) {
    ASSERT_TRUE(rows.contains(known.name)) << known.name;
    const auto& row = rows.at(known.name);
    for (const auto& list : row) ASSERT_EQ(list.size(), known.modes.size()) << known.name;
    for (std::size_t i = 0; i < known.modes.size(); ++i) {
      EXPECT_EQ(std::stol(row[0][i]), known.modes[i].frequency) << known.name;
      EXPECT_EQ(std::stod(row[1][i]), known.modes[i].amplitude) << known.name;
      EXPECT_EQ(row[2][i] == "pi/2" ? std::numbers::pi / 2 : 0.0, known.modes[i].phase)
          << known.name;
    }
  }
}

// |r_1 - (r_0 - eta A r_0)| of one step, eta = rate_factor lr.
double first_order_error(double lr, double rate_factor) {
  const Index n = 64;
  ArcNetwork network(initial_network(Key(5), 32), grid_angles(n));
  const Vector y = grid_target_values(target("base4"), n);
  const Vector before = network.outputs() - y;
  const Vector predicted = before - lr * rate_factor * network.tangent_product(before);
  network.step(y, lr);
  return (network.outputs() - y - predicted).norm();
}

TEST(Notation, TheOperatorStepIsTheRateTimesTheNumberOfSamples) {
  // The remainder of a first-order formula is of second order: half the rate, a quarter of the
  // error. With another factor in place of n the error is of first order and only halves.
  EXPECT_TRUE(test::near(first_order_error(2e-5, 64) / first_order_error(4e-5, 64), 0.25, 0.05));
  EXPECT_TRUE(test::near(first_order_error(2e-5, 32) / first_order_error(4e-5, 32), 0.5, 0.05));
}

TEST(Notation, TheRateOfAMeanSquareLossIsTwiceOverN) {
  const Index n = 16;
  const double lr_mean = 1e-3;
  const Vector g = grid_angles(n);
  const Vector y = grid_target_values(target("base4"), n);
  const ShallowNetwork start = initial_network(Key(6), 3);
  const auto mean_square = [&](double a0) {
    ShallowNetwork moved = start;
    moved.a(0) = a0;
    return (plain_outputs(moved, g) - y).squaredNorm() / static_cast<double>(n);
  };
  // The mean square is quadratic in a_0: its central difference is exact up to rounding.
  const double gradient = (mean_square(start.a(0) + .5) - mean_square(start.a(0) - .5));
  ShallowNetwork stepped = start;
  plain_step(stepped, g, y, 2 * lr_mean / static_cast<double>(n));
  EXPECT_TRUE(test::near(stepped.a(0), start.a(0) - lr_mean * gradient, 1e-15));
}

TEST(Notation, TheLossAtTheStartIsHalfTheEnergyAndTheOutputs) {
  const Index n = 64;
  const Index seeds = 1000;
  const Target base4 = target("base4");
  const Vector y = grid_target_values(base4, n);
  Vector losses(seeds);
  for (Index s = 0; s < seeds; ++s) {
    const ArcNetwork network(initial_network(Key(7).child(s), 32), grid_angles(n));
    losses(s) = (network.outputs() - y).squaredNorm() / 2 / static_cast<double>(n);
  }
  const Summary loss = summary(losses);
  EXPECT_TRUE(test::near(loss.mean, (energy(base4) + .5) / 2, 4 * loss.standard_error));
  EXPECT_LT(loss.standard_error, .05 * loss.mean);
}

}  // namespace
}  // namespace wideband::notation_test

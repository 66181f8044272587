// docs/howto/coming_from_neural_tangents.md: both columns of numbers beside what the kernels give.
#include <cmath>
#include <map>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "wideband/core/file.hpp"
#include "wideband/dynamics/predictor.hpp"
#include "wideband/kernel/kernel.hpp"

namespace wideband::neural_tangents_test {
namespace {

Matrix inputs() {
  Matrix X(2, 3);
  X << 1, 2, -1, 0.5, -1, 3;
  return X;
}

std::map<std::string, double> kernels_of(const std::string& net) {
  const KernelResult<> result = kernel(inputs(), parse_architecture(net));
  return {{"K12", result.nngp(0, 1)},
          {"Theta12", result.ntk(0, 1)},
          {"Theta11", result.ntk(0, 0)},
          {"scale", std::sqrt(result.ntk(0, 0) * result.ntk(1, 1))}};
}

std::map<std::string, double> flow_on_the_first() {
  Matrix y(2, 1);
  y << 1, -1;
  const KernelResult<> result = kernel(inputs(), parse_architecture("dense | relu | dense"));
  const Matrix f = Predictor(result.ntk, y).train(2.0).mean;
  return {{"f(x1)", f(0, 0)}, {"f(x2)", f(1, 0)}, {"scale", 1}};
}

// Cells of a row of a table; "\|" does not end a cell.
std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> list(1);
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size()) {
      list.back() += line[++i];
    } else if (line[i] == '|') {
      list.emplace_back();
    } else {
      list.back() += line[i];
    }
  }
  for (std::string& cell : list) {
    const std::size_t first = cell.find_first_not_of(" `");
    cell = first == std::string::npos ? ""
                                      : cell.substr(first, cell.find_last_not_of(" `") + 1 - first);
  }
  return list;
}

TEST(ComingFromNeuralTangents, ShowsTheNumbersOfBothPrograms) {
  std::istringstream page(read_file(DOCS_FOLDER "/howto/coming_from_neural_tangents.md"));
  bool inside = false;
  int rows = 0;
  std::map<std::string, double> values;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("## ")) inside = line == "## Side by side";
    const std::vector<std::string> row = cells(line);
    if (!inside || row.size() != 6 || row[2] == "quantity" || row[2].starts_with("-")) continue;
    if (row[1].starts_with("flow")) {
      values = flow_on_the_first();
    } else if (!row[1].empty()) {
      values = kernels_of(row[1]);
    }
    ASSERT_EQ(values.count(row[2]), 1U) << line;
    // 14 digits of the diagonal.
    const double tolerance = 1e-14 * values["scale"];
    EXPECT_TRUE(test::near(std::stod(row[3]), values[row[2]], tolerance)) << line;
    EXPECT_TRUE(test::near(std::stod(row[4]), values[row[2]], 1e-15 * values["scale"])) << line;
    ++rows;
  }
  EXPECT_EQ(rows, 11);
}

}  // namespace
}  // namespace wideband::neural_tangents_test

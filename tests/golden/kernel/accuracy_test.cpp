// Worst errors of K and Theta relative to the diagonal, against 150 digits (accuracy.py).
#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "wideband/kernel/kernel.hpp"

namespace wideband::accuracy_test {
namespace {

std::vector<std::vector<std::string>> cells_of(const std::string& name) {
  std::ifstream file(std::string(WIDEBAND_GOLDEN "/") + name);
  std::vector<std::vector<std::string>> rows;
  std::string line, cell;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    rows.emplace_back();
    while (std::getline(cells, cell, ',')) rows.back().push_back(cell);
  }
  return rows;
}

struct Inputs {
  Matrix rows;  // the first one, then one per pair
  std::map<std::string, Index> pair;
};

const Inputs& inputs() {
  static const Inputs read = [] {
    const auto cells = cells_of("accuracy_inputs.csv");
    Inputs result{Matrix(static_cast<Index>(cells.size()), 64), {}};
    for (std::size_t i = 0; i < cells.size(); ++i) {
      result.pair[cells[i][0]] = static_cast<Index>(i);
      for (std::size_t k = 0; k < 64; ++k) {
        result.rows(static_cast<Index>(i), static_cast<Index>(k)) = std::stod(cells[i][k + 1]);
      }
    }
    return result;
  }();
  return read;
}

Architecture network(const std::string& name, int depth) {
  const std::string dense = name == "erf20" ? "dense W=20 b=0.1" : "dense W=1.5 b=0.1";
  std::string text = dense;
  for (int l = 0; l < depth; ++l) {
    std::string phi = name == "erf20" ? "erf" : name;
    if (name == "erf-relu") phi = l % 2 == 0 ? "erf" : "relu";
    text += " | " + phi + " | " + dense;
  }
  return parse_architecture(text);
}

struct Worst {
  double error = 0;
  double estimate = 0;
  std::string pair;
};

// Worst over pairs, K and Theta; one entry per network and depth.
template <class Real>
std::map<std::pair<std::string, int>, Worst> worst_errors() {
  std::map<std::pair<std::string, int>, Worst> worst;
  std::map<std::pair<std::string, int>, KernelResult<Real>> kernels;
  for (const auto& cells : cells_of("accuracy.csv")) {
    const std::pair<std::string, int> key{cells[0], std::stoi(cells[1])};
    if (kernels.count(key) == 0) {
      kernels[key] = kernel<Real>(inputs().rows, network(key.first, key.second));
    }
    const KernelResult<Real>& result = kernels[key];
    const Index j = inputs().pair.at(cells[2]);
    const auto value = [&](std::size_t column) { return std::stod(cells[column]); };
    const double K = std::abs(static_cast<double>(result.nngp(0, j)) - value(3)) /
                     std::sqrt(value(5) * value(6));
    const double Theta =
        std::abs(static_cast<double>(result.ntk(0, j)) - value(4)) / std::sqrt(value(7) * value(8));
    Worst& entry = worst[key];
    entry.estimate = result.error_estimate;
    const double error = std::max(K, Theta);
    if (!(error <= entry.error)) {
      entry.error = error;
      entry.pair = cells[2];
    }
  }
  return worst;
}

template <class Real>
void expect_targets(double shallow, double deep, double chaotic) {
  for (const auto& [key, worst] : worst_errors<Real>()) {
    const auto& [net, depth] = key;
    fmt::print("{} {:8} depth {:2}: error {:.1e} at {:8} estimate {:.1e}\n",
               sizeof(Real) == 4 ? "f32" : "f64", net, depth, worst.error, worst.pair,
               worst.estimate);
    const double target = net == "erf20" ? chaotic : depth <= 4 ? shallow : deep;
    EXPECT_LE(worst.error, target) << net << ' ' << depth << ' ' << worst.pair;
    EXPECT_LE(worst.error, worst.estimate) << net << ' ' << depth;
    EXPECT_LE(worst.estimate, 1000 * worst.error) << net << ' ' << depth;
  }
}

// Targets of docs/theory/kernels/pair_state.md.
TEST(KernelAccuracy, DoubleKeepsItsDigits) {
  expect_targets<double>(3e-15, 1e-14, 1e-13);
}
TEST(KernelAccuracy, FloatKeepsItsDigits) {
  expect_targets<float>(1e-6, 3e-6, 3e-6);
}

}  // namespace
}  // namespace wideband::accuracy_test

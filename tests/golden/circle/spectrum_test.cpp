// Closed forms of the spectrum against sums and integrals in 50 and more digits (spectrum.py).
#include "wideband/circle/spectrum.hpp"

#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"

namespace wideband::spectrum_test {
namespace {

using test::eps;

struct GoldenRow {
  AngleKernel kernel;
  Index n;  // 0: continuum
  Index k;
  double eigenvalue;
};

std::vector<GoldenRow> golden_rows() {
  std::ifstream file(WIDEBAND_GOLDEN "/spectrum.csv");
  std::string line;
  std::getline(file, line);
  std::vector<GoldenRow> rows;
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    std::string kernel, n, k, value;
    std::getline(cells, kernel, ',');
    std::getline(cells, n, ',');
    std::getline(cells, k, ',');
    std::getline(cells, value);
    rows.push_back({angle_kernel(kernel), std::stol(n), std::stol(k), std::stod(value)});
  }
  return rows;
}

TEST(SpectrumGolden, TheTableIsWhole) {
  EXPECT_GT(golden_rows().size(), 600U);
}

TEST(SpectrumGolden, ContinuumEigenvalues) {
  for (const GoldenRow& row : golden_rows()) {
    if (row.n > 0) continue;
    EXPECT_TRUE(
        test::relatively_near(continuum_eigenvalue(row.kernel, row.k), row.eigenvalue, 4 * eps))
        << to_string(row.kernel) << " k = " << row.k;
  }
}

TEST(SpectrumGolden, GridEigenvaluesWithinEightEps) {
  for (const GoldenRow& row : golden_rows()) {
    if (row.n == 0) continue;
    EXPECT_TRUE(
        test::relatively_near(grid_eigenvalue(row.kernel, row.n, row.k), row.eigenvalue, 8 * eps))
        << to_string(row.kernel) << " n = " << row.n << " k = " << row.k;
  }
}

}  // namespace
}  // namespace wideband::spectrum_test

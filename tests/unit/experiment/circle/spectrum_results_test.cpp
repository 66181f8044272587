#include "wideband/experiment/circle/spectrum_results.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/spectrum_fixture.hpp"
#include "wideband/circle/spectrum.hpp"

namespace wideband::spectrum_results_test {
namespace {

using test::small_spectrum;

const Table& table_named(const std::vector<Table>& tables, const std::string& name) {
  for (const Table& table : tables) {
    if (table.name() == name) return table;
  }
  throw std::invalid_argument("no table " + name);
}

TEST(SpectrumResults, SurviveTheRecord) {
  const GridSpectrum& grid = small_spectrum().grids.front();
  Record record;
  put_grid(record, grid);
  const SpectrumTask task{"grid", {grid.n}, {to_string(grid.kernel)}, 40, 0, 0, 0};
  const SpectrumResults read = spectrum_results({{SpectrumConfig{}, {{task, record}}}});
  ASSERT_EQ(read.grids.size(), 1U);
  EXPECT_EQ(read.grids[0].low.fft, grid.low.fft);
  EXPECT_EQ(read.grids[0].spread.k, grid.spread.k);
  EXPECT_EQ(read.grids[0].smallest, grid.smallest);
  EXPECT_EQ(read.grids[0].negative_float32, grid.negative_float32);
}

TEST(SpectrumTables, HoldTheContractsColumnsAndRows) {
  const std::vector<Table> tables = spectrum_tables(small_spectrum());
  const Table& table = table_named(tables, "spectrum");
  const std::vector<std::string> first(table.columns().begin(), table.columns().begin() + 6);
  EXPECT_EQ(first, (std::vector<std::string>{"k", "kernel", "n", "lambda_continuum", "lambda_grid",
                                             "lambda_alias"}));
  // k <= min(cutoff, n/2) of four kernels: n = 16, 64, 1001, 1024 with cutoff 40.
  EXPECT_EQ(table.rows().size(), 4U * (9 + 33 + 41 + 41));
  EXPECT_EQ(table_named(tables, "spectrum_float32").rows().size(), table.rows().size());
}

TEST(SpectrumTables, RowsAreTheFormulas) {
  const std::vector<Table> tables = spectrum_tables(small_spectrum());
  for (const auto& row : table_named(tables, "spectrum").rows()) {
    const Index k = std::get<Index>(row[0]);
    const AngleKernel kernel = angle_kernel(std::get<std::string>(row[1]));
    const Index n = std::get<Index>(row[2]);
    EXPECT_EQ(std::get<double>(row[3]), continuum_eigenvalue(kernel, k));
    EXPECT_EQ(std::get<double>(row[5]), grid_eigenvalue(kernel, n, k));
    EXPECT_TRUE(test::near(std::get<double>(row[4]), std::get<double>(row[5]), 1e-15));
  }
}

TEST(ContinuumOf, RefusesAKernelThatWasNotMeasured) {
  EXPECT_THROW(continuum_of(SpectrumResults{}, AngleKernel::bias), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::spectrum_results_test

#include "wideband/experiment/circle/spectrum_results.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include <fmt/format.h>

#include "wideband/circle/spectrum.hpp"
#include "wideband/math/statistics.hpp"

namespace wideband {
namespace {

std::string prefix(AngleKernel kernel, Index n) {
  return fmt::format("{}.{}.", to_string(kernel), n);
}

Vector as_vector(const std::vector<Index>& values) {
  Vector result(static_cast<Index>(values.size()));
  for (Index i = 0; i < result.size(); ++i)
    result(i) = static_cast<double>(values[static_cast<std::size_t>(i)]);
  return result;
}

std::vector<Index> as_indices(const Vector& values) {
  std::vector<Index> result;
  for (const double value : values) result.push_back(static_cast<Index>(value));
  return result;
}

void put(Record& record, const std::string& name, const GridEigenvalues& values) {
  record.put(name + "k", as_vector(values.k));
  record.put(name + "fft", values.fft);
  record.put(name + "alias", values.alias);
  record.put(name + "float32", values.float32);
}

GridEigenvalues read(const Record& record, const std::string& name) {
  return {as_indices(record.vector(name + "k")), record.vector(name + "fft"),
          record.vector(name + "alias"), record.vector(name + "float32")};
}

GridSpectrum grid_from(const Record& record, const std::string& name, Index n) {
  const std::string start = prefix(angle_kernel(name), n);
  return {angle_kernel(name),
          n,
          read(record, start + "low."),
          read(record, start + "spread."),
          record.scalar(start + "largest"),
          record.scalar(start + "smallest"),
          record.scalar(start + "fft_error"),
          record.scalar(start + "alias_rounding"),
          static_cast<Index>(record.scalar(start + "negative_float64")),
          static_cast<Index>(record.scalar(start + "negative_float32"))};
}

Cell integer(Index value) {
  return Cell(value);
}

// Three ways to one eigenvalue, at the low frequencies of every grid.
Table eigenvalue_table(const SpectrumResults& results, bool single) {
  Table table(single ? "spectrum_float32" : "spectrum",
              {"k", "kernel", "n", "lambda_continuum", "lambda_grid", "lambda_alias",
               "lambda_quadrature", "excess_times_3n2"});
  for (const GridSpectrum& grid : results.grids) {
    const auto size = static_cast<double>(grid.n);
    const ContinuumSpectrum& continuum = continuum_of(results, grid.kernel);
    for (std::size_t i = 0; i < grid.low.k.size(); ++i) {
      const Index k = grid.low.k[i];
      const auto row = static_cast<Index>(i);
      const double alias = grid.low.alias(row);
      const double closed = continuum_eigenvalue(grid.kernel, k);
      const bool known = k < continuum.quadrature.size();
      table.add({integer(k), to_string(grid.kernel), integer(grid.n), closed,
                 single ? grid.low.float32(row) : grid.low.fft(row), alias,
                 known ? Cell(continuum.quadrature(k)) : Cell(),
                 3 * size * size * (alias - closed)});
    }
  }
  return table;
}

// a/b - 1 as a cell without a value where b is zero.
Cell relative_difference(double a, double b) {
  return b == 0 ? Cell() : Cell((a - b) / b);
}

Table spread_table(const SpectrumResults& results) {
  Table table("spectrum_spread",
              {"kernel", "n", "k", "k_over_n", "lambda_continuum", "lambda_grid", "lambda_alias",
               "lambda_float32", "relative_excess", "fft_relative_error"});
  for (const GridSpectrum& grid : results.grids) {
    for (std::size_t i = 0; i < grid.spread.k.size(); ++i) {
      const Index k = grid.spread.k[i];
      const auto row = static_cast<Index>(i);
      const double closed = continuum_eigenvalue(grid.kernel, k);
      const double fft = grid.spread.fft(row);
      const double alias = grid.spread.alias(row);
      table.add({to_string(grid.kernel), integer(grid.n), integer(k),
                 static_cast<double>(k) / static_cast<double>(grid.n), closed, fft, alias,
                 grid.spread.float32(row), relative_difference(fft, closed),
                 relative_difference(fft, alias)});
    }
  }
  return table;
}

Table extremes_table(const SpectrumResults& results) {
  Table table("spectrum_extremes", {"kernel", "n", "lambda_max", "lambda_min_fft", "fft_error_max",
                                    "alias_rounding_max", "negative_float64", "negative_float32"});
  for (const GridSpectrum& grid : results.grids) {
    table.add({to_string(grid.kernel), integer(grid.n), grid.largest, grid.smallest, grid.fft_error,
               grid.alias_rounding, integer(grid.negative_float64),
               integer(grid.negative_float32)});
  }
  return table;
}

Table kernel_table() {
  Table table("kernels", {"delta", "kernel", "value"});
  for (const AngleKernel kernel : angle_kernels()) {
    for (const double delta : spectrum_angles())
      table.add({delta, to_string(kernel), kernel_value(kernel, delta)});
  }
  return table;
}

Table stock_table(const StockKernel& stock) {
  Table table("stock", {"delta", "neurons", "mean", "std", "standard_error", "predicted", "seeds"});
  for (Index p = 0; p < stock.delta.size(); ++p) {
    const Summary s = summary(stock.values.col(p));
    table.add({stock.delta(p), integer(stock.neurons), s.mean, s.std, s.standard_error,
               kernel_value(AngleKernel::nobias, stock.delta(p)) / 2, integer(s.count)});
  }
  return table;
}

// Keeps the longer of two spectra of one kernel.
void add_continuum(SpectrumResults& results, ContinuumSpectrum spectrum) {
  for (ContinuumSpectrum& known : results.continuum) {
    if (known.kernel != spectrum.kernel) continue;
    if (known.closed.size() < spectrum.closed.size()) known = std::move(spectrum);
    return;
  }
  results.continuum.push_back(std::move(spectrum));
}

void add_record(SpectrumResults& results, const SpectrumTask& task, const Record& record) {
  if (task.part == "stock") {
    if (results.stock.delta.size() == 0)
      results.stock = {record.vector("delta"), record.matrix("values"), task.neurons};
    return;
  }
  for (const std::string& name : task.kernel) {
    if (task.part == "continuum") {
      add_continuum(results,
                    {angle_kernel(name), record.vector(name + ".closed"),
                     record.vector(name + ".quadrature"), record.scalar(name + ".long_trace")});
    }
    for (const Index n : task.sizes) results.grids.push_back(grid_from(record, name, n));
  }
}

}  // namespace

void put_continuum(Record& record, const ContinuumSpectrum& spectrum) {
  const std::string name = to_string(spectrum.kernel);
  record.put(name + ".closed", spectrum.closed);
  record.put(name + ".quadrature", spectrum.quadrature);
  record.put(name + ".long_trace", spectrum.long_trace);
}

void put_grid(Record& record, const GridSpectrum& spectrum) {
  const std::string start = prefix(spectrum.kernel, spectrum.n);
  put(record, start + "low.", spectrum.low);
  put(record, start + "spread.", spectrum.spread);
  record.put(start + "largest", spectrum.largest);
  record.put(start + "smallest", spectrum.smallest);
  record.put(start + "fft_error", spectrum.fft_error);
  record.put(start + "alias_rounding", spectrum.alias_rounding);
  record.put(start + "negative_float64", static_cast<double>(spectrum.negative_float64));
  record.put(start + "negative_float32", static_cast<double>(spectrum.negative_float32));
}

const ContinuumSpectrum& continuum_of(const SpectrumResults& results, AngleKernel kernel) {
  for (const ContinuumSpectrum& spectrum : results.continuum) {
    if (spectrum.kernel == kernel) return spectrum;
  }
  throw std::invalid_argument("[circle-spectrum] no continuum record of " + to_string(kernel));
}

std::vector<double> spectrum_angles() {
  std::vector<double> delta;
  for (int i = 0; i <= 180; ++i) delta.push_back(std::numbers::pi * i / 180);
  return delta;
}

SpectrumResults spectrum_results(const std::vector<Point<SpectrumConfig, SpectrumTask>>& points) {
  SpectrumResults results;
  for (const auto& point : points) {
    results.cutoff = std::max(results.cutoff, point.config.cutoff);
    for (const auto& [task, record] : point.finished) add_record(results, task, record);
  }
  return results;
}

std::vector<Table> spectrum_tables(const SpectrumResults& results) {
  return {eigenvalue_table(results, false),
          eigenvalue_table(results, true),
          spread_table(results),
          extremes_table(results),
          kernel_table(),
          stock_table(results.stock)};
}

}  // namespace wideband

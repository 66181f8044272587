// What circle-spectrum measures: its results as structs, their place in records, and the tables.
#pragma once

#include <vector>

#include "wideband/circle/angle_kernel.hpp"
#include "wideband/experiment/circle/spectrum.hpp"

namespace wideband {

/// The spectrum of one kernel on the uniform circle.
struct ContinuumSpectrum {
  AngleKernel kernel;
  Vector closed;      // k = 0, ..., cutoff
  Vector quadrature;  // k = 0, ..., min(cutoff, 64)
  double long_trace;  // lambda_0 + 2 sum_{k <= sum_rule_cutoff} lambda_k
};

inline constexpr Index quadrature_cutoff = 64;
inline constexpr Index sum_rule_cutoff = 1 << 20;

/// Eigenvalues of one kernel on one grid at some frequencies, three ways.
struct GridEigenvalues {
  std::vector<Index> k;
  Vector fft;
  Vector alias;
  Vector float32;
};

/// The spectrum of one kernel on one grid.
struct GridSpectrum {
  AngleKernel kernel;
  Index n;
  GridEigenvalues low;     // every k <= min(cutoff, n/2)
  GridEigenvalues spread;  // frequencies spread over 0..n/2 by a fixed ratio
  double largest = 0;      // alias, over all k
  double smallest = 0;     // FFT, over all k
  double fft_error = 0;    // largest |FFT - alias| over all k
  double alias_rounding =
      0;  // largest relative error of alias to 50 digits, over `low` and `spread`
  Index negative_float64 = 0;
  Index negative_float32 = 0;
};

/// Tangent kernels of random networks in stock parameterization, at a few angles.
struct StockKernel {
  Vector delta;
  Matrix values;  // (networks, angles)
  Index neurons;
};

/// Everything that was measured.
struct SpectrumResults {
  Index cutoff = 0;
  std::vector<ContinuumSpectrum> continuum;
  std::vector<GridSpectrum> grids;
  StockKernel stock;
};

/// The numbers of one kernel, written under its name and read back.
void put_continuum(Record& record, const ContinuumSpectrum& spectrum);
void put_grid(Record& record, const GridSpectrum& spectrum);

/// Reads records back, in their order. Of several continuum spectra of one kernel (a sweep over
/// cutoffs) the longest is kept.
SpectrumResults spectrum_results(const std::vector<Point<SpectrumConfig, SpectrumTask>>& points);

/// Throws std::invalid_argument if there is none.
const ContinuumSpectrum& continuum_of(const SpectrumResults& results, AngleKernel kernel);

/// The angles at which the kernels are drawn, every degree of [0, pi].
std::vector<double> spectrum_angles();

/// tables/spectrum.csv, spectrum_float32.csv, spectrum_spread.csv, spectrum_extremes.csv,
/// kernels.csv, stock.csv.
std::vector<Table> spectrum_tables(const SpectrumResults& results);

}  // namespace wideband

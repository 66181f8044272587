#include "support/roof.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <functional>
#include <vector>

#include <benchmark/benchmark.h>

#include "support/peak.hpp"

namespace wideband::bench {
namespace {

// The best of several: what the machine can do, not what its other guests leave of it.
double best_rate(int trials, const std::function<double()>& work) {
  double best = 0;
  for (int trial = 0; trial < trials; ++trial) {
    const auto start = std::chrono::steady_clock::now();
    const double amount = work();
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    best = std::max(best, amount / elapsed.count());
  }
  return best;
}

}  // namespace

// Reads the array as four quarters side by side: one stream alone does not keep memory busy.
double read_array(const std::vector<double>& array, double& sink) {
  const std::size_t quarter = array.size() / 4;
  std::array<std::array<double, 8>, 4> sums{};
  for (std::size_t i = 0; i + 8 <= quarter; i += 8) {
    for (std::size_t stream = 0; stream < 4; ++stream) {
      const double* line = array.data() + stream * quarter + i;
      for (std::size_t lane = 0; lane < 8; ++lane) sums[stream][lane] += line[lane];
    }
  }
  for (const auto& stream : sums) {
    for (const double lane : stream) sink += lane;
  }
  return static_cast<double>(array.size() * sizeof(double));
}

double peak_flops() {
  static const double peak = [] {
    double sink = 0;
    const double rate = best_rate(20, [&] { return multiply_add_rounds(400000, sink); });
    benchmark::DoNotOptimize(sink);
    return rate;
  }();
  return peak;
}

double memory_bandwidth() {
  static const double bandwidth = [] {
    const std::vector<double> array(std::size_t{1} << 25, 1.0);
    double sink = 0;
    const double rate = best_rate(6, [&] { return read_array(array, sink); });
    benchmark::DoNotOptimize(sink);
    return rate;
  }();
  return bandwidth;
}

}  // namespace wideband::bench

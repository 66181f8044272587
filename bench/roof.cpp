// The two roofs themselves, under the same clock as everything else.
#include "support/roof.hpp"

#include <vector>

#include <benchmark/benchmark.h>

#include "support/counters.hpp"
#include "support/peak.hpp"

namespace wideband::bench {
namespace {

void roof_multiply_add(benchmark::State& state) {
  double sink = 0;
  constexpr long rounds = 10000;
  const Roofline roofline(state, {.flop = multiply_add_rounds(rounds, sink)});
  for (auto _ : state) benchmark::DoNotOptimize(multiply_add_rounds(rounds, sink));
  benchmark::DoNotOptimize(sink);
}
BENCHMARK(roof_multiply_add);

void roof_memory_read(benchmark::State& state) {
  const std::vector<double> array(static_cast<std::size_t>(state.range(0)), 1.0);
  double sink = 0;
  const Roofline roofline(state, {.bytes = static_cast<double>(array.size() * sizeof(double))});
  for (auto _ : state) benchmark::DoNotOptimize(read_array(array, sink));
}
BENCHMARK(roof_memory_read)->ArgName("n")->Arg(1 << 11)->Arg(1 << 16)->Arg(1 << 25);

}  // namespace
}  // namespace wideband::bench

// Blocks of the tangent operator on the whole circle: streamed starts, any network, plain twin.
#include "wideband/circle/continuum_blocks.hpp"

#include <benchmark/benchmark.h>

#include "support/counters.hpp"

namespace wideband::bench {
namespace {

// Neurons are drawn, used and dropped: flop are two complex turns and four sums per frequency.
void initial_continuum_block(benchmark::State& state) {
  const Index m = state.range(0), cutoff = state.range(1);
  const double frequencies = 2 * static_cast<double>(cutoff) + 1;
  const Roofline roofline(state, {.flop = 14 * frequencies * static_cast<double>(m)});
  for (auto _ : state) benchmark::DoNotOptimize(initial_continuum_blocks(Key(1), {m}, cutoff));
  state.SetItemsProcessed(state.iterations() * m);
}
BENCHMARK(initial_continuum_block)
    ->ArgNames({"m", "K"})
    ->Args({16384, 10})
    ->Args({16384, 128})
    ->Args({10000000, 10})
    ->Unit(benchmark::kMillisecond);

// Rank-four updates, for networks with biases.
void continuum_block_of_any_network(benchmark::State& state) {
  const Index m = state.range(0), cutoff = state.range(1);
  ShallowNetwork network = initial_network(Key(1), m);
  network.b = gaussians(Key(2), m);
  const double d = 2 * static_cast<double>(cutoff) + 1;
  const Roofline roofline(state, {.flop = 4 * d * d * static_cast<double>(m)});
  for (auto _ : state) benchmark::DoNotOptimize(continuum_block(network, cutoff));
  state.SetItemsProcessed(state.iterations() * m);
}
BENCHMARK(continuum_block_of_any_network)
    ->ArgNames({"m", "K"})
    ->Args({16384, 10})
    ->Args({16384, 128})
    ->Unit(benchmark::kMillisecond);

void plain_continuum_block_by_quadrature(benchmark::State& state) {
  const Index m = state.range(0);
  const ShallowNetwork network = initial_network(Key(1), m);
  const Roofline roofline(state, {.flop = 0});
  for (auto _ : state) benchmark::DoNotOptimize(plain_continuum_block(network, 10));
  state.SetItemsProcessed(state.iterations() * m);
}
BENCHMARK(plain_continuum_block_by_quadrature)
    ->ArgName("m")
    ->Arg(16)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace wideband::bench

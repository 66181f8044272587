// Random streams in bulk beside the same numbers one by one.
#include "wideband/random/key.hpp"

#include <benchmark/benchmark.h>

#include "support/counters.hpp"

namespace wideband::bench {
namespace {

constexpr Index count = 1 << 14;
constexpr Work work = {.bytes = 8.0 * count};

void uniform_bulk(benchmark::State& state) {
  const Roofline roofline(state, work);
  for (auto _ : state) benchmark::DoNotOptimize(uniforms(Key(1), count));
  state.SetItemsProcessed(state.iterations() * count);
}
BENCHMARK(uniform_bulk);

void gaussian_bulk(benchmark::State& state) {
  const Roofline roofline(state, work);
  for (auto _ : state) benchmark::DoNotOptimize(gaussians(Key(1), count));
  state.SetItemsProcessed(state.iterations() * count);
}
BENCHMARK(gaussian_bulk);

void gaussian_single(benchmark::State& state) {
  Vector g(count);
  const Roofline roofline(state, work);
  for (auto _ : state) {
    for (Index i = 0; i < count; ++i) g[i] = gaussian(Key(1), i);
    benchmark::DoNotOptimize(g);
  }
  state.SetItemsProcessed(state.iterations() * count);
}
BENCHMARK(gaussian_single);

}  // namespace
}  // namespace wideband::bench

// Real Fourier transforms; the usual count of 2.5 n log2 n flop, also where the length is prime.
#include "wideband/math/fourier.hpp"

#include <cmath>

#include <benchmark/benchmark.h>

#include "support/counters.hpp"
#include "wideband/random/key.hpp"

namespace wideband::bench {
namespace {

void real_transform(benchmark::State& state) {
  const Index n = state.range(0);
  const Vector x = gaussians(Key(1), n);
  const auto size = static_cast<double>(n);
  const Roofline roofline(state, {.flop = 2.5 * size * std::log2(size), .bytes = 16 * size});
  for (auto _ : state) benchmark::DoNotOptimize(real_fft(x));
}
BENCHMARK(real_transform)
    ->ArgName("n")
    ->Arg(1 << 10)
    ->Arg(1 << 16)
    ->Arg(1 << 20)
    ->Arg(1001)
    ->Arg(1000003);

}  // namespace
}  // namespace wideband::bench

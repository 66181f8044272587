// One full-batch training step of the shallow network: arcs beside whole matrices.
#include <cmath>
#include <numbers>
#include <string>

#include <benchmark/benchmark.h>

#include "wideband/circle/arc_network.hpp"
#include "wideband/circle/shallow_network.hpp"

namespace wideband {
namespace {

constexpr double pi = std::numbers::pi;
constexpr double eta = 0.2048;      // lr = eta / n, as published
constexpr Index first_steps = 100;  // taken before the clock starts

struct Problem {
  explicit Problem(Index n) : angles(n), y(n) {
    for (Index i = 0; i < n; ++i) {
      angles(i) = 2 * pi * static_cast<double>(i) / static_cast<double>(n);
      y(i) = 1 + 0.9 * std::cos(angles(i)) + 0.5 * std::cos(2 * angles(i));
    }
  }
  Vector angles;
  Vector y;
};

// Timed from step 100 on: in the first steps arcs move farther, later they come to rest.
void arc_step(benchmark::State& state) {
  const Index n = state.range(0);
  const Index m = state.range(1);
  const Problem problem(n);
  ArcNetwork network(initial_network(Key(1), m), problem.angles);
  const double learning_rate = eta / static_cast<double>(n);
  for (Index s = 0; s < first_steps; ++s) network.step(problem.y, learning_rate);
  for (auto _ : state) benchmark::DoNotOptimize(network.step(problem.y, learning_rate).loss);
  state.counters["per_sample_and_neuron"] =
      benchmark::Counter(static_cast<double>(n + m), benchmark::Counter::kIsIterationInvariantRate |
                                                         benchmark::Counter::kInvert);
}

void dense_step(benchmark::State& state) {
  const Index n = state.range(0);
  const Problem problem(n);
  DenseStepper network(initial_network(Key(1), state.range(1)), problem.angles);
  for (auto _ : state)
    benchmark::DoNotOptimize(network.step(problem.y, eta / static_cast<double>(n)));
}

void pairs(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgNames({"n", "m"})->Args({2048, 1024})->Args({4096, 65536});
}

void pairs_and_powers(benchmark::internal::Benchmark* benchmark) {
  pairs(benchmark);
  for (int power = 9; power <= 19; ++power) benchmark->Args({1 << power, 1 << power});
}

BENCHMARK(arc_step)->Apply(pairs_and_powers)->Unit(benchmark::kMicrosecond);
BENCHMARK(dense_step)->Apply(pairs)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace wideband

// One full-batch training step of the shallow network: arcs beside whole matrices.
#include <cmath>
#include <optional>

#include <benchmark/benchmark.h>

#include "support/counters.hpp"
#include "wideband/circle/arc_network.hpp"
#include "wideband/circle/shallow_network.hpp"
#include "wideband/core/constants.hpp"

namespace wideband {
namespace {

constexpr double eta = 0.2048;       // lr = eta / n, as published
constexpr Index first_steps = 1000;  // taken before the clock starts

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

// A sample has its point, target, difference and prefix sum; a neuron its parameters, its arc, and
// point, difference and prefix sum at both ends. What is written counts twice where it is read.
bench::Work arc_work(Index n, Index m) {
  return {.bytes = 96.0 * static_cast<double>(n) + 256.0 * static_cast<double>(m)};
}

// Two arrays of n x m are written and three times one of them is read; 6 flop forward, 2 for each
// of f and da, 6 for the input weights.
bench::Work dense_work(Index n, Index m) {
  const double pairs = static_cast<double>(n) * static_cast<double>(m);
  return {.flop = 16 * pairs, .bytes = 40 * pairs};
}

// A network after its first steps, in which arcs move farther than in the twenty thousand of a run.
// The benchmark library calls a benchmark several times: the network is kept from call to call.
ArcNetwork& trained_network(const Problem& problem, Index m, double learning_rate) {
  static std::optional<ArcNetwork> network;
  if (!network || network->samples() != problem.y.size() || network->width() != m) {
    network.emplace(initial_network(Key(1), m), problem.angles);
    for (Index s = 0; s < first_steps; ++s) network->step(problem.y, learning_rate);
  }
  return *network;
}

void arc_step(benchmark::State& state) {
  const Index n = state.range(0);
  const Index m = state.range(1);
  const Problem problem(n);
  const double learning_rate = eta / static_cast<double>(n);
  ArcNetwork& network = trained_network(problem, m, learning_rate);
  const bench::Roofline roofline(state, arc_work(n, m));
  for (auto _ : state) benchmark::DoNotOptimize(network.step(problem.y, learning_rate).loss);
  state.counters["per_sample_and_neuron"] =
      benchmark::Counter(static_cast<double>(n + m), benchmark::Counter::kIsIterationInvariantRate |
                                                         benchmark::Counter::kInvert);
}

void dense_step(benchmark::State& state) {
  const Index n = state.range(0);
  const Index m = state.range(1);
  const Problem problem(n);
  DenseStepper network(initial_network(Key(1), m), problem.angles);
  const double learning_rate = eta / static_cast<double>(n);
  network.step(problem.y, learning_rate);  // the first step touches its gigabytes of memory
  const bench::Roofline roofline(state, dense_work(n, m));
  for (auto _ : state) benchmark::DoNotOptimize(network.step(problem.y, learning_rate));
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

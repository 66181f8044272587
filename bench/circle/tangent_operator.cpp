// The empirical tangent operator: Gram matrix, products, low-frequency blocks, eigenpairs.
#include <benchmark/benchmark.h>

#include "support/counters.hpp"
#include "wideband/circle/arc_network.hpp"
#include "wideband/circle/basis.hpp"
#include "wideband/circle/continuum_blocks.hpp"
#include "wideband/circle/operator_eigenpairs.hpp"
#include "wideband/circle/projected_blocks.hpp"
#include "wideband/circle/tangent_gram.hpp"
#include "wideband/data/circle_points.hpp"
#include "wideband/linalg/product.hpp"
#include "wideband/random/key.hpp"

namespace wideband::bench {
namespace {

constexpr Index cutoff = 12;  // d = 25 columns

void sizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgNames({"n", "m"})->Args({2048, 1024});
}

void tangent_gram_by_differences(benchmark::State& state) {
  const Index n = state.range(0);
  const ArcNetwork network(initial_network(Key(1), state.range(1)), grid_angles(n));
  const Roofline roofline(state, {.bytes = 8.0 * static_cast<double>(n * n)});
  for (auto _ : state) benchmark::DoNotOptimize(tangent_gram(network));
}
BENCHMARK(tangent_gram_by_differences)->Apply(sizes)->Args({256, 128});

// The plain twin; 12 flop for a pair of samples and a neuron.
void tangent_gram_by_loops(benchmark::State& state) {
  const Index n = state.range(0), m = state.range(1);
  const ShallowNetwork network = initial_network(Key(1), m);
  const Vector angles = grid_angles(n);
  const Roofline roofline(state, {.flop = 12.0 * static_cast<double>(n * n * m)});
  for (auto _ : state) benchmark::DoNotOptimize(plain_tangent_gram(network, angles));
}
BENCHMARK(tangent_gram_by_loops)->ArgNames({"n", "m"})->Args({256, 128});

void tangent_product_by_arcs(benchmark::State& state) {
  const Index n = state.range(0), m = state.range(1);
  const ArcNetwork network(initial_network(Key(1), m), grid_angles(n));
  const Vector v = gaussians(Key(2), n);
  const Roofline roofline(
      state, {.bytes = 120.0 * static_cast<double>(n) + 184.0 * static_cast<double>(m)});
  for (auto _ : state) benchmark::DoNotOptimize(network.tangent_product(v));
}
BENCHMARK(tangent_product_by_arcs)->Apply(sizes)->Args({65536, 65536});

// The plain twin at its best: the Gram matrix is there already.
void tangent_product_by_matrix(benchmark::State& state) {
  const Index n = state.range(0);
  const Matrix A =
      tangent_gram(ArcNetwork(initial_network(Key(1), state.range(1)), grid_angles(n)));
  const Vector v = gaussians(Key(2), n);
  const auto size = static_cast<double>(n * n);
  const Roofline roofline(state, {.flop = 2 * size, .bytes = 8 * size});
  for (auto _ : state) benchmark::DoNotOptimize(product(A, v));
}
BENCHMARK(tangent_product_by_matrix)->Apply(sizes);

// A symmetric product of rank 4 m of d columns.
double block_flop(Index m) {
  constexpr double d = 2 * cutoff + 1;
  return 4 * static_cast<double>(m) * d * (d + 1);
}

void projected_block(benchmark::State& state) {
  const Index n = state.range(0), m = state.range(1);
  const Vector angles = grid_angles(n);
  const ArcNetwork network(initial_network(Key(1), m), angles);
  const ProjectedBlocks blocks(angles, unit_columns(grid_fourier_basis(n, cutoff)));
  const Roofline roofline(state, {.flop = block_flop(m)});
  for (auto _ : state) benchmark::DoNotOptimize(blocks.block(network));
}
BENCHMARK(projected_block)->Apply(sizes);

// The plain twin from the Gram matrix.
void projected_block_by_matrix(benchmark::State& state) {
  const Index n = state.range(0);
  const ArcNetwork network(initial_network(Key(1), state.range(1)), grid_angles(n));
  const Matrix U = unit_columns(grid_fourier_basis(n, cutoff));
  const auto size = static_cast<double>(n * n);
  const Roofline roofline(state, {.flop = 2 * size * static_cast<double>(U.cols())});
  for (auto _ : state) {
    benchmark::DoNotOptimize(transposed_product(U, product(tangent_gram(network), U)));
  }
}
BENCHMARK(projected_block_by_matrix)->Apply(sizes);

void exact_continuum_block(benchmark::State& state) {
  const Index m = state.range(0);
  const ShallowNetwork network = initial_network(Key(1), m);
  const Roofline roofline(state, {.flop = block_flop(m)});
  for (auto _ : state) benchmark::DoNotOptimize(continuum_block(network, cutoff));
}
BENCHMARK(exact_continuum_block)->ArgName("m")->Arg(1024)->Arg(65536);

void all_tangent_eigenpairs(benchmark::State& state) {
  const ArcNetwork network(initial_network(Key(1), state.range(1)), grid_angles(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(tangent_eigenpairs(network));
}
BENCHMARK(all_tangent_eigenpairs)->ArgNames({"n", "m"})->Args({2048, 128})->Args({1024, 1024});

}  // namespace
}  // namespace wideband::bench

// Kernel-vector products at random angles: sorted sums beside the dense matrix.
#include "wideband/circle/sorted_product.hpp"

#include <benchmark/benchmark.h>

#include "support/counters.hpp"
#include "wideband/circle/dense_product.hpp"
#include "wideband/data/circle_points.hpp"
#include "wideband/linalg/product.hpp"
#include "wideband/random/key.hpp"

namespace wideband::bench {
namespace {

// Angles, cosines, sines and v are read, y is written.
Work sorted_work(Index n) {
  return {.bytes = 40.0 * static_cast<double>(n)};
}

void sorted_product(benchmark::State& state) {
  const Index n = state.range(0);
  const SortedAngles samples(random_angles(n, Key(1)));
  const Vector v = gaussians(Key(2), n);
  const Roofline roofline(state, sorted_work(n));
  for (auto _ : state) {
    benchmark::DoNotOptimize(operator_product(AngleKernel::bias, samples, v));
  }
  state.SetItemsProcessed(state.iterations() * n);
}
BENCHMARK(sorted_product)->ArgName("n")->Arg(1000)->Arg(10000)->Arg(100000)->Arg(1000000);

void sorted_products_of_21_columns(benchmark::State& state) {
  const Index n = state.range(0);
  const SortedAngles samples(random_angles(n, Key(1)));
  const Vector g = gaussians(Key(2), 21 * n);
  const Matrix V = Eigen::Map<const Matrix>(g.data(), n, 21);
  const Roofline roofline(state, {.bytes = (24 + 16 * 21.0) * static_cast<double>(n)});
  for (auto _ : state) {
    benchmark::DoNotOptimize(operator_products(AngleKernel::bias, samples, V));
  }
  state.SetItemsProcessed(state.iterations() * n * 21);
}
BENCHMARK(sorted_products_of_21_columns)->ArgName("n")->Arg(1000)->Arg(100000);

// What the angles cost before the first product: drawing, sorting, sines.
void sorting_of_angles(benchmark::State& state) {
  const Index n = state.range(0);
  const Roofline roofline(state, {.bytes = 24.0 * static_cast<double>(n)});
  for (auto _ : state) benchmark::DoNotOptimize(SortedAngles(random_angles(n, Key(1))));
  state.SetItemsProcessed(state.iterations() * n);
}
BENCHMARK(sorting_of_angles)->ArgName("n")->Arg(1000000);

// The plain twin at its best: the matrix is there already.
void dense_matrix_product(benchmark::State& state) {
  const Index n = state.range(0);
  const Vector angles = random_angles(n, Key(1));
  const Matrix A = dense_operator(AngleKernel::bias, angles, angles);
  const Vector v = gaussians(Key(2), n);
  const auto size = static_cast<double>(n);
  const Roofline roofline(state, {.flop = 2 * size * size, .bytes = 8 * size * size});
  for (auto _ : state) benchmark::DoNotOptimize(product(A, v));
}
BENCHMARK(dense_matrix_product)->ArgName("n")->Arg(1000)->Arg(8000);

void dense_matrix_assembly(benchmark::State& state) {
  const Index n = state.range(0);
  const Vector angles = random_angles(n, Key(1));
  const Roofline roofline(state, {.bytes = 8.0 * static_cast<double>(n * n)});
  for (auto _ : state) {
    benchmark::DoNotOptimize(dense_operator(AngleKernel::bias, angles, angles));
  }
  state.SetItemsProcessed(state.iterations() * n * n);
}
BENCHMARK(dense_matrix_assembly)->ArgName("n")->Arg(1000);

}  // namespace
}  // namespace wideband::bench

// All eigenvalues of the kernel operator on a grid: FFT, closed form, and the dense plain twin.
#include "wideband/circle/grid_operator.hpp"

#include <cmath>

#include <benchmark/benchmark.h>

#include "support/counters.hpp"
#include "wideband/circle/spectrum.hpp"
#include "wideband/linalg/decomposition.hpp"
#include "wideband/random/key.hpp"

namespace wideband::bench {
namespace {

void spectrum_by_fft(benchmark::State& state) {
  const Index n = state.range(0);
  const auto size = static_cast<double>(n);
  const Roofline roofline(state, {.flop = 2.5 * size * std::log2(size), .bytes = 12 * size});
  for (auto _ : state) benchmark::DoNotOptimize(grid_spectrum(AngleKernel::bias, n));
}
BENCHMARK(spectrum_by_fft)->ArgName("n")->Arg(1 << 10)->Arg(1 << 16)->Arg(1 << 20);

void spectrum_by_alias_formula(benchmark::State& state) {
  const Index n = state.range(0);
  Vector lambda(n / 2 + 1);
  const Roofline roofline(state, {.bytes = 8.0 * static_cast<double>(lambda.size())});
  for (auto _ : state) {
    for (Index k = 0; k <= n / 2; ++k) lambda[k] = grid_eigenvalue(AngleKernel::bias, n, k);
    benchmark::DoNotOptimize(lambda);
  }
  state.SetItemsProcessed(state.iterations() * (n / 2 + 1));
}
BENCHMARK(spectrum_by_alias_formula)->ArgName("n")->Arg(1 << 10)->Arg(1 << 20);

void spectrum_by_dense_eigenvalues(benchmark::State& state) {
  const Index n = state.range(0);
  const Matrix A = dense_grid_operator(AngleKernel::bias, n);
  const auto size = static_cast<double>(n);
  const Roofline roofline(state, {.flop = 4.0 / 3.0 * size * size * size});
  for (auto _ : state) benchmark::DoNotOptimize(symmetric_eigenvalues(A));
}
BENCHMARK(spectrum_by_dense_eigenvalues)->ArgName("n")->Arg(1 << 10);

void grid_operator_product(benchmark::State& state) {
  const Index n = state.range(0);
  const GridOperator A(AngleKernel::bias, n);
  const Vector v = gaussians(Key(1), n);
  const auto size = static_cast<double>(n);
  const Roofline roofline(state, {.flop = 5 * size * std::log2(size), .bytes = 16 * size});
  for (auto _ : state) benchmark::DoNotOptimize(A.product(v));
}
BENCHMARK(grid_operator_product)->ArgName("n")->Arg(1 << 12)->Arg(1 << 20);

}  // namespace
}  // namespace wideband::bench

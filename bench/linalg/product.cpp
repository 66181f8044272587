// Dense products and eigensystems through BLAS and LAPACK on one thread.
#include "wideband/linalg/product.hpp"

#include <cmath>

#include <benchmark/benchmark.h>

#include "support/counters.hpp"
#include "wideband/linalg/decomposition.hpp"
#include "wideband/random/key.hpp"

namespace wideband::bench {
namespace {

Matrix random_matrix(Index rows, Index cols) {
  const Vector g = gaussians(Key(1), rows * cols);
  return Eigen::Map<const Matrix>(g.data(), rows, cols);
}

void dense_product(benchmark::State& state) {
  const Index n = state.range(0), k = state.range(1);
  const Matrix A = random_matrix(n, k), B = random_matrix(k, n);
  const Roofline roofline(state, {.flop = 2.0 * static_cast<double>(n * n * k)});
  for (auto _ : state) benchmark::DoNotOptimize(product(A, B));
}
BENCHMARK(dense_product)
    ->ArgNames({"n", "k"})
    ->Args({33, 33})
    ->Args({256, 256})
    ->Args({1024, 1024})
    ->Args({1024, 3});

// The plain twin: three loops, the innermost along rows.
void plain_product(benchmark::State& state) {
  const Index n = state.range(0), k = state.range(1);
  const Matrix A = random_matrix(n, k), B = random_matrix(k, n);
  const Roofline roofline(state, {.flop = 2.0 * static_cast<double>(n * n * k)});
  for (auto _ : state) {
    Matrix C = Matrix::Zero(n, n);
    for (Index i = 0; i < n; ++i) {
      for (Index l = 0; l < k; ++l) {
        for (Index j = 0; j < n; ++j) C(i, j) += A(i, l) * B(l, j);
      }
    }
    benchmark::DoNotOptimize(C);
  }
}
BENCHMARK(plain_product)->ArgNames({"n", "k"})->Args({33, 33})->Args({256, 256});

void gram_product(benchmark::State& state) {
  const Index k = state.range(0), n = state.range(1);
  const Matrix A = random_matrix(k, n);
  const Roofline roofline(state, {.flop = static_cast<double>(n * (n + 1) * k)});
  for (auto _ : state) benchmark::DoNotOptimize(gram(A));
}
BENCHMARK(gram_product)->ArgNames({"k", "n"})->Args({4096, 21})->Args({16384, 512});

void symmetric_eigensystem(benchmark::State& state) {
  const Index n = state.range(0);
  const Matrix R = random_matrix(n, n);
  const Matrix A = R + R.transpose();
  const Roofline roofline(state, {.flop = 9 * std::pow(static_cast<double>(n), 3)});
  for (auto _ : state) benchmark::DoNotOptimize(symmetric_eigen(A));
}
BENCHMARK(symmetric_eigensystem)->ArgName("n")->Arg(21)->Arg(256)->Arg(1024);

}  // namespace
}  // namespace wideband::bench

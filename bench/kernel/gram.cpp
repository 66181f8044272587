// Whole Gram matrices beside the plain products and stores that they cannot do without.
#include <chrono>
#include <cmath>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "support/roof.hpp"
#include "wideband/core/memory.hpp"
#include "wideband/core/parallel.hpp"
#include "wideband/kernel/kernel.hpp"
#include "wideband/linalg/product.hpp"
#include "wideband/linalg/row_products.hpp"
#include "wideband/random/key.hpp"

namespace wideband {
namespace {

Matrix gaussian_rows(Index n, Index d) {
  const Key key = Key(1).child("rows");
  Matrix X(n, d);
  for (Index i = 0; i < n; ++i) X.row(i) = gaussians(key.child(i), d).transpose();
  return X;
}

double seconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double best(int trials, const std::function<void()>& work) {
  double least = infinity;
  for (int trial = 0; trial < trials; ++trial) least = std::min(least, seconds(work));
  return least;
}

// The faster of X X' by syrk and half a gemm, on all cores.
double product_seconds(const Matrix& X) {
  const BlasThreads all(available_cores());
  const Matrix T = X.transpose();
  const double syrk = best(3, [&] { benchmark::DoNotOptimize(gram(T).data()); });
  const double gemm = best(3, [&] { benchmark::DoNotOptimize(product(X, T).data()); });
  return std::min(syrk, gemm / 2);
}

// Writing two fresh n x n matrices for the first time, on all cores.
template <class Real>
double store_seconds(Index n) {
  return best(3, [&] {
    MatrixOf<Real> K(n, n), Theta(n, n);
    advise_huge_pages(K.data(), static_cast<std::size_t>(K.size()) * sizeof(Real));
    advise_huge_pages(Theta.data(), static_cast<std::size_t>(K.size()) * sizeof(Real));
    parallel_for(n / 64, available_cores(), [&](Index i) {
      K.middleRows(64 * i, 64).setZero();
      Theta.middleRows(64 * i, 64).setZero();
    });
  });
}

std::string network(const std::string& activation, Index depth, bool biased) {
  const std::string dense = biased ? "dense W=1.5 b=0.1" : "dense W=1.4142135623730951";
  std::string text = dense;
  for (Index l = 0; l < depth; ++l) text += fmt::format(" | {} | {}", activation, dense);
  return text;
}

// Time, pairs per second, and the share of product and store alone.
template <class Real>
void symmetric_gram(benchmark::State& state, const std::string& activation, bool biased,
                    bool one_norm = false) {
  const Index n = state.range(0), d = state.range(1), depth = state.range(2);
  Matrix X = gaussian_rows(n, d);
  if (one_norm) X.rowwise().normalize();
  const Architecture net = parse_architecture(network(activation, depth, biased));
  std::uint64_t pairs = 0;
  for (auto _ : state) {
    const KernelResult<Real> result = kernel<Real>(X, net);
    pairs += result.pairs;
    benchmark::DoNotOptimize(result.ntk.data());
  }
  state.counters["pairs/s"] =
      benchmark::Counter(static_cast<double>(pairs), benchmark::Counter::kIsRate);
  if (n * d < Index{1} << 23) {
    state.counters["product_ms"] = 1e3 * product_seconds(X);
    state.counters["store_ms"] = 1e3 * store_seconds<Real>(n);
  }
}

#define SYMMETRIC(name, activation, biased)            \
  void name##_f64(benchmark::State& state) {           \
    symmetric_gram<double>(state, activation, biased); \
  }                                                    \
  void name##_f32(benchmark::State& state) {           \
    symmetric_gram<float>(state, activation, biased);  \
  }

SYMMETRIC(relu, "relu", false)
SYMMETRIC(relu_biased, "relu", true)
SYMMETRIC(erf, "erf", true)
SYMMETRIC(gelu, "gelu", true)

// By tables: rows of one norm share a variance up to rounding, which one table per layer serves.
void tanh_one_norm_f64(benchmark::State& state) {
  symmetric_gram<double>(state, "tanh", true, true);
}
void tanh_f64(benchmark::State& state) {
  symmetric_gram<double>(state, "tanh", true);
}

void sizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgNames({"n", "d", "L"})->Unit(benchmark::kMillisecond)->UseRealTime();
  for (const Index depth : {1, 3, 10, 30}) benchmark->Args({4096, 784, depth});
  benchmark->Args({4096, 32, 10});
}

BENCHMARK(relu_f64)->Apply(sizes);
BENCHMARK(relu_f32)->Apply(sizes);
BENCHMARK(relu_biased_f64)->Apply(sizes);
BENCHMARK(relu_biased_f32)->Apply(sizes);
BENCHMARK(erf_f64)->Apply(sizes);
BENCHMARK(erf_f32)->Apply(sizes);
BENCHMARK(gelu_f64)->Apply(sizes);
BENCHMARK(gelu_f32)->Apply(sizes);
void few_layers(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgNames({"n", "d", "L"})->Unit(benchmark::kMillisecond)->UseRealTime();
  for (const Index depth : {1, 3}) benchmark->Args({4096, 784, depth});
}
BENCHMARK(tanh_one_norm_f64)->Apply(few_layers);
BENCHMARK(tanh_f64)->Apply(few_layers);

// One hundred points at depth 3: what a start costs beside loading the program.
void start(benchmark::State& state) {
  const Matrix X = gaussian_rows(100, 784);
  const Architecture net = parse_architecture(network("relu", 3, true));
  for (auto _ : state) benchmark::DoNotOptimize(kernel(X, net).ntk.data());
}
BENCHMARK(start)->Unit(benchmark::kMillisecond);

// Points of the circle: rows of few features go by differences.
void circle_rows(benchmark::State& state) {
  const Index n = state.range(0);
  Matrix X(n, 2);
  for (Index i = 0; i < n; ++i) {
    const double angle =
        2 * 3.14159265358979323846 * static_cast<double>(i) / static_cast<double>(n);
    X.row(i) << std::cos(angle), std::sin(angle);
  }
  const Matrix block = X.topRows(512);
  const Architecture net = parse_architecture(network("relu", 1, false));
  for (auto _ : state) benchmark::DoNotOptimize(kernel(block, X, net).ntk.data());
  state.counters["GB/s"] = benchmark::Counter(2.0 * 8 * 512 * static_cast<double>(n) * 1e-9,
                                              benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(circle_rows)->Arg(131072)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace wideband

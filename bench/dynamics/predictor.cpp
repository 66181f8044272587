// Predictions at many times and ridges beside the LAPACK factorization that they cannot do without.
#include "wideband/dynamics/predictor.hpp"

#include <cmath>
#include <vector>

#include <benchmark/benchmark.h>

#include "wideband/linalg/cholesky.hpp"
#include "wideband/linalg/decomposition.hpp"
#include "wideband/linalg/product.hpp"
#include "wideband/random/key.hpp"

namespace wideband {
namespace {

// The kernel exp(-|x - z|) of points in the cube [0, 1]^4: ill-conditioned as tangent kernels are.
struct Problem {
  explicit Problem(Index n) : Theta(kernel(n, n)), Theta_zx(kernel(n / 4, n)), y(n, outputs) {
    for (Index k = 0; k < outputs; ++k) y.col(k) = gaussians(Key(2).child(k), n);
  }
  static constexpr Index outputs = 10;
  static Matrix kernel(Index rows, Index cols) {
    const Vector x = uniforms(Key(1), 4 * cols), z = uniforms(Key(rows == cols ? 1 : 3), 4 * rows);
    Matrix K(rows, cols);
    for (Index i = 0; i < rows; ++i) {
      for (Index j = 0; j < cols; ++j) {
        K(i, j) = std::exp(-(z.segment(4 * i, 4) - x.segment(4 * j, 4)).norm());
      }
    }
    return K;
  }
  Matrix Theta, Theta_zx, y;
};

std::vector<double> hundred_times() {
  std::vector<double> times;
  for (int k = 0; k < 100; ++k) times.push_back(std::pow(10, .1 * k));
  return times;
}

void sizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("n")->Arg(1024)->Arg(2048)->Arg(4096)->Unit(benchmark::kMillisecond);
  benchmark->UseRealTime();
}

void eigensystem_alone(benchmark::State& state) {
  const Problem problem(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(symmetric_modes(problem.Theta).values.data());
}
BENCHMARK(eigensystem_alone)->Apply(sizes);

void predict_at_a_hundred_times(benchmark::State& state) {
  const Problem problem(state.range(0));
  const std::vector<double> times = hundred_times();
  for (auto _ : state) {
    const Predictor predictor(problem.Theta, problem.y);
    benchmark::DoNotOptimize(predictor.test(times, problem.Theta_zx).data());
  }
}
BENCHMARK(predict_at_a_hundred_times)->Apply(sizes);

void leave_one_out_at_twenty_ridges(benchmark::State& state) {
  const Problem problem(state.range(0));
  std::vector<double> ridges;
  for (int k = 0; k < 20; ++k) ridges.push_back(std::pow(10, -8 + .5 * k));
  for (auto _ : state) {
    const Predictor predictor(problem.Theta, problem.y);
    benchmark::DoNotOptimize(predictor.leave_one_out(ridges).data());
  }
}
BENCHMARK(leave_one_out_at_twenty_ridges)->Apply(sizes);

void cholesky_alone(benchmark::State& state) {
  Problem problem(state.range(0));
  problem.Theta.diagonal().array() += 1e-3;
  for (auto _ : state) benchmark::DoNotOptimize(Cholesky(problem.Theta).log_determinant());
}
BENCHMARK(cholesky_alone)->Apply(sizes);

void predict_with_ridge(benchmark::State& state) {
  const Problem problem(state.range(0));
  for (auto _ : state) {
    const Predictor predictor(problem.Theta, problem.y, {.ridge = 1e-3});
    benchmark::DoNotOptimize(predictor.test(infinity, problem.Theta_zx).mean.data());
  }
}
BENCHMARK(predict_with_ridge)->Apply(sizes);

}  // namespace
}  // namespace wideband

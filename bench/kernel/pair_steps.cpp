// One layer of the recursion on rows of 256 pairs in L1: vector loops beside their scalar twins.
#include "wideband/simd/pair_steps.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <type_traits>
#include <vector>

#include <benchmark/benchmark.h>

#include "support/simd_activations.hpp"
#include "wideband/simd/activation_steps.hpp"
#include "wideband/simd/scalar_pair_steps.hpp"

namespace wideband {
namespace {

constexpr std::size_t pairs = 256;

// Angles and tangents shrink layer by layer, in the end to denormal numbers: every eight layers
// start from fresh ones.
template <class Real>
struct Row {
  Row() : input(pairs), angle(pairs), tangent(pairs, Real(0.5)) {
    for (std::size_t i = 0; i < pairs; ++i) {
      input[i] = static_cast<Real>(0.5 * std::pow((static_cast<double>(i) + 0.5) / pairs, 2));
    }
  }
  void fresh() {
    std::copy_n(input.data(), pairs, angle.data());
    std::fill_n(tangent.data(), pairs, Real(0.5));
  }
  test::AlignedRow<Real> input, angle, tangent;
};

template <class Real, class Step>
void run(benchmark::State& state, const Step& step) {
  Row<Real> row;
  for (auto _ : state) {
    row.fresh();
    for (int layer = 0; layer < 8; ++layer) step(row);
    benchmark::ClobberMemory();
  }
  state.counters["ns_per_pair"] = benchmark::Counter(
      static_cast<double>(pairs) * 8 * 1e-9,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

template <class Real>
const simd::Rectifier<Real> relu = {.mu = Real(0.5) * std::numbers::inv_pi_v<Real>,
                                    .one_minus_M = Real(0.5),
                                    .one_minus_2M = 0,
                                    .own = Real(0.25),
                                    .kept = Real(0.75),
                                    .acute = true};

template <class Real>
void relu_layer(benchmark::State& state) {
  run<Real>(state, [](Row<Real>& row) {
    simd::rectifier_step(relu<Real>, pairs, row.angle.data(), row.tangent.data());
  });
}

template <class Real>
void relu_layer_scalar(benchmark::State& state) {
  run<Real>(state, [](Row<Real>& row) {
    simd::scalar::rectifier_step(relu<Real>, pairs, row.angle.data(), row.tangent.data());
  });
}

// Biases and unequal norms: the rectifier, the bias, and the dense part with factors per sample.
template <class Real>
struct Biased {
  Biased() : samples(pairs), own(pairs, Real(0.5)), kept(pairs, Real(0.8)) {}
  simd::Mixture<Real> bias() {
    simd::Mixture<Real> step = samples.mixture();
    step.acute = true;
    return step;
  }
  simd::TangentStep<Real> dense() {
    return {.own = Real(0.5),
            .kept = Real(0.8),
            .bias = 0,
            .own_row = own.data(),
            .kept_row = kept.data(),
            .bias_row = own.data()};
  }
  test::MixtureRows<Real> samples;
  test::AlignedRow<Real> own, kept;
};

template <class Real>
void relu_layer_biased(benchmark::State& state) {
  Biased<Real> biased;
  run<Real>(state, [&](Row<Real>& row) {
    simd::rectifier_step(relu<Real>, pairs, row.angle.data(), row.tangent.data());
    simd::bias_step(biased.bias(), pairs, row.angle.data());
    simd::tangent_step(biased.dense(), pairs, row.angle.data(), row.tangent.data());
  });
}

template <class Real>
void relu_layer_biased_scalar(benchmark::State& state) {
  Biased<Real> biased;
  run<Real>(state, [&](Row<Real>& row) {
    simd::scalar::rectifier_step(relu<Real>, pairs, row.angle.data(), row.tangent.data());
    simd::scalar::bias_step(biased.bias(), pairs, row.angle.data());
    simd::scalar::tangent_step(biased.dense(), pairs, row.angle.data(), row.tangent.data());
  });
}

template <class Real, bool twin>
void erf_layer(benchmark::State& state) {
  test::ErrorFunctionRows<Real> row_sample({1.3}), columns(test::spread_variances(pairs));
  const simd::ErrorFunction<Real> step{row_sample.samples(), columns.samples(),
                                       state.range(0) == 1};
  run<Real>(state, [&](Row<Real>& row) {
    if constexpr (twin) {
      simd::scalar::error_function_step(step, pairs, row.angle.data(), row.tangent.data());
    } else {
      simd::error_function_step(step, pairs, row.angle.data(), row.tangent.data());
    }
  });
}

template <class Real, bool twin>
void gelu_layer(benchmark::State& state) {
  test::GeluRows<Real> row_sample({1.3}), columns(test::spread_variances(pairs));
  const simd::Gelu<Real> step{row_sample.samples(), columns.samples(), state.range(0) == 1};
  test::MixtureRows<Real> samples(pairs);
  test::AlignedRow<Real> even(pairs);
  run<Real>(state, [&](Row<Real>& row) {
    if constexpr (twin) {
      simd::scalar::gelu_step(step, pairs, row.angle.data(), even.data(), row.tangent.data());
      simd::scalar::sum_step(samples.mixture(), pairs, row.angle.data(), even.data());
    } else {
      simd::gelu_step(step, pairs, row.angle.data(), even.data(), row.tangent.data());
      simd::sum_step(samples.mixture(), pairs, row.angle.data(), even.data());
    }
  });
}

BENCHMARK(relu_layer<double>);
BENCHMARK(relu_layer_scalar<double>);
BENCHMARK(relu_layer<float>);
BENCHMARK(relu_layer_scalar<float>);
BENCHMARK(relu_layer_biased<double>);
BENCHMARK(relu_layer_biased_scalar<double>);
BENCHMARK(relu_layer_biased<float>);
BENCHMARK(relu_layer_biased_scalar<float>);
void norms(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("equal_norms")->Arg(1)->Arg(0);
}
BENCHMARK(erf_layer<double, false>)->Apply(norms);
BENCHMARK(erf_layer<double, true>)->Apply(norms);
BENCHMARK(erf_layer<float, false>)->Apply(norms);
BENCHMARK(erf_layer<float, true>)->Apply(norms);
BENCHMARK(gelu_layer<double, false>)->Apply(norms);
BENCHMARK(gelu_layer<double, true>)->Apply(norms);
BENCHMARK(gelu_layer<float, false>)->Apply(norms);
BENCHMARK(gelu_layer<float, true>)->Apply(norms);

}  // namespace
}  // namespace wideband

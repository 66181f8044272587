// Multiply-adds at the widest vectors that this x86-64 processor has.
#include <immintrin.h>

#include "support/peak.hpp"

namespace wideband::bench {
namespace {

// Twelve chains cover a latency of four to five cycles on two units.
constexpr int chains = 12;

__attribute__((target("avx512f"))) double rounds_512(long rounds, double& sink) {
  __m512d x[chains];
  for (int i = 0; i < chains; ++i) x[i] = _mm512_set1_pd(1 + 0.01 * i);
  const __m512d a = _mm512_set1_pd(0.999999), b = _mm512_set1_pd(1e-6);
  for (long round = 0; round < rounds; ++round) {
#pragma GCC unroll 12
    for (int i = 0; i < chains; ++i) x[i] = _mm512_fmadd_pd(x[i], a, b);
  }
  for (int i = 0; i < chains; ++i) {
    alignas(64) double lanes[8];
    _mm512_store_pd(lanes, x[i]);
    sink += lanes[0] + lanes[7];
  }
  return static_cast<double>(rounds) * chains * 8 * 2;
}

__attribute__((target("avx2,fma"))) double rounds_256(long rounds, double& sink) {
  __m256d x[chains];
  for (int i = 0; i < chains; ++i) x[i] = _mm256_set1_pd(1 + 0.01 * i);
  const __m256d a = _mm256_set1_pd(0.999999), b = _mm256_set1_pd(1e-6);
  for (long round = 0; round < rounds; ++round) {
#pragma GCC unroll 12
    for (int i = 0; i < chains; ++i) x[i] = _mm256_fmadd_pd(x[i], a, b);
  }
  for (int i = 0; i < chains; ++i) {
    alignas(32) double lanes[4];
    _mm256_store_pd(lanes, x[i]);
    sink += lanes[0] + lanes[3];
  }
  return static_cast<double>(rounds) * chains * 4 * 2;
}

double rounds_128(long rounds, double& sink) {
  __m128d x[chains];
  for (int i = 0; i < chains; ++i) x[i] = _mm_set1_pd(1 + 0.01 * i);
  const __m128d a = _mm_set1_pd(0.999999), b = _mm_set1_pd(1e-6);
  for (long round = 0; round < rounds; ++round) {
#pragma GCC unroll 12
    for (int i = 0; i < chains; ++i) x[i] = _mm_add_pd(_mm_mul_pd(x[i], a), b);
  }
  for (int i = 0; i < chains; ++i) sink += _mm_cvtsd_f64(x[i]);
  return static_cast<double>(rounds) * chains * 2 * 2;
}

}  // namespace

double multiply_add_rounds(long rounds, double& sink) {
  if (__builtin_cpu_supports("avx512f")) return rounds_512(rounds, sink);
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    return rounds_256(rounds, sink);
  }
  return rounds_128(rounds, sink);
}

}  // namespace wideband::bench

// Counters that set a time beside the work that it did and the roofs of the machine.
#pragma once

#include <chrono>

#include <benchmark/benchmark.h>

namespace wideband::bench {

/// Work of one iteration. Zero leaves the counters of that kind out.
struct Work {
  double flop = 0;   // additions and multiplications
  double bytes = 0;  // read and written once, as if nothing stayed in cache
};

/// Stands right before the timing loop and adds counters when it goes out of scope behind it:
/// GFLOP/s, its share of the measured peak of one core, GB/s, and its share of the measured memory
/// bandwidth. The second share exceeds 1 where the data stay in cache.
class Roofline {
 public:
  Roofline(benchmark::State& state, const Work& work);
  Roofline(const Roofline&) = delete;
  Roofline& operator=(const Roofline&) = delete;
  ~Roofline();

 private:
  benchmark::State& state_;
  Work work_;
  double peak_;
  double bandwidth_;
  std::chrono::steady_clock::time_point start_;
};

}  // namespace wideband::bench

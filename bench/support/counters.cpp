#include "support/counters.hpp"

#include "support/roof.hpp"

namespace wideband::bench {

Roofline::Roofline(benchmark::State& state, const Work& work)
    : state_(state),
      work_(work),
      peak_(peak_flops()),
      bandwidth_(memory_bandwidth()),
      start_(std::chrono::steady_clock::now()) {}

// A plain counter is printed as it is; the library's own rates carry a "/s" that a share has not.
Roofline::~Roofline() {
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
  const double per_second = static_cast<double>(state_.iterations()) / elapsed.count();
  if (work_.flop > 0) {
    state_.counters["GFLOP/s"] = work_.flop * per_second * 1e-9;
    state_.counters["share_of_peak"] = work_.flop * per_second / peak_;
  }
  if (work_.bytes > 0) {
    state_.counters["GB/s"] = work_.bytes * per_second * 1e-9;
    state_.counters["share_of_bandwidth"] = work_.bytes * per_second / bandwidth_;
  }
}

}  // namespace wideband::bench

#include "wideband/core/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <fstream>
#include <omp.h>
#include <sched.h>
#include <string>

namespace wideband {
namespace {

// Cores that the cgroup's quota pays for, or a large number without a quota.
double cgroup_cores() {
  std::ifstream file("/sys/fs/cgroup/cpu.max");
  std::string quota;
  double period = 0;
  if (!(file >> quota >> period) || quota == "max" || period <= 0) return 1e9;
  return std::stod(quota) / period;
}

}  // namespace

Index available_cores() {
  cpu_set_t mask;
  CPU_ZERO(&mask);
  const bool known = sched_getaffinity(0, sizeof mask, &mask) == 0;
  const double allowed = known ? CPU_COUNT(&mask) : omp_get_num_procs();
  return std::max<Index>(1, static_cast<Index>(std::ceil(std::min(allowed, cgroup_cores()))));
}

void parallel_for(Index count, Index threads, const std::function<void(Index)>& body) {
  std::exception_ptr failure;
  std::atomic<bool> failed{false};
  const int team = static_cast<int>(std::clamp<Index>(threads, 1, std::max<Index>(1, count)));
#pragma omp parallel for schedule(dynamic, 1) num_threads(team)
  for (Index i = 0; i < count; ++i) {
    if (failed) continue;
    try {
      body(i);
    } catch (...) {
#pragma omp critical(wideband_parallel_failure)
      if (!failed.exchange(true)) failure = std::current_exception();
    }
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace wideband

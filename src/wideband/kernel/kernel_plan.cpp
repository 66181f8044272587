#include "wideband/kernel/kernel_plan.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <type_traits>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/core/memory.hpp"
#include "wideband/core/parallel.hpp"
#include "wideband/kernel/gram_tiles.hpp"
#include "wideband/kernel/steps.hpp"

namespace wideband {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Rows without structure, the same on every call.
Matrix probe_rows(Index n, Index d) {
  Matrix X(n, d);
  for (Index i = 0; i < n; ++i) {
    for (Index k = 0; k < d; ++k) {
      X(i, k) = std::sin(1 + 12.9898 * static_cast<double>(i) +
                         78.233 * static_cast<double>(k * (i + 1)));
    }
  }
  return X;
}

// Seconds per byte of fresh memory written for the first time.
double first_touch() {
  constexpr std::size_t bytes = std::size_t{32} << 20;
  const auto start = Clock::now();
  MatrixOf<double> fresh(1, static_cast<Index>(bytes / sizeof(double)));
  advise_huge_pages(fresh.data(), bytes);
  fresh.setZero();
  return seconds_since(start) / static_cast<double>(bytes);
}

// Seconds on one thread: once per call, per sample (its own recursion, tables of numeric duals),
// and per block of pairs (product, steps, store).
struct Rates {
  double call = 0, sample = 0, block = 0;
};

// From three small calls of one, two and four blocks with 512, 768 and 1024 samples.
template <class Real>
Rates rates(Index d, const Architecture& architecture, const KernelOptions& options) {
  constexpr Index block = InputRows::block;
  KernelOptions quiet = options;
  quiet.on_progress = {};
  quiet.threads = 1;
  quiet.memory_limit = 0;
  const Matrix rows = probe_rows(4 * block, d);
  double best[3] = {infinity, infinity, infinity};
  const auto start = Clock::now();
  do {
    for (int k = 0; k < 3; ++k) {
      const Index n = k == 2 ? 2 * block : block, m = k == 0 ? block : 2 * block;
      const auto call = kernel<Real>(rows.topRows(n), rows.bottomRows(m), architecture, quiet);
      best[k] = std::min(best[k], call.seconds);
    }
  } while (seconds_since(start) < 0.1);
  Rates rates;
  rates.block = std::max(0.0, (best[2] - best[1]) - (best[1] - best[0]));
  rates.sample = std::max(0.0, (best[1] - best[0] - rates.block) / block);
  rates.call = std::max(0.0, best[0] - rates.block - 2 * block * rates.sample);
  return rates;
}

}  // namespace

// Refuses what does not fit and says what would.
template <class Real>
void check_memory(const KernelPlan& plan, Index n_x, const KernelOptions& options) {
  const std::size_t needed = plan.result_bytes + plan.work_bytes;
  const std::size_t limit =
      options.memory_limit > 0 ? options.memory_limit
                               : static_cast<std::size_t>(0.8 * static_cast<double>(free_memory()));
  if (needed <= limit) return;
  std::string fits;
  const auto offer = [&](const std::string& what, double share) {
    if (share * static_cast<double>(plan.result_bytes) + static_cast<double>(plan.work_bytes) <=
        static_cast<double>(limit)) {
      fits += fmt::format("{}{}", fits.empty() ? "" : ", ", what);
    }
  };
  const bool both = options.kinds == Kinds::both, wide = std::is_same_v<Real, double>;
  if (wide) offer("f32", 0.5);
  if (both) offer("one kind", 0.5);
  if (wide && both) offer("f32 and one kind", 0.25);
  const double room = static_cast<double>(limit) - static_cast<double>(plan.work_bytes);
  if (room > 0) {
    const double share = room / static_cast<double>(plan.result_bytes);
    const auto rows = static_cast<Index>(share * static_cast<double>(n_x));
    if (rows >= 1) fits += fmt::format("{}blocks of {} rows", fits.empty() ? "" : ", ", rows);
  }
  throw UnavailableError(fmt::format(
      "[kernel] {} needs {} of memory, the limit is {}; would fit: {}", plan.text,
      bytes_text(needed), bytes_text(limit), fits.empty() ? "nothing of this size" : fits));
}

template <class Real>
KernelPlan memory_plan(Index n_x, Index n_z, Index d, const Architecture& architecture,
                       const KernelOptions& options) {
  validate(options);
  require(n_x >= 1 && n_z >= 0,
          fmt::format("[plan_kernel] expected n_x >= 1 and n_z >= 0, got {} and {}", n_x, n_z));
  (void)steps(architecture, d);
  constexpr Index block = InputRows::block;
  const bool symmetric = n_z == 0;
  const Index columns = symmetric ? n_x : n_z;
  const Index threads = options.threads > 0 ? options.threads : available_cores();
  KernelPlan plan;
  plan.tile = options.tile == 0 ? block : (options.tile + block - 1) / block * block;
  const std::size_t kinds = options.kinds == Kinds::both ? 2 : 1;
  const auto size = [](Index count) { return static_cast<std::size_t>(count); };
  const std::size_t one = size(n_x) * size(columns) * sizeof(Real);
  plan.result_bytes = kinds * one;
  plan.work_bytes = (size(n_x) + size(n_z)) * size(d) * 8 +
                    size(threads) * size(plan.tile) * size(plan.tile) * 4 * sizeof(Real);  // (1)

  plan.text = fmt::format(
      "kernel {} x {}, d {}, L {}, {}: result {}{}, work {}", n_x, columns, d,
      nonlinear_layers(architecture), std::is_same_v<Real, float> ? "f32" : "f64",
      bytes_text(plan.result_bytes), kinds == 2 ? fmt::format(" (2 x {})", bytes_text(one)) : "",
      bytes_text(plan.work_bytes));
  return plan;
}

template <class Real>
KernelPlan plan_kernel(Index n_x, Index n_z, Index d, const Architecture& architecture,
                       const KernelOptions& options) {
  KernelPlan plan = memory_plan<Real>(n_x, n_z, d, architecture, options);
  constexpr Index block = InputRows::block;
  const bool symmetric = n_z == 0;
  const Index columns = symmetric ? n_x : n_z;
  const Index threads = options.threads > 0 ? options.threads : available_cores();
  const Index row_blocks = (n_x + block - 1) / block, column_blocks = (columns + block - 1) / block;
  const Index blocks = symmetric ? row_blocks * (row_blocks + 1) / 2 : row_blocks * column_blocks;
  const auto layers = static_cast<double>(nonlinear_layers(architecture));
  // Slow guesses of 1 GF/s and 50 ns per pair and layer decide whether to measure.
  const double guess = static_cast<double>(blocks) * block * block *
                       (2e-9 * static_cast<double>(d) + 5e-8 * (1 + layers));
  if (guess > 0.2) {
    const double team = static_cast<double>(std::min(threads, blocks));
    const Rates measured = rates<Real>(d, architecture, options);
    plan.seconds = measured.call + static_cast<double>(n_x + n_z) * measured.sample +
                   static_cast<double>(blocks) * measured.block / team +
                   static_cast<double>(plan.result_bytes) * first_touch() / team;
    plan.text += fmt::format(", about {:.2g} s on {} threads", plan.seconds, threads);
  }
  return plan;
}

template KernelPlan memory_plan<double>(Index, Index, Index, const Architecture&,
                                        const KernelOptions&);
template KernelPlan memory_plan<float>(Index, Index, Index, const Architecture&,
                                       const KernelOptions&);
template void check_memory<double>(const KernelPlan&, Index, const KernelOptions&);
template void check_memory<float>(const KernelPlan&, Index, const KernelOptions&);
template KernelPlan plan_kernel<double>(Index, Index, Index, const Architecture&,
                                        const KernelOptions&);
template KernelPlan plan_kernel<float>(Index, Index, Index, const Architecture&,
                                       const KernelOptions&);

}  // namespace wideband

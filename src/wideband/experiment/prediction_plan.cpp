#include "wideband/experiment/prediction_plan.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/core/memory.hpp"
#include "wideband/linalg/product.hpp"

namespace wideband {
namespace {

// Time of all eigenvectors, and of Cholesky, over that of a product of the same size: 6.5 s, 0.28 s
// and 1.25 s at n = 4096 with OpenBLAS 0.3.21 on two threads.
constexpr double eigensystem_products = 5.5;
constexpr double cholesky_products = 0.25;

// Seconds of one multiplication and addition in a product of 512 x 512 matrices.
double seconds_per_pair() {
  constexpr Index size = 512;
  using Clock = std::chrono::steady_clock;
  const Matrix A = Matrix::Constant(size, size, 1.5);
  double best = infinity;
  for (int repetition = 0; repetition < 3; ++repetition) {
    const auto start = Clock::now();
    product(A, A);
    best = std::min(best, std::chrono::duration<double>(Clock::now() - start).count());
  }
  return best / std::pow(static_cast<double>(size), 3);
}

std::size_t bytes(double count) {
  return static_cast<std::size_t>(8 * count);
}

}  // namespace

bool cholesky_is_enough(const PredictionJob& job) {
  const bool only_limit =
      std::all_of(job.times.begin(), job.times.end(), [](double t) { return std::isinf(t); });
  return job.options.ridge > 0 && only_limit && !job.search_ridge && !job.report_modes &&
         !job.report_loo && job.loss == JobLoss::squared;
}

PredictionPlan prediction_plan(const PredictionJob& job, Index n, Index m, Index o) {
  const auto samples = static_cast<double>(n), points = static_cast<double>(m),
             outputs = static_cast<double>(o);
  const auto times = static_cast<double>(job.times.size());
  const bool cholesky = cholesky_is_enough(job);
  PredictionPlan plan;
  plan.result_bytes =
      bytes(times * outputs * (points + samples) + (job.covariance ? times * points * points : 0) +
            times * static_cast<double>(job.samples) * points * outputs);
  plan.work_bytes = bytes((cholesky ? 2 : 4) * samples * samples + samples * points);
  plan.text = fmt::format("predict n {}, m {}, o {}, T {}, {}: result {}, work {}", n, m, o,
                          job.times.size(), cholesky ? "Cholesky" : "eigensystem",
                          bytes_text(plan.result_bytes), bytes_text(plan.work_bytes));
  const double pairs =
      (cholesky ? cholesky_products : eigensystem_products) * std::pow(samples, 3) +
      (1 + (job.covariance ? 2 : 0)) * times * samples * points *
          (job.covariance ? samples + points : outputs);
  if (pairs * 1e-9 < 0.2) return plan;  // a slow guess decides whether to measure
  plan.seconds = pairs * seconds_per_pair();
  plan.text += fmt::format(", about {:.2g} s", plan.seconds);
  return plan;
}

void check_memory(const PredictionPlan& plan, const PredictionJob& job, Index n) {
  const std::size_t needed = plan.result_bytes + plan.work_bytes;
  const std::size_t limit =
      job.kernel.memory_limit > 0
          ? job.kernel.memory_limit
          : static_cast<std::size_t>(0.8 * static_cast<double>(free_memory()));
  if (needed <= limit) return;
  const double share = std::sqrt(static_cast<double>(limit) / static_cast<double>(needed));
  throw UnavailableError(fmt::format(
      "[predict] {} needs {} of memory, the limit is {}; would fit: about {} training points{}{}",
      plan.text, bytes_text(needed), bytes_text(limit),
      static_cast<Index>(share * static_cast<double>(n)),
      job.times.size() > 1 ? ", fewer times" : "", job.covariance ? ", no covariance" : ""));
}

}  // namespace wideband

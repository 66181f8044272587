#include "wideband/kernel/kernel.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <new>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/core/memory.hpp"
#include "wideband/core/parallel.hpp"
#include "wideband/kernel/gram_tiles.hpp"
#include "wideband/kernel/input_angles.hpp"
#include "wideband/kernel/kernel_plan.hpp"
#include "wideband/kernel/pair_recursion.hpp"
#include "wideband/kernel/sample_recursion.hpp"
#include "wideband/kernel/steps.hpp"
#include "wideband/math/dual.hpp"

namespace wideband {
namespace {

constexpr bool wants(Kinds kinds, Kinds one) {
  return (static_cast<int>(kinds) & static_cast<int>(one)) != 0;
}

template <class Real>
MatrixOf<Real> fresh_matrix(Index rows, Index columns) {
  try {
    MatrixOf<Real> matrix(rows, columns);
    advise_huge_pages(matrix.data(), static_cast<std::size_t>(matrix.size()) * sizeof(Real));
    return matrix;
  } catch (const std::bad_alloc&) {
    throw UnavailableError(fmt::format("[kernel] no memory for {} x {} numbers", rows, columns));
  }
}

bool loses_derivative(const std::vector<Step>& steps) {
  return std::any_of(steps.begin(), steps.end(), [](const Step& step) {
    return step.kind == StepKind::activation && has_distributional_derivative(step.phi);
  });
}

template <class Real>
KernelResult<Real> evaluate(const InputRows& X, const InputRows& Z, bool symmetric,
                            const Architecture& architecture, const KernelOptions& options,
                            const KernelPlan& plan) {
  constexpr bool single = std::is_same_v<Real, float>;
  const std::vector<Step> list = steps(architecture, X.features());
  const TraceLimits limits{.largest_result = single ? 1e37 : 1e100,
                           .smallest_variance = single ? 1e-37 : 1e-290};
  // One trace of all samples: a dual by numbers serves both sides.
  std::vector<double> variances = X.variances();
  if (!symmetric) variances.insert(variances.end(), Z.variances().begin(), Z.variances().end());
  NumericDuals duals;
  const NumericDualOptions numeric{.tolerance = options.dual_tolerance,
                                   .quadrature = options.quadrature};
  const SampleTrace all = sample_trace(list, variances, limits, numeric, duals);
  const SampleTrace first_part = symmetric ? SampleTrace{} : part_of(all, 0, X.count());
  const SampleTrace second_part = symmetric ? SampleTrace{} : part_of(all, X.count(), Z.count());
  const SampleTrace& x = symmetric ? all : first_part;
  const SampleTrace& z = symmetric ? all : second_part;

  const PairRecursion<Real> recursion(list, x, z, duals, X.features());
  KernelResult<Real> result;
  if (wants(options.kinds, Kinds::nngp)) result.nngp = fresh_matrix<Real>(X.count(), Z.count());
  if (wants(options.kinds, Kinds::ntk)) result.ntk = fresh_matrix<Real>(X.count(), Z.count());
  const GramJob<Real> job{.X = X,
                          .Z = Z,
                          .symmetric = symmetric,
                          .architecture = architecture,
                          .x = x,
                          .z = z,
                          .recursion = recursion,
                          .numeric = numeric,
                          .refine_below = options.refine_below,
                          .tile = plan.tile,
                          .threads = options.threads > 0 ? options.threads : available_cores(),
                          .on_progress = options.on_progress};
  result.pairs = fill_gram(job, result.nngp, result.ntk);

  constexpr double eps = single ? 0x1p-24 : 0x1p-53;
  const double first = 4 * std::sqrt(static_cast<double>(X.features())) * 0x1p-53 + eps;
  result.error_estimate = error_bound(list, all, duals, first, eps);
  for (const auto& dual : duals) result.quadratures += dual ? dual->integrals() : 0;
  if (wants(options.kinds, Kinds::ntk) && loses_derivative(list)) {
    result.status = Status::distributional_derivative;
  }
  if (all.vanished) result.status = Status::vanished;
  result.variance_x = x.output.variance;
  result.ntk_diagonal_x = x.output.tangent;
  result.variance_z = z.output.variance;
  result.ntk_diagonal_z = z.output.tangent;
  return result;
}

template <class Real>
KernelResult<Real> planned(const MatrixView& X, const MatrixView* Z,
                           const Architecture& architecture, const KernelOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  require(Z == nullptr || Z->rows() >= 1, "[kernel] expected at least one row, got Z of none");
  KernelPlan plan =
      memory_plan<Real>(X.rows(), Z != nullptr ? Z->rows() : 0, X.cols(), architecture, options);
  check_memory<Real>(plan, X.rows(), options);
  const InputRows rows_x(X, "X");
  KernelResult<Real> result;
  if (Z == nullptr) {
    result = evaluate<Real>(rows_x, rows_x, true, architecture, options, plan);
  } else {
    require(X.cols() == Z->cols(),
            fmt::format("[kernel] expected X.cols == Z.cols, got {} and {}", X.cols(), Z->cols()));
    const InputRows rows_z(*Z, "Z");
    result = evaluate<Real>(rows_x, rows_z, false, architecture, options, plan);
  }
  result.plan = std::move(plan);
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

}  // namespace

void validate(const KernelOptions& options) {
  require(options.dual_tolerance > 0 && std::isfinite(options.dual_tolerance),
          fmt::format("[kernel] expected dual_tolerance > 0, got {}", options.dual_tolerance));
  require(options.refine_below >= 0 && options.refine_below <= 0.5,
          fmt::format("[kernel] expected 0 <= refine_below <= 0.5, got {}", options.refine_below));
  require(options.tile >= 0, fmt::format("[kernel] expected tile >= 0, got {}", options.tile));
  require(options.threads >= 0,
          fmt::format("[kernel] expected threads >= 0, got {}", options.threads));
  require(
      options.quadrature.degree >= 1,
      fmt::format("[kernel] expected quadrature.degree >= 1, got {}", options.quadrature.degree));
}

template <class Real>
KernelResult<Real> kernel(MatrixView X, const Architecture& architecture,
                          const KernelOptions& options) {
  return planned<Real>(X, nullptr, architecture, options);
}

template <class Real>
KernelResult<Real> kernel(MatrixView X, MatrixView Z, const Architecture& architecture,
                          const KernelOptions& options) {
  return planned<Real>(X, &Z, architecture, options);
}

template KernelResult<double> kernel(MatrixView, const Architecture&, const KernelOptions&);
template KernelResult<float> kernel(MatrixView, const Architecture&, const KernelOptions&);
template KernelResult<double> kernel(MatrixView, MatrixView, const Architecture&,
                                     const KernelOptions&);
template KernelResult<float> kernel(MatrixView, MatrixView, const Architecture&,
                                    const KernelOptions&);

Matrix nngp(MatrixView X, const Architecture& architecture) {
  return std::move(kernel(X, architecture, {.kinds = Kinds::nngp}).nngp);
}

Matrix nngp(MatrixView X, MatrixView Z, const Architecture& architecture) {
  return std::move(kernel(X, Z, architecture, {.kinds = Kinds::nngp}).nngp);
}

Matrix ntk(MatrixView X, const Architecture& architecture) {
  return std::move(kernel(X, architecture, {.kinds = Kinds::ntk}).ntk);
}

Matrix ntk(MatrixView X, MatrixView Z, const Architecture& architecture) {
  return std::move(kernel(X, Z, architecture, {.kinds = Kinds::ntk}).ntk);
}

}  // namespace wideband

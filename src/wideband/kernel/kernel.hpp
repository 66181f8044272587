// Kernels of networks of infinite width: covariance (NNGP) and tangent kernel (NTK) between
// samples.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "wideband/core/status.hpp"
#include "wideband/core/types.hpp"
#include "wideband/math/quadrature_rule.hpp"
#include "wideband/model/architecture.hpp"

namespace wideband {

enum class Kinds { nngp = 1, ntk = 2, both = 3 };

struct Progress {
  std::string phase;
  double done = 0;  // of total, in units of the phase
  double total = 0;
  double seconds_left = 0;
};

struct KernelOptions {
  Kinds kinds = Kinds::both;
  double dual_tolerance = 1e-12;   // allowed error of K/sqrt(K11 K22) and Kdot/sqrt(Kdot11 Kdot22)
  Quadrature quadrature = {};      // for phi without a closed form
  double refine_below = 1.0 / 64;  // min(s, c) under which input pairs use differences
  Index tile = 0;  // 0: chosen by the planner; rounded up to product blocks, never changes results
  std::size_t memory_limit = 0;  // bytes; 0: 80 % of free memory
  Device device = Device::cpu;
  std::function<bool(const Progress&)> on_progress = {};  // return false to stop
  Index threads = 0;  // 0: every core that the process may use; never changes results
};

/// Throws std::invalid_argument naming field, value and bound.
void validate(const KernelOptions& options);

struct KernelPlan {
  std::size_t result_bytes = 0;
  std::size_t work_bytes = 0;
  double seconds = 0;  // 0: too short to measure beforehand
  Index tile = 0;
  std::string text;
};

/// Real = float: pair state and results in f32, per-sample data in f64.
template <class Real = double>
struct KernelResult {
  MatrixOf<Real> nngp, ntk;                    // (n_x, n_z); empty where the kind was not asked for
  std::vector<double> variance_x, variance_z;  // K of the output at each row
  std::vector<double> ntk_diagonal_x, ntk_diagonal_z;
  double error_estimate = 0;      // sup norm relative to the square root of the diagonals' product
  std::uint64_t pairs = 0;        // pair evaluations
  std::uint64_t quadratures = 0;  // dual integrals computed
  KernelPlan plan;
  double seconds = 0;
  Status status = Status::ok;
};

/// What a call of kernel would take. n_z = 0: the symmetric call.
///
///   result_bytes = kinds n_x n_z size,
///   work_bytes   = (n_x + n_z) d 8 + threads tile^2 4 size                                     (1)
///
/// cost     none for jobs estimated below 0.2 s, else a measurement of about 0.2 s, more where
///          tables of numeric duals take longer
/// throws   what infer_shape(architecture, d) throws
template <class Real = double>
KernelPlan plan_kernel(Index n_x, Index n_z, Index d, const Architecture& architecture,
                       const KernelOptions& options = {});

/// K and Theta of the network's output between all rows of X and Z, at infinite width.
///
///   dense       K <- W^2 K + b^2,   Theta <- K_out + W^2 Theta     (parameterization ntk) (2)
///                                   Theta <- N K_in + W^2 Theta + 1[bias]         (standard)
///   activation  K <- E phi(u) phi(v),   Theta <- Theta E phi'(u) phi'(v) (3)
///
/// from K_0 = x.z/d, Theta_0 = 0, the angle of every pair carried as in math/half_angle.hpp.
///
/// X        (n_x, d) inputs, one per row;  Z (n_z, d)
/// cost     O(n_x n_z (d + L)) time, half of it for the symmetric call; O(n_x n_z) memory
/// accuracy error_estimate; a few eps of the diagonal for closed duals, see docs/theory/kernels
/// promise  the same bits at any number of threads and any tile; kernel(X) is symmetric to the bit
/// throws   std::invalid_argument for NaN or infinite entries (row and column named), shapes, and
///          nets that the infinite reading cannot express (layer named); NumericalError for
///          variances that overflow (layer named); UnavailableError for layers that come later and
///          for requests beyond the memory limit (listing what would fit); Stopped if on_progress
///          returned false
/// source   Lee et al. 2018; Jacot, Gabriel & Hongler 2018
template <class Real = double>
KernelResult<Real> kernel(MatrixView X, const Architecture& architecture,
                          const KernelOptions& options = {});
template <class Real = double>
KernelResult<Real> kernel(MatrixView X, MatrixView Z, const Architecture& architecture,
                          const KernelOptions& options = {});

/// One kind, one call.
Matrix nngp(MatrixView X, const Architecture& architecture);
Matrix nngp(MatrixView X, MatrixView Z, const Architecture& architecture);
Matrix ntk(MatrixView X, const Architecture& architecture);
Matrix ntk(MatrixView X, MatrixView Z, const Architecture& architecture);

/// Derivatives of both kernels with respect to parameters of the network. A field is a key of the
/// text form, for every layer that has it at once ("W"), or a path and a key ("2.1.0.W").
///
/// cost     a fixed small number of kernels per field
/// throws   std::invalid_argument for a field that no layer has
std::vector<KernelResult<>> kernel_tangents(MatrixView X, const Architecture& architecture,
                                            std::span<const std::string> fields,
                                            const KernelOptions& options = {});

}  // namespace wideband

// Gradient steps whose rates inside the Fourier block are equalized by a preconditioner of rank d.
#pragma once

#include <string>
#include <vector>

#include "wideband/circle/angle_kernel.hpp"
#include "wideband/circle/sample_matrices.hpp"
#include "wideband/circle/sorted_product.hpp"
#include "wideband/core/types.hpp"

namespace wideband {

/// r <- r - eta B r with B = A (baseline) or B = P A, P = Phi M G^(-1) Phi'/n:
///
///   theory     M = (Lambda^(n) + shift)^(-1)                                                  (1)
///   empirical  M = (C + shift + reg)^(-1)                                                     (2)
///   corrected  M = (Lambda_K + tail_K/n + shift)^(-1)                                         (3)
enum class Preconditioning { baseline, theory, empirical, corrected };

/// "baseline", ...
std::string to_string(Preconditioning flow);
const std::vector<Preconditioning>& flows();

struct PreconditionerOptions {
  double shift = 0;
  double reg = 0;  // 1e-8 in the published code
};

/// M of (1) to (3), the identity for the baseline (d, d). Throws NumericalError if it is singular.
Matrix preconditioner(Preconditioning flow, const SampleMatrices& matrices,
                      const PreconditionerOptions& options = {});

/// What the flow does to the coordinates of r = Phi alpha: C for the baseline (up to what leaves
/// the block), M C for the others (d, d).
Matrix block_matrix(Preconditioning flow, const SampleMatrices& matrices,
                    const PreconditionerOptions& options = {});

/// r = Phi alpha + perpendicular, alpha = G^(-1) Phi'r/n, Phi'perpendicular = 0.
struct BlockCoordinates {
  Vector alpha;          // (d)
  Vector perpendicular;  // (n)
};
BlockCoordinates block_coordinates(MatrixView Phi, VectorView r);

/// The flow in its d coordinates, exact for B = P A because P A r lies in the block:
///
///   alpha <- alpha - eta M (C alpha + u),   u = G^(-1) Phi'A r_perp/n                          (4)
///
/// r_perp never moves, and a stable block tends to alpha = -C^(-1) u whatever M and eta are.  (5)
class BlockFlow {
 public:
  /// `perpendicular` may be the zero vector: a target inside the block.
  BlockFlow(Preconditioning flow, const SortedAngles& samples, const SampleMatrices& matrices,
            VectorView perpendicular, const PreconditionerOptions& options = {});

  /// (4). Without u the relative accuracy of each step is d eps, however small alpha is.
  Vector step(VectorView alpha, double eta) const;

  /// (5). Throws NumericalError if C is singular.
  Vector limit() const { return limit_; }

 private:
  Matrix block_;
  Vector drift_;  // M u
  Vector limit_;
};

/// The flow in the n residuals, with thin factors and O(n d) per step.
class PreconditionedFlow {
 public:
  PreconditionedFlow(Preconditioning flow, const SortedAngles& samples,
                     const SampleMatrices& matrices, const PreconditionerOptions& options = {});

  /// r - eta B r.
  Vector step(VectorView r, double eta) const;
  /// The same with the residual kept in single precision between the steps.
  Eigen::VectorXf step_float32(const Eigen::VectorXf& r, double eta) const;

 private:
  bool preconditioned_;
  AngleKernel kernel_;
  SortedAngles samples_;
  Matrix Phi_;
  Matrix factor_;  // M G^(-1)/n
};

/// Max-norm distances of the theory and the empirical flow.
struct PreconditionerDistance {
  double P;   // max|P_th - P_emp|, (n, n) entries by row blocks
  double B;   // max|B_th - B_emp|
  double M;   // max|M_th - M_emp|
  double MC;  // max|M_th C - M_emp C|
};

/// cost     O(n^2 d) time, O(n d) memory: no (n, n) matrix is formed
PreconditionerDistance preconditioner_distance(const SortedAngles& samples,
                                               const SampleMatrices& matrices,
                                               const PreconditionerOptions& options = {});

}  // namespace wideband

// First-order perturbation theory of the eigenspaces of random networks.
#include "wideband/spectrum/alignment.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "wideband/circle/basis.hpp"
#include "wideband/circle/continuum_blocks.hpp"
#include "wideband/circle/width_moments.hpp"
#include "wideband/linalg/decomposition.hpp"
#include "wideband/linalg/product.hpp"
#include "wideband/math/statistics.hpp"

namespace wideband::alignment_test {
namespace {

constexpr Index operator_cutoff = 8, d = 17;

Matrix mean_operator(const WidthMoments& moments) {
  Matrix Lambda = Matrix::Zero(d, d);
  for (Index p = 0; p < d; ++p) Lambda(p, p) = moments.eigenvalues()(basis_frequency(p));
  return Lambda;
}

// Squared projector distances of the planes of Lambda + t (B_m - Lambda), over t^2.
Vector scaled_squares(const Matrix& Lambda, const Matrix& B, double t) {
  const SymmetricEigen eigen = symmetric_eigen(Lambda + t * (B - Lambda));
  const auto planes =
      plane_alignments(Matrix::Identity(d, d), eigen.vectors, eigen.values, Matching::exclusive);
  Vector squares(static_cast<Index>(planes.size()));
  for (Index k = 0; k < squares.size(); ++k)
    squares(k) = std::pow(planes[static_cast<std::size_t>(k)].subspace.projector_fro / t, 2);
  return squares;
}

TEST(AlignmentLaw, PerturbationSumIsTheLimitOfSmallErrors) {
  // With B_m - Lambda scaled by t = 1e-5 what is left of second order is below 1e-2 of the first
  // (errors of 1e-6 over gaps of 1e-3), far inside five standard errors of 400 networks.
  set_blas_threads(1);
  const WidthMoments moments({.cutoff = operator_cutoff});
  const Matrix Lambda = mean_operator(moments);
  const Vector predicted = alignment_moments(moments, operator_cutoff);
  const Index m = 16, seeds = 400;
  Matrix squares(seeds, operator_cutoff + 1);
  for (Index s = 0; s < seeds; ++s) {
    const Matrix B = initial_continuum_blocks(Key(9).child(s), {m}, operator_cutoff).front();
    squares.row(s) = m * scaled_squares(Lambda, B, 1e-5);
  }
  for (Index k = 0; k <= operator_cutoff; ++k) {
    const Summary s = summary(squares.col(k));
    EXPECT_TRUE(test::near(s.mean, predicted(k), 5 * s.standard_error)) << k;
    EXPECT_LE(5 * s.standard_error, 0.5 * predicted(k)) << k;
  }
}

TEST(AlignmentLaw, DistancesAgreeWithTheSumEntryByEntry) {
  // For one network: |P^ - P|^2 = 2 t^2 sum of |B_kl|^2/(lambda_k - lambda_l)^2 + O(t^3).
  const WidthMoments moments({.cutoff = operator_cutoff});
  const Matrix Lambda = mean_operator(moments);
  const Matrix B = initial_continuum_blocks(Key(10), {64}, operator_cutoff).front();
  const Vector measured = scaled_squares(Lambda, B, 1e-6);
  for (Index k = 0; k <= operator_cutoff; ++k) {
    double sum = 0;
    for (Index l = 0; l <= operator_cutoff; ++l) {
      if (l == k) continue;
      const double gap = moments.eigenvalues()(k) - moments.eigenvalues()(l);
      sum += 2 *
             B.block(plane_start(k), plane_start(l), plane_size(k), plane_size(l)).squaredNorm() /
             (gap * gap);
    }
    EXPECT_TRUE(test::relatively_near(measured(k), sum, 1e-2)) << k;
  }
}

}  // namespace
}  // namespace wideband::alignment_test

#include "wideband/spectrum/alignment.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/constants.hpp"
#include "wideband/linalg/decomposition.hpp"
#include "wideband/random/key.hpp"

namespace wideband::alignment_test {
namespace {

using test::eps;

Matrix random_matrix(Index rows, Index cols, const Key& key) {
  return gaussians(key, rows * cols).reshaped<Eigen::RowMajor>(rows, cols);
}

// Identity columns turned by small angles: column i of a plane moves towards row 10 + i.
Matrix turned(Index n, const std::vector<double>& angles) {
  Matrix V = Matrix::Zero(n, static_cast<Index>(angles.size()));
  for (Index i = 0; i < V.cols(); ++i) {
    V(i, i) = std::cos(angles[static_cast<std::size_t>(i)]);
    V(10 + i, i) = std::sin(angles[static_cast<std::size_t>(i)]);
  }
  return V;
}

TEST(SubspaceAlignment, ReturnsTheAnglesOfTurnedColumns) {
  const std::vector<double> angles{1e-9, 0.3, 1.2};
  const Matrix U = turned(20, {0, 0, 0});
  const SubspaceAlignment result = subspace_alignment(U, turned(20, angles));
  EXPECT_TRUE(test::near(result.angles, Eigen::Vector3d(1e-9, 0.3, 1.2), 8 * eps));
  EXPECT_TRUE(test::relatively_near(result.angles(0), 1e-9, 1e-12));
  const double sum = std::pow(std::sin(0.3), 2) + std::pow(std::sin(1.2), 2);
  EXPECT_TRUE(test::near(result.projector_fro, std::sqrt(2 * sum), 8 * eps));
  EXPECT_TRUE(test::near(result.projector_op, std::sin(1.2), 8 * eps));
  EXPECT_TRUE(test::near(result.rms_cosine, std::sqrt((3 - sum) / 3), 8 * eps));
}

TEST(SubspaceAlignment, IsTheDistanceOfTheProjectors) {
  const Matrix U = orthonormal_frame(random_matrix(12, 3, Key(1)));
  const Matrix V = orthonormal_frame(random_matrix(12, 3, Key(2)));
  const Matrix difference = U * U.transpose() - V * V.transpose();
  const SubspaceAlignment result = subspace_alignment(U, V);
  EXPECT_TRUE(test::near(result.projector_fro, difference.norm(), 32 * eps));
  EXPECT_TRUE(test::near(result.projector_op, operator_norm(difference), 32 * eps));
  // Bases do not matter.
  const Matrix turn = orthonormal_frame(random_matrix(3, 3, Key(3)));
  EXPECT_TRUE(test::near(subspace_alignment(U, V * turn).angles, result.angles, 32 * eps));
}

TEST(PlaneOverlaps, AreSquaresOfInnerProducts) {
  const Matrix U = Matrix::Identity(8, 5);
  const Matrix V = orthonormal_frame(random_matrix(8, 8, Key(4)));
  const Matrix overlaps = plane_overlaps(U, V);
  EXPECT_TRUE(test::near(overlaps(0, 3), V(0, 3) * V(0, 3), 4 * eps));
  EXPECT_TRUE(test::near(overlaps(2, 1), V(3, 1) * V(3, 1) + V(4, 1) * V(4, 1), 4 * eps));
  // All eigenvectors together capture every plane.
  EXPECT_TRUE(test::near(captured_overlaps(overlaps), Vector::Ones(3), 32 * eps));
}

TEST(MatchedColumns, SharedMayReuseWhatExclusiveMayNot) {
  // Column 0 is best for both planes; exclusively, plane 0 must give way: .9 + .8 + .1 > .8 + ...
  Matrix overlaps(2, 4);
  overlaps << 0.80, 0.70, 0.00, 0.00,  //
      0.90, 0.05, 0.80, 0.10;
  const auto shared = matched_columns(overlaps, Matching::shared);
  EXPECT_EQ(shared[0], (std::vector<Index>{0}));
  EXPECT_EQ(shared[1], (std::vector<Index>{0, 2}));
  const auto exclusive = matched_columns(overlaps, Matching::exclusive);
  EXPECT_EQ(exclusive[0], (std::vector<Index>{1}));
  EXPECT_EQ(exclusive[1], (std::vector<Index>{0, 2}));
}

TEST(MatchedColumns, ExclusiveIsTheBestOfAllPermutations) {
  const Matrix overlaps = random_matrix(2, 5, Key(6)).cwiseAbs();
  const auto columns = matched_columns(overlaps, Matching::exclusive);
  const double total =
      overlaps(0, columns[0][0]) + overlaps(1, columns[1][0]) + overlaps(1, columns[1][1]);
  double best = 0;
  for (Index p = 0; p < 5; ++p) {
    for (Index q = 0; q < 5; ++q) {
      for (Index r = q + 1; r < 5; ++r) {
        if (p != q && p != r)
          best = std::max(best, overlaps(0, p) + overlaps(1, q) + overlaps(1, r));
      }
    }
  }
  EXPECT_TRUE(test::near(total, best, 4 * eps));
}

TEST(MatchedColumns, NeedEnoughEigenvectors) {
  EXPECT_THROW(matched_columns(Matrix::Ones(2, 2), Matching::exclusive), std::invalid_argument);
  EXPECT_THROW(matched_columns(Matrix::Ones(2, 1), Matching::shared), std::invalid_argument);
}

TEST(PlaneAlignments, SortOutPermutedEigenpairs) {
  // Columns const, cos2, sin2, cos1, sin1 of the identity with distinct values.
  const Matrix identity = Matrix::Identity(9, 9);
  const Matrix V = identity(Eigen::all, std::vector<Index>{0, 3, 4, 1, 2});
  const Vector values{{5.0, 4.0, 3.5, 3.0, 2.0}};
  for (const Matching matching : {Matching::shared, Matching::exclusive}) {
    const auto planes = plane_alignments(identity.leftCols(5), V, values, matching);
    ASSERT_EQ(planes.size(), 3);
    EXPECT_EQ(planes[1].eigenvalue, 2.5);
    EXPECT_EQ(planes[1].splitting, 1);
    EXPECT_EQ(planes[2].eigenvalue, 3.75);
    EXPECT_EQ(planes[2].subspace.projector_fro, 0);
    EXPECT_EQ(planes[2].subspace.rms_cosine, 1);
  }
  // As prefixes, the first three columns do not span the planes <= 1.
  const Vector cosines = prefix_cosines(identity.leftCols(5), V);
  EXPECT_TRUE(test::near(cosines, Eigen::Vector3d(1, std::sqrt(1.0 / 3), 1), 4 * eps));
}

TEST(ColumnLeakage, IsTheOffPlaneShare) {
  Matrix B(3, 3);
  B << 2, 0.5, 0, 0.5, 1, 0.25, 0, 0.25, -1;
  EXPECT_TRUE(test::near(column_leakage(B), Eigen::Vector3d(0.25, 0.4, 0), eps));
}

TEST(EigenvalueGaps, AreDistancesToTheNearest) {
  EXPECT_EQ(eigenvalue_gaps(Eigen::Vector3d(5, 2, 1)), Eigen::Vector3d(3, 1, 1));
}

}  // namespace
}  // namespace wideband::alignment_test

#include "wideband/experiment/circle/alignment.hpp"

#include <cmath>
#include <stdexcept>

#include <gtest/gtest.h>

#include "support/alignment_points.hpp"
#include "support/compare.hpp"
#include "wideband/circle/basis.hpp"
#include "wideband/circle/tangent_gram.hpp"
#include "wideband/data/circle_points.hpp"
#include "wideband/linalg/decomposition.hpp"
#include "wideband/spectrum/alignment.hpp"

namespace wideband::alignment_test {
namespace {

TEST(SupportTarget, IsTheNamedSumOfCosines) {
  // 1 + cos g + cos(2g + pi/2) + cos(3g + pi/2) + cos 4g at an angle.
  const Vector c = support_target(4, 5);
  const Vector angle = Vector::Constant(11, 0.7);
  const double value = fourier_basis(angle, 5).row(0).dot(c);
  EXPECT_TRUE(
      test::near(value, 1 + std::cos(0.7) - std::sin(1.4) - std::sin(2.1) + std::cos(2.8), 1e-14));
}

TEST(AlignmentTasks, CoverEverySeedOnce) {
  AlignmentConfig config;
  const std::vector<AlignmentTask> tasks = alignment_tasks(config);
  Index next = 0;
  for (const AlignmentTask& task : tasks) {
    EXPECT_EQ(task.first, next);
    EXPECT_EQ(task.n, 2048);
    next += task.count;
  }
  EXPECT_EQ(next, config.seeds);
  config.operator_kind = "continuum";
  EXPECT_EQ(alignment_tasks(config).front().n, 0);
}

TEST(AlignmentRecord, HoldsTheAlignmentOfTheDenseOperator) {
  // 3 m < n, and 3 m >= n; the plain Gram matrix, decomposed whole.
  for (const Index m : {16, 40}) {
    const AlignmentTask task{4, 96, 0, {m}, 2, {2}, 1, 1};
    const Record record = alignment_record(task);
    const Vector angles = grid_angles(96);
    const ShallowNetwork network = initial_network(Key(4).child("network").child(1), m);
    const SymmetricEigen eigen = symmetric_eigen(plain_tangent_gram(network, angles) / 96.0);
    const Matrix V = eigen.vectors.rowwise().reverse();
    const Vector lambda = eigen.values.reverse();
    const Matrix U = grid_fourier_basis(96, 2) / std::sqrt(96.0);
    for (const Matching matching : {Matching::shared, Matching::exclusive}) {
      const auto planes = plane_alignments(U, V, lambda, matching);
      for (Index k = 0; k < 3; ++k) {
        const auto& plane = planes[static_cast<std::size_t>(k)];
        const std::string name = to_string(matching);
        // Eigenvectors carry n eps lambda_max over the distance of eigenvalues, here > 1e-3.
        EXPECT_TRUE(
            test::near(record.matrix(name + ".fro")(0, k), plane.subspace.projector_fro, 1e-9));
        EXPECT_TRUE(test::near(record.matrix(name + ".eigenvalue")(0, k), plane.eigenvalue, 1e-13));
        EXPECT_TRUE(test::near(record.matrix(name + ".angle_min")(0, k),
                               plane.subspace.angles.minCoeff(), 1e-9));
        EXPECT_TRUE(test::near(record.matrix(name + ".angle_max")(0, k),
                               plane.subspace.angles.maxCoeff(), 1e-9));
      }
    }
    EXPECT_TRUE(record.matrix("captured").maxCoeff() <= 1 + 1e-12);
  }
}

TEST(AlignmentRecord, CompletesNarrowNetworksByTheirNullSpace) {
  // Rank at most 6 < 2K + 1 = 9 slots.
  const Record record = alignment_record({4, 64, 0, {2}, 4, {}, 0, 1});
  // Some plane holds a null vector: the smaller eigenvalue of its pair is 0.
  const Matrix smaller =
      record.matrix("exclusive.eigenvalue") - record.matrix("exclusive.splitting") / 2;
  EXPECT_TRUE(test::near(smaller.minCoeff(), 0, 1e-15));
  EXPECT_TRUE(record.matrix("exclusive.cosine").maxCoeff() <= 1 + 1e-12);
  EXPECT_FALSE(record.has("target_error"));
}

TEST(AlignmentRecord, DoesNotDependOnTheBlockSize) {
  const Record whole = alignment_record({1, 0, 16, {32, 1500}, 4, {3}, 0, 3});
  const Record part = alignment_record({1, 0, 16, {32, 1500}, 4, {3}, 2, 1});
  for (const auto& [name, array] : part.arrays())
    EXPECT_EQ(Matrix(whole.matrix(name).bottomRows(1)), part.matrix(name)) << name;
}

TEST(CircleAlignment, RefusesWhatCannotHoldTheBasis) {
  const Experiment experiment = circle_alignment();
  AlignmentConfig config;
  config.sizes = {24};
  EXPECT_THROW(experiment.validate(settings_of(config)), std::invalid_argument);
  config.operator_kind = "continuum";  // sizes are unused
  EXPECT_NO_THROW(experiment.validate(settings_of(config)));
  config.operator_cutoff = 11;
  EXPECT_THROW(experiment.validate(settings_of(config)), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::alignment_test

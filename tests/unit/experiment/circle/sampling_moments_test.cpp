#include "wideband/experiment/circle/sampling_moments.hpp"

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/sampling_fixture.hpp"
#include "wideband/circle/basis.hpp"
#include "wideband/circle/sample_matrices.hpp"

namespace wideband::sampling_moments_test {
namespace {

TEST(SampleGroups, HoldEverySeedInOrder) {
  const auto& groups = test::small_samples();
  ASSERT_EQ(groups.size(), 3U);
  const SampleGroup& group = groups[1];
  EXPECT_EQ(group.n, 256);
  EXPECT_EQ(group.seeds(), 400);
  SamplingTask task;
  task.seed = 1;
  const SampleMatrices matrices = sample_matrices(sampled_angles(task, 256, 7), {.cutoff = 2});
  EXPECT_EQ(group.compressed(7, triangle_index(5, 1, 3)), matrices.H(1, 3));
  EXPECT_EQ(group.gram(7, triangle_index(5, 4, 4)), matrices.G(4, 4));
  EXPECT_EQ(group.action_fro[7], matrices.E.norm());
  EXPECT_EQ(groups[0].mixing.rows(), 2);
  EXPECT_EQ(groups[2].mixing.size(), 0) << "the mixing sum is added up for small samples only";
}

TEST(TriangleIndex, CountsTheUpperTriangle) {
  Index next = 0;
  for (Index p = 0; p < 4; ++p) {
    for (Index q = p; q < 4; ++q) EXPECT_EQ(triangle_index(4, p, q), next++);
  }
}

TEST(ColumnName, FollowsTheBasisOrder) {
  EXPECT_EQ(column_name(0), "const");
  EXPECT_EQ(column_name(1), "cos1");
  EXPECT_EQ(column_name(2), "sin1");
  EXPECT_EQ(column_name(19), "cos10");
}

}  // namespace
}  // namespace wideband::sampling_moments_test

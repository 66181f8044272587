#include "wideband/experiment/circle/seed_arrays.hpp"

#include <gtest/gtest.h>

namespace wideband::seed_arrays_test {
namespace {

TEST(SeedArrays, AppendJoinsBlocks) {
  Vector v;
  append(v, Vector{{1.0, 2.0}});
  append(v, Vector{{3.0}});
  EXPECT_EQ(v, (Vector{{1.0, 2.0, 3.0}}));
  Matrix M;
  append(M, Matrix::Ones(1, 2));
  append(M, Matrix::Zero(2, 2));
  EXPECT_EQ(M.rows(), 3);
  EXPECT_EQ(M(0, 1), 1);
  EXPECT_THROW(append(M, Matrix::Zero(1, 3)), std::invalid_argument);
}

TEST(SeedArrays, StacksReadBack) {
  Matrix A(2, 3);
  A << 1, 2, 3, 4, 5, 6;
  const Array array = stacked({A, 2 * A});
  EXPECT_EQ(array.shape, (std::vector<Index>{2, 2, 3}));
  std::vector<Matrix> back;
  unstack(array, back);
  ASSERT_EQ(back.size(), 2U);
  EXPECT_EQ(back[1], 2 * A);
  EXPECT_THROW(stacked({}), std::invalid_argument);
  EXPECT_THROW(stacked({A, Matrix::Zero(1, 1)}), std::invalid_argument);
  EXPECT_THROW(unstack({{2}, {1, 2}}, back), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::seed_arrays_test

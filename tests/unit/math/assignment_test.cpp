#include "wideband/math/assignment.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>
#include <stdexcept>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "wideband/random/key.hpp"

namespace wideband::assignment_test {
namespace {

double total(const Matrix& W, const std::vector<Index>& candidates) {
  double sum = 0;
  for (Index s = 0; s < W.rows(); ++s) sum += W(s, candidates[static_cast<std::size_t>(s)]);
  return sum;
}

bool is_injective(const std::vector<Index>& candidates) {
  return std::set<Index>(candidates.begin(), candidates.end()).size() == candidates.size();
}

// The best total over all ordered choices of W.rows() among the candidates.
double best_by_enumeration(const Matrix& W) {
  std::vector<Index> order(static_cast<std::size_t>(W.cols()));
  std::iota(order.begin(), order.end(), Index{0});
  double best = -std::numeric_limits<double>::infinity();
  do {
    best = std::max(best, total(W, order));
  } while (std::next_permutation(order.begin(), order.end()));
  return best;
}

Matrix random_weights(Index slots, Index candidates, Index draw) {
  const Vector g = gaussians(Key(5).child("weights").child(draw), slots * candidates);
  return Eigen::Map<const Matrix>(g.data(), slots, candidates);
}

TEST(MaximalAssignment, EqualsEnumeration) {
  for (Index draw = 0; draw < 30; ++draw) {
    const Matrix W = random_weights(1 + draw % 5, 6, draw);
    const std::vector<Index> candidates = maximal_assignment(W);
    EXPECT_TRUE(is_injective(candidates));
    EXPECT_TRUE(test::near(total(W, candidates), best_by_enumeration(W), 6 * 0x1p-40 * 5));
  }
}

TEST(MaximalAssignment, BeatsGreed) {
  Matrix W(2, 2);
  W << 1.0, 0.9, 0.8, 0.0;  // greed takes 1.0 and is left with 0
  EXPECT_EQ(maximal_assignment(W), (std::vector<Index>{1, 0}));
}

TEST(MaximalAssignment, FindsAHiddenPermutationAmongManyCandidates) {
  // Hidden entries exceed every other by more than all of the rest can make up for.
  const Index slots = 61, candidates = 1000;
  Matrix W(slots, candidates);
  const Vector u = uniforms(Key(6), W.size());
  W = Eigen::Map<const Matrix>(u.data(), slots, candidates);
  for (Index s = 0; s < slots; ++s) W(s, (s * 379) % candidates) += 2 * slots;
  const std::vector<Index> found = maximal_assignment(W);
  for (Index s = 0; s < slots; ++s) {
    EXPECT_EQ(found[static_cast<std::size_t>(s)], (s * 379) % candidates);
  }
}

TEST(MaximalAssignment, ServesEverySlotAtNegativeAndTinyWeights) {
  EXPECT_EQ(maximal_assignment(Matrix{{-1.0, -3.0}, {-2.0, -9.0}}), (std::vector<Index>{1, 0}));
  EXPECT_EQ(maximal_assignment(Matrix{{1e-300, 3e-300}}), (std::vector<Index>{1}));
  EXPECT_TRUE(is_injective(maximal_assignment(Matrix::Zero(3, 5))));
  EXPECT_TRUE(maximal_assignment(Matrix(0, 4)).empty());
}

TEST(MaximalAssignment, RefusesTooFewCandidatesAndNaN) {
  EXPECT_THROW(maximal_assignment(Matrix::Zero(3, 2)), std::invalid_argument);
  EXPECT_THROW(maximal_assignment(Matrix::Constant(1, 2, std::nan(""))), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::assignment_test

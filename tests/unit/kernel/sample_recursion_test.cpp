#include "wideband/kernel/sample_recursion.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "wideband/core/error.hpp"

namespace wideband::sample_recursion_test {
namespace {

SampleTrace traced(const char* net, const std::vector<double>& q, TraceLimits limits = {}) {
  NumericDuals duals;
  return sample_trace(steps(parse_architecture(net), 3), q, limits, {}, duals);
}

// relu halves variances and slopes: q = W^2 q0 + b^2, then W^2 q/2 + b^2; Theta = q_2 + W^2 q_1/2.
TEST(SampleTrace, FollowsReluByHand) {
  const SampleTrace trace = traced("dense W=2 b=0.5 | relu | dense W=3 b=0.1", {1, 2});
  const double q1 = 4 * 2 + 0.25, q2 = 9 * q1 / 2 + 0.01;
  EXPECT_TRUE(test::relatively_near(trace.output.variance[1], q2, 1e-15));
  EXPECT_TRUE(test::relatively_near(trace.output.tangent[1], q2 + 9 * q1 / 2, 1e-15));
  EXPECT_FALSE(trace.vanished);
}

TEST(SampleTrace, AddsBranchesAndNormalizes) {
  const SampleTrace sum = traced("dense | sum(identity; dense W=2; dense W=3)", {1});
  EXPECT_TRUE(test::near(sum.output.variance[0], 14, 1e-14));
  EXPECT_TRUE(test::near(sum.output.tangent[0], 1 + (4 + 4) + (9 + 9), 1e-14));
  const SampleTrace norm = traced("dense W=3 | layernorm eps=1", {1});
  EXPECT_TRUE(test::near(norm.output.variance[0], 0.9, 1e-15));
  const SampleTrace dropped = traced("dense | relu | dropout 0.5 training=1 | dense", {1});
  EXPECT_TRUE(test::near(dropped.output.variance[0], 1, 1e-15));
}

TEST(SampleTrace, HasParts) {
  const SampleTrace trace = traced("dense | relu | dense", {1, 0, 3});
  const SampleTrace part = part_of(trace, 1, 2);
  EXPECT_EQ(part.output.variance, (std::vector<double>{0, trace.output.variance[2]}));
  EXPECT_EQ(part.before[1].tangent[1], trace.before[1].tangent[2]);
  EXPECT_TRUE(part.zero[0]);
}

TEST(SampleTrace, MarksZerosAndVanishing) {
  const SampleTrace trace = traced("dense | relu | dense", {0, 1});
  EXPECT_TRUE(trace.zero[0]);
  EXPECT_FALSE(trace.zero[1]);
  EXPECT_FALSE(trace.vanished);
  EXPECT_TRUE(traced("dense W=1e-150 | relu | dense", {1}).vanished);
  EXPECT_THROW(traced("dense W=1e60", {1}), NumericalError);
  EXPECT_THROW(traced("dense W=1e20", {1}, {.largest_result = 1e37}), NumericalError);
  EXPECT_THROW(traced("dense | layernorm eps=0", {0}), std::invalid_argument);
}

TEST(ErrorBound, GrowsWithDepthAndGain) {
  const auto bound = [](const char* net) {
    const auto list = steps(parse_architecture(net), 3);
    NumericDuals duals;
    const SampleTrace trace = sample_trace(list, {1.0, 2.0}, {}, {}, duals);
    return error_bound(list, trace, duals, 1e-16, 1e-16);
  };
  EXPECT_TRUE(test::relatively_near(bound("dense | relu | dense"), 5e-16, 1e-6));
  EXPECT_TRUE(test::relatively_near(bound("dense | relu | dense | relu | dense"), 9e-16, 1e-6));
  // x^3 triples the relative error of a variance; exp multiplies it by 2 b^2 q, here 4.
  EXPECT_TRUE(test::relatively_near(bound("dense | monomial 3 | dense"), 7e-16, 1e-6));
  EXPECT_TRUE(test::relatively_near(bound("dense | exp | dense"), 8e-16, 1e-6));
}

}  // namespace
}  // namespace wideband::sample_recursion_test

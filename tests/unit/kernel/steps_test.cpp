#include "wideband/kernel/steps.hpp"

#include <gtest/gtest.h>

namespace wideband::steps_test {
namespace {

// d(ense) a(ctivation) l(ayernorm) p (dropout) x (scale) c(opy) s(um) r (settle)
std::string kinds(const std::vector<Step>& list) {
  std::string text;
  for (const Step& step : list) text += "dalpxcsr"[static_cast<int>(step.kind)];
  return text;
}

TEST(Steps, AreTheLayersInOrder) {
  const auto list = steps(parse_architecture("dense 4 W=2 b=0.5 | layernorm | relu | dense"), 3);
  EXPECT_EQ(kinds(list), "dlad");
  EXPECT_EQ(list[0].weight, 4);
  EXPECT_EQ(list[0].bias, 0.25);
  EXPECT_EQ(list[0].fan_in, 0);
  EXPECT_EQ(list[2].place, "layer 2 (relu)");
}

TEST(Steps, StandardKnowsTheWidthBelow) {
  const auto list = steps(parse_architecture("standard: dense 4 b=0 | relu | dense"), 3);
  EXPECT_EQ(list[0].fan_in, 3);
  EXPECT_EQ(list[0].bias_tangent, 1);
  EXPECT_EQ(list[2].fan_in, 4);
  EXPECT_EQ(list[2].bias_tangent, 0);
}

TEST(Steps, BranchesUseAStack) {
  const Architecture net = parse_architecture("dense | residual(dense | erf | dense) | relu");
  const auto list = steps(net, 3);
  EXPECT_EQ(kinds(list), "dccdadsra");
  EXPECT_EQ(list[1].below, 0);
  EXPECT_EQ(list[2].below, 1);
  EXPECT_EQ(stack_depth(list), 3);
  EXPECT_EQ(nonlinear_layers(net), 2);
}

TEST(Steps, AnActivationBehindAConcatIsPushedIntoItsBranches) {
  const auto list = steps(parse_architecture("concat(dense 3; dense 1 W=2) | relu | dense"), 3);
  EXPECT_EQ(kinds(list), "cdaxcdaxsrd");
  EXPECT_EQ(list[3].factor, 0.75);
  EXPECT_EQ(list[7].factor, 0.25);
}

TEST(Steps, DropoutThatDropsNothingIsLeftOut) {
  const char* inert = "dense | relu | dropout 0.5 | dropout 1 training=1 | dense";
  EXPECT_EQ(kinds(steps(parse_architecture(inert), 2)), "dad");
  const char* active = "dense | relu | dropout 0.5 training=1 | dense";
  EXPECT_EQ(kinds(steps(parse_architecture(active), 2)), "dapd");
}

}  // namespace
}  // namespace wideband::steps_test

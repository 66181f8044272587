#include "wideband/model/shape.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/messages.hpp"

namespace wideband::shape_test {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

Shape shape(const char* text, Index d = 3) {
  return infer_shape(parse_architecture(text), d);
}

std::string refused(const char* text) {
  return test::message_of<std::invalid_argument>([&] { shape(text); });
}

TEST(Shape, KnowsWidths) {
  EXPECT_EQ(shape("identity", 7).width, 7);
  EXPECT_EQ(shape("dense 512 | relu").width, 512);
  EXPECT_EQ(shape("concat(dense 3 ; dense 4 ; identity)", 5).width, 12);
  EXPECT_EQ(shape("dense 8 | residual(dense 8 | relu | dense 8)").width, 8);
}

TEST(Shape, KnowsWhatIsGaussianAndFresh) {
  EXPECT_FALSE(shape("identity").gaussian);
  EXPECT_TRUE(shape("dense").gaussian);
  EXPECT_TRUE(shape("dense").fresh);
  EXPECT_FALSE(shape("dense | relu").gaussian);
  EXPECT_FALSE(shape("dense | relu").fresh);
  EXPECT_TRUE(shape("dense | residual(relu | dense)").gaussian);
  EXPECT_TRUE(shape("dense | residual(relu | dense)").fresh) << "both hang on fresh weights";
  EXPECT_FALSE(shape("residual(dense)").fresh) << "the inputs are not";
  EXPECT_FALSE(shape("concat(dense ; dense)").gaussian);
  EXPECT_TRUE(shape("concat(dense ; dense)").pushable);
  EXPECT_FALSE(shape("concat(dense ; dense | relu)").pushable);
  EXPECT_TRUE(shape("dense | layernorm").gaussian);
  EXPECT_TRUE(shape("dense | dropout 0.5").gaussian) << "test mode is the identity";
  EXPECT_TRUE(shape("dense | dropout 1 training=1").gaussian);
  EXPECT_FALSE(shape("dense | dropout 0.5 training=1").gaussian);
}

TEST(Shape, AnActivationNeedsGaussianInput) {
  EXPECT_EQ(refused("relu"),
            "[net] layer 0 (relu) needs Gaussian input, but the inputs are not random: put a dense "
            "layer in front of it");
  EXPECT_EQ(
      refused("dense | relu | erf"),
      "[net] layer 2 (erf) needs Gaussian input, but the output of relu (layer 1) is not: put "
      "a dense layer between them");
  EXPECT_THAT(refused("dense | dropout 0.5 training=1 | relu"),
              HasSubstr("put the activation in front of the dropout"));
  EXPECT_THAT(refused("residual(dense) | relu"), HasSubstr("the inputs are not random"));
  EXPECT_THAT(
      refused("dense | relu | residual(dense | relu | dense) | relu"),
      StartsWith("[net] layer 3 (relu) needs Gaussian input, but the output of relu (layer 1)"));
  EXPECT_THAT(refused("concat(dense ; dense | relu) | relu"),
              HasSubstr("put a dense layer after the concat"));
  EXPECT_NO_THROW(shape("concat(dense ; dense) | relu | dense"));
  EXPECT_NO_THROW(shape("concat(dense ; concat(dense ; dense)) | relu | dense"));
}

TEST(Shape, LayernormAndDropoutHaveTheirPlaces) {
  EXPECT_THAT(refused("layernorm"), HasSubstr("layer 0 (layernorm) needs Gaussian input"));
  EXPECT_THAT(refused("dropout 0.5"), HasSubstr("layer 0 (dropout) stands on the inputs"));
  EXPECT_THAT(refused("residual(dropout 0.5 | dense)"), HasSubstr("layer 0.1.0 (dropout)"));
}

TEST(Shape, OfTwoBranchesOfASumOneEndsInItsOwnDense) {
  EXPECT_NO_THROW(shape("dense | sum(dense ; relu | dense)"));
  EXPECT_NO_THROW(shape("dense | relu | residual(dense)"));
  EXPECT_THAT(refused("dense | residual(relu)"),
              HasSubstr("layer 1 (sum) adds the branches 0 and 1, which are correlated"));
  EXPECT_THAT(refused("dense | sum(dense ; relu ; dense | relu)"), HasSubstr("branches 1 and 2"));
  EXPECT_THAT(refused("dense | residual(identity)"), HasSubstr("branches 0 and 1"));
  EXPECT_NO_THROW(shape("dense | residual(dense | layernorm)"))
      << "signs of its weights still flip";
}

TEST(Shape, WidthsOfASumAgreeWhereTheyMatter) {
  EXPECT_NO_THROW(shape("sum(dense 3 ; dense 4)"));
  EXPECT_THAT(refused("standard: sum(dense 3 ; dense 4)"), HasSubstr("widths 3 and 4"));
  EXPECT_NO_THROW(shape("standard: sum(dense 4 ; dense 4)"));
}

TEST(Shape, APathNamesALayer) {
  const Architecture net =
      parse_architecture("dense | relu | sum(identity ; dense 5 | relu) | dense 9");
  EXPECT_EQ(name_of(layer_at(net, "2")), "sum");
  EXPECT_EQ(std::get<Dense>(layer_at(net, "2.1.0").kind).width, 5);
  EXPECT_EQ(name_of(layer_at(net, "2.1.1")), "relu");
  for (const char* path :
       {"", "4", "2.1", "2.0.0", "2.2.0", "0.0.0", "2.1.", "2.", "x", "2x", "-1"}) {
    EXPECT_THROW(layer_at(net, path), std::invalid_argument) << path;
  }
}

}  // namespace
}  // namespace wideband::shape_test

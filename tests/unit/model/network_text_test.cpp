// The text form of networks: what is read, round trips, and where it is wrong.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/messages.hpp"
#include "wideband/core/error.hpp"
#include "wideband/model/architecture.hpp"
#include "wideband/model/layer_table.hpp"

namespace wideband::network_text_test {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string canonical(std::string_view text) {
  return to_string(parse_architecture(text));
}

std::string refused(std::string_view text) {
  return test::message_of<std::invalid_argument>([&] { parse_architecture(text); });
}

TEST(NetworkText, ReadsWhatTheInterfaceShows) {
  EXPECT_EQ(
      canonical("dense 512 W=1.5 b=0.1 | relu | residual(dense 512 | erf | dense 512) | dense"),
      "ntk: dense width=512 W=1.5 b=0.1 | relu | residual(dense width=512 W=1 b=none | "
      "erf a=1 b=1 c=0 | dense width=512 W=1 b=none) | dense width=1 W=1 b=none");
  EXPECT_EQ(canonical("standard: dense 512 W=1.5 b=0.1 | relu | dense W=1.5 b=0.1"),
            "standard: dense width=512 W=1.5 b=0.1 | relu | dense width=1 W=1.5 b=0.1");
  EXPECT_EQ(canonical("polynomial c=1,0,-0.5"), "ntk: polynomial c=1,0,-0.5");
  EXPECT_EQ(canonical("residual(dense)"), canonical("sum(identity ; dense)"));
}

TEST(NetworkText, SpacesAreFreeAndValuesFillTheKeysInOrder) {
  EXPECT_EQ(canonical("ntk:dense 512 1.5 .1|relu"),
            canonical(" ntk : dense b = 0.1 512 W=1.5 |\trelu\n"));
  EXPECT_EQ(canonical("polynomial 1 , 0 ,-0.5"), canonical("polynomial c=1,0,-.5"));
  EXPECT_EQ(canonical("sum(dense;dense)"), canonical("sum ( dense ; dense ) "));
  EXPECT_EQ(canonical("dense 1e3 +2 none"), canonical("dense 1000 2"));
}

TEST(NetworkText, IdentityIsAnEmptyPath) {
  EXPECT_TRUE(parse_architecture("identity").layers.empty());
  EXPECT_EQ(parse_architecture("dense | identity | relu").layers.size(), 2U);
}

TEST(NetworkText, EveryLayerRoundTrips) {
  for (const std::string& name : layer_names()) {
    std::string text = name;
    for (const LayerKey& key : layer_keys(name)) {
      const bool is_given = key.standard != key.standard && !key.may_be_none;
      if (is_given) text += " " + key.name + "=" + (key.is_list ? "0.1,-2" : "3");
    }
    const std::string once = canonical("sum(dense | " + text + " ; concat(" + text + ";identity))");
    EXPECT_EQ(canonical(once), once);
    EXPECT_EQ(hash(parse_architecture(once)), hash(parse_architecture(once)));
  }
}

TEST(NetworkText, NumbersRoundTripBitForBit) {
  for (const char* number : {"0.1", "1e-320", "123456789.123456789", "5e300", "0"}) {
    const Architecture net = parse_architecture(std::string("dense W=") + number);
    const Architecture again = parse_architecture(to_string(net));
    EXPECT_EQ(std::get<Dense>(net.layers[0].kind).weight_std,
              std::get<Dense>(again.layers[0].kind).weight_std);
  }
}

TEST(NetworkText, NamesTheColumnAndTheNearest) {
  EXPECT_EQ(refused("dense | rleu"),
            "[net] column 9: unknown layer \"rleu\", did you mean \"relu\"?");
  EXPECT_THAT(refused("dense 3 widht=2"), StartsWith("[net] column 9: dense has no key \"widht\""));
  EXPECT_THAT(refused("standart: dense"), HasSubstr("did you mean \"standard\"?"));
  EXPECT_THAT(refused("dense | erf q=2"), HasSubstr("its keys are a, b, c"));
  EXPECT_THAT(refused("qwertyuiop"), HasSubstr("`wideband kernel --help` lists the layers"));
}

TEST(NetworkText, RefusesWhatTheGrammarDoesNotHave) {
  EXPECT_EQ(refused(""), "[net] column 1: expected a layer, got the end");
  EXPECT_THAT(refused("dense |"), StartsWith("[net] column 8: expected a layer, got the end"));
  EXPECT_THAT(refused("dense || relu"), HasSubstr("expected a layer, got \"|\""));
  EXPECT_THAT(refused("dense relu"), StartsWith("[net] column 7: \"relu\" is no number"));
  EXPECT_THAT(refused("relu dense"), HasSubstr("relu takes no values"));
  EXPECT_THAT(refused("dense 1 2 3 4"), StartsWith("[net] column 13: dense takes no more than 3"));
  EXPECT_THAT(refused("dense W=1 W=2"), StartsWith("[net] column 11: \"W\" is given twice"));
  EXPECT_THAT(refused("dense W="), HasSubstr("expected a number"));
  EXPECT_THAT(refused("dense W=nan"), HasSubstr("expected a finite number"));
  EXPECT_THAT(refused("dense W=1,2"), HasSubstr("expected one number"));
  EXPECT_THAT(refused("dense W=1.5x"), HasSubstr("\"1.5x\" is no number"));
  EXPECT_THAT(refused("dense (relu)"), HasSubstr("dense holds no paths"));
  EXPECT_THAT(refused("sum(dense)"), HasSubstr("sum holds two paths or more"));
  EXPECT_THAT(refused("residual(dense ; dense)"), HasSubstr("residual holds one path"));
  EXPECT_THAT(refused("residual dense"), HasSubstr("expected \"(\" after residual, got \"d\""));
  EXPECT_THAT(refused("sum(dense ; dense"),
              HasSubstr("expected \")\" at the end of sum, got the end"));
  EXPECT_THAT(refused("dense ) relu"), HasSubstr("column 7: unexpected \")\""));
  EXPECT_THAT(refused(std::string("dense \0", 7)), HasSubstr("\"?\" is no number"));
  EXPECT_THAT(refused("dropout 2"), HasSubstr("column 1: \"keep\" is 2, expected in (0, 1]"));
}

TEST(NetworkText, DeepNestingIsRefusedAndNeverOverflowsTheStack) {
  std::string text;
  for (int i = 0; i < 100000; ++i) text += "residual(";
  EXPECT_THAT(refused(text), HasSubstr("more than 64 paths within paths"));
}

TEST(NetworkText, WhatComesLaterIsNotYet) {
  for (const char* text : {"mup: dense", "mean_field: dense", "dense | conv 3",
                           "product(dense;dense)", "flatten", "dense | attention"}) {
    EXPECT_THAT(test::message_of<UnavailableError>([&] { parse_architecture(text); }),
                HasSubstr("does not exist yet; there are ntk: and standard:"))
        << text;
  }
}

}  // namespace
}  // namespace wideband::network_text_test

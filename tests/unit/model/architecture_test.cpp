#include "wideband/model/architecture.hpp"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/messages.hpp"
#include "wideband/core/error.hpp"

namespace wideband::architecture_test {
namespace {

using ::testing::HasSubstr;

Architecture net(Layers layers) {
  return {std::move(layers), Parameterization::ntk};
}

TEST(Architecture, WritesEveryKeyInTheFewestDigits) {
  const Layers body = {{Dense{512, 0.1, 0.0}}, {LayerNorm{}}};
  EXPECT_EQ(to_string({{{Dense{}},
                        {Activation{phi(PhiFamily::leaky_relu)}},
                        residual(body),
                        {Dropout{0.5, true}},
                        {Dense{3, 1.5, 1e-300}}},
                       Parameterization::standard}),
            "standard: dense width=1 W=1 b=none | leaky_relu alpha=0.01 | "
            "residual(dense width=512 W=0.1 b=0 | layernorm eps=1e-12) | "
            "dropout keep=0.5 training=1 | dense width=3 W=1.5 b=1e-300");
}

TEST(Architecture, WritesPathsAndLists) {
  EXPECT_EQ(to_string(net({{Branches{Join::concat, {{}, {{Dense{}}}, {{Dense{2}}}}}}})),
            "ntk: concat(identity ; dense width=1 W=1 b=none ; dense width=2 W=1 b=none)");
  EXPECT_EQ(to_string(net({{Activation{phi(PhiFamily::polynomial, {1, 0, -0.5})}}})),
            "ntk: polynomial c=1,0,-0.5");
  EXPECT_EQ(to_string(net({})), "ntk: identity");
}

TEST(Architecture, ResidualIsTheSumWithTheIdentity) {
  const Layer layer = residual({{Dense{}}});
  const auto& branches = std::get<Branches>(layer.kind);
  EXPECT_EQ(branches.join, Join::sum);
  ASSERT_EQ(branches.paths.size(), 2U);
  EXPECT_TRUE(branches.paths[0].empty());
  EXPECT_EQ(branches.paths[1].size(), 1U);
}

TEST(Architecture, HashesDifferWhereTheTextDiffers) {
  std::set<std::uint64_t> hashes;
  for (const double W : {1.0, 1.5}) {
    for (const Index width : {1, 2}) {
      for (const auto& b : {std::optional<double>{}, std::optional<double>{0.0}}) {
        hashes.insert(hash(net({{Dense{width, W, b}}})));
      }
    }
  }
  EXPECT_EQ(hashes.size(), 8U);
  // FNV-1a of "ntk: identity" by an independent program.
  EXPECT_EQ(hash(net({})), 0x2429181301a2374U);
}

TEST(Architecture, RefusesValuesOutOfRangeNamingKeyAndBound) {
  const auto refused = [](const Layer& layer) {
    return test::message_of<std::invalid_argument>([&] { validate(layer); });
  };
  EXPECT_EQ(refused({Dense{0}}), "\"width\" is 0, expected at least 1");
  EXPECT_EQ(refused({Dense{1, -1}}), "\"W\" is -1, expected a finite number >= 0");
  EXPECT_THAT(refused({Dense{1, 1, -0.5}}), HasSubstr("\"b\" is -0.5"));
  EXPECT_THAT(refused({LayerNorm{-1}}), HasSubstr("\"eps\" is -1"));
  EXPECT_EQ(refused({Dropout{0}}), "\"keep\" is 0, expected in (0, 1]");
  EXPECT_THAT(refused({Branches{Join::sum, {{}}}}), HasSubstr("expected at least 2"));
  EXPECT_THAT(refused(residual({{Dense{0}}})), HasSubstr("\"width\" is 0")) << "inside of paths";
}

TEST(Architecture, WhatComesLaterIsNotYet) {
  for (const auto later : {Parameterization::mup, Parameterization::mean_field}) {
    EXPECT_THROW(validate(Architecture{{}, later}), UnavailableError);
  }
  const Layer product{Branches{Join::product, {{}, {}}}};
  EXPECT_THAT(test::message_of<UnavailableError>([&] { validate(product); }),
              HasSubstr("does not exist yet"));
}

TEST(Architecture, ACustomActivationHasNoTextForm) {
  Phi square;
  square.family = PhiFamily::custom;
  square.name = "square";
  EXPECT_THAT(
      test::message_of<std::invalid_argument>([&] { to_string(net({{Activation{square}}})); }),
      HasSubstr("\"square\" has no text form"));
}

}  // namespace
}  // namespace wideband::architecture_test

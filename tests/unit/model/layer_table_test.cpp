#include "wideband/model/layer_table.hpp"

#include <cmath>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/messages.hpp"
#include "wideband/core/error.hpp"

namespace wideband::layer_table_test {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

std::string refused(const std::string& name, const std::vector<LayerValue>& values) {
  return test::message_of<std::invalid_argument>([&] { layer_of(name, values); });
}

TEST(LayerTable, ListsLayersAndActivationsThatHaveAText) {
  const std::vector<std::string> names = layer_names();
  for (const char* name : {"dense", "layernorm", "dropout", "identity", "relu", "polynomial",
                           "hard_tanh", "exp_normalized"}) {
    EXPECT_THAT(names, Contains(name));
  }
  EXPECT_THAT(names, Not(Contains("custom")));
}

TEST(LayerTable, TheKeysAreThoseOfTheTextInItsOrder) {
  const auto described = [](const std::string& name) {
    std::string text;
    for (const LayerKey& key : layer_keys(name)) {
      const bool given = std::isnan(key.standard) && !key.may_be_none;
      const std::string standard = key.may_be_none ? "none" : value_text({key.standard});
      text += fmt::format("{}{}{}", text.empty() ? "" : " ", key.name,
                          given ? "" : fmt::format("={}", standard));
    }
    return text;
  };
  // The list of the interface: layers, keys, defaults.
  EXPECT_EQ(described("dense"), "width=1 W=1 b=none");
  EXPECT_EQ(described("layernorm"), "eps=1e-12");
  EXPECT_EQ(described("dropout"), "keep=1 training=0");
  EXPECT_EQ(described("leaky_relu"), "alpha=0.01");
  EXPECT_EQ(described("abrelu"), "a=0 b=1");
  EXPECT_EQ(described("erf"), "a=1 b=1 c=0");
  EXPECT_EQ(described("sin"), "a=1 b=1 c=0");
  EXPECT_EQ(described("cos"), "a=1 b=1 c=0");
  EXPECT_EQ(described("rbf"), "g=1");
  EXPECT_EQ(described("exp"), "a=1 b=1");
  EXPECT_EQ(described("gaussian"), "a=1 b=-1");
  EXPECT_EQ(described("monomial"), "n");
  EXPECT_EQ(described("rectified_monomial"), "n");
  EXPECT_EQ(described("hermite"), "n");
  EXPECT_EQ(described("polynomial"), "c");
  EXPECT_EQ(described("exp_normalized"), "g=1 shift=-1");
  EXPECT_EQ(described("elu"), "alpha=1");
  for (const char* name :
       {"identity", "relu", "abs", "probit", "sigmoid_like", "gelu", "gabor", "sign", "step",
        "tanh", "sigmoid", "softplus", "silu", "selu", "hard_tanh"}) {
    EXPECT_EQ(described(name), "") << name;
  }
}

TEST(LayerTable, PutsValuesOverDefaults) {
  const auto dense = std::get<Dense>(layer_of("dense", {{"W", {1.5}}, {"b", {0}}}).at(0).kind);
  EXPECT_EQ(dense.width, 1);
  EXPECT_EQ(dense.weight_std, 1.5);
  EXPECT_EQ(dense.bias_std, 0.0);
  EXPECT_FALSE(std::get<Dense>(layer_of("dense", {{"b", {}}}).at(0).kind).bias_std.has_value());
  EXPECT_TRUE(std::get<Dropout>(layer_of("dropout", {{"training", {1}}}).at(0).kind).training);
  EXPECT_TRUE(layer_of("identity", {}).empty());
  const auto wave = std::get<Activation>(layer_of("sin", {{"b", {2}}}).at(0).kind).phi;
  EXPECT_EQ(wave.parameters, (std::vector<double>{1, 2, 0}));
}

TEST(LayerTable, RefusesValuesNamingKeyAndLayer) {
  EXPECT_THAT(refused("dense", {{"width", {2.5}}}),
              HasSubstr("\"width\" of dense is 2.5, expected an integer"));
  EXPECT_THAT(refused("dense", {{"width", {1e300}}}), HasSubstr("at most 2^53"));
  EXPECT_THAT(refused("dense", {{"W", {1, 2}}}), HasSubstr("is 1,2, expected one number"));
  EXPECT_THAT(refused("dense", {{"W", {}}}), HasSubstr("is none, expected a number"));
  EXPECT_THAT(refused("dense", {{"W", {INFINITY}}}), HasSubstr("expected a finite number"));
  EXPECT_THAT(refused("dropout", {{"training", {2}}}), HasSubstr("expected 0 or 1"));
  EXPECT_THAT(refused("monomial", {}), HasSubstr("monomial needs a value of \"n\""));
}

TEST(LayerTable, RefusesNamesNamingTheNearest) {
  EXPECT_THAT(refused("rleu", {}), HasSubstr("unknown layer \"rleu\", did you mean \"relu\"?"));
  EXPECT_THAT(test::message_of<UnavailableError>([] { layer_of("conv", {}); }),
              HasSubstr("\"conv\" does not exist yet; there are"));
  EXPECT_THAT(test::message_of<std::invalid_argument>([] { check_layer_key("erf", "w"); }),
              HasSubstr("its keys are a, b, c"));
  EXPECT_THAT(test::message_of<std::invalid_argument>([] { check_layer_key("dense", "widht"); }),
              HasSubstr("did you mean \"width\"?"));
  EXPECT_THAT(test::message_of<std::invalid_argument>([] { check_layer_key("relu", "a"); }),
              HasSubstr("relu has no keys"));
}

}  // namespace
}  // namespace wideband::layer_table_test

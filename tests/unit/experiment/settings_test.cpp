#include "wideband/experiment/settings.hpp"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/messages.hpp"

namespace wideband::settings_test {
namespace {

using ::testing::HasSubstr;

struct Every {
  bool centered = true;
  Index cutoff = 3;
  double eta = .1;
  std::string kernel = "bias";
  std::vector<Index> sizes = {64, 128};
  std::vector<double> scales = {1, .5};
  std::vector<std::string> targets = {"five"};
};

template <class Visitor>
void visit_fields(Every& config, Visitor&& visit) {
  visit("centered", config.centered, Field{.meaning = "start at zero"});
  visit("cutoff", config.cutoff, Field{.meaning = "largest frequency", .minimum = 0});
  visit("eta", config.eta, Field{.meaning = "step", .minimum = 0, .exclusive = true});
  visit("kernel", config.kernel, Field{.meaning = "kernel", .choices = {"bias", "nobias"}});
  visit("sizes", config.sizes, Field{.meaning = "samples", .minimum = 4, .maximum = 1024});
  visit("scales", config.scales, Field{.meaning = "scales"});
  visit("targets", config.targets, Field{.meaning = "targets"});
}

std::string complaint(const Every& config) {
  return test::message_of<std::invalid_argument>([&] { validate(settings_of(config)); });
}

TEST(Settings, RoundTripThroughTheStruct) {
  Every config;
  config.eta = .25;
  config.targets = {"a", "b"};
  const Settings settings = settings_of(config);
  EXPECT_EQ(settings.size(), 7u);
  EXPECT_EQ(settings[2].key, "eta");
  const auto back = config_from<Every>(settings);
  EXPECT_EQ(back.eta, .25);
  EXPECT_EQ(back.targets, config.targets);
  EXPECT_EQ(back.sizes, config.sizes);
}

TEST(Settings, RefuseMissingKeysAndOtherTypes) {
  Settings settings = settings_of(Every{});
  settings[1].value = 3.0;
  EXPECT_THROW(config_from<Every>(settings), std::invalid_argument);
  settings.pop_back();
  EXPECT_THROW(value_of(settings, "targets"), std::invalid_argument);
}

TEST(Settings, ValidateNamesKeyValueAndBound) {
  EXPECT_EQ(complaint({}), "");
  EXPECT_EQ(complaint({.cutoff = -1}), "\"cutoff\" is -1, expected at least 0");
  EXPECT_EQ(complaint({.eta = 0}), "\"eta\" is 0.0, expected more than 0");
  EXPECT_EQ(complaint({.sizes = {8, 2048}}), "\"sizes\" is 2048, expected at most 1024");
  EXPECT_EQ(complaint({.sizes = {}}), "\"sizes\" is an empty list");
  EXPECT_EQ(complaint({.sizes = {8, 16, 8}}), "\"sizes\" has 8 twice");
  EXPECT_THAT(complaint({.eta = std::nan("")}), HasSubstr("expected a finite number"));
  EXPECT_THAT(complaint({.scales = {1, INFINITY}}), HasSubstr("expected a finite number"));
  EXPECT_EQ(complaint({.kernel = "nobais"}),
            "\"kernel\" is \"nobais\", expected one of \"bias\", \"nobias\"; did you mean "
            "\"nobias\"?");
}

TEST(Settings, TextIsTomlAndReadsBackEqual) {
  EXPECT_EQ(toml_text(Value(1.0)), "1.0");
  EXPECT_EQ(toml_text(Value(.1)), "0.1");
  EXPECT_EQ(std::stod(toml_text(Value(1.0 / 3))), 1.0 / 3);
  EXPECT_EQ(toml_text(Value(Index{-5})), "-5");
  EXPECT_EQ(toml_text(Value(std::string("a\"b\\\n"))), "\"a\\\"b\\\\\\u000a\"");
  EXPECT_EQ(canonical_text(settings_of(Every{})),
            "centered = true; cutoff = 3; eta = 0.1; kernel = \"bias\"; sizes = [64, 128]; "
            "scales = [1.0, 0.5]; targets = [\"five\"]");
}

}  // namespace
}  // namespace wideband::settings_test

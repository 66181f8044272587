#include "wideband/experiment/network_toml.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/messages.hpp"
#include "support/temporary_folder.hpp"
#include "wideband/core/error.hpp"
#include "wideband/core/file.hpp"

namespace wideband::network_toml_test {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string canonical(const std::string& toml) {
  return to_string(read_network(toml, "n.toml"));
}

std::string refused(const std::string& toml) {
  return test::message_of<std::invalid_argument>([&] { read_network(toml, "n.toml"); });
}

TEST(NetworkToml, ReadsTheSameValueAsTheText) {
  EXPECT_EQ(canonical(R"(parameterization = "ntk"
layers = [{layer = "dense", width = 512, W = 1.5, b = 0.1}, {layer = "relu"},
          {layer = "residual", paths = [[{layer = "dense"}]]}])"),
            to_string(parse_architecture("dense 512 1.5 0.1 | relu | residual(dense)")));
  EXPECT_EQ(canonical(R"(parameterization = "standard"
layers = [{layer = "concat", paths = [[], [{layer = "dense", b = "none"},
          {layer = "dropout", keep = 0.5, training = true}]]}, {layer = "identity"},
          {layer = "polynomial", c = [1, 0, -0.5]}])"),
            to_string(parse_architecture(
                "standard: concat(identity ; dense | dropout 0.5 1) | polynomial 1,0,-0.5")));
}

TEST(NetworkToml, NamesLineColumnAndTheNearest) {
  EXPECT_THAT(refused("layers = [\n  {layer = \"rleu\"}]"), StartsWith("[net] n.toml:2:"));
  EXPECT_THAT(refused("layers = [\n  {layer = \"rleu\"}]"), HasSubstr("did you mean \"relu\"?"));
  EXPECT_THAT(refused("layers = [{layer = \"dense\", widht = 3}]"),
              HasSubstr("did you mean \"width\"?"));
  EXPECT_THAT(refused("layer = []"), HasSubstr("did you mean \"layers\"?"));
  EXPECT_THAT(refused("parameterization = \"standart\"\nlayers = []"), HasSubstr("\"standard\"?"));
  EXPECT_THAT(refused("layers = [{layer = \"sum\", path = []}]"), HasSubstr("without \"paths\""));
}

TEST(NetworkToml, RefusesWhatIsNoNetwork) {
  EXPECT_THAT(refused(""), HasSubstr("it has no \"layers\""));
  EXPECT_THAT(refused("layers = ["), StartsWith("[net] n.toml:1:"));
  EXPECT_THAT(refused("layers = 3"), HasSubstr("expected a list of layers"));
  EXPECT_THAT(refused("layers = [\"relu\"]"), HasSubstr("expected a layer: {layer = \"dense\""));
  EXPECT_THAT(refused("layers = [{width = 3}]"), HasSubstr("a layer without its name"));
  EXPECT_THAT(refused("layers = [{layer = 3}]"), HasSubstr("\"layer\" is no string"));
  EXPECT_THAT(refused("layers = [{layer = \"dense\", W = \"two\"}]"),
              HasSubstr("expected a number"));
  EXPECT_THAT(refused("layers = [{layer = \"dense\", W = []}]"), HasSubstr("at least one number"));
  EXPECT_THAT(refused("layers = [{layer = \"dense\", W = [1, 2]}]"),
              HasSubstr("expected one number"));
  EXPECT_THAT(refused("layers = [{layer = \"dense\", W = nan}]"), HasSubstr("a finite number"));
  EXPECT_THAT(refused("layers = [{layer = \"sum\", paths = [[]]}]"),
              HasSubstr("two paths or more"));
  EXPECT_THAT(refused("layers = [{layer = \"residual\", paths = [[], []]}]"),
              HasSubstr("one path, got 2"));
  EXPECT_THAT(test::message_of<UnavailableError>(
                  [] { read_network("layers = [{layer = \"conv\"}]", "n.toml"); }),
              HasSubstr("\"conv\" does not exist yet"));
}

TEST(NetworkToml, AnArgumentIsAFileOrAText) {
  const test::TemporaryFolder folder;
  write_file(folder.path() / "n.toml", "layers = [{layer = \"dense\"}]");
  EXPECT_EQ(to_string(network_of((folder.path() / "n.toml").string())),
            to_string(network_of("dense")));
  EXPECT_THROW(network_of("none.toml"), UnavailableError);
}

}  // namespace
}  // namespace wideband::network_toml_test
